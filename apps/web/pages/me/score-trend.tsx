import { lazy, type ReactElement, Suspense, useMemo } from 'react';
import { Skeleton } from '../../pieces/skeleton';
import { formatAmount, formatPeriod } from '../../pieces/format';

const Chart = lazy(() => import('../../pieces/chart').then((file) => ({ default: file.Chart })));

export interface TrendPoint {
  readonly period: string;
  readonly value: string;
}

/** One value by period, oldest first. `title` says all of them, for who can't see the line. */
export function Trend({
  points,
  title,
  head,
}: {
  readonly points: readonly TrendPoint[];
  readonly title: string;
  /** Of the table: period and value. */
  readonly head: readonly [string, string];
}): ReactElement {
  const option = useMemo(
    () => ({
      grid: { left: 56, right: 24, top: 24, bottom: 32 },
      xAxis: { type: 'category', data: points.map(({ period }) => formatPeriod(period)) },
      yAxis: { type: 'value', scale: true },
      tooltip: { trigger: 'axis' },
      series: [
        {
          type: 'line',
          name: head[1],
          symbolSize: 8,
          lineStyle: { width: 2 },
          label: { show: true, formatter: ({ dataIndex }: { dataIndex: number }) => formatAmount(points[dataIndex]?.value ?? '') },
          // A place on the screen may be a binary fraction; what is written beside it is the exact text.
          data: points.map(({ value }) => value),
        },
      ],
    }),
    [points, head],
  );
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <Chart
        title={title}
        option={option}
        height={220}
        table={{ head, rows: points.map(({ period, value }) => [formatPeriod(period), formatAmount(value)]) }}
      />
    </Suspense>
  );
}
