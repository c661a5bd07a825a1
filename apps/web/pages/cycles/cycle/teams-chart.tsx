import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../../../pieces/chart';
import type { TeamCompletion } from '../queries';

const ROW_PX = 34;
const AROUND_PX = 70;

/** A bar a team: those who are done, those who were late with it, those who are not. */
export function TeamsChart({
  step,
  rows,
}: {
  readonly step: TeamCompletion['step'];
  readonly rows: readonly TeamCompletion[];
}): ReactElement {
  const { t } = useTranslation('cycles');
  const counts = useMemo(
    () =>
      rows.map(({ region, department, team, people, done, late }) => ({
        // Once where the team is called like its department.
        name: [...new Set([region, team ?? department])].filter((name) => name !== null).join(' · '),
        people,
        inTime: Math.max(done - late, 0),
        late: Math.min(late, done),
        open: people - done,
      })),
    [rows],
  );
  const option = useMemo(() => {
    const bar = (name: string, of: (row: (typeof counts)[number]) => number, decal?: object) => ({
      name,
      type: 'bar',
      stack: 'people',
      barMaxWidth: 22,
      data: counts.map(of),
      ...(decal === undefined ? {} : { itemStyle: { decal } }),
    });
    return {
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'value', minInterval: 1 },
      yAxis: { type: 'category', inverse: true, data: counts.map(({ name }) => name), axisLabel: { width: 130, overflow: 'truncate' } },
      color: ['#0958d9', '#ad4e00', '#bfbfbf'],
      series: [
        bar(t('completion.done'), ({ inTime }) => inTime),
        bar(t('completion.late'), ({ late }) => late, { symbol: 'rect', rotation: 0.785, dashArrayX: [1, 0], dashArrayY: [3, 4] }),
        bar(t('completion.open'), ({ open }) => open),
      ],
    };
  }, [counts, t]);
  return (
    <Chart
      title={t('completion.chart', { step: t(`step.${step}`) })}
      option={option}
      height={counts.length * ROW_PX + AROUND_PX}
      table={{
        head: [t('completion.team'), t('completion.done'), t('completion.late'), t('completion.open'), t('spread.have')],
        rows: counts.map(({ name, inTime, late, open, people }) => [name, String(inTime), String(late), String(open), String(people)]),
      }}
    />
  );
}
