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

/** What waits for the signed-in person in appeals: to triage, to hear, to vote on, to answer. */
export const appealTodoQuery = queryOptions({
  queryKey: ['todo', 'appeals'],
  refetchInterval: ONCE_MORE_MS,
  queryFn: () => bodyOf(api.GET('/api/v1/me/todo/appeals', { params: { query: { limit: 50 } } })),
});

/** Schemes in force that the signed-in person has not acknowledged yet. */
export const acknowledgeQuery = queryOptions({
  queryKey: ['schemes', 'to-acknowledge'],
  queryFn: () => bodyOf(api.GET('/api/v1/schemes/to-acknowledge')),
});
