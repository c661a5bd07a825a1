import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { metricsQuery } from '../api/metrics';
import { language } from '../texts';

/** What a metric is called (`sales.amount`: sales); its code where it has no name, or until names are there. */
export function useMetricName(): (metric: string) => string {
  const { data } = useQuery(metricsQuery);
  // Drawn anew when the language changes.
  useTranslation();
  const spoken = language();
  const titles = useMemo(() => new Map((data?.items ?? []).map(({ metric, title }) => [metric, title])), [data]);
  return useCallback((metric) => titles.get(metric)?.[spoken] ?? metric, [titles, spoken]);
}
