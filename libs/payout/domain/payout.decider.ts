import {
  type ActorId,
  addDecimal,
  assertNever,
  compareDecimal,
  type Decider,
  type Decimal,
  decimal,
  type DecisionContext,
  formatFixed,
  parseDecimal,
  Rejection,
  subtractDecimal,
  type SubjectId,
  ZERO,
} from '#kernel';
import {
  type ApprovePayout,
  type CancelPayout,
  type CheckPayout,
  type CompletePayoutComputation,
  type HoldCause,
  holdKey,
  type HoldPayoutLines,
  type LiftPayoutHold,
  PAYOUT_LIMITS,
  type PayoutCommand,
  type PayoutEvent,
  type PayoutStage,
  type RecordPayoutAcknowledged,
  type ReleasePayout,
  type StartPayout,
} from '../contracts';

export interface Hold {
  readonly cause: HoldCause;
  readonly subject: SubjectId;
  readonly lines: readonly { readonly lineId: string; readonly amount: string }[];
}

/** Ids, sums and holds only: the lines stand in streams of their own, so that 100 000 people are not folded for a click. */
export interface Payout {
  readonly stage: PayoutStage;
  readonly batchId: string;
  readonly cycleId: string;
  readonly kind: 'regular' | 'supplementary';
  readonly round: number;
  readonly currency: string;
  readonly asOf: number;
  readonly subjects: readonly SubjectId[] | undefined;
  readonly computedBy: ActorId;
  readonly checkedBy: ActorId | undefined;
  readonly approvedBy: ActorId | undefined;
  readonly chunks: number;
  readonly statements: number;
  readonly lines: number;
  readonly total: Decimal;
  readonly released: number;
  readonly holds: readonly Hold[];
}

export type PayoutState = { readonly stage: 'none' } | Payout;

type Events = readonly PayoutEvent[];

/** Source of the rules: domain.md "Payout". */
export const payoutDecider: Decider<PayoutCommand, PayoutState, PayoutEvent> = {
  category: 'payout',
  initial: { stage: 'none' },
  decide(command, state, context) {
    if (command.type === 'StartPayout') return start(command, state, context);
    if (state.stage === 'none') throw new Rejection('payout.unknown');
    return decideStarted(command, state, context);
  },
  evolve,
  /** What is held in a batch already paid is still owed a decision. */
  isTerminal: (state) => state.stage === 'cancelled' || (state.stage === 'acknowledged' && state.holds.length === 0),
};

function decideStarted(command: Exclude<PayoutCommand, StartPayout>, state: Payout, context: DecisionContext): Events {
  switch (command.type) {
    case 'CompletePayoutComputation':
      return complete(command, state, context);
    case 'HoldPayoutLines':
      return hold(command, state, context);
    case 'LiftPayoutHold':
      return lift(command, state, context);
    case 'CheckPayout':
      return check(command, state, context);
    case 'ApprovePayout':
      return approve(command, state, context);
    case 'ReleasePayout':
      return release(command, state, context);
    case 'RecordPayoutAcknowledged':
      return acknowledged(command, state, context);
    case 'CancelPayout':
      return cancel(command, state, context);
    default:
      return assertNever(command);
  }
}

function start({ data }: StartPayout, state: PayoutState, { now, actor }: DecisionContext): Events {
  if (state.stage !== 'none') {
    if (state.batchId === data.batchId && state.kind === data.kind) return [];
    throw new Rejection('payout.started-already');
  }
  if (data.round > PAYOUT_LIMITS.rounds) throw new Rejection('payout.too-many-rounds', { limit: PAYOUT_LIMITS.rounds });
  if (data.kind === 'supplementary' && data.supplements.length === 0) throw new Rejection('payout.nothing-to-supplement');
  const { subjects, supplements, ...rest } = data;
  return [
    {
      type: 'PayoutStarted',
      data: { ...rest, supplements: [...supplements], ...(subjects ? { subjects: [...subjects] } : {}), computedBy: actor, startedAt: now },
    },
  ];
}

function complete({ data }: CompletePayoutComputation, state: Payout, { now }: DecisionContext): Events {
  if (state.stage === 'computed' && state.lines === data.lines && compareDecimal(state.total, toTheCent(data.total)) === 0) return [];
  mustBeAt(state, 'computing');
  const { batchId, cycleId, currency } = state;
  return [
    {
      type: 'PayoutComputed',
      data: { batchId, cycleId, ...data, total: formatFixed(toTheCent(data.total), 2), currency, computedAt: now },
    },
  ];
}

function hold({ data }: HoldPayoutLines, state: Payout, { now, actor }: DecisionContext): Events {
  const { subject, cause, lines, reason } = data;
  if (isReleased(state)) {
    if (cause.kind === 'appeal') return [];
    throw new Rejection('payout.released-already', { stage: state.stage });
  }
  mustBeAt(state, 'computed', 'checked', 'check-failed', 'approved');
  const held = state.holds.find((candidate) => holdKey(candidate.cause) === holdKey(cause));
  const fresh = lines.filter(({ lineId }) => !held?.lines.some((line) => line.lineId === lineId));
  if (fresh.length === 0) return [];
  if (held && held.subject !== subject) throw new Rejection('payout.hold-of-another-person');
  if (heldLines(state).size + fresh.length > PAYOUT_LIMITS.heldLines)
    throw new Rejection('payout.too-many-held', { limit: PAYOUT_LIMITS.heldLines });
  for (const { amount } of fresh) toTheCent(amount);
  const { batchId, cycleId } = state;
  return [{ type: 'PayoutLinesHeld', data: { batchId, cycleId, subject, cause, lines: [...fresh], reason, by: actor, heldAt: now } }];
}

function lift({ data }: LiftPayoutHold, state: Payout, { now, actor }: DecisionContext): Events {
  const held = state.holds.find(({ cause }) => holdKey(cause) === holdKey(data.cause));
  // A cancelled batch pays nothing: what it held is no question any more.
  if (!held || state.stage === 'cancelled') return [];
  const { batchId, cycleId } = state;
  return [
    {
      type: 'PayoutHoldLifted',
      data: {
        batchId,
        cycleId,
        subject: held.subject,
        cause: held.cause,
        lines: [...held.lines],
        outcome: data.outcome,
        inBatch: !isReleased(state),
        by: actor,
        liftedAt: now,
      },
    },
  ];
}

function check({ data }: CheckPayout, state: Payout, { now, actor }: DecisionContext): Events {
  if (state.stage === 'checked' && state.checkedBy === actor && data.passed) return [];
  mustBeAt(state, 'computed', 'check-failed');
  if (actor === state.computedBy) throw new Rejection('payout.own-work', { act: 'check' });
  if (!data.passed && data.findings.length === 0) throw new Rejection('payout.failed-without-finding');
  return [
    {
      type: 'PayoutChecked',
      data: { batchId: state.batchId, by: actor, passed: data.passed, findings: [...data.findings], checkedAt: now },
    },
  ];
}

/** Never by who computed or checked it, never by HR. */
function approve({ data }: ApprovePayout, state: Payout, { now, actor }: DecisionContext): Events {
  if (state.stage === 'approved' && state.approvedBy === actor) return [];
  mustBeAt(state, 'checked');
  if (actor === state.computedBy || actor === state.checkedBy) throw new Rejection('payout.own-work', { act: 'approve' });
  if (data.actorRoles.includes('hr')) throw new Rejection('payout.hr-may-not-approve');
  return [{ type: 'PayoutApproved', data: { batchId: state.batchId, by: actor, total: formatFixed(state.total, 2), approvedAt: now } }];
}

function release({ data }: ReleasePayout, state: Payout, { now, actor }: DecisionContext): Events {
  mustBeAt(state, 'approved');
  const held = heldLines(state);
  let heldTotal = ZERO;
  for (const amount of held.values()) heldTotal = addDecimal(heldTotal, amount);
  const payable = subtractDecimal(state.total, heldTotal);
  const lines = state.lines - held.size;
  if (data.lines !== lines || compareDecimal(toTheCent(data.total), payable) !== 0) {
    throw new Rejection('payout.file-does-not-match', { lines, total: formatFixed(payable, 2) });
  }
  const { batchId, cycleId } = state;
  const released: PayoutEvent = {
    type: 'PayoutReleased',
    data: {
      batchId,
      cycleId,
      by: actor,
      fileHash: data.fileHash,
      lines,
      total: formatFixed(payable, 2),
      heldLines: held.size,
      held: formatFixed(heldTotal, 2),
      releasedAt: now,
    },
  };
  if (lines > 0) return [released];
  return [released, { type: 'PayoutAcknowledged', data: { batchId, cycleId, lines, acknowledgedAt: now } }];
}

function acknowledged({ data }: RecordPayoutAcknowledged, state: Payout, { now }: DecisionContext): Events {
  if (state.stage === 'acknowledged') return [];
  mustBeAt(state, 'released');
  if (data.lines !== state.released)
    throw new Rejection('payout.not-all-acknowledged', { acknowledged: data.lines, released: state.released });
  return [{ type: 'PayoutAcknowledged', data: { batchId: state.batchId, cycleId: state.cycleId, lines: data.lines, acknowledgedAt: now } }];
}

/** What was paid is never taken back by cancelling. */
function cancel({ data }: CancelPayout, state: Payout, { now, actor }: DecisionContext): Events {
  if (state.stage === 'cancelled') return [];
  if (isReleased(state)) throw new Rejection('payout.released-already', { stage: state.stage });
  return [
    { type: 'PayoutCancelled', data: { batchId: state.batchId, cycleId: state.cycleId, reason: data.reason, by: actor, cancelledAt: now } },
  ];
}

function isReleased(state: Payout): boolean {
  return state.stage === 'released' || state.stage === 'acknowledged';
}

function mustBeAt(state: Payout, ...stages: readonly PayoutStage[]): void {
  if (!stages.includes(state.stage)) throw new Rejection('payout.not-at-this-stage', { stage: state.stage, expected: stages });
}

function toTheCent(amount: string): Decimal {
  const value = parseDecimal(amount);
  if (!value || value.scale > 2) throw new Rejection('payout.not-to-the-cent', { amount });
  return value;
}

/** A line held for two causes is held once. */
export function heldLines(state: Payout): ReadonlyMap<string, Decimal> {
  const held = new Map<string, Decimal>();
  for (const { lines } of state.holds) for (const { lineId, amount } of lines) held.set(lineId, decimal(amount));
  return held;
}

function evolve(state: PayoutState, event: PayoutEvent): PayoutState {
  if (event.type === 'PayoutStarted') return state.stage === 'none' ? started(event.data) : state;
  if (state.stage === 'none') return state;
  switch (event.type) {
    case 'PayoutComputed': {
      const { chunks, statements, lines, total } = event.data;
      return { ...state, stage: 'computed', chunks, statements, lines, total: decimal(total) };
    }
    case 'PayoutLinesHeld':
      return { ...state, holds: withHold(state.holds, event.data) };
    case 'PayoutHoldLifted': {
      const key = holdKey(event.data.cause);
      return { ...state, holds: state.holds.filter(({ cause }) => holdKey(cause) !== key) };
    }
    case 'PayoutChecked':
      return { ...state, stage: event.data.passed ? 'checked' : 'check-failed', checkedBy: event.data.by };
    case 'PayoutApproved':
      return { ...state, stage: 'approved', approvedBy: event.data.by };
    case 'PayoutReleased':
      return { ...state, stage: 'released', released: event.data.lines };
    case 'PayoutAcknowledged':
      return { ...state, stage: 'acknowledged' };
    case 'PayoutCancelled':
      return { ...state, stage: 'cancelled' };
    default:
      return state;
  }
}

function started(data: Extract<PayoutEvent, { type: 'PayoutStarted' }>['data']): Payout {
  const { batchId, cycleId, kind, round, currency, asOf, subjects, computedBy } = data;
  return {
    stage: 'computing',
    batchId,
    cycleId,
    kind,
    round,
    currency,
    asOf,
    subjects,
    computedBy,
    checkedBy: undefined,
    approvedBy: undefined,
    chunks: 0,
    statements: 0,
    lines: 0,
    total: ZERO,
    released: 0,
    holds: [],
  };
}

function withHold(holds: readonly Hold[], { cause, subject, lines }: Hold): readonly Hold[] {
  const key = holdKey(cause);
  const held = holds.find((candidate) => holdKey(candidate.cause) === key);
  if (!held) return [...holds, { cause, subject, lines }];
  return holds.map((candidate) => (candidate === held ? { ...held, lines: [...held.lines, ...lines] } : candidate));
}
