import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf, stepOf } from '../book';
import { useWords } from '../words';
import { isList, isMembers, type Path, type Plain, plainAt } from '../yaml/read';
import { usePlaceNames } from './place-name';
import { idOf, useEditing, useFindings, useOwnFindings, useValue } from './editing';
import {
  ByKindField,
  ChoiceField,
  ChoicesField,
  ConstantField,
  FlagField,
  FormulaField,
  isFilled,
  NamedField,
  RemoveButton,
  TextField,
  TitleField,
  WordsField,
} from './fields';
import { FindingNotes } from './findings';
import { type BlockSpec, type FieldSpec, fieldsOf } from './language';
import { AddIndicator, EntryButtons } from './entry-parts';
import { RestFields } from './rest';

/** What the library gives where a block says nothing of its own. */
export interface Inherited {
  readonly kind?: string | undefined;
  readonly title?: Plain | undefined;
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

interface FieldProps {
  readonly spec: FieldSpec;
  readonly path: Path;
  readonly inherited?: Inherited | undefined;
}

export function Field({ spec, path, inherited }: FieldProps): ReactElement {
  const words = useWords();
  const { yaml } = useEditing();
  const label = words.field(spec.label ?? spec.name);
  const required = spec.required === true && inherited === undefined;
  const placeholder = inherited?.settings?.[spec.name];
  const plain = { path, label, required, placeholder };
  switch (spec.as) {
    case 'text':
    case 'key':
      return <TextField {...plain} />;
    case 'fact':
      return <TextField {...plain} list="fact-names" />;
    case 'rating':
      return <TextField {...plain} list="rating-names" />;
    case 'formula':
      return <FormulaField {...plain} />;
    case 'constant':
      return <ConstantField {...plain} />;
    case 'byKind':
      return <ByKindField {...plain} />;
    case 'title':
    case 'help':
      return <TitleField path={path} label={label} required={required} fallback={spec.as === 'title' ? inherited?.title : undefined} />;
    case 'flag':
      return <FlagField path={path} label={label} />;
    case 'words':
      return <WordsField path={path} label={label} required={required} />;
    case 'constants':
    case 'titles':
      return <NamedField path={path} label={label} as={spec.as} />;
    case 'periods':
      return <ChoicesField path={path} label={label} group="period" options={['month', 'quarter', 'year']} />;
    case 'choices':
      return <ChoicesField path={path} label={label} group={spec.group} options={spec.options} />;
    case 'choice':
      return (
        <ChoiceField
          path={path}
          label={label}
          required={required}
          options={spec.options.map((value) => ({ value, text: words.option(spec.group, value) }))}
        />
      );
    case 'table':
      return (
        <ChoiceField
          path={path}
          label={label}
          required={required}
          options={namesAt(yaml.plain, ['tables']).map((value) => ({ value, text: value }))}
        />
      );
    case 'block':
      return <BlockField spec={spec} path={path} label={label} inherited={inherited} />;
    case 'list':
      return <ListField spec={spec} path={path} label={label} />;
    case 'map':
      return <MapField spec={spec} path={path} label={label} />;
  }
}

function namesAt(plain: Plain, path: Path): readonly string[] {
  const members = plainAt(plain, path);
  return isMembers(members) ? Object.keys(members) : [];
}

interface BlockFormProps {
  readonly spec: BlockSpec;
  readonly path: Path;
  readonly inherited?: Inherited | undefined;
  /** Members that are shown elsewhere. */
  readonly except?: readonly string[];
}

/** The members of a block: those it has and those it must have; the others below, until they are wanted. */
export function BlockForm({ spec, path, inherited, except = [] }: BlockFormProps): ReactElement {
  const value = useValue(path);
  const own = spec.by && isMembers(value) ? value[spec.by.name] : undefined;
  const kind = typeof own === 'string' ? own : inherited?.kind;
  return (
    <>
      {spec.by && !except.includes(spec.by.name) && <KindField by={spec.by} spec={spec} path={path} inherited={inherited?.kind} />}
      <Members key={kind ?? ''} spec={spec} path={path} kind={kind} inherited={inherited} except={except} />
    </>
  );
}

function Members({ spec, path, kind, inherited, except = [] }: BlockFormProps & { readonly kind: string | undefined }): ReactElement {
  const { t } = useTranslation('schemes');
  const value = useValue(path);
  const all = fieldsOf(spec, kind);
  const fields = all.filter(({ name }) => !except.includes(name));
  // What was empty at first stays where it is while it is filled in: a field that moves loses the cursor.
  const [folded] = useState(
    () => new Set(fields.filter((field) => !(field.required === true && !inherited) && !isFilled(value, field)).map(({ name }) => name)),
  );
  const known = [...all.map(({ name }) => name), ...(spec.by ? [spec.by.name] : []), 'use', 'library', ...except];
  const { findings } = useEditing();
  const isMissed = (name: string): boolean => findings.some((finding) => finding.path === [...path, name].join('.'));
  const shown = fields.filter(({ name }) => !folded.has(name) || isMissed(name));
  const rest = fields.filter((field) => !shown.includes(field));
  return (
    <div className="stack">
      <FindingNotes findings={useOwnFindings(path, known)} />
      {shown.length > 0 && (
        <div className="members">
          {shown.map((field) => (
            <Field key={field.name} spec={field} path={[...path, field.name]} inherited={inheritedBy(field, inherited)} />
          ))}
        </div>
      )}
      <RestFields path={path} known={known} />
      {rest.length > 0 && (
        <details className="more">
          <summary>{t('form.more', { count: rest.length })}</summary>
          <div className="members">
            {rest.map((field) => (
              <Field key={field.name} spec={field} path={[...path, field.name]} inherited={inheritedBy(field, inherited)} />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

/** A method takes what the library's indicator is given; a list of entries inherits nothing. */
function inheritedBy(field: FieldSpec, inherited: Inherited | undefined): Inherited | undefined {
  return field.as === 'list' || field.as === 'map' ? undefined : inherited;
}

interface KindFieldProps {
  readonly by: NonNullable<BlockSpec['by']>;
  readonly spec: BlockSpec;
  readonly path: Path;
  readonly inherited: string | undefined;
}

function KindField({ by, spec, path, inherited }: KindFieldProps): ReactElement {
  const words = useWords();
  const { yaml, edit } = useEditing();
  const choose = (kind: string): void => {
    const now = plainAt(yaml.plain, path);
    const kept = isMembers(now) ? Object.entries(now).filter(([name]) => spec.fields.some((field) => field.name === name)) : [];
    if (kind === '') edit({ kind: 'remove', path });
    else edit({ kind: 'set', path, value: { ...Object.fromEntries(kept), [by.name]: kind, ...by.kinds[kind]?.fresh } });
  };
  return (
    <ChoiceField
      path={[...path, by.name]}
      label={words.field(by.name)}
      required={inherited === undefined}
      {...(inherited === undefined ? {} : { emptyText: words.option(by.group, inherited) })}
      options={Object.keys(by.kinds).map((value) => ({ value, text: words.option(by.group, value) }))}
      onChoose={choose}
    />
  );
}

interface GroupProps {
  readonly path: Path;
  readonly label: string;
}

function BlockField({
  spec,
  path,
  label,
  inherited,
}: GroupProps & { readonly spec: Extract<FieldSpec, { as: 'block' }>; readonly inherited?: Inherited | undefined }): ReactElement {
  const { t } = useTranslation('schemes');
  const { edit } = useEditing();
  const value = useValue(path);
  const findings = useFindings(path);
  if (value === undefined && inherited === undefined)
    return (
      <div className="field" id={idOf(path)} tabIndex={-1}>
        <div className="row">
          <strong>{label}</strong>
          <span className="soft">{t('form.absent')}</span>
          <button type="button" className="link-button" onClick={() => edit({ kind: 'set', path, value: spec.fresh ?? {} })}>
            {t('form.addOf', { name: label })}
          </button>
        </div>
        <FindingNotes findings={findings} />
      </div>
    );
  return (
    <fieldset className="plain-group wide" id={idOf(path)} tabIndex={-1}>
      <legend>
        {label} {value !== undefined && spec.required !== true && <RemoveButton path={path} name={label} />}
      </legend>
      <BlockForm spec={spec.of} path={path} inherited={inherited} />
    </fieldset>
  );
}

function ListField({ spec, path, label }: GroupProps & { readonly spec: Extract<FieldSpec, { as: 'list' }> }): ReactElement {
  const { t } = useTranslation('schemes');
  const { edit } = useEditing();
  const value = useValue(path);
  const entries = isList(value) ? value : [];
  return (
    <section className="entries" id={idOf(path)} tabIndex={-1} aria-label={label}>
      <h3>{label}</h3>
      {entries.length === 0 && <p className="soft">{t('form.absent')}</p>}
      <FindingNotes
        findings={useOwnFindings(
          path,
          entries.map((_, index) => String(index)),
        )}
      />
      {spec.rows === true ? (
        <Rows spec={spec} path={path} count={entries.length} label={label} />
      ) : (
        entries.map((entry, index) => (
          // An entry is its place: names in it change while they are typed.
          <Entry key={index} of={spec.of} path={[...path, index]} entry={entry} last={entries.length - 1} />
        ))
      )}
      {spec.name === 'indicators' ? (
        <AddIndicator path={path} />
      ) : (
        <button type="button" className="link-button" onClick={() => edit({ kind: 'append', path, value: spec.fresh })}>
          {t('form.addTo', { name: label })}
        </button>
      )}
    </section>
  );
}

function Rows({
  spec,
  path,
  count,
  label,
}: GroupProps & { readonly spec: Extract<FieldSpec, { as: 'list' }>; readonly count: number }): ReactElement {
  return (
    <ol className="rows" aria-label={label}>
      {Array.from({ length: count }, (_, index) => (
        <li key={index}>
          <RowForm spec={spec.of} path={[...path, index]} />
          <EntryButtons path={[...path, index]} name={`${label} ${index + 1}`} last={count - 1} />
        </li>
      ))}
    </ol>
  );
}

/** All fields of a short block side by side. */
function RowForm({ spec, path }: { readonly spec: BlockSpec; readonly path: Path }): ReactElement {
  const value = useValue(path);
  const own = spec.by && isMembers(value) ? value[spec.by.name] : undefined;
  const kind = typeof own === 'string' ? own : undefined;
  const fields = fieldsOf(spec, kind);
  const known = [...fields.map(({ name }) => name), ...(spec.by ? [spec.by.name] : [])];
  return (
    <>
      <div className="members">
        {spec.fields.map((field) => (
          <Field key={field.name} spec={field} path={[...path, field.name]} />
        ))}
        {spec.by && <KindField by={spec.by} spec={spec} path={path} inherited={undefined} />}
        {fields.slice(spec.fields.length).map((field) => (
          <Field key={`${kind ?? ''} ${field.name}`} spec={field} path={[...path, field.name]} />
        ))}
      </div>
      <FindingNotes findings={useOwnFindings(path, known)} />
      <RestFields path={path} known={known} />
    </>
  );
}

interface EntryProps {
  readonly of: BlockSpec;
  readonly path: Path;
  readonly entry: Plain;
  readonly last: number;
}

/** An entry of a list: what it is called, what it counts, and the rest below. Blocks with entries of their own stand open. */
function Entry({ of, path, entry, last }: EntryProps): ReactElement {
  const { t } = useTranslation('schemes');
  const words = useWords();
  const { book, library } = useEditing();
  const findings = useFindings(path);
  const [lead] = of.fields[0]?.as === 'byKind' ? of.fields : [];
  const use = isMembers(entry) ? entry['use'] : undefined;
  const used = typeof use === 'string' ? library?.items.find(({ id }) => id === use) : undefined;
  const inherited: Inherited | undefined =
    typeof use === 'string' ? { kind: used?.method, title: used?.title, settings: used?.settings } : undefined;
  const name = used
    ? book.indicatorTitle(entry)
    : nameOf(entry) || stepOf(entry, words) || t('form.entry', { number: Number(path.at(-1)) + 1 });
  const isOpen = of.fields.some((field) => field.as === 'list');
  return (
    <div className={lead ? 'entry with-lead' : 'entry'} id={idOf(path)} tabIndex={-1}>
      <div className="entry-head">
        <strong>{name}</strong>
        <EntryButtons path={path} name={name} last={last} />
      </div>
      {used && (
        <p className="soft">
          {t('form.fromLibrary', { id: used.id })} {used.formula[book.language]}
        </p>
      )}
      {lead && <Field spec={lead} path={[...path, lead.name]} />}
      <details open={isOpen || findings.some(({ severity }) => severity === 'error')}>
        <summary>{t('form.details')}</summary>
        <BlockForm spec={of} path={path} inherited={inherited} except={lead ? [lead.name] : []} />
      </details>
    </div>
  );
}

function MapField({ spec, path, label }: GroupProps & { readonly spec: Extract<FieldSpec, { as: 'map' }> }): ReactElement {
  const { t } = useTranslation('schemes');
  const { yaml, library, edit } = useEditing();
  const [name, setName] = useState('');
  const names = namesAt(yaml.plain, path);
  const add = (): void => {
    const key = name.trim();
    if (key === '' || names.includes(key)) return;
    edit({ kind: 'set', path: [...path, key], value: freshMember(spec, key, library) });
    setName('');
  };
  const list = spec.name === 'facts' ? 'fact-names' : spec.name === 'ratings' ? 'rating-names' : undefined;
  return (
    <section className="entries" id={idOf(path)} tabIndex={-1} aria-label={label}>
      <h3>{label}</h3>
      {names.length === 0 && <p className="soft">{t('form.absent')}</p>}
      <FindingNotes findings={useOwnFindings(path, names)} />
      {names.map((one) => (
        <MapEntry key={one} spec={spec} path={[...path, one]} name={one} />
      ))}
      <div className="row add">
        <input
          className="plain-input short"
          aria-label={t('form.newName', { label })}
          placeholder={t('form.newName', { label })}
          list={list}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="button" className="link-button" disabled={name.trim() === '' || names.includes(name.trim())} onClick={add}>
          {t('form.addTo', { name: label })}
        </button>
      </div>
    </section>
  );
}

type LibraryPool = ReturnType<typeof useEditing>['library'];

function freshMember({ name, fresh }: Extract<FieldSpec, { as: 'map' }>, key: string, library: LibraryPool): Plain {
  const title = { 'zh-CN': key, en: key };
  if (name === 'facts' && library?.facts.some((fact) => fact.key === key) !== true) return { title, unit: 'number' };
  if (name === 'ratings' && library?.ratings.some((rating) => rating.key === key) !== true)
    return { title, type: 'points', to: '10', by: 'manager' };
  return fresh;
}

function MapEntry({
  spec,
  path,
  name,
}: {
  readonly spec: Extract<FieldSpec, { as: 'map' }>;
  readonly path: Path;
  readonly name: string;
}): ReactElement {
  const { t } = useTranslation('schemes');
  const { book, library } = useEditing();
  const value = useValue(path);
  const findings = useFindings(path);
  const prefix = spec.name === 'ratings' ? 'rating.' : spec.name === 'employee' ? 'employee.' : '';
  const { parameterName } = usePlaceNames();
  const own = (isMembers(value) ? nameOf({ title: value['title'] ?? null }) : '') || book.titleOf(`${prefix}${name}`);
  const title = own ?? (spec.name === 'parameters' ? parameterName(name) : undefined);
  const [lead] = spec.of.fields[0]?.as === 'byKind' ? spec.of.fields : [];
  if (typeof value === 'string')
    return (
      <div className="entry row" id={idOf(path)} tabIndex={-1}>
        <strong>{title ?? name}</strong>
        <code>{name}</code>
        <span className="soft">{t('form.takenFromLibrary')}</span>
        <RemoveButton path={path} name={name} />
        <FindingNotes findings={findings} />
      </div>
    );
  const use = isMembers(value) ? value['use'] : undefined;
  const used = typeof use === 'string' ? library?.ratings.find(({ key }) => key === use) : undefined;
  const inherited: Inherited | undefined = typeof use === 'string' ? { kind: used?.type, title: used?.title } : undefined;
  return (
    <div className={lead ? 'entry with-lead' : 'entry'} id={idOf(path)} tabIndex={-1}>
      <div className="entry-head">
        <span>
          <strong>{title ?? name}</strong> {title !== undefined && <code className="soft">{name}</code>}
        </span>
        <RemoveButton path={path} name={name} />
      </div>
      {lead && <Field spec={lead} path={[...path, lead.name]} />}
      <details open={findings.some(({ severity }) => severity === 'error')}>
        <summary>{t('form.details')}</summary>
        <BlockForm spec={spec.of} path={path} inherited={inherited} except={lead ? [lead.name] : []} />
      </details>
    </div>
  );
}
