import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../../pieces/chart';
import { formatExact } from '../../pieces/format';
import { useGradeName } from './grades-table';
import type { GradeGroup, Spread } from './queries';

const GRID = { left: 8, right: 12, top: 36, bottom: 8, containLabel: true };

/** People with each grade beside the target. */
export function GradesChart({ group }: { readonly group: GradeGroup }): ReactElement {
  const { t } = useTranslation('cycles');
  const nameOf = useGradeName();
  const hasTarget = group.grades.some(({ target }) => target !== undefined);
  const option = useMemo(
    () => ({
      grid: GRID,
      legend: { top: 0 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: group.grades.map(nameOf) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        {
          name: t('spread.have'),
          type: 'bar',
          barMaxWidth: 36,
          data: group.grades.map(({ have }) => have),
          label: { show: true, position: 'top' },
        },
        ...(hasTarget
          ? [{ name: t('spread.target'), type: 'bar', barMaxWidth: 36, data: group.grades.map(({ target }) => target ?? null) }]
          : []),
      ],
    }),
    [group, nameOf, hasTarget, t],
  );
  const title = t('spread.chart', { group: group.department ?? t('spread.wholeCycle') });
  return (
    <Chart
      title={title}
      option={option}
      table={{
        head: [t('spread.grade'), t('spread.have'), ...(hasTarget ? [t('spread.target')] : [])],
        rows: group.grades.map((one) => [nameOf(one), String(one.have), ...(hasTarget ? [String(one.target ?? '–')] : [])]),
      }}
    />
  );
}

/** People by score, in steps that one counts in. */
export function ScoresChart({ bins }: { readonly bins: Spread['bins'] }): ReactElement {
  const { t } = useTranslation('cycles');
  const option = useMemo(
    () => ({
      grid: GRID,
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: bins.map(({ from }) => formatExact(from)) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [{ name: t('spread.have'), type: 'bar', barCategoryGap: '8%', data: bins.map(({ people }) => people) }],
    }),
    [bins, t],
  );
  return (
    <Chart
      title={t('spread.scoreChart')}
      option={option}
      table={{
        head: [t('spread.score'), t('spread.have')],
        rows: bins.map(({ from, to, people }) => [t('spread.bin', { from: formatExact(from), to: formatExact(to) }), String(people)]),
      }}
    />
  );
}
