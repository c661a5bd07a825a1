import { useQueries, useQuery } from '@tanstack/react-query';
import { Go } from '../../pieces/go';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { hasRole, useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { formatAmount, formatExact, formatPeriod, formatShare } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { Sparkline } from '../../pieces/sparkline';
import { lastPublished, stepsDone } from './numbers';

type Cycle = components['schemas']['Cycle'];
const SHOWN = 5;
const LOOKED_THROUGH = 30;
/** What is published changes by corrections only. */
const RARELY_MS = 300_000;

/** Each running cycle with how far its open phase is, and how many are late. */
export function RunningCycles(): ReactElement {
  const { t } = useTranslation('home');
  const isHr = hasRole(useMe(), 'hr');
  const query = useQuery({
    queryKey: ['cycles', 'running'],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles', { params: { query: { status: 'running', limit: SHOWN } } })),
  });
  return (
    <Panel
      title={t('hr.title')}
      extra={
        isHr && (
          <span className="row">
            <Go to="/cycles/new">{t('hr.start')}</Go>
          </span>
        )
      }
    >
      <Answer query={query}>
        {({ items }) => (items.length === 0 ? <Empty title={t('hr.none')} text={t('hr.noneText')} /> : <Cycles cycles={items} />)}
      </Answer>
      <MeanScore />
    </Panel>
  );
}

function Cycles({ cycles }: { readonly cycles: readonly Cycle[] }): ReactElement {
  const { t } = useTranslation('home');
  const { t: explain } = useTranslation('explain');
  const progress = useQueries({
    queries: cycles.map(({ cycleId }) => ({
      queryKey: ['cycles', cycleId, 'progress'],
      queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}/progress', { params: { path: { cycleId } } })),
    })),
  });
  const steps = stepsDone(progress.flatMap(({ data }) => data?.items ?? []));
  const isCounted = progress.every(({ data }) => data !== undefined);
  return (
    <>
      {steps && isCounted && (
        <dl className="figures">
          <div>
            <dt>{t('hr.steps')}</dt>
            <dd>
              {formatShare(steps.share)}
              <div className="soft" style={{ fontSize: 14, fontWeight: 400 }}>
                {t('hr.stepsOf', { done: formatExact(steps.done), members: formatExact(steps.members) })}
              </div>
            </dd>
          </div>
        </dl>
      )}
      <ul className="cards">
        {cycles.map(({ cycleId, name, period, phases, published }, index) => {
          const open = phases.filter(({ state }) => state === 'open');
          const counts = progress[index]?.data?.items ?? [];
          const late = counts.reduce((sum, one) => sum + one.late, 0);
          return (
            <li key={cycleId}>
              <div className="row">
                <Go to={`/cycles/${cycleId}`}>{name}</Go>
                <span className="soft">{formatPeriod(period)}</span>
                {published && <Mark kind="good">{t('hr.published')}</Mark>}
                {late > 0 && <Mark kind="warn">{t('hr.late', { count: late })}</Mark>}
              </div>
              {open.map(({ phase, closesAt }) => {
                const count = counts.find((one) => one.phase === phase);
                return (
                  <div key={phase} className="soft" style={{ marginTop: 4 }}>
                    {count && count.members > 0
                      ? t('hr.done', { phase: explain(`phase.${phase}`), done: count.done, members: count.members })
                      : explain(`phase.${phase}`)}
                    {' · '}
                    <Deadline at={closesAt} />
                  </div>
                );
              })}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What the last published cycles gave on average. */
function MeanScore(): ReactElement | null {
  const { t } = useTranslation('home');
  const query = useQuery({
    queryKey: ['cycles', 'newest'],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles', { params: { query: { limit: LOOKED_THROUGH } } })),
  });
  const cycles = lastPublished(query.data?.items ?? []);
  const spreads = useQueries({
    queries: cycles.map(({ cycleId }) => ({
      queryKey: ['cycles', cycleId, 'spread', 'mean'],
      staleTime: RARELY_MS,
      queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}/spread', { params: { path: { cycleId }, query: {} } })),
    })),
  });
  if (spreads.some(({ isPending }) => isPending)) return null;
  const means = cycles.flatMap(({ cycleId, period }, index) => {
    const mean = spreads[index]?.data?.mean;
    return typeof mean === 'string' ? [{ cycleId, period, mean }] : [];
  });
  const newest = means.at(-1);
  if (!newest) return null;
  const what = t('hr.mean', { period: formatPeriod(newest.period) });
  return (
    <dl className="figures">
      <div>
        <dt>{what}</dt>
        <dd>
          <Go to={`/cycles/${newest.cycleId}`}>{formatAmount(newest.mean)}</Go>
          <Sparkline what={what} values={means.map(({ mean }) => mean)} shown={means.map(({ mean }) => formatAmount(mean))} />
        </dd>
      </div>
    </dl>
  );
}
