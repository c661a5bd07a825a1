import type { ReadDb } from '#libs/projections';
import type { FactImportRow } from './facts.projection';

export interface FactImportSummary {
  readonly importId: string;
  readonly position: number;
  readonly source: string;
  readonly facts: number;
  readonly repeated: number;
  readonly filtered: number;
  readonly setAsideTotal: number;
  readonly completePeriod: string | null;
  readonly completeMetrics: readonly string[];
  readonly completedAt: string;
}

/** Completed imports of facts before a log position, the latest first. */
export async function factImportsBefore(db: ReadDb, before: number | null, limit: number): Promise<readonly FactImportSummary[]> {
  const rows = await db.query<Omit<FactImportRow, 'set_aside' | 'complete_people'>>(
    `SELECT import_id, position, source, facts, repeated, filtered, set_aside_total, complete_period, complete_metrics, completed_at
       FROM read.fact_imports WHERE $1::bigint IS NULL OR position < $1::bigint ORDER BY position DESC LIMIT $2`,
    [before, limit],
  );
  return rows.map((row) => ({
    importId: row.import_id,
    position: row.position,
    source: row.source,
    facts: row.facts,
    repeated: row.repeated,
    filtered: row.filtered,
    setAsideTotal: row.set_aside_total,
    completePeriod: row.complete_period,
    completeMetrics: row.complete_metrics ?? [],
    completedAt: row.completed_at,
  }));
}
