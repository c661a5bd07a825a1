import { plainDay, type PlainDay, subjectId } from '#kernel';
import type { ReadDb } from '#libs/projections';
import { type Fact, type SetAsideRow, zSetAsideRow } from '../contracts';
import { unitOwnerOf } from './facts.query';

/** A source record that is known: what the same record of a later file is compared with. */
export interface KnownRecord {
  readonly factId: string;
  readonly recordId: string;
  readonly metric: string;
  readonly owner: Fact['owner'] | null;
  readonly value: string;
  readonly happenedOn: PlainDay;
}

/** What imports of facts ask the read models, which must have reached the log's head first. */
export interface FactStore {
  /** Waits until facts, imports and people are known up to that position. */
  reach(position: number): Promise<void>;
  knownRecords(source: string, recordIds: readonly string[]): Promise<readonly KnownRecord[]>;
  setAside(importId: string): Promise<{ readonly source: string; readonly rows: readonly SetAsideRow[] } | undefined>;
}

const WAIT_MS = 60_000;
const PROJECTIONS = ['facts', 'fact_imports', 'fact_rows_aside', 'declared_metrics', 'person_identities', 'people_imports'] as const;
const IDS_AT_ONCE = 5_000;

export function createFactStore(db: ReadDb): FactStore {
  return {
    async reach(position) {
      for (const projection of PROJECTIONS) await db.waitForProjection(projection, position, WAIT_MS);
    },
    async knownRecords(source, recordIds) {
      const known: KnownRecord[] = [];
      for (let first = 0; first < recordIds.length; first += IDS_AT_ONCE) {
        const rows = await db.query<{
          fact_id: string;
          record_id: string;
          metric: string;
          subject: string | null;
          unit_kind: string | null;
          unit_label: string | null;
          value: string;
          happened_on: string;
        }>(
          `SELECT f.fact_id, f.record_id, f.metric, f.subject, f.unit_kind, f.unit_label, f.value, f.happened_on
             FROM read.facts f LEFT JOIN read.fact_imports i ON i.import_id = f.import_id
            WHERE f.source = $1 AND f.record_id = ANY($2::text[]) AND COALESCE(f.counts_from, i.position) IS NOT NULL AND f.superseded_at IS NULL`,
          [source, recordIds.slice(first, first + IDS_AT_ONCE)],
        );
        for (const row of rows) {
          const owner = row.subject === null ? unitOwnerOf(row.unit_kind, row.unit_label) : { subject: subjectId(row.subject) };
          known.push({
            factId: row.fact_id,
            recordId: row.record_id,
            metric: row.metric,
            owner,
            value: row.value,
            happenedOn: plainDay(row.happened_on),
          });
        }
      }
      return known;
    },
    async setAside(importId) {
      const rows = await db.query<{ source: string; file_row: number; reason: string; owner_keys: unknown; facts: unknown }>(
        'SELECT source, file_row, reason, owner_keys, facts FROM read.fact_rows_aside WHERE import_id = $1 ORDER BY file_row',
        [importId],
      );
      const [first] = rows;
      if (!first) return undefined;
      const parsed = rows.map((row) =>
        zSetAsideRow.parse({ row: row.file_row, reason: row.reason, ownerKeys: row.owner_keys, facts: row.facts }),
      );
      return { source: first.source, rows: parsed };
    },
  };
}
