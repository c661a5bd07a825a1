import { queryOptions, type UseMutationResult } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { ifMatch } from '../../api/intent';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import type { ProblemError } from '../../api/problem';

export type Plan = components['schemas']['Plan'];
export type Stage = Plan['stages'][number];
export type Gate = Plan['gates'][number];
export type Requirement = Stage['requirements'][number];
export type Evidence = Plan['evidence'][number];
export type Status = Plan['status']['status'];
export type Log = paths['/api/v1/plans/{planId}/logs']['get']['responses']['200']['content']['application/json']['items'][number];
export type PlanAct = paths['/api/v1/plans/{planId}/acts']['post']['requestBody']['content']['application/json'];
type Receipt = components['schemas']['Receipt'];

/** The counts of a day, in the order in which one leads to the next. */
export const KINDS = ['calls', 'visits', 'prospects', 'quotes', 'followUps'] as const;
export type Kind = (typeof KINDS)[number];
export type Counts = Readonly<Record<Kind, number>>;
/** 身 心 智 知 技 行, as they stand around the radar. */
export const DIMENSIONS = ['body', 'mind', 'thinking', 'knowledge', 'skill', 'action'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Characters that a text of a plan may have. */
export const WORDS_MOST = 4_000;
/** How many plans one look at a list takes. */
const PLANS = 100;

export function plansQuery(query: {
  readonly coach?: string;
  readonly subject?: string;
  readonly whose?: 'line';
  readonly live?: 'true';
  readonly after?: string;
}) {
  return queryOptions({
    queryKey: ['plans', 'list', query],
    queryFn: () => bodyOf(api.GET('/api/v1/plans', { params: { query: { limit: PLANS, ...query } } })),
  });
}

export function planQuery(planId: string) {
  return queryOptions({
    queryKey: ['plans', planId],
    queryFn: () => bodyOf(api.GET('/api/v1/plans/{planId}', { params: { path: { planId } } })),
  });
}

export function logsQuery(planId: string) {
  return queryOptions({
    queryKey: ['plans', planId, 'logs'],
    queryFn: () => bodyOf(api.GET('/api/v1/plans/{planId}/logs', { params: { path: { planId } } })),
  });
}

export interface Act {
  readonly act: PlanAct;
  /** Set where somebody else's step meanwhile should be seen first: the version that was looked at. */
  readonly version?: number;
}

/** One act on a plan. Its pages, and the explanation of its status, are read again afterwards. */
export function useAct(planId: string, onDone?: (act: PlanAct) => void): UseMutationResult<Receipt, ProblemError, Act> {
  return useCommand<Act, Receipt>({
    send: ({ act, version }, headers) =>
      bodyOf(
        api.POST('/api/v1/plans/{planId}/acts', {
          params: { path: { planId }, header: { ...headers, ...(version === undefined ? {} : ifMatch(version)) } },
          body: act,
        }),
      ),
    touches: [['plans'], ['plan', planId]],
    onDone: (_, { act }) => onDone?.(act),
  });
}

/** The one that is running, else the one that began last. */
export function currentOf(plans: readonly Plan[]): Plan | undefined {
  const newest = [...plans].sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
  return newest.find(({ status }) => !isOver(status.status)) ?? newest[0];
}

export function isOver(status: Status): boolean {
  return status === 'graduated' || status === 'ended';
}

export function lastDayOf({ stages }: Pick<Plan, 'stages'>): number {
  return stages.at(-1)?.toDay ?? 100;
}
