import type { ReadDb } from '#libs/projections';
import type { TargetImportRow } from './targets.projection';

export interface TargetImportView {
  readonly importId: string;
  readonly position: number;
  /** New and revised. */
  readonly targets: number;
  readonly revised: number;
  readonly completedAt: string;
}

/** Completed imports of targets before a log position, the latest first. */
export async function targetImportsBefore(db: ReadDb, before: number | null, limit: number): Promise<readonly TargetImportView[]> {
  const rows = await db.query<TargetImportRow>(
    `SELECT import_id, position, targets, revised, completed_at FROM read.target_imports
      WHERE $1::bigint IS NULL OR position < $1::bigint ORDER BY position DESC LIMIT $2`,
    [before, limit],
  );
  return rows.map(({ import_id: importId, completed_at: completedAt, position, targets, revised }) => ({
    importId,
    position,
    targets,
    revised,
    completedAt,
  }));
}
