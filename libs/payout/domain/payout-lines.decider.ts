import { canonicalJson, type Decider, type DecisionContext, formatFixed, parseDecimal, Rejection, sumDecimals } from '#kernel';
import {
  type AcknowledgePayoutLines,
  PAYOUT_LIMITS,
  type PayLine,
  payLineId,
  type PayoutLinesCommand,
  type PayoutLinesEvent,
  type RecordPayoutLines,
} from '../contracts';

/** One chunk of a batch's lines, small enough to fold for an acknowledgement. */
export type PayoutLinesState =
  | { readonly stage: 'none' }
  | {
      readonly stage: 'recorded';
      readonly batchId: string;
      readonly chunk: number;
      readonly lines: readonly PayLine[];
      readonly acknowledged: ReadonlySet<string>;
    };
type Recorded = Exclude<PayoutLinesState, { stage: 'none' }>;

export const payoutLinesDecider: Decider<PayoutLinesCommand, PayoutLinesState, PayoutLinesEvent> = {
  category: 'payoutlines',
  initial: { stage: 'none' },
  decide(command, state, context) {
    if (command.type === 'RecordPayoutLines') return record(command, state, context);
    if (state.stage === 'none') throw new Rejection('payout.unknown-chunk');
    return acknowledge(command, state, context);
  },
  evolve(state, event) {
    if (event.type === 'PayoutLinesComputed') {
      const { batchId, chunk, lines } = event.data;
      return state.stage === 'none' ? { stage: 'recorded', batchId, chunk, lines, acknowledged: new Set() } : state;
    }
    return state.stage === 'none' ? state : { ...state, acknowledged: new Set([...state.acknowledged, ...event.data.lineIds]) };
  },
  isTerminal: (state) => state.stage === 'recorded' && state.acknowledged.size === state.lines.length,
};

function record({ data }: RecordPayoutLines, state: PayoutLinesState, { now }: DecisionContext): readonly PayoutLinesEvent[] {
  if (state.stage === 'recorded') {
    if (canonicalJson(state.lines) === canonicalJson(data.lines)) return [];
    throw new Rejection('payout.chunk-differs', { chunk: data.chunk });
  }
  const { lines, cycleId } = data;
  if (lines.length === 0 || lines.length > PAYOUT_LIMITS.linesPerChunk)
    throw new Rejection('payout.chunk-size', { limit: PAYOUT_LIMITS.linesPerChunk });
  if (new Set(lines.map(({ lineId }) => lineId)).size !== lines.length) throw new Rejection('payout.line-twice', { chunk: data.chunk });
  const amounts = lines.map(({ lineId, amount, subject, key }) => {
    const round = Number(lineId.slice(lineId.lastIndexOf('.') + 1));
    if (lineId !== payLineId({ cycleId, subject, key, round })) throw new Rejection('payout.line-id', { lineId });
    const value = parseDecimal(amount);
    if (!value || value.scale > 2) throw new Rejection('payout.not-to-the-cent', { amount });
    return value;
  });
  return [
    {
      type: 'PayoutLinesComputed',
      data: {
        ...data,
        lines: [...lines],
        statements: new Set(lines.map(({ subject }) => subject)).size,
        total: formatFixed(sumDecimals(amounts), 2),
        computedAt: now,
      },
    },
  ];
}

function acknowledge({ data }: AcknowledgePayoutLines, state: Recorded, { now, actor }: DecisionContext): readonly PayoutLinesEvent[] {
  const known = new Set(state.lines.map(({ lineId }) => lineId));
  const stranger = data.lineIds.find((lineId) => !known.has(lineId));
  if (stranger !== undefined) throw new Rejection('payout.unknown-line', { lineId: stranger });
  const fresh = [...new Set(data.lineIds)].filter((lineId) => !state.acknowledged.has(lineId));
  if (fresh.length === 0) return [];
  const { batchId, chunk } = state;
  return [
    {
      type: 'PayoutLinesAcknowledged',
      data: { batchId, chunk, lineIds: fresh, reference: data.reference, by: actor, acknowledgedAt: now },
    },
  ];
}
