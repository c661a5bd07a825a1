import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { metricsQuery } from '../api/metrics';
import { useFigureWords } from './figures';
import { formatExact } from './format';

/** A value with the unit that its metric is declared in; as it is where nobody said one. */
export function useMetricValue(): (metric: string, value: string) => string {
  const { data } = useQuery(metricsQuery);
  const { t } = useTranslation('common');
  const words = useFigureWords();
  const units = useMemo(() => new Map((data?.items ?? []).map(({ metric, unit }) => [metric, unit])), [data]);
  return (metric, value) => {
    const unit = units.get(metric);
    if (unit === undefined) return formatExact(value);
    return unit === 'points' ? `${formatExact(value)} ${t('points')}` : words(unit, value);
  };
}
