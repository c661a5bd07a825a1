import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Page, Panel } from '../../pieces/page';
import './me.css';
import { within } from './periods';
import { type Appraisal, mineQuery } from './queries';
import { Trend } from './score-trend';
import { stateWords } from './state';

/** All of mine, newest first, and how my score went. */
export function AppraisalsPage(): ReactElement {
  const { t } = useTranslation('me');
  const query = useQuery(mineQuery);
  return (
    <Page title={t('appraisals.title')} meta={t('appraisals.meta')}>
      <Answer query={query} lines={6}>
        {({ items }) => <List items={items} />}
      </Answer>
    </Page>
  );
}

function List({ items }: { readonly items: readonly Appraisal[] }): ReactElement {
  const { t } = useTranslation('me');
  const { period } = useAddress();
  const change = useChangeAddress();
  if (items.length === 0) return <Empty title={t('appraisals.empty')} text={t('appraisals.emptyText')} />;
  const rows = period === undefined ? items : items.filter((item) => within(item.period, period));
  return (
    <>
      <Panel>
        <DataTable
          label={t('appraisals.label')}
          rows={rows}
          rowKey={({ appraisalId }) => appraisalId}
          columns={columns(t)}
          empty={
            <Empty
              title={t('appraisals.emptyFor')}
              text={t('appraisals.emptyForText')}
              next={<Button onClick={() => change({ period: undefined })}>{t('appraisals.allPeriods')}</Button>}
            />
          }
        />
      </Panel>
      <ScoreTrend items={items} />
    </>
  );
}

type Say = ReturnType<typeof useTranslation<'me'>>['t'];

function columns(t: Say): readonly Column<Appraisal>[] {
  return [
    {
      key: 'period',
      title: t('appraisals.period'),
      primary: true,
      render: ({ cycleId, period }) => (
        <Link to="/me/appraisals/$cycleId" params={{ cycleId }}>
          {formatPeriod(period)}
        </Link>
      ),
    },
    { key: 'state', title: t('appraisals.state'), render: (one) => <State of={one} /> },
    {
      key: 'score',
      title: t('appraisals.score'),
      number: true,
      render: ({ appraisalId, score }) =>
        score === null ? '–' : <Explained of={explainScore(appraisalId)}>{formatAmount(score)}</Explained>,
    },
    {
      key: 'grade',
      title: t('appraisals.grade'),
      render: ({ appraisalId, grade }) => (grade === null ? '–' : <Explained of={explainScore(appraisalId, 'grade')}>{grade}</Explained>),
    },
    { key: 'todo', title: t('appraisals.todo'), render: (one) => <Todo of={one} /> },
  ];
}

function State({ of }: { readonly of: Appraisal }): ReactElement {
  const { t } = useTranslation('me');
  const { kind, words } = stateWords(of, t);
  return <Mark kind={kind}>{words}</Mark>;
}

function Todo({ of }: { readonly of: Appraisal }): ReactElement | null {
  const { t } = useTranslation('me');
  const params = { cycleId: of.cycleId };
  if (of.status === 'open' && of.currentStep === 'self-review')
    return (
      <Link to="/me/appraisals/$cycleId" params={params} hash="self-review">
        {t('review.title')}
      </Link>
    );
  if (of.status !== 'published' || of.response !== 'none') return null;
  return (
    <>
      <Link to="/me/appraisals/$cycleId" params={params} hash="answer">
        {t('answer.confirm')}
      </Link>{' '}
      {of.confirmUntil !== null && <Deadline at={of.confirmUntil} />}
    </>
  );
}

function ScoreTrend({ items }: { readonly items: readonly Appraisal[] }): ReactElement {
  const { t } = useTranslation('me');
  const points = useMemo(
    () =>
      items
        .flatMap(({ period, score }) => (score === null || !/^\d{4}-\d{2}$/.test(period) ? [] : [{ period, value: score }]))
        .sort((one, other) => (one.period < other.period ? -1 : 1)),
    [items],
  );
  const head = useMemo(() => [t('appraisals.period'), t('appraisals.score')] as const, [t]);
  const values = points.map(({ period, value }) => `${formatPeriod(period)} ${formatAmount(value)}`).join(', ');
  return (
    <Panel title={t('appraisals.trend')}>
      {points.length < 2 ? (
        <p className="soft">{t('appraisals.trendNone')}</p>
      ) : (
        <Trend points={points} title={t('appraisals.trendTitle', { values })} head={head} />
      )}
    </Panel>
  );
}
