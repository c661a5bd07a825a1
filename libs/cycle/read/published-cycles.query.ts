import { type Period, period } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { CYCLE_READ_LIMITS } from './cycle.reader';
import { cycleProjection } from './cycle.projection';

/** A cycle whose results everybody in it may know. */
export interface PublishedCycle {
  readonly cycleId: string;
  readonly name: string;
  readonly period: Period;
}

export interface PublishedCyclesQuery {
  readonly period?: Period;
  /** The last one shown before; those of the same period follow by cycle id. */
  readonly after?: { readonly period: string; readonly cycleId: string };
  readonly limit: number;
}

/** Newest period first; one more than a page may be asked for, to see whether more follow. */
export async function publishedCycles(
  read: ReadDb,
  { period: of, after, limit }: PublishedCyclesQuery,
): Promise<readonly PublishedCycle[]> {
  const rows = await read.query<{ readonly cycle_id: string; readonly name: string; readonly period: string }>(
    `SELECT cycle_id, state->'terms'->>'name' AS name, period FROM ${asOfTable(cycleProjection)} c
     WHERE published AND status <> 'cancelled' AND ($1::text IS NULL OR period = $1)
       AND ($2::text IS NULL OR period < $2 OR (period = $2 AND cycle_id > $3))
     ORDER BY period DESC, cycle_id LIMIT $4`,
    [of ?? null, after?.period ?? null, after?.cycleId ?? null, Math.min(Math.max(limit, 1), CYCLE_READ_LIMITS.page)],
  );
  return rows.map((row) => ({ cycleId: row.cycle_id, name: row.name, period: period(row.period) }));
}
