import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../pieces/answer';
import { useNarrow } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatDay, formatDifference, formatInstant, formatPeriod } from '../../pieces/format';
import { Mark, type MarkKind } from '../../pieces/mark';
import { Page, Panel } from '../../pieces/page';
import { language } from '../../texts';
import './me.css';
import { mineQuery, processQuery, type Statement, type StatementLine, statementQuery, unitsQuery } from './queries';
import { downloadCsv, statementCsv } from './statement-csv';

const route = getRouteApi('/frame/me/statement/$period');

/** What one period gave me: each line with its rule, what was paid, what is held and why, and what differs from the period before. */
export function StatementPage(): ReactElement {
  const { t } = useTranslation('me');
  const { period } = route.useParams();
  const mine = useQuery(mineQuery);
  const title = t('statement.title', { period: formatPeriod(period) });
  const back = <Link to="/me/statement">{t('statement.all')}</Link>;
  return (
    <Answer query={mine} lines={6}>
      {({ items }) => {
        const found = items.find((one) => one.period === period && one.publishedAt !== null);
        return found ? (
          <Found cycleId={found.cycleId} title={title} />
        ) : (
          <Page title={title}>
            <Empty title={t('statement.none')} text={t('statement.noneText')} next={back} />
          </Page>
        );
      }}
    </Answer>
  );
}

function Found({ cycleId, title }: { readonly cycleId: string; readonly title: string }): ReactElement {
  const { t } = useTranslation('me');
  const { t: common } = useTranslation('common');
  const query = useQuery(statementQuery(cycleId, language()));
  const statement = query.data;
  const save = (): void => {
    if (statement)
      downloadCsv(
        `statement-${statement.period}.csv`,
        statementCsv(statement, headOf(t, statement.currency), (key) => titleOf(statement.lines, key, t)),
      );
  };
  return (
    <Page
      title={title}
      meta={statement && t('statement.of', { name: statement.name ?? common('erased'), cycle: statement.cycleName })}
      actions={
        <span className="row no-print">
          <Button onClick={save} disabled={!statement}>
            {t('statement.download')}
          </Button>
          <Button onClick={() => window.print()} disabled={!statement}>
            {t('statement.print')}
          </Button>
        </span>
      }
    >
      <Answer query={query} lines={8}>
        {(of) => (
          <>
            <Totals of={of} />
            <Lines of={of} />
            <Payments of={of} />
            <p className="row no-print">
              <Link to="/me/statement">{t('statement.all')}</Link>
              <Link to="/me/appraisals/$cycleId" params={{ cycleId }}>
                {t('statement.appraisal')}
              </Link>
            </p>
          </>
        )}
      </Answer>
    </Page>
  );
}

type Say = ReturnType<typeof useTranslation<'me'>>['t'];

function headOf(t: Say, unit: string): readonly string[] {
  const inUnit = unitOf(t, unit);
  return [
    t('statement.line'),
    t('statement.rule'),
    inUnit(t('statement.entitled')),
    inUnit(t('statement.settled')),
    inUnit(t('statement.held')),
    inUnit(t('statement.before')),
    inUnit(t('statement.difference')),
  ];
}

/** Names of amounts, each with what they are amounts of. */
function unitOf(t: Say, unit: string): (name: string) => string {
  return (name) => t('statements.unit', { name, unit });
}

/** A line that no scheme names: a deposit given back. */
function titleOf(lines: readonly StatementLine[], key: string, t: Say): string {
  return lines.find((line) => line.key === key)?.title ?? (key === 'deposit-release' ? t('statement.depositRelease') : key);
}

function Totals({ of }: { readonly of: Statement }): ReactElement {
  const { t } = useTranslation('me');
  const inUnit = unitOf(t, of.currency);
  const { data: process } = useQuery(processQuery(of.appraisalId));
  const hasOpenAppeal = process?.appeals.some(({ stage }) => !['withdrawn', 'closed', 'declined-final'].includes(stage)) === true;
  const isPaid = of.lines.some(({ payments }) => payments.length > 0);
  return (
    <Panel>
      <dl className="figures">
        <div>
          <dt>{inUnit(t('statement.entitled'))}</dt>
          <dd>
            <Explained of={explainScore(of.appraisalId, 'pay')}>{formatAmount(of.entitledTotal)}</Explained>
          </dd>
        </div>
        <div>
          <dt>{inUnit(t('statement.settled'))}</dt>
          <dd>{formatAmount(of.settledTotal)}</dd>
        </div>
        <div>
          <dt>{inUnit(t('statement.held'))}</dt>
          <dd>{formatAmount(of.heldTotal)}</dd>
        </div>
        {of.previous && of.difference !== null && (
          <div>
            <dt>{inUnit(t('statement.compared', { period: formatPeriod(of.previous.period) }))}</dt>
            <dd>{formatDifference(of.difference)}</dd>
          </div>
        )}
        {of.score !== null && (
          <div>
            <dt>{t('result.score')}</dt>
            <dd>
              <Explained of={explainScore(of.appraisalId)}>{formatAmount(of.score)}</Explained>
              {of.grade !== null && (
                <>
                  {' · '}
                  <Explained of={explainScore(of.appraisalId, 'grade')}>{of.grade}</Explained>
                </>
              )}
            </dd>
          </div>
        )}
      </dl>
      {!isNothing(of.heldTotal) && <div className="note warn gap">{t('statement.heldNote', { amount: formatAmount(of.heldTotal) })}</div>}
      {!isPaid && <p className="soft">{t('statement.notPaid')}</p>}
      {hasOpenAppeal && !isPaid && <p className="soft">{t('statement.appealOpen')}</p>}
      {of.previous === null && <p className="soft">{t('statement.noPrevious')}</p>}
    </Panel>
  );
}

function isNothing(amount: string): boolean {
  return /^-?0(\.0+)?$/.test(amount);
}

function Lines({ of }: { readonly of: Statement }): ReactElement {
  const { t } = useTranslation('me');
  const isNarrow = useNarrow();
  // The table's heads name the currency; cards have none.
  const title = isNarrow ? unitOf(t, of.currency)(t('statement.lines')) : t('statement.lines');
  return <Panel title={title}>{isNarrow ? <Cards of={of} /> : <Table of={of} />}</Panel>;
}

function Table({ of }: { readonly of: Statement }): ReactElement {
  const { t } = useTranslation('me');
  const inUnit = unitOf(t, of.currency);
  const hasBefore = of.previous !== null;
  return (
    <table className="plain statement-table">
      <thead>
        <tr>
          <th scope="col">{t('statement.line')}</th>
          <th scope="col">{t('statement.rule')}</th>
          <th scope="col" className="number">
            {inUnit(t('statement.entitled'))}
          </th>
          <th scope="col" className="number">
            {inUnit(t('statement.settled'))}
          </th>
          <th scope="col" className="number">
            {inUnit(t('statement.held'))}
          </th>
          {hasBefore && (
            <>
              <th scope="col" className="number">
                {inUnit(t('statement.before'))}
              </th>
              <th scope="col" className="number">
                {inUnit(t('statement.difference'))}
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {of.lines.map((line) => (
          <tr key={line.key}>
            <th scope="row">{titleOf(of.lines, line.key, t)}</th>
            <td className="rule">
              <Rule of={of} line={line} />
              <Why of={of} line={line} hasBefore={hasBefore} />
              <Holds line={line} />
            </td>
            <td className="number">
              <Entitled of={of} line={line} />
            </td>
            <td className="number">{formatAmount(line.settled)}</td>
            <td className="number">{formatAmount(line.held)}</td>
            {hasBefore && (
              <>
                <td className="number">{line.before === null ? '–' : formatAmount(line.before)}</td>
                <td className="number">{line.difference === null ? '–' : formatDifference(line.difference)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {t('statement.total')}
          </th>
          <td className="number">{formatAmount(of.entitledTotal)}</td>
          <td className="number">{formatAmount(of.settledTotal)}</td>
          <td className="number">{formatAmount(of.heldTotal)}</td>
          {hasBefore && (
            <>
              <td className="number">{of.beforeTotal === null ? '–' : formatAmount(of.beforeTotal)}</td>
              <td className="number">{of.difference === null ? '–' : formatDifference(of.difference)}</td>
            </>
          )}
        </tr>
      </tfoot>
    </table>
  );
}

function Cards({ of }: { readonly of: Statement }): ReactElement {
  const { t } = useTranslation('me');
  const hasBefore = of.previous !== null;
  return (
    <ul className="cards">
      {of.lines.map((line) => (
        <li key={line.key}>
          <div className="row spread-row">
            <strong>{titleOf(of.lines, line.key, t)}</strong>
            <Entitled of={of} line={line} />
          </div>
          <Rule of={of} line={line} />
          <Why of={of} line={line} hasBefore={hasBefore} />
          <Holds line={line} />
          <dl className="pairs">
            <Pair name={t('statement.settled')}>{formatAmount(line.settled)}</Pair>
            {!isNothing(line.held) && <Pair name={t('statement.held')}>{formatAmount(line.held)}</Pair>}
            {line.before !== null && <Pair name={t('statement.before')}>{formatAmount(line.before)}</Pair>}
            {line.difference !== null && <Pair name={t('statement.difference')}>{formatDifference(line.difference)}</Pair>}
          </dl>
        </li>
      ))}
      <li className="row spread-row">
        <strong>{t('statement.total')}</strong>
        <strong>{formatAmount(of.entitledTotal)}</strong>
      </li>
    </ul>
  );
}

function Pair({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Entitled({ of, line }: { readonly of: Statement; readonly line: StatementLine }): ReactElement {
  const { t } = useTranslation('me');
  const words = formatAmount(line.entitled);
  // Only what the scheme pays stands in its explanation.
  if (line.sentence === null) return <>{words}</>;
  return (
    <Explained of={explainScore(of.appraisalId, `line.${line.key}`)} what={`${titleOf(of.lines, line.key, t)}: ${words}`}>
      {words}
    </Explained>
  );
}

/** What a rule read, as it says it; what the facts' units say is money has two decimals like every amount beside it. */
function useInputWords({ appraisalId }: Statement): (key: string, text: string) => string {
  const { data: units } = useQuery(unitsQuery(appraisalId));
  return (key, text) => (units?.get(key) === 'money' ? formatAmount(text.replaceAll(',', '')) : text);
}

/** The rule in words and the values that it read. */
function Rule({ of, line }: { readonly of: Statement; readonly line: StatementLine }): ReactElement | null {
  const said = useInputWords(of);
  if (line.sentence === null) return null;
  return (
    <>
      <div>{line.sentence.slice((line.title?.length ?? 0) + 1).trim()}</div>
      {line.inputs.length > 0 && (
        <div className="soft">
          {line.inputs.map(({ key, title, text }) => (
            <span key={key} className="change">
              {title} {said(key, text)}
            </span>
          ))}
        </div>
      )}
    </>
  );
}

/** What made the line another than in the period before. */
function Why({
  of,
  line,
  hasBefore,
}: {
  readonly of: Statement;
  readonly line: StatementLine;
  readonly hasBefore: boolean;
}): ReactElement | null {
  const { t } = useTranslation('me');
  const said = useInputWords(of);
  if (!hasBefore || line.difference === null || isNothing(line.difference)) return null;
  if (line.sentenceBefore === null && line.changes.length === 0) return <div className="soft">{t('statement.whyNoLine')}</div>;
  return (
    <div className="soft">
      {t('statement.why')}:{' '}
      {line.changes.length === 0
        ? t('statement.whyRule', { sentence: line.sentenceBefore ?? '' })
        : line.changes.map(({ key, title, before, now }) => (
            <span key={key} className="change">
              {changeWords({ title, before: before && said(key, before), now: now && said(key, now) }, t)}
            </span>
          ))}
    </div>
  );
}

function changeWords(
  { title, before, now }: { readonly title: string; readonly before: string | null; readonly now: string | null },
  t: Say,
): string {
  if (before === null) return t('statement.whyNew', { title, now: now ?? '–' });
  return now === null ? t('statement.whyGone', { title, before }) : t('statement.whyChange', { title, before, now });
}

function Holds({ line }: { readonly line: StatementLine }): ReactElement | null {
  const { t } = useTranslation('me');
  if (line.holds.length === 0) return null;
  return (
    <ul className="plain-list">
      {line.holds.map(({ cause, id, reason, since }) => (
        <li key={id}>
          <Mark kind="warn">
            {cause === 'appeal'
              ? t('statement.heldAppeal')
              : reason === null
                ? t('statement.heldFinancePlain')
                : t('statement.heldFinance', { reason })}
          </Mark>{' '}
          {since !== null && <span className="soft">{t('statement.heldSince', { when: formatInstant(since) })}</span>}{' '}
          {cause === 'appeal' && (
            <Link to="/me/appeals/$appealId" params={{ appealId: id }}>
              {t('answer.appeal')}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

const STATES: Readonly<Record<StatementLine['payments'][number]['status'], MarkKind>> = {
  computed: 'run',
  held: 'warn',
  released: 'good',
  withheld: 'plain',
  acknowledged: 'good',
  cancelled: 'bad',
};

/** Everything that was or will be paid for these lines, over all batches. */
function Payments({ of }: { readonly of: Statement }): ReactElement | null {
  const { t } = useTranslation('me');
  const payments = of.lines.flatMap((line) => line.payments.map((payment) => ({ ...payment, title: titleOf(of.lines, line.key, t) })));
  if (payments.length === 0) return null;
  return (
    <Panel title={unitOf(t, of.currency)(t('statement.payments'))}>
      <ul className="cards payments">
        {payments.map(({ lineId, title, amount, status, kind, cause, releasedOn, reference }) => (
          <li key={lineId} className="row spread-row">
            <span className="row">
              <span>{title}</span>
              <Mark kind={STATES[status]}>{t(`statement.status.${status}`)}</Mark>
              {kind === 'adjustment' && (
                <span className="soft">
                  {t('statement.kinds.adjustment')}
                  {cause !== null && ` · ${t(`statement.cause.${cause}`)}`}
                </span>
              )}
              {releasedOn !== null && (
                <span className="soft">
                  {t('statement.on')} {formatDay(releasedOn)}
                </span>
              )}
              {reference !== null && (
                <span className="soft">
                  {t('statement.reference')} {reference}
                </span>
              )}
            </span>
            <span className="number">{formatAmount(amount)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
