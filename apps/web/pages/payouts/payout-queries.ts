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

export function figuresQuery(batchId: string, version: number) {
  return queryOptions({
    queryKey: ['payouts', batchId, 'figures', version],
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

export function linesQuery(batchId: string, { status, line, person, after }: LineFilter) {
  const known = STATUSES.find((one) => one === status);
  return queryOptions({
    queryKey: ['payouts', batchId, 'lines', { status: known, line, person, after }],
    placeholderData: keepPreviousData,
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

export function differencesQuery(batchId: string, after: string | undefined) {
  return queryOptions({
    queryKey: ['payouts', batchId, 'differences', after],
    placeholderData: keepPreviousData,
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

export function historyQuery(batchId: string) {
  return queryOptions({
    queryKey: ['payouts', batchId, 'history'],
    queryFn: () => bodyOf(api.GET('/api/v1/payouts/{batchId}/history', { params: { path: { batchId } } })),
  });
}
