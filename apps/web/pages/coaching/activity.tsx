import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../pieces/answer';
import { formatDay, formatList, formatShare } from '../../pieces/format';
import { Skeleton } from '../../pieces/skeleton';
import { activeDays } from './active-days';
import { daysAgo, workingDaysQuery } from './days';
import { type Counts, type Kind, KINDS, type Log, type Plan } from './plans';

const Chart = lazy(() => import('../../pieces/chart').then((file) => ({ default: file.Chart })));
const LISTED = 14;
/** One leads to the next. */
const FUNNEL: readonly Kind[] = ['calls', 'visits', 'prospects', 'quotes'];

/** What was done in the last ten working days beside what was planned, and how one kind led to the next. */
export function Activity({ plan, logs }: { readonly plan: Plan; readonly logs: readonly Log[] }): ReactElement {
  const { t } = useTranslation('coaching');
  const working = useQuery(workingDaysQuery);
  if (logs.length === 0) return <p className="soft">{t('activity.none')}</p>;
  return <Answer query={working}>{(days) => <OfDays plan={plan} logs={logs} working={days} />}</Answer>;
}

function OfDays({
  plan,
  logs,
  working,
}: {
  readonly plan: Plan;
  readonly logs: readonly Log[];
  readonly working: readonly string[];
}): ReactElement {
  const { t } = useTranslation('coaching');
  const days = useMemo(() => {
    const today = daysAgo(0);
    return activeDays(working, plan, { today, isSaid: logs.some(({ date }) => date === today) });
  }, [working, plan, logs]);
  const done = useMemo(() => sumOf(logs.filter((log) => days.includes(log.date))), [logs, days]);
  const planned = plan.activityPerDay;
  const missed = days.filter((day) => !logs.some((log) => log.date === day));
  return (
    <div className="stack">
      <Beside done={done} planned={planned === null ? undefined : times(planned, days.length)} days={days.length} />
      {days.length > 0 && (
        <p>
          {missed.length === 0
            ? t('activity.allSaid', { count: days.length })
            : t('activity.missed', { count: missed.length, days: formatList(missed.slice(-5).map(formatDay)) })}
        </p>
      )}
      <Funnel done={done} days={days.length} />
      <Logs logs={logs.slice(0, LISTED)} />
    </div>
  );
}

interface BesideProps {
  readonly done: Counts;
  readonly planned: Counts | undefined;
  readonly days: number;
}

function Beside({ done, planned, days }: BesideProps): ReactElement {
  const { t } = useTranslation('coaching');
  const option = useMemo(() => {
    const bar = (name: string, of: Counts, color?: string) => ({
      name,
      type: 'bar' as const,
      data: KINDS.map((kind) => of[kind]),
      label: { show: true, position: 'right' as const },
      ...(color === undefined ? {} : { itemStyle: { color, decal: { symbol: 'rect' } } }),
    });
    return {
      legend: { bottom: 0 },
      grid: { left: 8, right: 40, top: 8, bottom: 36, containLabel: true },
      xAxis: { type: 'value' as const, minInterval: 1 },
      yAxis: { type: 'category' as const, inverse: true, data: KINDS.map((kind) => t(`kind.${kind}`)) },
      series: [bar(t('activity.done'), done), ...(planned ? [bar(t('activity.planned'), planned, '#8c8c8c')] : [])],
    };
  }, [done, planned, t]);
  return (
    <Suspense fallback={<Skeleton />}>
      <Chart
        title={planned ? t('activity.title', { count: days }) : t('activity.titleAlone', { count: days })}
        option={option}
        height={300}
        table={{
          head: [t('activity.kind'), t('activity.done'), ...(planned ? [t('activity.planned'), t('activity.share')] : [])],
          rows: KINDS.map((kind) => [
            t(`kind.${kind}`),
            String(done[kind]),
            ...(planned ? [String(planned[kind]), shareOf(done[kind], planned[kind])] : []),
          ]),
        }}
      />
    </Suspense>
  );
}

function Funnel({ done, days }: { readonly done: Counts; readonly days: number }): ReactElement {
  const { t } = useTranslation('coaching');
  const option = useMemo(
    () => ({
      series: [
        {
          type: 'funnel' as const,
          sort: 'none' as const,
          left: '6%',
          width: '64%',
          top: 8,
          bottom: 8,
          minSize: '4%',
          label: { position: 'right' as const, formatter: '{b} {c}' },
          data: FUNNEL.map((kind) => ({ name: t(`kind.${kind}`), value: done[kind] })),
        },
      ],
    }),
    [done, t],
  );
  return (
    <Suspense fallback={<Skeleton />}>
      <Chart
        title={t('funnel.title', { count: days })}
        option={option}
        height={220}
        table={{
          head: [t('activity.kind'), t('activity.done'), t('funnel.ofBefore')],
          rows: FUNNEL.map((kind, index) => {
            const before = FUNNEL[index - 1];
            return [t(`kind.${kind}`), String(done[kind]), before ? shareOf(done[kind], done[before]) : '–'];
          }),
        }}
      />
    </Suspense>
  );
}

function Logs({ logs }: { readonly logs: readonly Log[] }): ReactElement {
  const { t } = useTranslation('coaching');
  return (
    <details>
      <summary>{t('activity.logs')}</summary>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('activity.logs')}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('log.date')}</th>
              {KINDS.map((kind) => (
                <th key={kind} scope="col" className="number">
                  {t(`kind.${kind}`)}
                </th>
              ))}
              <th scope="col">{t('log.note')}</th>
            </tr>
          </thead>
          <tbody>
            {logs.map((log) => (
              <tr key={log.date}>
                <th scope="row">{formatDay(log.date)}</th>
                {KINDS.map((kind) => (
                  <td key={kind} className="number">
                    {log[kind]}
                  </td>
                ))}
                <td>{log.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function sumOf(logs: readonly Log[]): Counts {
  const sum = (kind: Kind): number => logs.reduce((total, log) => total + log[kind], 0);
  return { calls: sum('calls'), visits: sum('visits'), prospects: sum('prospects'), quotes: sum('quotes'), followUps: sum('followUps') };
}

function times(counts: Counts, days: number): Counts {
  return {
    calls: counts.calls * days,
    visits: counts.visits * days,
    prospects: counts.prospects * days,
    quotes: counts.quotes * days,
    followUps: counts.followUps * days,
  };
}

function shareOf(part: number, whole: number): string {
  return whole === 0 ? '–' : formatShare(String(Math.round((part / whole) * 100) / 100), 0);
}
