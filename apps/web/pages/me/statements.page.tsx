import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatPeriod } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import './me.css';
import { within } from './periods';
import { depositQuery, type StatementSummary, statementsQuery } from './queries';
import { Trend } from './score-trend';

/** What each period gave me, newest first. */
export function StatementsPage(): ReactElement {
  const { t } = useTranslation('me');
  const { after } = useAddress();
  const query = useQuery(statementsQuery(after));
  return (
    <Page title={t('statements.title')} meta={t('statements.meta')}>
      <Answer query={query} lines={6}>
        {({ items, next }) => <List items={items} next={next} />}
      </Answer>
      <Deposit />
    </Page>
  );
}

function List({ items, next }: { readonly items: readonly StatementSummary[]; readonly next: string | undefined }): ReactElement {
  const { t } = useTranslation('me');
  const { period, after } = useAddress();
  const change = useChangeAddress();
  if (items.length === 0 && after === undefined) return <Empty title={t('statements.empty')} text={t('statements.emptyText')} />;
  const rows = period === undefined ? items : items.filter((item) => within(item.period, period));
  return (
    <>
      <Panel>
        <DataTable
          label={t('statements.label')}
          rows={rows}
          rowKey={({ cycleId }) => cycleId}
          columns={columns(t, items[0]?.currency ?? '')}
          next={next}
          empty={
            <Empty
              title={t('statements.emptyFor')}
              text={t('appraisals.emptyForText')}
              next={<Button onClick={() => change({ period: undefined })}>{t('appraisals.allPeriods')}</Button>}
            />
          }
        />
      </Panel>
      <EntitledTrend items={items} />
    </>
  );
}

type Say = ReturnType<typeof useTranslation<'me'>>['t'];

function columns(t: Say, unit: string): readonly Column<StatementSummary>[] {
  const inUnit = (name: string): string => t('statements.unit', { name, unit });
  return [
    {
      key: 'period',
      title: t('statements.period'),
      primary: true,
      render: ({ period }) => (
        <Link to="/me/statement/$period" params={{ period }}>
          {formatPeriod(period)}
        </Link>
      ),
    },
    {
      key: 'score',
      title: t('statements.score'),
      number: true,
      render: ({ appraisalId, score, grade }) =>
        score === null ? (
          '–'
        ) : (
          <Explained of={explainScore(appraisalId)}>{grade === null ? formatAmount(score) : `${formatAmount(score)} · ${grade}`}</Explained>
        ),
    },
    {
      key: 'entitled',
      title: inUnit(t('statements.entitled')),
      number: true,
      render: ({ appraisalId, entitledTotal }) => (
        <Explained of={explainScore(appraisalId, 'pay')}>{formatAmount(entitledTotal)}</Explained>
      ),
    },
    { key: 'settled', title: inUnit(t('statements.settled')), number: true, render: ({ settledTotal }) => formatAmount(settledTotal) },
    { key: 'held', title: inUnit(t('statements.held')), number: true, render: ({ heldTotal }) => formatAmount(heldTotal) },
  ];
}

function EntitledTrend({ items }: { readonly items: readonly StatementSummary[] }): ReactElement | null {
  const { t } = useTranslation('me');
  const points = useMemo(
    () =>
      items
        .filter(({ period }) => /^\d{4}-\d{2}$/.test(period))
        .map(({ period, entitledTotal }) => ({ period, value: entitledTotal }))
        .reverse(),
    [items],
  );
  const head = useMemo(() => [t('statements.period'), t('statements.entitled')] as const, [t]);
  if (points.length < 2) return null;
  const values = points.map(({ period, value }) => `${formatPeriod(period)} ${formatAmount(value)}`).join(', ');
  return (
    <Panel title={t('statements.trend')}>
      <Trend points={points} title={t('statements.trendTitle', { values })} head={head} />
    </Panel>
  );
}

/** 押金: what was withheld and is paid back on leaving in good standing. */
function Deposit(): ReactElement {
  const { t } = useTranslation('me');
  const me = useMe();
  const query = useQuery(depositQuery(me.subject));
  return (
    <Panel title={t('statements.deposit')}>
      <Answer query={query} lines={2}>
        {(deposit) =>
          deposit.cycleId === null && isNothing(deposit.held) ? (
            <p className="soft">{t('statements.noDeposit')}</p>
          ) : (
            <>
              <dl className="figures">
                <Amount name={t('statements.opening')} value={deposit.opening} />
                <Amount name={t('statements.withheld')} value={deposit.withheld} />
                <Amount name={t('statements.released')} value={deposit.released} />
                <Amount name={t('statements.balance')} value={deposit.held} />
              </dl>
              <p className="soft">{t('statements.depositText')}</p>
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

function isNothing(amount: string): boolean {
  return /^-?0(\.0+)?$/.test(amount);
}

function Amount({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatAmount(value)}</dd>
    </div>
  );
}
