import { queryOptions } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { hasRole, type Me, meQuery } from '../app/session';
import { api, bodyOf } from './client';

export type Todo = paths['/api/v1/me/todo']['get']['responses']['200']['content']['application/json']['items'][number];

const ONCE_MORE_MS = 60_000;

export type AppealTodo = paths['/api/v1/me/todo/appeals']['get']['responses']['200']['content']['application/json']['items'][number];
type Batch = components['schemas']['PayoutBatch'];
type Version = components['schemas']['SchemeBoardVersion'];

/** A payout batch that waits for an act of this person. */
export interface BatchTodo {
  readonly act: 'check' | 'approve' | 'release';
  readonly batch: Pick<Batch, 'batchId' | 'period' | 'kind' | 'round' | 'cycleName'>;
}

/** A version of a scheme that waits for this person; `until` is a day. */
export interface SchemeTodo {
  readonly act: 'comment' | 'approve' | 'put-in-force';
  readonly version: Pick<Version, 'schemeId' | 'version' | 'title'>;
  readonly until: string | null;
}

/** One thing that is no step of an appraisal. */
export type CaseTodo =
  | { readonly what: 'appeal'; readonly todo: AppealTodo }
  | { readonly what: 'scheme'; readonly todo: SchemeTodo }
  | { readonly what: 'batch'; readonly todo: BatchTodo };

/** What the signed-in person must do, the most urgent first; at most one page. */
export const todoQuery = queryOptions({
  queryKey: ['todo'],
  refetchInterval: ONCE_MORE_MS,
  queryFn: () => bodyOf(api.GET('/api/v1/me/todo', { params: { query: { limit: 50 } } })),
});

/**
 * What waits for the signed-in person beside the steps of appraisals: in appeals (to triage, to hear, to vote on, to answer), in
 * schemes (to comment on, to approve, to put in force) and in payout batches. Asked again whenever a page that lists it opens.
 */
export const caseTodoQuery = queryOptions({
  queryKey: ['todo', 'cases'],
  refetchInterval: ONCE_MORE_MS,
  staleTime: 0,
  queryFn: async ({ client }) => {
    const me = await client.ensureQueryData(meQuery);
    const [appeals, schemes, batches] = await Promise.all([
      bodyOf(api.GET('/api/v1/me/todo/appeals', { params: { query: { limit: 50 } } })),
      me === null ? [] : schemeTodos(me),
      me === null ? [] : batchTodos(me),
    ]);
    const items: readonly CaseTodo[] = [
      ...appeals.items.map((todo) => ({ what: 'appeal', todo }) as const),
      ...schemes.map((todo) => ({ what: 'scheme', todo }) as const),
      ...batches.map((todo) => ({ what: 'batch', todo }) as const),
    ];
    return { items, next: appeals.next };
  },
});

/** Schemes in force that the signed-in person has not acknowledged yet. */
export const acknowledgeQuery = queryOptions({
  queryKey: ['schemes', 'to-acknowledge'],
  queryFn: () => bodyOf(api.GET('/api/v1/schemes/to-acknowledge')),
});

/** The stages at which a batch waits for somebody with one of these roles. */
function stagesOf(me: Me): readonly Batch['stage'][] {
  return [
    ...(hasRole(me, 'finance') ? (['computed', 'check-failed', 'approved'] as const) : []),
    ...(hasRole(me, 'general-manager') ? (['checked'] as const) : []),
  ];
}

async function batchTodos(me: Me): Promise<readonly BatchTodo[]> {
  const stages = stagesOf(me);
  if (stages.length === 0) return [];
  const { items } = await bodyOf(api.GET('/api/v1/payouts', { params: { query: { stage: stages.join(','), limit: 50 } } }));
  return batchTodosOf(me, items);
}

type Waiting = BatchTodo['batch'] & Pick<Batch, 'stage' | 'computedBy' | 'checkedBy'>;

/** Whoever did the step before is not asked for the next: separation of duties, by name. */
export function batchTodosOf(me: Me, batches: readonly Waiting[]): readonly BatchTodo[] {
  return batches.flatMap((batch) => {
    const act = actOn(batch, me);
    return act === undefined ? [] : [{ act, batch }];
  });
}

function actOn({ stage, computedBy, checkedBy }: Waiting, me: Me): BatchTodo['act'] | undefined {
  const isOwn = computedBy === me.subject;
  switch (stage) {
    case 'computed':
    case 'check-failed':
      return hasRole(me, 'finance') && !isOwn ? 'check' : undefined;
    case 'checked':
      return hasRole(me, 'general-manager') && !hasRole(me, 'hr') && !isOwn && checkedBy !== me.subject ? 'approve' : undefined;
    case 'approved':
      return hasRole(me, 'finance') ? 'release' : undefined;
    default:
      return undefined;
  }
}

/** Anybody may be invited to comment; who approves is the general manager. */
async function schemeTodos(me: Me): Promise<readonly SchemeTodo[]> {
  const statuses = hasRole(me, 'general-manager') ? (['discussed', 'approved'] as const) : [];
  const [toComment, ...boards] = await Promise.all([
    bodyOf(api.GET('/api/v1/schemes/to-comment')),
    ...statuses.map((status) => bodyOf(api.GET('/api/v1/schemes/board', { params: { query: { status } } }))),
  ]);
  const versions = boards.flatMap(({ items }) => items);
  return [
    ...toComment.items.map(({ until, ...version }): SchemeTodo => ({ act: 'comment', version, until })),
    ...decisionsOf(me, versions),
  ];
}

/** Never asked of who drafted it. */
export function decisionsOf(
  me: Me,
  versions: readonly (SchemeTodo['version'] & Pick<Version, 'status' | 'draftedBy'>)[],
): readonly SchemeTodo[] {
  return versions
    .filter(({ draftedBy }) => hasRole(me, 'general-manager') && draftedBy !== me.subject)
    .flatMap((version): SchemeTodo[] => {
      if (version.status === 'discussed') return [{ act: 'approve', version, until: null }];
      return version.status === 'approved' ? [{ act: 'put-in-force', version, until: null }] : [];
    });
}
