import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../texts';
import { asDecimalText, compareDecimals, isDecimalText } from '../../pieces/decimals';
import { formatExact } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { RatingShown } from '../../pieces/rating-field';
import type { RatingLine } from '../../pieces/rating';
import { nameOf } from './people-list';
import { type Draft, keyOf, type RatingInHand, ratingOf, type Sheet } from './sheets';

interface Point extends RatingInHand {
  readonly key: string;
  readonly name: string;
}

/** How the ratings that somebody gives lie among each other, line by line, as they go on. */
export function Spread({
  sheets,
  drafts,
  current,
}: {
  readonly sheets: readonly Sheet[];
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly current: string;
}): ReactElement | null {
  const { t } = useTranslation('team');
  const { t: common } = useTranslation('common');
  const [asTable, setAsTable] = useState(false);
  const here = sheets.find((sheet) => keyOf(sheet) === current);
  const lines = (here?.lines ?? []).filter(({ type }) => type === 'points' || type === 'word' || type === 'occurrences');
  if (lines.length === 0) return null;
  const pointsOf = (line: RatingLine): readonly Point[] =>
    sheets.map((sheet) => ({ key: keyOf(sheet), name: nameOf(sheet, t), ...ratingOf(sheet, drafts[keyOf(sheet)], line.key) }));
  return (
    <Panel
      title={t('spread.title')}
      extra={
        <Button type="link" size="small" aria-expanded={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? common('chart.hideTable') : common('chart.asTable')}
        </Button>
      }
    >
      {asTable ? (
        <SpreadTable lines={lines} pointsOf={pointsOf} />
      ) : (
        <ul className="spread">
          {lines.map((line) => (
            <li key={line.key}>
              <span className="name">{line.title[language()]}</span>
              {line.type === 'word' ? (
                <Counts line={line} points={pointsOf(line)} />
              ) : (
                <Strip line={line} points={pointsOf(line)} current={current} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Every rating as a dot on its scale; the person of now stands out by form. */
function Strip({
  line,
  points,
  current,
}: {
  readonly line: RatingLine;
  readonly points: readonly Point[];
  readonly current: string;
}): ReactElement {
  const { t } = useTranslation('team');
  const known = points.flatMap(({ key, given }) => {
    const text = typeof given === 'string' ? asDecimalText(given) : '';
    return isDecimalText(text) ? [{ key, text }] : [];
  });
  const sorted = known.map(({ text }) => text).sort(compareDecimals);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  const from = line.from ?? '0';
  const to = line.to ?? highest ?? '1';
  if (lowest === undefined || highest === undefined || compareDecimals(from, to) >= 0)
    return <span className="soft">{t('spread.none')}</span>;
  const words = t('spread.words', { count: sorted.length, lowest: formatExact(lowest), highest: formatExact(highest) });
  return (
    <>
      <span className="strip" role="img" aria-label={`${line.title[language()]}: ${words}`}>
        {known.map(({ key, text }) => (
          <span
            key={key}
            className={key === current ? 'dot here' : 'dot'}
            style={{ left: `clamp(0%, calc(100% * (${text} - ${from}) / (${to} - ${from})), 100%)` }}
          />
        ))}
      </span>
      <span className="soft number">{words}</span>
    </>
  );
}

/** How often each word was given. */
function Counts({ line, points }: { readonly line: RatingLine; readonly points: readonly Point[] }): ReactElement {
  return (
    <span className="row">
      {line.options.map((option) => (
        <span key={option}>
          {line.optionTitles[option]?.[language()] ?? option}{' '}
          <strong className="number">{points.filter(({ given }) => given === option).length}</strong>
        </span>
      ))}
    </span>
  );
}

function SpreadTable({
  lines,
  pointsOf,
}: {
  readonly lines: readonly RatingLine[];
  readonly pointsOf: (line: RatingLine) => readonly Point[];
}): ReactElement {
  const { t } = useTranslation('team');
  const columns = lines.map((line) => ({ line, points: pointsOf(line) }));
  const people = columns[0]?.points ?? [];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('spread.title')}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('column.person')}</th>
            {lines.map((line) => (
              <th key={line.key} scope="col" className="number">
                {line.title[language()]}
              </th>
            ))}
            <th scope="col">{t('column.state')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ key, name, sent }, row) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {columns.map(({ line, points }) => (
                <td key={line.key} className="number">
                  <RatingShown line={line} given={points[row]?.given === '' ? undefined : points[row]?.given} />
                </td>
              ))}
              <td>{sent ? t('filling.done') : t('spread.draft')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
