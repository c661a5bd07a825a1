import { formatFixed, instant, type SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { PAYOUT_LIMITS, type PayLineRow, type PayLineStatus, type PayoutBatchRow, type PayoutReader } from '../contracts';
import { releasesOf } from './deposit-releases.query';
import { payoutBatchProjection, type PayoutBatchTableRow } from './payout-batch.projection';
import { payoutLineProjection, type PayoutLineTableRow } from './payout-line.projection';

const READ_LIMITS = { page: 1_000, subjects: 500 } as const;

/** A line's status follows from its own row and its batch's stage. */
export const LINE_STATUS = `CASE
  WHEN b.stage = 'cancelled' THEN 'cancelled'
  WHEN l.reference IS NOT NULL THEN 'acknowledged'
  WHEN l.held_by <> '[]'::jsonb THEN 'held'
  WHEN l.withheld THEN 'withheld'
  WHEN b.stage IN ('released', 'acknowledged') THEN 'released'
  ELSE 'computed' END`;

type LineRow = PayoutLineTableRow & { readonly round: number; readonly status: PayLineStatus };

export function createPayoutReader(read: ReadDb): PayoutReader {
  const batches = (asOf?: number): string => asOfTable(payoutBatchProjection, asOf);
  const lines = (asOf?: number): string =>
    `(SELECT l.*, b.round, ${LINE_STATUS} AS status FROM ${asOfTable(payoutLineProjection, asOf)} l JOIN ${batches(asOf)} b ON b.batch_id = l.batch_id)`;
  return {
    async batch(batchId, asOf) {
      const row = await read.one<PayoutBatchTableRow>(`SELECT * FROM ${batches(asOf)} b WHERE batch_id = $1`, [batchId]);
      return row && batchRowOf(row);
    },
    async batchesOf(cycleId, asOf) {
      const rows = await read.query<PayoutBatchTableRow>(`SELECT * FROM ${batches(asOf)} b WHERE cycle_id = $1 ORDER BY round LIMIT $2`, [
        cycleId,
        PAYOUT_LIMITS.rounds,
      ]);
      return rows.map(batchRowOf);
    },
    async lines({ batchId, status, key, subject, after, limit }) {
      const size = pageSize(limit, READ_LIMITS.page);
      const [chunk, seq] = placeOf(after);
      const rows = await read.query<LineRow>(
        `SELECT * FROM ${lines()} l WHERE batch_id = $1 AND ($2::text IS NULL OR status = $2) AND (chunk, seq) > ($3::int, $4::int)
         AND ($5::text IS NULL OR key = $5) AND ($6::text IS NULL OR subject = $6) ORDER BY chunk, seq LIMIT $7`,
        [batchId, status ?? null, chunk, seq, key ?? null, subject ?? null, size + 1],
      );
      const items = rows.slice(0, size).map(lineRowOf);
      const last = items.at(-1);
      return rows.length > size && last ? { items, next: `${last.chunk}.${last.seq}` } : { items };
    },
    async linesOf(cycleId, subjects, asOf) {
      const rows = await read.query<LineRow>(
        `SELECT * FROM ${lines(asOf)} l WHERE cycle_id = $1 AND subject = ANY($2) ORDER BY subject, round, chunk, seq`,
        [cycleId, subjects.slice(0, READ_LIMITS.subjects)],
      );
      return rows.map(lineRowOf);
    },
    async depositReleases(cycleId, subjects, asOf) {
      const releases = await releasesOf(read, { cycleId, subjects, ...(asOf === undefined ? {} : { asOf }) });
      return new Map([...releases].map(([subject, amount]) => [subject, formatFixed(amount, 2)]));
    },
    async linesById(lineIds) {
      const rows = await read.query<LineRow>(`SELECT * FROM ${lines()} l WHERE line_id = ANY($1)`, [lineIds.slice(0, READ_LIMITS.page)]);
      return rows.map(lineRowOf);
    },
    async heldCount(cycleId) {
      const row = await read.one<{ readonly held: number }>(
        `SELECT count(*)::int AS held FROM ${lines()} l WHERE cycle_id = $1 AND status = 'held'`,
        [cycleId],
      );
      return row?.held ?? 0;
    },
  };
}

function pageSize(limit: number, most: number): number {
  return Math.min(Math.max(limit, 1), most);
}

function placeOf(after: string | undefined): readonly [number, number] {
  const match = /^(\d{1,6})\.(\d{1,6})$/.exec(after ?? '');
  return match ? [Number(match[1]), Number(match[2])] : [-1, -1];
}

export function batchRowOf(row: PayoutBatchTableRow): PayoutBatchRow {
  return {
    batchId: row.batch_id,
    cycleId: row.cycle_id,
    period: row.period,
    kind: row.kind,
    round: row.round,
    stage: row.stage,
    currency: row.currency,
    statements: row.statements,
    lines: row.lines,
    total: row.total,
    withoutScore: row.without_score,
    releasedLines: row.released_lines,
    releasedTotal: row.released_total,
    heldTotal: row.held_total,
    acknowledgedLines: row.acknowledged_lines,
    computedBy: row.computed_by,
    checkedBy: row.checked_by,
    approvedBy: row.approved_by,
    releasedAt: row.released_at === null ? null : instant(row.released_at),
    fileHash: row.file_hash,
    findings: row.findings,
    startedAt: instant(row.started_at),
    version: row.version,
    position: row.position,
  };
}

function lineRowOf(row: LineRow): PayLineRow {
  const subject: SubjectId = row.subject;
  return {
    lineId: row.line_id,
    subject,
    key: row.key,
    amount: row.amount,
    kind: row.kind,
    appraisalId: row.appraisal_id,
    scoredAt: row.scored_at,
    ...(row.difference ? { difference: row.difference } : {}),
    batchId: row.batch_id,
    cycleId: row.cycle_id,
    round: row.round,
    chunk: row.chunk,
    seq: row.seq,
    currency: row.currency,
    status: row.status,
    heldBy: row.held_by,
    reference: row.reference,
  };
}
