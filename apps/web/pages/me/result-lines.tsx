import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../pieces/answer';
import { useNarrow } from '../../pieces/data-table';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { useFigureWords } from '../../pieces/figures';
import { formatAmount, formatExact, formatShare } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { language } from '../../texts';
import { type Detail, type ResultRow, resultQuery, type ResultTable, unitsQuery } from './queries';

type Section = ResultTable['parts'][number]['sections'][number];

/** Sections and indicators with target, actual, completion and points of the most there are. */
export function ResultLines({ detail, contest }: { readonly detail: Detail; readonly contest: boolean }): ReactElement {
  const { t } = useTranslation('me');
  const query = useQuery(resultQuery(detail.appraisalId, language()));
  return (
    <Panel title={t('result.table')}>
      <Answer query={query} lines={8}>
        {(result) => <Table result={result} detail={detail} contest={contest} />}
      </Answer>
    </Panel>
  );
}

interface TableProps {
  readonly result: ResultTable;
  readonly detail: Detail;
  /** Whether a line can be appealed now. */
  readonly contest: boolean;
}

function Table(props: TableProps): ReactElement {
  const isNarrow = useNarrow();
  return isNarrow ? <NarrowTable {...props} /> : <WideTable {...props} />;
}

function WideTable({ result, detail, contest }: TableProps): ReactElement {
  const { t } = useTranslation('me');
  return (
    <table className="plain result-table">
      <thead>
        <tr>
          <th scope="col">{t('result.indicator')}</th>
          <th scope="col" className="number">
            {t('result.target')}
          </th>
          <th scope="col" className="number">
            {t('result.actual')}
          </th>
          <th scope="col" className="number">
            {t('result.completion')}
          </th>
          <th scope="col" className="number">
            {t('result.points')}
          </th>
          {contest && (
            <th scope="col">
              <span className="hidden">{t('result.contest')}</span>
            </th>
          )}
        </tr>
      </thead>
      {result.parts.map((part) => (
        <Fragment key={part.key ?? ''}>
          {part.key !== null && <PartHead part={part} detail={detail} columns={contest ? 6 : 5} />}
          {part.sections.map((section) => (
            <tbody key={section.key}>
              <SectionHead section={section} detail={detail} contest={contest} />
              {section.rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row" className="indicator">
                    {row.title}
                  </th>
                  <Cells row={row} detail={detail} />
                  {contest && (
                    <td>
                      <ContestLink row={row} detail={detail} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          ))}
          {part.modifiers.length > 0 && (
            <tbody>
              <tr>
                <th colSpan={contest ? 6 : 5} scope="rowgroup" className="section">
                  {t('result.modifiers')}
                </th>
              </tr>
              {part.modifiers.map((row) => (
                <tr key={row.key}>
                  <th scope="row" className="indicator">
                    {row.title}
                  </th>
                  <td colSpan={3}>{row.sentence}</td>
                  <td className="number">
                    <Points row={row} detail={detail} />
                  </td>
                  {contest && <td />}
                </tr>
              ))}
            </tbody>
          )}
        </Fragment>
      ))}
    </table>
  );
}

function PartHead({
  part,
  detail,
  columns,
}: {
  readonly part: ResultTable['parts'][number];
  readonly detail: Detail;
  readonly columns: number;
}): ReactElement {
  const { t } = useTranslation('me');
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={columns - 1} className="section">
          {t('result.part', { title: part.title, days: part.workingDays ?? '–' })}
        </th>
        <td className="number">
          <Explained of={explainScore(detail.appraisalId, part.key ?? undefined)}>
            {part.score === null ? '–' : formatAmount(part.score)}
          </Explained>
        </td>
      </tr>
    </tbody>
  );
}

function SectionHead({
  section,
  detail,
  contest,
}: {
  readonly section: Section;
  readonly detail: Detail;
  readonly contest: boolean;
}): ReactElement {
  return (
    <tr>
      <th scope="rowgroup" colSpan={4} className="section">
        {section.title}
      </th>
      <td className="number section">
        <Points row={section} detail={detail} />
      </td>
      {contest && <td className="section" />}
    </tr>
  );
}

function Cells({ row, detail }: { readonly row: ResultRow; readonly detail: Detail }): ReactElement {
  return (
    <>
      <td className="number">
        <Value of={row.target} detail={detail} />
      </td>
      <td className="number">
        <Value of={row.actual} detail={detail} />
      </td>
      <td className="number">
        {row.completion === null ? (
          '–'
        ) : (
          <Explained of={explainScore(detail.appraisalId, row.key)}>{formatShare(row.completion, 2)}</Explained>
        )}
      </td>
      <td className="number">
        <Points row={row} detail={detail} />
      </td>
    </>
  );
}

function Value({ of, detail }: { readonly of: ResultRow['actual']; readonly detail: Detail }): ReactElement {
  const { t } = useTranslation('me');
  const { data: units } = useQuery(unitsQuery(detail.appraisalId));
  const inUnit = useFigureWords();
  if (of === null) return <>–</>;
  const unit = units?.get(of.key);
  const words = unit === undefined || of.value === null ? of.text : inUnit(unit, of.value);
  return (
    <>
      <Explained of={explainScore(detail.appraisalId, of.key)} what={`${of.title}: ${words}`}>
        {words}
      </Explained>
      {of.key.startsWith('rating.') && <span className="soft"> {t('result.rated')}</span>}
    </>
  );
}

function Points({
  row,
  detail,
}: {
  readonly row: Pick<ResultRow, 'key' | 'title' | 'score' | 'points'>;
  readonly detail: Detail;
}): ReactElement {
  const { t } = useTranslation('me');
  const score = row.score === null ? '–' : formatAmount(row.score);
  const words = row.points === null ? score : t('result.ofPoints', { score, points: formatExact(row.points) });
  return (
    <Explained of={explainScore(detail.appraisalId, row.key)} what={`${row.title}: ${words}`}>
      {words}
    </Explained>
  );
}

function ContestLink({ row, detail }: { readonly row: ResultRow; readonly detail: Detail }): ReactElement {
  const { t } = useTranslation('me');
  return (
    <Link
      to="/me/appeals/new"
      search={{ appraisal: detail.appraisalId, line: contestedLine(row) }}
      aria-label={`${t('result.contest')}: ${row.title}`}
    >
      {t('answer.appeal')}
    </Link>
  );
}

/** As contestable lines are named: the indicator where it stands on one input alone, else the input. */
function contestedLine({ key, actual, target }: ResultRow): string | undefined {
  if (actual === null) return undefined;
  return target === null ? key.replace(/^indicator\./, '') : actual.key;
}

/** The same rows one below the other. */
function NarrowTable({ result, detail, contest }: TableProps): ReactElement {
  const { t } = useTranslation('me');
  return (
    <>
      {result.parts.map((part) => (
        <Fragment key={part.key ?? ''}>
          {part.key !== null && <h3>{t('result.part', { title: part.title, days: part.workingDays ?? '–' })}</h3>}
          {part.sections.map((section) => (
            <section key={section.key} aria-label={section.title}>
              <div className="row spread-row">
                <h3>{section.title}</h3>
                <strong>
                  <Points row={section} detail={detail} />
                </strong>
              </div>
              <ul className="cards">
                {section.rows.map((row) => (
                  <NarrowRow key={row.key} row={row} detail={detail} contest={contest} />
                ))}
              </ul>
            </section>
          ))}
          {part.modifiers.length > 0 && (
            <>
              <h3>{t('result.modifiers')}</h3>
              <ul className="cards">
                {part.modifiers.map((row) => (
                  <li key={row.key}>
                    <div className="row spread-row">
                      {row.title}
                      <Points row={row} detail={detail} />
                    </div>
                    <span className="soft">{row.sentence}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Fragment>
      ))}
    </>
  );
}

function NarrowRow({
  row,
  detail,
  contest,
}: {
  readonly row: ResultRow;
  readonly detail: Detail;
  readonly contest: boolean;
}): ReactElement {
  const { t } = useTranslation('me');
  return (
    <li>
      <div className="row spread-row">
        <span>{row.title}</span>
        <Points row={row} detail={detail} />
      </div>
      <dl className="pairs">
        {row.target !== null && (
          <>
            <dt>{t('result.target')}</dt>
            <dd>
              <Value of={row.target} detail={detail} />
            </dd>
          </>
        )}
        {row.actual !== null && (
          <>
            <dt>{t('result.actual')}</dt>
            <dd>
              <Value of={row.actual} detail={detail} />
            </dd>
          </>
        )}
        {row.completion !== null && (
          <>
            <dt>{t('result.completion')}</dt>
            <dd>{formatShare(row.completion, 2)}</dd>
          </>
        )}
      </dl>
      {contest && <ContestLink row={row} detail={detail} />}
    </li>
  );
}
