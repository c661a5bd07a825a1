import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { Answer } from '../../pieces/answer';
import { Chart } from '../../pieces/chart';
import { useNarrow } from '../../pieces/data-table';
import { compareDecimals } from '../../pieces/decimals';
import { figureText, useInUnit } from '../../pieces/figures';
import { formatPeriod, formatShare } from '../../pieces/format';
import { language } from '../../texts';
import type { Cycle } from './sheets';

type Member = components['schemas']['TeamMember'];
type Figure = components['schemas']['Figure'];
interface Bar {
  readonly name: string;
  readonly beside: string;
  readonly main: Figure;
  readonly share: string;
}

export interface CompletionChartProps {
  readonly members: readonly Member[];
  readonly cycle: Cycle;
  readonly whose: 'direct' | 'line';
}

/** Completion of each person or of each team, the highest first; the line is the target. */
export function CompletionChart({ members, cycle, whose }: CompletionChartProps): ReactElement {
  const { t } = useTranslation('team');
  const isNarrow = useNarrow();
  const inUnit = useInUnit();
  const [by, setBy] = useState<'person' | 'team'>('person');
  const query = { cycleId: cycle.cycleId, whose };
  const teams = useQuery({
    queryKey: ['team', 'completion', query],
    enabled: by === 'team',
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/team/completion', { params: { query } })),
  });
  const bars = useMemo(() => {
    const people = members.map(({ name, team, main }) => ({ name: name ?? t('erased'), beside: team ?? '', main }));
    const together = (teams.data?.items ?? []).map(({ team, people: count, main }) => ({
      name: team ?? t('chart.noTeam'),
      beside: t('chart.people', { count }),
      main,
    }));
    return (by === 'person' ? people : together).flatMap(barOf).sort((one, other) => compareDecimals(other.share, one.share));
  }, [by, members, teams.data, t]);
  const option = useMemo(() => optionOf(bars, isNarrow), [bars, isNarrow]);
  const fact = bars[0]?.main.title[language()] ?? '';
  return (
    <>
      <label className="row">
        {t('chart.by')}
        <select className="plain-select" value={by} onChange={(event) => setBy(event.target.value === 'team' ? 'team' : 'person')}>
          <option value="person">{t('chart.byPerson')}</option>
          <option value="team">{t('chart.byTeam')}</option>
        </select>
        {by === 'team' && <span className="soft">{t('chart.average', { fact })}</span>}
      </label>
      {by === 'team' && !teams.data ? (
        <Answer query={teams}>{() => null}</Answer>
      ) : bars.length === 0 ? (
        <p className="soft">{t('chart.none')}</p>
      ) : (
        <Chart
          title={t('chart.sentence', { name: cycle.name, period: formatPeriod(cycle.period) })}
          option={option}
          height={240}
          table={{
            head: [
              t(by === 'person' ? 'column.person' : 'column.team'),
              t(by === 'person' ? 'column.team' : 'people.title'),
              inUnit(fact, bars[0]?.main.unit),
              inUnit(t('column.target'), bars[0]?.main.unit),
              t('column.completion'),
            ],
            rows: bars.map(({ name, beside, main, share }) => [
              name,
              beside,
              figureText(main.unit, main.value),
              figureText(main.unit, main.target?.value ?? null),
              formatShare(share),
            ]),
          }}
        />
      )}
    </>
  );
}

function barOf({ name, beside, main }: { readonly name: string; readonly beside: string; readonly main: Figure | null }): readonly Bar[] {
  return main === null || main.completion === null ? [] : [{ name, beside, main, share: main.completion }];
}

function optionOf(bars: readonly Bar[], isNarrow: boolean) {
  return {
    grid: { left: 8, right: 48, top: 24, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => formatShare(String(value)) },
    xAxis: { type: 'category', data: bars.map(({ name }) => name), axisLabel: { interval: 0, rotate: bars.length > 6 ? 40 : 0 } },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => formatShare(String(value), 0) } },
    series: [
      {
        type: 'bar',
        barMaxWidth: 36,
        data: bars.map(({ share }) => share),
        label: {
          show: bars.length <= (isNarrow ? 4 : 12),
          position: 'top',
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => formatShare(bars[dataIndex]?.share ?? ''),
        },
        markLine: { silent: true, symbol: 'none', data: [{ yAxis: 1 }], label: { formatter: '100%' }, lineStyle: { color: '#595959' } },
      },
    ],
  };
}
