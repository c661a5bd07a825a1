import type { SubjectId } from '#kernel';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import { holdKey, type PayLine, type PayoutEvent, type PayoutLinesEvent } from '../contracts';

/** One row a line. What its batch went through stands in payout_batch: a line's status follows from both. */
export type PayoutLineTableRow = {
  readonly line_id: string;
  readonly batch_id: string;
  readonly cycle_id: string;
  readonly subject: SubjectId;
  readonly key: string;
  readonly amount: string;
  readonly kind: PayLine['kind'];
  readonly chunk: number;
  /** Place within the chunk: the order of a statement. */
  readonly seq: number;
  readonly currency: string;
  readonly appraisal_id: string;
  readonly scored_at: number;
  readonly difference: NonNullable<PayLine['difference']> | null;
  /** Causes that hold it now. */
  readonly held_by: readonly string[];
  /** A hold was lifted only after the batch went out without this line. */
  readonly withheld: boolean;
  readonly reference: string | null;
  readonly position: number;
};

type LineEvent = PayoutLinesEvent | Extract<PayoutEvent, { type: 'PayoutLinesHeld' | 'PayoutHoldLifted' }>;
type EventOf<T extends LineEvent['type']> = Extract<LineEvent, { readonly type: T }>;

/** A chunk is asked for each of its lines: their places are found once. */
const places = new WeakMap<readonly PayLine[], ReadonlyMap<string, number>>();
function placesOf(lines: readonly PayLine[]): ReadonlyMap<string, number> {
  const known = places.get(lines);
  if (known) return known;
  const found = new Map(lines.map(({ lineId }, index) => [lineId, index]));
  places.set(lines, found);
  return found;
}

const computed: RowChange<EventOf<'PayoutLinesComputed'>, PayoutLineTableRow> = {
  keys: ({ data }) => data.lines.map(({ lineId }): RowKey => [lineId]),
  evolve: (row, { data, position }, [lineId]) => {
    const seq = placesOf(data.lines).get(String(lineId)) ?? -1;
    const line = data.lines[seq];
    if (row || !line) return row;
    return {
      line_id: line.lineId,
      batch_id: data.batchId,
      cycle_id: data.cycleId,
      subject: line.subject,
      key: line.key,
      amount: line.amount,
      kind: line.kind,
      chunk: data.chunk,
      seq,
      currency: data.currency,
      appraisal_id: line.appraisalId,
      scored_at: line.scoredAt,
      difference: line.difference ?? null,
      held_by: [],
      withheld: false,
      reference: null,
      position,
    };
  },
};

const held: RowChange<EventOf<'PayoutLinesHeld'>, PayoutLineTableRow> = {
  keys: ({ data }) => data.lines.map(({ lineId }): RowKey => [lineId]),
  evolve: (row, { data, position }) => row && { ...row, held_by: [...row.held_by, holdKey(data.cause)], position },
};

const lifted: RowChange<EventOf<'PayoutHoldLifted'>, PayoutLineTableRow> = {
  keys: ({ data }) => data.lines.map(({ lineId }): RowKey => [lineId]),
  evolve: (row, { data, position }) =>
    row && {
      ...row,
      held_by: row.held_by.filter((cause) => cause !== holdKey(data.cause)),
      withheld: row.withheld || !data.inBatch,
      position,
    },
};

const acknowledged: RowChange<EventOf<'PayoutLinesAcknowledged'>, PayoutLineTableRow> = {
  keys: ({ data }) => data.lineIds.map((lineId): RowKey => [lineId]),
  evolve: (row, { data, position }) => row && { ...row, reference: data.reference, position },
};

export const payoutLineProjection = defineProjection<PayoutLineTableRow, LineEvent>({
  name: 'payout_line',
  version: 2,
  columns: {
    line_id: 'text',
    batch_id: 'text',
    cycle_id: 'text',
    subject: 'text',
    key: 'text',
    amount: 'numeric',
    kind: 'text',
    chunk: 'integer',
    seq: 'integer',
    currency: 'text',
    appraisal_id: 'text',
    scored_at: 'bigint',
    difference: 'jsonb',
    held_by: 'jsonb',
    withheld: 'boolean',
    reference: 'text',
    position: 'bigint',
  },
  key: ['line_id'],
  indexes: [{ columns: ['batch_id', 'chunk', 'seq'] }, { columns: ['cycle_id', 'subject'] }, { columns: ['subject'] }],
  history: true,
  on: { PayoutLinesComputed: computed, PayoutLinesHeld: held, PayoutHoldLifted: lifted, PayoutLinesAcknowledged: acknowledged },
});
