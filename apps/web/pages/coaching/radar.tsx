import { lazy, type ReactElement, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../pieces/skeleton';
import { DIMENSIONS, type Plan } from './plans';

const Chart = lazy(() => import('../../pieces/chart').then((file) => ({ default: file.Chart })));
const MOST = 5;

/** The six dimensions as the person and the coach saw them on each assessment day. */
export function Radar({ plan: { assessments } }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const rows = useMemo(
    () => [...assessments].sort((one, other) => one.day - other.day || (one.rater < other.rater ? 1 : -1)),
    [assessments],
  );
  const nameOf = (row: Plan['assessments'][number]): string => t('radar.series', { day: row.day, who: t(`rater.${row.rater}`) });
  const option = useMemo(
    () => ({
      legend: { bottom: 0, type: 'plain' as const },
      radar: {
        center: ['50%', '44%'],
        radius: '62%',
        indicator: DIMENSIONS.map((dimension) => ({ name: t(`dimension.${dimension}`), max: MOST, min: 0 })),
        axisName: { color: '#1f1f1f' },
      },
      series: [
        {
          type: 'radar' as const,
          data: rows.map((row) => ({
            name: t('radar.series', { day: row.day, who: t(`rater.${row.rater}`) }),
            value: DIMENSIONS.map((dimension) => row.values[dimension]),
            // The coach's view is dashed: told apart without colour.
            lineStyle: { type: row.rater === 'coach' ? ('dashed' as const) : ('solid' as const), width: 2 },
          })),
        },
      ],
    }),
    [rows, t],
  );
  if (rows.length === 0) return <p className="soft">{t('radar.none')}</p>;
  return (
    <Suspense fallback={<Skeleton />}>
      <Chart
        title={t('radar.title')}
        height={320}
        option={option}
        table={{
          head: [t('radar.dimension'), ...rows.map(nameOf)],
          rows: DIMENSIONS.map((dimension) => [t(`dimension.${dimension}`), ...rows.map((row) => String(row.values[dimension]))]),
        }}
      />
    </Suspense>
  );
}
