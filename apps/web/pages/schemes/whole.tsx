import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Book, bookOf, nameOf, stepOf } from './book';
import { type BlockSpec, fieldsOf, type FieldSpec, METHOD } from './form/language';
import { PARTS } from './form/parts';
import type { Library } from './queries';
import { Bands, BothTitles, listOf, OtherTitle, Schedule, type Telling } from './whole-tables';
import { titleIn, useWords, type Words } from './words';
import { flowText } from './yaml/write';
import { isList, isMembers, type Plain, plainAt, type SchemeYaml } from './yaml/read';

export interface WholeProps {
  readonly yaml: SchemeYaml;
  readonly library: Library | undefined;
  /** Beside the forms: names in one language, no help. */
  readonly compact?: boolean;
}

/** A scheme from end to end in words: what is measured, how it scores, what comes of it, who reviews and when. */
export function Whole({ yaml, library, compact = false }: WholeProps): ReactElement {
  const { t } = useTranslation('schemes');
  const words = useWords();
  if (yaml.broken) return <p className="note bad">{t('edit.broken', { line: yaml.broken.line, column: yaml.broken.column })}</p>;
  const book = bookOf(yaml.plain, library, words.inFormula);
  const part = (name: string): Plain | undefined => plainAt(yaml.plain, [name]);
  return (
    <div className={compact ? 'whole compact' : 'whole'}>
      {!compact && <Head plain={yaml.plain} words={words} />}
      <Sections sections={listOf(part('sections'))} book={book} words={words} compact={compact} />
      {SHOWN.map((spec) => (
        <Shown key={spec.name} spec={spec} value={part(spec.name)} book={book} words={words} compact={compact} />
      ))}
    </div>
  );
}

const ORDER = [
  'modifiers',
  'bands',
  'outcome',
  'pay',
  'actions',
  'groupLimits',
  'distribution',
  'tables',
  'values',
  'ratings',
  'raters',
  'employee',
  'review',
  'schedule',
  'appeal',
];
const ALL: readonly FieldSpec[] = [...PARTS.scoring, ...PARTS.results, ...PARTS.pay, ...PARTS.inputs, ...PARTS.process];
const SHOWN: readonly FieldSpec[] = ORDER.flatMap((name) => ALL.filter((spec) => spec.name === name));

function Head({ plain, words }: { readonly plain: Plain; readonly words: Words }): ReactElement {
  const { t } = useTranslation('schemes');
  const help = titleIn(plainAt(plain, ['help']));
  const periods = plainAt(plain, ['periods']);
  const kinds = Object.entries(isMembers(periods) ? periods : {}).map(([kind, rule]) => {
    const how = isMembers(rule) && typeof rule['kind'] === 'string' ? rule['kind'] : '';
    const method = isMembers(rule) && typeof rule['method'] === 'string' ? `（${words.option('rollUp', rule['method'])}）` : '';
    return `${words.option('period', kind)}: ${words.option('periodRule', how)}${method}`;
  });
  const jurisdiction = plainAt(plain, ['jurisdiction']);
  return (
    <section>
      {help !== undefined && <p>{help}</p>}
      <dl className="pairs">
        <dt>{words.field('periods')}</dt>
        <dd>{kinds.join(' · ')}</dd>
        {typeof jurisdiction === 'string' && (
          <>
            <dt>{words.field('jurisdiction')}</dt>
            <dd>{words.option('jurisdiction', jurisdiction)}</dd>
          </>
        )}
        <dt>{t('whole.bothTitles')}</dt>
        <dd>
          <BothTitles title={plainAt(plain, ['title'])} />
        </dd>
      </dl>
    </section>
  );
}

function Sections({ sections, book, words, compact }: Telling & { readonly sections: readonly Plain[] }): ReactElement | null {
  const { t } = useTranslation('schemes');
  if (sections.length === 0) return null;
  return (
    <section>
      <h3>{words.field('sections')}</h3>
      {sections.map((section, index) => {
        const [points, counts, when] = isMembers(section) ? [section['points'], section['counts'], section['when']] : [];
        const name = nameOf(section);
        return (
          <div key={`${name} ${index}`} className="scroll" tabIndex={0} role="region" aria-label={name}>
            <table className="plain">
              <caption>
                <strong>{name}</strong>
                {!compact && isMembers(section) && <OtherTitle title={section['title']} />}
                {points !== undefined && ` · ${t('whole.points', { points: book.constant(points) })}`}
                {counts !== undefined && ` · ${t('whole.counts', { share: book.constant(counts) })}`}
                {typeof when === 'string' && ` · ${t('whole.when', { when: book.formula(when) })}`}
              </caption>
              <thead>
                <tr>
                  <th scope="col">{words.field('indicators')}</th>
                  <th scope="col" className="number">
                    {t('whole.weight')}
                  </th>
                  {!compact && <th scope="col">{t('whole.how')}</th>}
                </tr>
              </thead>
              <tbody>
                {listOf(isMembers(section) ? section['indicators'] : undefined).map((indicator, at) => (
                  <tr key={`${book.indicatorTitle(indicator)} ${at}`}>
                    <td>
                      {book.indicatorTitle(indicator)}
                      {!compact && <IndicatorOther indicator={indicator} book={book} />}
                    </td>
                    <td className="number">{isMembers(indicator) ? book.constant(indicator['points']) : ''}</td>
                    {!compact && (
                      <td>
                        <How indicator={indicator} book={book} words={words} compact={compact} />
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      })}
    </section>
  );
}

function IndicatorOther({ indicator, book }: { readonly indicator: Plain; readonly book: Book }): ReactElement | null {
  if (!isMembers(indicator)) return null;
  const use = indicator['use'];
  const title = indicator['title'] ?? (typeof use === 'string' ? book.indicator(use)?.title : undefined);
  return title === undefined ? null : <OtherTitle title={title} />;
}

/** How an indicator scores: the library's formula and what is given instead, or its own method. */
function How({ indicator, ...telling }: Telling & { readonly indicator: Plain }): ReactElement | null {
  const { book, words } = telling;
  if (!isMembers(indicator)) return null;
  const use = indicator['use'];
  const entry = typeof use === 'string' ? book.indicator(use) : undefined;
  const method = indicator['method'];
  const own = isMembers(method) ? method : {};
  const kind = typeof own['kind'] === 'string' ? own['kind'] : entry?.method;
  const others = (['counts', 'zeroWhen', 'doubledBy'] as const).filter((name) => indicator[name] !== undefined);
  return (
    <>
      {entry && own['kind'] === undefined && <div>{entry.formula[book.language]}</div>}
      {kind !== undefined && (Object.keys(own).length > 0 || !entry) && (
        <div>
          {words.option('method', kind)}
          <Pairs block={own} fields={METHOD.by?.kinds[kind]?.fields ?? []} {...telling} />
        </div>
      )}
      {others.map((name) => (
        <div key={name} className="soft">
          {words.field(name)}: <Value spec={{ name, as: 'formula' }} value={indicator[name]} {...telling} />
        </div>
      ))}
    </>
  );
}

/** One member of the whole under its name. */
function Shown({
  spec,
  value,
  ...telling
}: Telling & { readonly spec: FieldSpec; readonly value: Plain | undefined }): ReactElement | null {
  const isEmpty =
    value === undefined || value === null || (isList(value) && value.length === 0) || (isMembers(value) && Object.keys(value).length === 0);
  if (isEmpty) return null;
  return (
    <section>
      <h3>{telling.words.field(spec.label ?? spec.name)}</h3>
      <Value spec={spec} value={value} {...telling} />
    </section>
  );
}

function Value({ spec, value, ...telling }: Telling & { readonly spec: FieldSpec; readonly value: Plain | undefined }): ReactElement {
  const { book, words } = telling;
  if (value === undefined || value === null) return <></>;
  switch (spec.as) {
    case 'block':
      if (spec.name === 'schedule') return <Schedule value={value} words={words} />;
      if (spec.name === 'bands' && isMembers(value)) return <Bands value={value} {...telling} />;
      return isMembers(value) ? <Block of={spec.of} value={value} {...telling} /> : <>{textOf(value)}</>;
    case 'list':
      return (
        <Entries
          of={spec.of}
          entries={listOf(value).map((entry) => [nameOf(entry), entry] as const)}
          rows={spec.rows === true}
          {...telling}
        />
      );
    case 'map':
      return (
        <Entries
          of={spec.of}
          entries={Object.entries(isMembers(value) ? value : {}).map(
            ([name, entry]) => [memberName(spec.name, name, entry, book), entry] as const,
          )}
          rows={false}
          {...telling}
        />
      );
    case 'choice':
      return <>{typeof value === 'string' ? words.option(spec.group, value) : ''}</>;
    case 'choices':
      return (
        <>
          {listOf(value)
            .map((one) => (typeof one === 'string' ? words.option(spec.group, one) : ''))
            .join(' · ')}
        </>
      );
    case 'periods':
      return (
        <>
          {listOf(value)
            .map((one) => (typeof one === 'string' ? words.option('period', one) : ''))
            .join(' · ')}
        </>
      );
    case 'constants':
      return (
        <>
          {Object.entries(isMembers(value) ? value : {})
            .map(([name, one]) => `${book.titleOf(`band.${name}`) ?? book.titleOf(`word.${name}`) ?? name} ${book.constant(one)}`)
            .join(' · ')}
        </>
      );
    case 'titles':
      return (
        <>
          {Object.entries(isMembers(value) ? value : {})
            .map(([name, one]) => `${name}: ${titleIn(one) ?? ''}`)
            .join(' · ')}
        </>
      );
    case 'title':
    case 'help':
      return telling.compact ? <>{titleIn(value) ?? ''}</> : <BothTitles title={value} />;
    case 'flag':
      return <>{value === true ? '✓' : '—'}</>;
    case 'words':
      return <>{isList(value) ? value.map(textOf).join(' · ') : textOf(value)}</>;
    case 'constant':
    case 'byKind':
      return <>{book.constant(value)}</>;
    case 'formula':
      return <>{typeof value === 'string' ? book.formula(value) : book.constant(value)}</>;
    case 'fact':
      return <>{book.titleOf(textOf(value)) ?? textOf(value)}</>;
    case 'rating':
      return <>{book.titleOf(`rating.${textOf(value)}`) ?? textOf(value)}</>;
    case 'text':
    case 'key':
    case 'table':
      return <>{textOf(value)}</>;
  }
}

function textOf(value: Plain): string {
  return typeof value === 'string' ? value : typeof value === 'object' ? flowText(value) : String(value);
}

function memberName(of: string, name: string, entry: Plain, book: Book): string {
  const own = isMembers(entry) ? titleIn(entry['title']) : undefined;
  return own ?? book.titleOf(of === 'ratings' ? `rating.${name}` : name) ?? name;
}

/** Entries by name; rows of a table read as one line each. */
function Entries({
  of,
  entries,
  rows,
  ...telling
}: Telling & { readonly of: BlockSpec; readonly entries: readonly (readonly [string, Plain])[]; readonly rows: boolean }): ReactElement {
  return (
    <ol className="told">
      {entries.map(([name, entry], index) => (
        <li key={`${name} ${index}`}>
          {!rows && <strong>{name || stepOf(entry, telling.words)}</strong>}
          {!rows && !telling.compact && isMembers(entry) && <OtherTitle title={entry['title']} />}
          {isMembers(entry) ? (
            <Block of={of} value={entry} {...telling} oneLine={rows} />
          ) : !rows || name !== entry ? (
            <span className="soft"> {entry === 'library' ? '' : textOf(entry)}</span>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function Block({
  of,
  value,
  oneLine = false,
  ...telling
}: Telling & { readonly of: BlockSpec; readonly value: { readonly [name: string]: Plain }; readonly oneLine?: boolean }): ReactElement {
  const kind = of.by ? value[of.by.name] : undefined;
  const ofKind = typeof kind === 'string' && of.by ? telling.words.option(of.by.group, kind) : undefined;
  const fields = fieldsOf(of, typeof kind === 'string' ? kind : undefined);
  return (
    <>
      {ofKind !== undefined && !oneLine && <span className="soft"> {ofKind}</span>}
      <Pairs block={value} fields={fields} {...telling} lead={oneLine ? ofKind : undefined} />
    </>
  );
}

function Pairs({
  block,
  fields,
  lead,
  ...telling
}: Telling & {
  readonly block: { readonly [name: string]: Plain };
  readonly fields: readonly FieldSpec[];
  readonly lead?: string | undefined;
}): ReactElement {
  const shown = fields.filter(
    ({ name, as }) =>
      block[name] !== undefined &&
      name !== 'key' &&
      name !== 'title' &&
      !(telling.compact && as === 'help') &&
      !(block['step'] !== undefined && (name === 'step' || name === 'by')),
  );
  const known = [...fields.map(({ name }) => name), 'key', 'title', 'kind', 'type', 'use', 'library'];
  const unknown = Object.keys(block).filter((name) => !known.includes(name));
  const pair = (name: string, words: ReactNode): ReactElement => (
    <span key={name} className="pair">
      <span className="soft">{name}</span> {words}
    </span>
  );
  const nested = shown.filter(({ as }) => as === 'list' || as === 'block' || as === 'map');
  return (
    <>
      <span className="inline-pairs">
        {lead !== undefined && <span className="pair">{lead}</span>}
        {shown
          .filter((field) => !nested.includes(field))
          .map((field) =>
            pair(telling.words.field(field.label ?? field.name), <Value spec={field} value={block[field.name]} {...telling} />),
          )}
        {unknown.map((name) => pair(telling.words.field(name), <code>{textOf(block[name] ?? null)}</code>))}
      </span>
      {nested.map((field) => (
        <div key={field.name}>
          <span className="soft">{telling.words.field(field.label ?? field.name)}</span>
          <Value spec={field} value={block[field.name]} {...telling} />
        </div>
      ))}
    </>
  );
}
