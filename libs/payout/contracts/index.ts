import type { EventsOf } from '#libs/event-store';
import type { payoutBatchEvents, payoutLinesEvents } from './events';

export type PayoutEvent = EventsOf<typeof payoutBatchEvents>;
export type PayoutLinesEvent = EventsOf<typeof payoutLinesEvents>;
export {
  depositReleased,
  DIFFERENCE_CAUSES,
  LINE_KINDS,
  payoutAcknowledged,
  payoutApproved,
  payoutCancelled,
  payoutChecked,
  payoutComputed,
  payoutEvents,
  payoutHoldLifted,
  PAYOUT_LIMITS,
  payoutLinesAcknowledged,
  payoutLinesComputed,
  payoutLinesHeld,
  payoutReleased,
  payoutStarted,
  zHoldCause,
  zLineId,
  zPayLine,
} from './events';
export type { HoldCause, PayLine } from './events';
export type {
  AcknowledgePayoutLines,
  ApprovePayout,
  CancelPayout,
  CheckPayout,
  CompletePayoutComputation,
  HoldPayoutLines,
  LiftPayoutHold,
  PayoutCommand,
  PayoutLinesCommand,
  RecordPayoutAcknowledged,
  RecordPayoutLines,
  ReleaseDeposit,
  ReleasePayout,
  StartPayout,
} from './commands';
export { holdKey, payLineId, payoutBatchId, payoutChunkId } from './ids';
export { PAYOUT_STAGES } from './reader';
export type {
  PayLinePage,
  PayLineRow,
  PayLineStatus,
  PayoutBatchRow,
  PayoutComputation,
  PayoutCursor,
  PayoutProgress,
  PayoutReader,
  PayoutStage,
  PayoutWork,
  Statement,
} from './reader';
