import { plainDay, type PlainDay, subjectId, type SubjectId } from '#kernel';
import type { ReadDb } from '#libs/projections';
import type { FactTableRow } from './facts.projection';

/** At most this many facts or positions are looked up at once. */
export const ORIGIN_LIMITS = { facts: 500, positions: 500 } as const;

/** Where a fact comes from: its record in the system that it was taken from, and the import that brought it. */
export interface FactOrigin {
  readonly factId: string;
  readonly subject: SubjectId | null;
  readonly unit: { readonly kind: string; readonly label: string } | null;
  readonly metric: string;
  readonly value: string;
  readonly happenedOn: PlainDay;
  readonly source: string;
  readonly recordId: string;
  readonly position: number;
  readonly importId: string;
  /** Why it replaced an earlier fact; null for an original. */
  readonly reason: string | null;
  /** The fact that it replaced. */
  readonly replaces: { readonly factId: string; readonly value: string } | null;
  readonly superseded: { readonly by: string; readonly at: number; readonly value: string | null; readonly reason: string | null } | null;
}

type OriginRow = FactTableRow & {
  readonly next_value: string | null;
  readonly next_reason: string | null;
  readonly earlier_id: string | null;
  readonly earlier_value: string | null;
};

/** Facts by id, or all that the events at these positions recorded; in the order of their days. What counts by then is the caller's to know. */
export async function factOrigins(
  db: ReadDb,
  which: { readonly factIds: readonly string[] } | { readonly positions: readonly number[] },
): Promise<readonly FactOrigin[]> {
  const [condition, values] =
    'factIds' in which
      ? ['f.fact_id = ANY($1::text[])', which.factIds.slice(0, ORIGIN_LIMITS.facts)]
      : ['f.position = ANY($1::bigint[])', which.positions.slice(0, ORIGIN_LIMITS.positions)];
  if (values.length === 0) return [];
  const rows = await db.query<OriginRow>(
    `SELECT f.*, n.value AS next_value, n.reason AS next_reason, e.fact_id AS earlier_id, e.value AS earlier_value FROM read.facts f
       LEFT JOIN read.facts n ON n.fact_id = f.superseded_by LEFT JOIN read.facts e ON e.superseded_by = f.fact_id
      WHERE ${condition} ORDER BY f.happened_on, f.position, f.fact_id`,
    [values],
  );
  return rows.map(originOf);
}

function originOf(row: OriginRow): FactOrigin {
  const { superseded_by: by, superseded_at: at } = row;
  return {
    factId: row.fact_id,
    subject: row.subject === null ? null : subjectId(row.subject),
    unit: row.unit_kind === null ? null : { kind: row.unit_kind, label: row.unit_label ?? '' },
    metric: row.metric,
    value: row.value,
    happenedOn: plainDay(row.happened_on),
    source: row.source,
    recordId: row.record_id,
    position: row.position,
    importId: row.import_id,
    reason: row.reason,
    replaces: row.earlier_id === null ? null : { factId: row.earlier_id, value: row.earlier_value ?? '' },
    superseded: by === null || at === null ? null : { by, at, value: row.next_value, reason: row.next_reason },
  };
}
