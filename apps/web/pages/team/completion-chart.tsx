import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { Chart } from '../../pieces/chart';
import { compareDecimals } from '../../pieces/decimals';
import { figureText } from '../../pieces/figures';
import { formatPeriod, formatShare } from '../../pieces/format';
import { language } from '../../texts';
import type { Cycle } from './sheets';

type Member = components['schemas']['TeamMember'];

/** Completion of each person, the highest first; the line is the target. */
export function CompletionChart({ members, cycle }: { readonly members: readonly Member[]; readonly cycle: Cycle }): ReactElement {
  const { t } = useTranslation('team');
  const rows = useMemo(
    () =>
      members
        .flatMap(({ name, team, main }) => (main?.completion == null ? [] : [{ name: name ?? t('erased'), team: team ?? '', main, share: main.completion }]))
        .sort((one, other) => compareDecimals(other.share, one.share)),
    [members, t],
  );
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => formatShare(String(value)) },
      xAxis: { type: 'category', data: rows.map(({ name }) => name), axisLabel: { interval: 0, rotate: rows.length > 8 ? 40 : 0 } },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => formatShare(String(value), 0) } },
      series: [
        {
          type: 'bar',
          barMaxWidth: 36,
          data: rows.map(({ share }) => share),
          label: { show: rows.length <= 12, position: 'top', formatter: ({ dataIndex }: { readonly dataIndex: number }) => formatShare(rows[dataIndex]?.share ?? '') },
          markLine: { silent: true, symbol: 'none', data: [{ yAxis: 1 }], label: { formatter: '100%' }, lineStyle: { color: '#595959' } },
        },
      ],
    }),
    [rows],
  );
  if (rows.length === 0) return <p className="soft">{t('chart.none')}</p>;
  const fact = rows[0]?.main.title[language()] ?? '';
  return (
    <Chart
      title={t('chart.sentence', { name: cycle.name, period: formatPeriod(cycle.period) })}
      option={option}
      height={240}
      table={{
        head: [t('column.person'), t('column.team'), fact, t('column.target'), t('column.completion')],
        rows: rows.map(({ name, team, main, share }) => [
          name,
          team,
          main.value === null ? '–' : figureText(main.unit, main.value),
          main.target?.value == null ? '–' : figureText(main.unit, main.target.value),
          formatShare(share),
        ]),
      }}
    />
  );
}
