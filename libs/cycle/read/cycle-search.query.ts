import { asOfTable, type ReadDb } from '#libs/projections';
import { cycleProjection, type CycleRow } from './cycle.projection';

/** A cycle as a search shows it. */
export interface CycleHit {
  readonly cycleId: string;
  readonly name: string;
  readonly period: string;
}

/** Bounds of one search. */
export const CYCLE_SEARCH_LIMITS = { hits: 50 } as const;

/** Cycles whose name or period holds the text, or whose id it is; the newest first. */
export async function searchCycles(read: ReadDb, text: string, limit: number): Promise<readonly CycleHit[]> {
  const rows = await read.query<Pick<CycleRow, 'cycle_id' | 'period'> & { readonly name: string }>(
    `SELECT cycle_id, period, state->'terms'->>'name' AS name FROM ${asOfTable(cycleProjection)} c
     WHERE strpos(lower(state->'terms'->>'name'), lower($1)) > 0 OR strpos(lower(period), lower($1)) > 0 OR cycle_id = lower($1)
     ORDER BY cycle_id DESC LIMIT $2`,
    [text, Math.min(Math.max(limit, 1), CYCLE_SEARCH_LIMITS.hits)],
  );
  return rows.map(({ cycle_id: cycleId, name, period }) => ({ cycleId, name, period }));
}
