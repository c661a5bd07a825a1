import { queryOptions } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { language } from '../../texts';
import { momentOf } from './moments';

export type Timeline = paths['/api/v1/audit/timeline']['get']['responses']['200']['content']['application/json'];
export type Entry = Timeline['entries'][number];
export type TwoMoments = paths['/api/v1/audit/difference']['get']['responses']['200']['content']['application/json'];
export type Look = paths['/api/v1/audit/reads']['get']['responses']['200']['content']['application/json']['items'][number];
export type FactUses = paths['/api/v1/audit/facts/{factId}/uses']['get']['responses']['200']['content']['application/json'];
export type LogHead = components['schemas']['AuditLog'];

const LOG_MS = 30_000;
const TIMELINE_PAGE = 50;

/** A look is recorded each time it is had: it is had once and kept, and never again by itself. */
const HAD_ONCE = {
  staleTime: Infinity,
  refetchOnMount: false,
  refetchOnReconnect: false,
  refetchOnWindowFocus: false,
  retry: false,
} as const;

export const logQuery = queryOptions({
  queryKey: ['audit', 'log'],
  refetchInterval: LOG_MS,
  queryFn: () => bodyOf(api.GET('/api/v1/audit/log')),
});

export function entryQuery(position: number) {
  return queryOptions({
    queryKey: ['audit', 'entry', language(), position],
    staleTime: Infinity,
    enabled: position > 0,
    queryFn: () => bodyOf(api.GET('/api/v1/audit/entries/{position}', { params: { path: { position }, query: { language: language() } } })),
  });
}

export interface TimelineAsked {
  readonly about?: string | undefined;
  readonly stream?: string | undefined;
  readonly why?: string | undefined;
  readonly before?: string | undefined;
  readonly asOf?: string | undefined;
}

export function timelineQuery({ about, stream, why, before, asOf }: TimelineAsked) {
  const moment = momentOf(asOf);
  return queryOptions({
    queryKey: ['audit', 'timeline', language(), { about, stream, before, asOf }],
    ...HAD_ONCE,
    enabled: about !== undefined || stream !== undefined,
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/audit/timeline', {
          params: {
            query: {
              language: language(),
              limit: TIMELINE_PAGE,
              ...(stream === undefined ? (about === undefined ? {} : { about }) : { stream }),
              ...(before !== undefined && /^\d+$/.test(before) ? { before: Number.parseInt(before, 10) } : {}),
              ...(moment === undefined ? {} : { asOf: moment }),
              ...(why === undefined ? {} : { reason: why }),
            },
          },
        }),
      ),
  });
}

export function differenceQuery(asked: {
  readonly appraisalId: string;
  readonly from: string;
  readonly to: string;
  readonly why?: string | undefined;
}) {
  const { appraisalId, why } = asked;
  const [from, to] = [momentOf(asked.from) ?? 0, momentOf(asked.to) ?? 0];
  return queryOptions({
    queryKey: ['audit', 'difference', language(), { appraisalId, from, to }],
    ...HAD_ONCE,
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/audit/difference', {
          params: { query: { appraisalId, from, to, language: language(), ...(why === undefined ? {} : { reason: why }) } },
        }),
      ),
  });
}

export function looksQuery(before: string | undefined, about: string | undefined) {
  return queryOptions({
    queryKey: ['audit', 'reads', { before, about }],
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/audit/reads', {
          params: {
            query: {
              limit: 50,
              ...(before !== undefined && /^\d+$/.test(before) ? { before: Number.parseInt(before, 10) } : {}),
              ...(about === undefined ? {} : { about }),
            },
          },
        }),
      ),
  });
}

export function usesQuery(factId: string) {
  return queryOptions({
    queryKey: ['audit', 'uses', factId],
    ...HAD_ONCE,
    queryFn: () => bodyOf(api.GET('/api/v1/audit/facts/{factId}/uses', { params: { path: { factId } } })),
  });
}
