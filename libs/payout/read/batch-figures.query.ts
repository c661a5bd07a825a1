import type { ReadDb } from '#libs/projections';
import { type PayLineStatus, PAYOUT_LIMITS, type PayoutBatchRow, type PayoutStage } from '../contracts';
import { batchRowOf, LINE_STATUS } from './payout.reader';
import type { PayoutBatchTableRow } from './payout-batch.projection';

/** Lines, people and money of a part of a batch. */
export interface BatchFigure {
  readonly lines: number;
  readonly people: number;
  readonly total: string;
}

export interface BatchFigures {
  readonly byStatus: readonly (BatchFigure & { readonly status: PayLineStatus })[];
  readonly byKey: readonly (BatchFigure & { readonly key: string })[];
}

/** What a batch adds up to by the state of its lines and by what they pay for. */
export async function batchFigures(read: ReadDb, batchId: string): Promise<BatchFigures> {
  const lines = `(SELECT l.*, ${LINE_STATUS} AS status FROM read.payout_line l JOIN read.payout_batch b ON b.batch_id = l.batch_id WHERE l.batch_id = $1) l`;
  const figures = 'count(*)::int AS lines, count(DISTINCT subject)::int AS people, round(sum(amount), 2)::text AS total';
  const [byStatus, byKey] = await Promise.all([
    read.query<BatchFigure & { readonly status: PayLineStatus }>(
      `SELECT status, ${figures} FROM ${lines} GROUP BY status ORDER BY status`,
      [batchId],
    ),
    read.query<BatchFigure & { readonly key: string }>(`SELECT key, ${figures} FROM ${lines} GROUP BY key ORDER BY min(seq), key`, [
      batchId,
    ]),
  ]);
  return { byStatus, byKey };
}

/** What is held in each of these batches now; a batch with nothing held is absent. */
export async function heldAmounts(read: ReadDb, batchIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await read.query<{ readonly batch_id: string; readonly held: string }>(
    `SELECT l.batch_id, round(sum(l.amount), 2)::text AS held FROM read.payout_line l JOIN read.payout_batch b ON b.batch_id = l.batch_id
      WHERE l.batch_id = ANY($1) AND ${LINE_STATUS} = 'held' GROUP BY l.batch_id`,
    [batchIds.slice(0, PAYOUT_LIMITS.page)],
  );
  return new Map(rows.map(({ batch_id, held }) => [batch_id, held]));
}

/** Newest first. The cursor is the last one's start and id. */
export async function batchList(
  read: ReadDb,
  query: {
    readonly stages?: readonly PayoutStage[];
    readonly period?: string;
    readonly cycleId?: string;
    readonly after?: string;
    readonly limit: number;
  },
): Promise<{ readonly items: readonly PayoutBatchRow[]; readonly next?: string }> {
  const size = Math.min(Math.max(query.limit, 1), PAYOUT_LIMITS.page);
  const [, at, id] = /^(.+)~([0-9a-f-]{36})$/.exec(query.after ?? '') ?? [];
  const from = at === undefined || Number.isNaN(Date.parse(at)) ? [null, null] : [at, id];
  const rows = await read.query<PayoutBatchTableRow>(
    `SELECT * FROM read.payout_batch WHERE ($1::text[] IS NULL OR stage = ANY($1)) AND ($2::text IS NULL OR period = $2) AND ($3::text IS NULL OR cycle_id = $3)
        AND ($4::timestamptz IS NULL OR (started_at, batch_id) < ($4::timestamptz, $5::text)) ORDER BY started_at DESC, batch_id DESC LIMIT $6`,
    [query.stages ?? null, query.period ?? null, query.cycleId ?? null, ...from, size + 1],
  );
  const items = rows.slice(0, size).map(batchRowOf);
  const last = items.at(-1);
  return rows.length > size && last ? { items, next: `${last.startedAt}~${last.batchId}` } : { items };
}
