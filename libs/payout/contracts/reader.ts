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
  readonly withoutScore: number;
  /** Set at release: total = releasedTotal + heldTotal. */
  readonly releasedLines: number;
  readonly releasedTotal: string | null;
  readonly heldTotal: string | null;
  readonly acknowledgedLines: number;
  readonly computedBy: ActorId;
  readonly checkedBy: ActorId | null;
  readonly approvedBy: ActorId | null;
  readonly releasedAt: Instant | null;
  readonly fileHash: string | null;
  readonly findings: readonly { readonly lineId: string | null; readonly code: string }[];
  readonly startedAt: Instant;
  readonly version: number;
  readonly position: number;
}

/**
 * `held`: a cause holds it now. `withheld`: it was held when its batch was released and the hold is lifted; a supplementary
 * batch settles it under another line id.
 */
export type PayLineStatus = 'computed' | 'held' | 'released' | 'withheld' | 'acknowledged' | 'cancelled';
export interface PayLineRow extends PayLine {
  readonly batchId: string;
  readonly cycleId: string;
  readonly round: number;
  readonly chunk: number;
  readonly seq: number;
  readonly currency: string;
  readonly status: PayLineStatus;
  /** `appeal/<id>` or `finance/<id>`. */
  readonly heldBy: readonly string[];
  readonly reference: string | null;
}

export interface PayLinePage {
  readonly items: readonly PayLineRow[];
  /** Line to go on from (`<chunk>.<seq>`); absent on the last page. */
  readonly next?: string;
}

/** One person's pay in one cycle: each line of the result with what was paid for it and why it differs. */
export interface Statement {
  readonly cycleId: string;
  readonly subject: SubjectId;
  readonly appraisalId: string;
  readonly currency: string;
  /** What the result that holds now gives, line by line, and the batch lines that settle it. */
  readonly lines: readonly {
    readonly key: string;
    readonly entitled: string;
    readonly settled: string;
    readonly batchLines: readonly PayLineRow[];
  }[];
  readonly entitledTotal: string;
  readonly settledTotal: string;
  readonly heldTotal: string;
  /** What the explanation of each line is found under: the appraisal's result, node `line.<key>`. */
  readonly explanation: {
    readonly appraisalId: string;
    readonly explanationHash: string;
    readonly scheme: { readonly schemeId: string; readonly version: number };
  };
}

/** `asOf` is a log position; the latest when absent. */
export interface PayoutReader {
  batch(batchId: string, asOf?: number): Promise<PayoutBatchRow | undefined>;
  /** All batches of a cycle, by round. */
  batchesOf(cycleId: string, asOf?: number): Promise<readonly PayoutBatchRow[]>;
  /** Lines of a batch in the order of its file. */
  lines(query: {
    readonly batchId: string;
    readonly status?: PayLineStatus;
    readonly key?: string;
    readonly subject?: SubjectId;
    readonly after?: string;
    readonly limit: number;
  }): Promise<PayLinePage>;
  /** Lines of these people in one cycle over all rounds, in the order of round and line. At most 500 people. */
  linesOf(cycleId: string, subjects: readonly SubjectId[], asOf?: number): Promise<readonly PayLineRow[]>;
  /** In no particular order; unknown ids are left out. At most 1 000. */
  /** Deposits given back with a cycle's batches, by person. */
  depositReleases(cycleId: string, subjects: readonly SubjectId[], asOf?: number): Promise<ReadonlyMap<SubjectId, string>>;
  linesById(lineIds: readonly string[]): Promise<readonly PayLineRow[]>;
  /** Lines held now in the cycle: a cycle closes when it is 0. */
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
