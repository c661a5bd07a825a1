import { queryOptions } from '@tanstack/react-query';
import type { paths } from '#api-schema';
import { api, bodyOf } from './client';

export type Todo = paths['/api/v1/me/todo']['get']['responses']['200']['content']['application/json']['items'][number];

const ONCE_MORE_MS = 60_000;

/** What the signed-in person must do, the most urgent first; at most one page. */
export const todoQuery = queryOptions({
  queryKey: ['todo'],
  refetchInterval: ONCE_MORE_MS,
  queryFn: () => bodyOf(api.GET('/api/v1/me/todo', { params: { query: { limit: 50 } } })),
});
