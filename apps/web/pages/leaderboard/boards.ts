import { queryOptions } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import type { Measure, Scope } from './board-address';

export type Board = components['schemas']['Board'];
export type Entry = Board['items'][number];
type Cycles = paths['/api/v1/leaderboard/cycles']['get']['responses']['200']['content']['application/json'];
type Honours = paths['/api/v1/leaderboard/honours']['get']['responses']['200']['content']['application/json'];
export type BoardCycle = Cycles['items'][number];
export type Units = paths['/api/v1/leaderboard/units']['get']['responses']['200']['content']['application/json'];
export type Honour = Honours['items'][number];

/** Published cycles and honours change when a cycle is published: a few times a month. */
const SELDOM_MS = 60_000;
const CYCLES = 50;

export function cyclesQuery(period: string | undefined) {
  return queryOptions({
    queryKey: ['leaderboard', 'cycles', period ?? ''],
    staleTime: SELDOM_MS,
    queryFn: () =>
      bodyOf(api.GET('/api/v1/leaderboard/cycles', { params: { query: { limit: CYCLES, ...(period === undefined ? {} : { period }) } } })),
  });
}

export function unitsQuery(cycleId: string) {
  return queryOptions({
    queryKey: ['leaderboard', 'units', cycleId],
    staleTime: SELDOM_MS,
    queryFn: () => bodyOf(api.GET('/api/v1/leaderboard/units', { params: { query: { cycleId } } })),
  });
}

export const honoursQuery = queryOptions({
  queryKey: ['leaderboard', 'honours'],
  staleTime: SELDOM_MS,
  queryFn: () => bodyOf(api.GET('/api/v1/leaderboard/honours', { params: { query: { limit: 12 } } })),
});

export interface BoardAsked {
  readonly cycleId: string;
  readonly measure: Measure;
  readonly scope: Scope;
  readonly unit?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
  /** Only what everybody may see: for a screen on a wall. */
  readonly isPublic?: boolean;
}

/** Where a board is followed as it changes. Undefined while it isn't known which region or team is meant. */
export function liveAddress({ cycleId, measure, scope, unit, after, limit, isPublic = false }: BoardAsked): string | undefined {
  if (scope !== 'company' && unit === undefined) return undefined;
  const query = new URLSearchParams({ cycleId, measure, scope, limit: String(limit) });
  if (scope !== 'company' && unit !== undefined) query.set('unit', unit);
  if (after !== undefined) query.set('after', after);
  if (isPublic) query.set('audience', 'public');
  return `/api/v1/leaderboard/live?${query.toString()}`;
}
