import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';

export type Batch = components['schemas']['PayoutBatch'];
export type Line = components['schemas']['PayLine'];
export type Figures = components['schemas']['PayoutFigures'];
export type Difference = components['schemas']['PayDifference'];
export type DepositHeld = components['schemas']['Deposit'];
export type BatchAct = components['schemas']['PayoutAct'];
export type LineStatus = Line['status'];
export type ActBody = paths['/api/v1/payouts/{batchId}/acts']['post']['requestBody']['content']['application/json'];

const COMPUTING_MS = 2_000;
/** After this many looks at a batch that is still being computed, the page stops looking by itself. */
const MOST_LOOKS = 300;
export const LINES_PER_PAGE = 100;

export function batchesQuery(filter: {
  readonly stage?: string | undefined;
  readonly period?: string | undefined;
  readonly after?: string | undefined;
}) {
  const { stage, period, after } = filter;
  return queryOptions({
    queryKey: ['payouts', 'list', filter],
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/payouts', {
          params: {
            query: {
              limit: 50,
              ...(stage === undefined ? {} : { stage }),
              ...(period === undefined ? {} : { period }),
              ...(after === undefined ? {} : { after }),
            },
          },
        }),
      ),
  });
}

/** Asked again by itself while the batch moves on by itself: being computed, or wholly acknowledged and not yet said so. */
export function batchQuery(batchId: string) {
  return queryOptions({
    queryKey: ['payouts', batchId, 'batch'],
    queryFn: () => bodyOf(api.GET('/api/v1/payouts/{batchId}', { params: { path: { batchId } } })),
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data && movesOn(data) && dataUpdateCount < MOST_LOOKS ? COMPUTING_MS : false,
  });
}

function movesOn({ stage, releasedLines, acknowledgedLines }: Batch): boolean {
  return stage === 'computing' || (stage === 'released' && releasedLines > 0 && acknowledgedLines === releasedLines);
}

/** A batch as it stood after one event: whatever is read about it is read again when it has moved on. */
export type BatchAt = Pick<Batch, 'batchId' | 'position'>;

export function figuresQuery({ batchId, position }: BatchAt) {
  return queryOptions({
    queryKey: ['payouts', batchId, 'figures', position],
    placeholderData: keepPreviousData,
    queryFn: () => bodyOf(api.GET('/api/v1/payouts/{batchId}/figures', { params: { path: { batchId } } })),
  });
}

export interface LineFilter {
  readonly status?: string | undefined;
  readonly line?: string | undefined;
  readonly person?: string | undefined;
  readonly after?: string | undefined;
}

const STATUSES: readonly LineStatus[] = ['computed', 'held', 'released', 'withheld', 'acknowledged', 'cancelled'];

export function linesQuery({ batchId, position }: BatchAt, { status, line, person, after }: LineFilter) {
  const known = STATUSES.find((one) => one === status);
  return queryOptions({
    queryKey: ['payouts', batchId, 'lines', position, { status: known, line, person, after }],
    placeholderData: keepFilled,
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/payouts/{batchId}/lines', {
          params: {
            path: { batchId },
            query: {
              limit: LINES_PER_PAGE,
              ...(known === undefined ? {} : { status: known }),
              ...(line === undefined ? {} : { key: line }),
              ...(person === undefined ? {} : { subject: person }),
              ...(after === undefined ? {} : { after }),
            },
          },
        }),
      ),
  });
}

export function differencesQuery({ batchId, position }: BatchAt, after: string | undefined) {
  return queryOptions({
    queryKey: ['payouts', batchId, 'differences', position, after],
    placeholderData: keepFilled,
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/payouts/{batchId}/differences', {
          params: { path: { batchId }, query: { limit: 50, ...(after === undefined ? {} : { after }) } },
        }),
      ),
  });
}

export function depositQuery(subject: string) {
  return queryOptions({
    queryKey: ['deposits', subject],
    queryFn: () => bodyOf(api.GET('/api/v1/deposits/{subject}', { params: { path: { subject } } })),
  });
}

export function historyQuery({ batchId, position }: BatchAt) {
  return queryOptions({
    queryKey: ['payouts', batchId, 'history', position],
    placeholderData: keepPreviousData,
    queryFn: () => bodyOf(api.GET('/api/v1/payouts/{batchId}/history', { params: { path: { batchId } } })),
  });
}

/** What was there stays in sight until what is new has come; that there was nothing yet says nothing about now. */
function keepFilled<T extends { readonly items: readonly unknown[] }>(before: T | undefined): T | undefined {
  return before && before.items.length > 0 ? before : undefined;
}

const MOST_EARLIER = 10;

/** Holds of finance in the batches before this one, by their id: why a supplementary batch pays what was held. */
export function earlierHoldsQuery({ batchId, cycleId, round }: Pick<Batch, 'batchId' | 'cycleId' | 'round'>) {
  return queryOptions({
    queryKey: ['payouts', batchId, 'earlier-holds'],
    queryFn: async (): Promise<readonly BatchAct[]> => {
      const { items } = await bodyOf(api.GET('/api/v1/payouts', { params: { query: { cycleId, limit: 50 } } }));
      const earlier = items.filter((batch) => batch.round < round).slice(0, MOST_EARLIER);
      const acts = await Promise.all(
        earlier.map((batch) => bodyOf(api.GET('/api/v1/payouts/{batchId}/history', { params: { path: { batchId: batch.batchId } } }))),
      );
      return acts.flatMap((act) => act.items.filter(({ type, hold }) => type === 'PayoutLinesHeld' && hold?.kind === 'finance'));
    },
  });
}
