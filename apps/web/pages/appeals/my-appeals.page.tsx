import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatInstant, formatPeriod } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import { type AppealOnBoard, myAppraisalsQuery } from './appeal';
import './appeals.css';
import { Clock, StageMark } from './stage';

/** One's own appeals, and the results that may still be contested. */
export function MyAppealsPage(): ReactElement {
  const { t } = useTranslation('appeals');
  const { after } = useAddress();
  const filed = useQuery({
    queryKey: ['appeals', 'mine', after],
    queryFn: () =>
      bodyOf(api.GET('/api/v1/appeals/board', { params: { query: { whose: 'mine', ...(after === undefined ? {} : { after }) } } })),
  });
  const columns: readonly Column<AppealOnBoard>[] = [
    {
      key: 'period',
      title: t('column.result'),
      primary: true,
      render: ({ appealId, period }) => (
        <Link to="/me/appeals/$appealId" params={{ appealId }}>
          {period === null ? appealId : formatPeriod(period)}
        </Link>
      ),
    },
    { key: 'stage', title: t('column.stage'), render: ({ stage, verdict }) => <StageMark stage={stage} verdict={verdict} /> },
    { key: 'clock', title: t('column.clock'), render: (row) => <Clock of={row} /> },
    { key: 'grounds', title: t('column.grounds'), render: ({ grounds }) => grounds.map((one) => t(`ground.${one}`)).join(' · ') },
    { key: 'filed', title: t('column.filed'), render: ({ filedAt }) => formatInstant(filedAt) },
  ];
  return (
    <Page title={t('mine.title')} meta={t('mine.meta')}>
      <Answer query={filed}>
        {(page) => (
          <>
            <Contestables filed={page.items} />
            <Panel title={t('mine.filed')}>
              <DataTable
                label={t('mine.filed')}
                rows={page.items}
                rowKey={({ appealId }) => appealId}
                columns={columns}
                next={page.next}
                empty={<Empty title={t('mine.empty')} text={t('mine.emptyText')} />}
              />
            </Panel>
          </>
        )}
      </Answer>
    </Page>
  );
}

/** Published results without an appeal that stands; those still in their window first, the rest only on request. */
function Contestables({ filed }: { readonly filed: readonly AppealOnBoard[] }): ReactElement {
  const { t } = useTranslation('appeals');
  const query = useQuery(myAppraisalsQuery);
  const taken = new Set(filed.filter(({ stage }) => stage !== 'withdrawn').map(({ cycleId }) => cycleId));
  return (
    <Panel title={t('mine.contestable')}>
      <Answer query={query} lines={2}>
        {({ items }) => {
          // As of the answer: a window that ends meanwhile is judged again when it is asked for.
          const now = query.dataUpdatedAt;
          const free = items.flatMap((item) =>
            item.publishedAt !== null && item.appealUntil !== null && !taken.has(item.cycleId)
              ? [{ ...item, until: item.appealUntil }]
              : [],
          );
          const open = free.filter(({ until }) => Date.parse(until) > now);
          const over = free.filter(({ until }) => Date.parse(until) <= now);
          return (
            <>
              {open.length === 0 && <p className="soft">{t('mine.noneOpen')}</p>}
              <ResultList results={open} />
              {over.length > 0 && (
                <details>
                  <summary>{t('mine.over', { count: over.length })}</summary>
                  <p className="soft">{t('mine.overText')}</p>
                  <ResultList results={over} />
                </details>
              )}
            </>
          );
        }}
      </Answer>
    </Panel>
  );
}

interface Result {
  readonly appraisalId: string;
  readonly period: string;
  readonly score: string | null;
  readonly until: string;
}

function ResultList({ results }: { readonly results: readonly Result[] }): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  return (
    <ul className="cards">
      {results.map(({ appraisalId, period, score, until }) => (
        <li key={appraisalId} className="row">
          <strong>{formatPeriod(period)}</strong>
          {score !== null && (
            <span>
              <Explained of={explainScore(appraisalId)}>{formatAmount(score)}</Explained> {c('points')}
            </span>
          )}
          <span className="soft">
            <Deadline at={until} />
          </span>
          <Link
            to="/me/appeals/new"
            search={{ appraisal: appraisalId }}
            className="file-button"
            aria-label={t('mine.appealOf', { period: formatPeriod(period) })}
          >
            {t('mine.appeal')}
          </Link>
        </li>
      ))}
    </ul>
  );
}
