import { decimal, formatDecimal, period, type Period, type SubjectId } from '#kernel';
import type { ReadDb } from '#libs/projections';
import type { TargetSet } from '../contracts';
import { targetOwnerOf } from './targets.query';

/** A target as it holds, with where it comes from. */
export interface ListedTarget extends TargetSet {
  readonly value: string;
  /** Of people only: null for units. */
  readonly accepted: boolean | null;
  readonly importId: string;
  readonly position: number;
  /** Of a revision. */
  readonly reason: string | null;
  /** To go on from in a list. */
  readonly cursor: TargetCursor;
}
export type TargetCursor = readonly [owner: string, metric: string, period: string];

export interface TargetListQuery {
  readonly period?: Period | undefined;
  readonly metric?: string | undefined;
  readonly subject?: SubjectId | undefined;
  readonly after?: TargetCursor | undefined;
  readonly limit: number;
}

interface ListRow {
  readonly owner: string;
  readonly metric: string;
  readonly period: string;
  readonly value: string;
  readonly import_id: string;
  readonly position: number;
  readonly reason: string | null;
  readonly accepted: boolean;
}

/** Targets that hold, by owner, metric and period: of each the one that the last completed import set. */
export async function listTargets(db: ReadDb, query: TargetListQuery): Promise<readonly ListedTarget[]> {
  const [owner, metric, of] = query.after ?? [null, null, null];
  const rows = await db.query<ListRow>(
    `SELECT DISTINCT ON (t.owner, t.metric, t.period) t.owner, t.metric, t.period, t.value, t.import_id, t.position, t.reason,
            EXISTS (SELECT 1 FROM read.target_acceptances a WHERE t.owner = 'person:' || a.subject AND a.period = t.period) AS accepted
       FROM read.targets t JOIN read.target_imports i ON i.import_id = t.import_id
      WHERE ($1::text IS NULL OR t.period = $1) AND ($2::text IS NULL OR t.metric = $2) AND ($3::text IS NULL OR t.owner = $3)
        AND ($4::text IS NULL OR (t.owner, t.metric, t.period) > ($4, $5::text, $6::text))
      ORDER BY t.owner, t.metric, t.period, i.position DESC LIMIT $7`,
    [query.period ?? null, query.metric ?? null, query.subject ? `person:${query.subject}` : null, owner, metric, of, query.limit],
  );
  return rows.map((row) => {
    const whose = targetOwnerOf(row.owner);
    return {
      ...whose,
      metric: row.metric,
      period: period(row.period),
      value: formatDecimal(decimal(row.value)),
      accepted: whose.subject === null ? null : row.accepted,
      importId: row.import_id,
      position: row.position,
      reason: row.reason,
      cursor: [row.owner, row.metric, row.period],
    };
  });
}

/** Periods for which anything is set, the latest first; at most `limit`. */
export async function targetPeriods(db: ReadDb, limit: number): Promise<readonly Period[]> {
  const rows = await db.query<{ readonly period: string }>(
    `SELECT DISTINCT t.period FROM read.targets t JOIN read.target_imports i ON i.import_id = t.import_id ORDER BY t.period DESC LIMIT $1`,
    [limit],
  );
  return rows.map((row) => period(row.period));
}
