import type { ActorId, Instant, Period, SubjectId } from '#kernel';
import type { PayLine } from './events';

export const PAYOUT_STAGES = [
  'computing',
  'computed',
  'checked',
  'check-failed',
  'approved',
  'released',
  'acknowledged',
  'cancelled',
] as const;
export type PayoutStage = (typeof PAYOUT_STAGES)[number];

export interface PayoutBatchRow {
  readonly batchId: string;
  readonly cycleId: string;
  readonly period: Period;
  readonly kind: 'regular' | 'supplementary';
  readonly round: number;
  readonly stage: PayoutStage;
  readonly currency: string;
  readonly statements: number;
  readonly lines: number;
  readonly total: string;
  readonly held: string;
  readonly heldLines: number;
  readonly acknowledgedLines: number;
  readonly computedBy: ActorId;
  readonly checkedBy: ActorId | null;
  readonly approvedBy: ActorId | null;
  readonly releasedAt: Instant | null;
  readonly fileHash: string | null;
  readonly version: number;
}

/** `withheld`: held when its batch was released; a supplementary batch settles it under another line id. */
export type PayLineStatus = 'computed' | 'held' | 'released' | 'withheld' | 'acknowledged' | 'cancelled';
export interface PayLineRow extends PayLine {
  readonly batchId: string;
  readonly cycleId: string;
  readonly round: number;
  readonly chunk: number;
  readonly currency: string;
  readonly status: PayLineStatus;
  readonly reference: string | null;
}

export interface PayoutReader {
  batch(batchId: string): Promise<PayoutBatchRow | undefined>;
  /** All batches of a cycle, by round. */
  batchesOf(cycleId: string): Promise<readonly PayoutBatchRow[]>;
  /** Lines of one person in one cycle over all rounds, in the order of round and line. */
  statement(cycleId: string, subject: SubjectId): Promise<readonly PayLineRow[]>;
  /** Number of lines held now in the cycle: a cycle closes when it is 0. */
  heldCount(cycleId: string): Promise<number>;
}

/** What the workflow of a batch needs to know; read from the stream itself. */
export interface PayoutProgress {
  readonly stage: PayoutStage;
  readonly terminal: boolean;
  readonly round: number;
  readonly duty: 'compute' | null;
}
export interface PayoutComputation {
  readonly chunks: number;
  readonly statements: number;
  readonly lines: number;
  readonly total: string;
  readonly withoutScore: number;
}
/** Where a computation stands: what an activity heartbeats and resumes from. */
export interface PayoutCursor extends PayoutComputation {
  readonly afterSubject: string | null;
}

/** Implemented by `createPayoutWork` of #libs/payout; the worker adapts it to activities. */
export interface PayoutWork {
  /** Called by the cycle's workflow when the payout phase opens: starts the regular batch; the bridge then starts the workflow `payoutBatch`. */
  startRegular(input: { readonly cycleId: string; readonly requestKey: string }): Promise<{ readonly batchId: string }>;
  progress(batchId: string): Promise<PayoutProgress>;
  /** Writes the lines in chunks and completes the batch. Safe to repeat from any cursor: chunk n is written once. */
  compute(
    input: { readonly batchId: string; readonly from?: PayoutCursor },
    onProgress: (cursor: PayoutCursor) => void,
  ): Promise<PayoutComputation>;
}
