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
import { formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';

type Cycle = components['schemas']['Cycle'];
const SHOWN = 5;

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
  return (
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
                <div key={phase} className="soft">
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
  );
}
