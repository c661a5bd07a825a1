import type { ActorId, Instant, Period, SubjectId } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import type { PayoutEvent, PayoutLinesEvent, PayoutStage } from '../contracts';

/** One row a batch. What is acknowledged is counted from the chunks' own events. */
export type PayoutBatchTableRow = {
  readonly batch_id: string;
  readonly cycle_id: string;
  readonly period: Period;
  readonly kind: 'regular' | 'supplementary';
  readonly round: number;
  readonly stage: PayoutStage;
  readonly currency: string;
  readonly statements: number;
  readonly lines: number;
  readonly total: string;
  readonly without_score: number;
  /** Set at release. */
  readonly released_lines: number;
  readonly released_total: string | null;
  readonly held_total: string | null;
  readonly acknowledged_lines: number;
  readonly computed_by: ActorId;
  readonly checked_by: ActorId | null;
  readonly approved_by: ActorId | null;
  readonly released_at: Instant | null;
  readonly file_hash: string | null;
  readonly findings: readonly { readonly lineId: string | null; readonly code: string }[];
  readonly as_of: number;
  readonly subjects: readonly SubjectId[] | null;
  readonly started_at: Instant;
  /** Version of the batch's stream, for ETag. */
  readonly version: number;
  readonly position: number;
};

type BatchEvent = PayoutEvent | Extract<PayoutLinesEvent, { type: 'PayoutLinesAcknowledged' }>;
type EventOf<T extends BatchEvent['type']> = Extract<BatchEvent, { readonly type: T }>;

function changing<T extends Exclude<PayoutEvent['type'], 'PayoutStarted'>>(
  change: (data: RecordedEvent<EventOf<T>>['data'], row: PayoutBatchTableRow) => Partial<PayoutBatchTableRow>,
): RowChange<EventOf<T>, PayoutBatchTableRow> {
  return {
    keys: ({ data }): readonly RowKey[] => [[data.batchId]],
    evolve: (row, event) => row && { ...row, ...change(event.data, row), version: event.streamVersion, position: event.position },
  };
}

const started: RowChange<EventOf<'PayoutStarted'>, PayoutBatchTableRow> = {
  keys: ({ data }) => [[data.batchId]],
  evolve: (row, { data, streamVersion, position }) =>
    row ?? {
      batch_id: data.batchId,
      cycle_id: data.cycleId,
      period: data.period,
      kind: data.kind,
      round: data.round,
      stage: 'computing',
      currency: data.currency,
      statements: 0,
      lines: 0,
      total: '0.00',
      without_score: 0,
      released_lines: 0,
      released_total: null,
      held_total: null,
      acknowledged_lines: 0,
      computed_by: data.computedBy,
      checked_by: null,
      approved_by: null,
      released_at: null,
      file_hash: null,
      findings: [],
      as_of: data.asOf,
      subjects: data.subjects ?? null,
      started_at: data.startedAt,
      version: streamVersion,
      position,
    },
};

/** Of the chunks' streams: the batch's own version stays. */
const linesAcknowledged: RowChange<EventOf<'PayoutLinesAcknowledged'>, PayoutBatchTableRow> = {
  keys: ({ data }) => [[data.batchId]],
  evolve: (row, { data, position }) => row && { ...row, acknowledged_lines: row.acknowledged_lines + data.lineIds.length, position },
};

export const payoutBatchProjection = defineProjection<PayoutBatchTableRow, BatchEvent>({
  name: 'payout_batch',
  version: 1,
  columns: {
    batch_id: 'text',
    cycle_id: 'text',
    period: 'text',
    kind: 'text',
    round: 'integer',
    stage: 'text',
    currency: 'text',
    statements: 'integer',
    lines: 'integer',
    total: 'numeric',
    without_score: 'integer',
    released_lines: 'integer',
    released_total: 'numeric',
    held_total: 'numeric',
    acknowledged_lines: 'integer',
    computed_by: 'text',
    checked_by: 'text',
    approved_by: 'text',
    released_at: 'timestamptz',
    file_hash: 'text',
    findings: 'jsonb',
    as_of: 'bigint',
    subjects: 'jsonb',
    started_at: 'timestamptz',
    version: 'integer',
    position: 'bigint',
  },
  key: ['batch_id'],
  indexes: [{ columns: ['cycle_id', 'round'] }],
  history: true,
  on: {
    PayoutStarted: started,
    PayoutComputed: changing<'PayoutComputed'>(({ statements, lines, total, withoutScore }) => ({
      stage: 'computed',
      statements,
      lines,
      total,
      without_score: withoutScore,
    })),
    PayoutLinesHeld: changing<'PayoutLinesHeld'>(() => ({})),
    PayoutHoldLifted: changing<'PayoutHoldLifted'>(() => ({})),
    PayoutChecked: changing<'PayoutChecked'>(({ by, passed, findings }) => ({
      stage: passed ? 'checked' : 'check-failed',
      checked_by: by,
      findings: findings.map(({ lineId, code }) => ({ lineId: lineId ?? null, code })),
    })),
    PayoutApproved: changing<'PayoutApproved'>(({ by }) => ({ stage: 'approved', approved_by: by })),
    PayoutReleased: changing<'PayoutReleased'>(({ lines, total, held, fileHash, releasedAt }) => ({
      stage: 'released',
      released_lines: lines,
      released_total: total,
      held_total: held,
      file_hash: fileHash,
      released_at: releasedAt,
    })),
    PayoutAcknowledged: changing<'PayoutAcknowledged'>(() => ({ stage: 'acknowledged' })),
    PayoutCancelled: changing<'PayoutCancelled'>(() => ({ stage: 'cancelled' })),
    PayoutLinesAcknowledged: linesAcknowledged,
  },
});
