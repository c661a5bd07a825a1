import type { ReadDb } from '#libs/projections';
import type { TargetTableRow } from './targets.projection';

/** At most this many events are looked at for one owner. */
export const TARGET_ORIGIN_LIMITS = { positions: 500 } as const;

/** What an import set as somebody's target, and why where it was a revision. */
export interface TargetOrigin {
  readonly metric: string;
  readonly period: string;
  readonly value: string;
  readonly position: number;
  readonly importId: string;
  readonly reason: string | null;
}

/** Targets that these events set for one owner (`person:<subject>`, `team:<label>` …); in the order of periods. */
export async function targetOrigins(
  db: ReadDb,
  { owner, positions }: { readonly owner: string; readonly positions: readonly number[] },
): Promise<readonly TargetOrigin[]> {
  if (positions.length === 0) return [];
  const rows = await db.query<TargetTableRow>(
    `SELECT metric, period, value, position, import_id, reason FROM read.targets
      WHERE owner = $1 AND position = ANY($2::bigint[]) ORDER BY period, position`,
    [owner, positions.slice(0, TARGET_ORIGIN_LIMITS.positions)],
  );
  return rows.map(({ metric, period, value, position, import_id: importId, reason }) => ({
    metric,
    period,
    value,
    position,
    importId,
    reason,
  }));
}
