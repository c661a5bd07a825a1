import { queryOptions } from '@tanstack/react-query';
import type { paths } from '#api-schema';
import { api, bodyOf } from './client';

export type Metric = paths['/api/v1/metrics']['get']['responses']['200']['content']['application/json']['items'][number];

/** Metrics that ship with the product and those that the company declared; they hardly change while a page is open. */
export const metricsQuery = queryOptions({
  queryKey: ['metrics'],
  staleTime: 60_000,
  queryFn: () => bodyOf(api.GET('/api/v1/metrics')),
});
