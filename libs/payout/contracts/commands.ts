import type { Period, PersonalText, SubjectId } from '#kernel';
import type { HoldCause, PayLine } from './events';

/** Stream `payout-<batchId>`. */
export interface StartPayout {
  readonly type: 'StartPayout';
  readonly data: {
    readonly batchId: string;
    readonly cycleId: string;
    readonly period: Period;
    readonly kind: 'regular' | 'supplementary';
    readonly round: number;
    readonly supplements: readonly string[];
    readonly subjects?: readonly SubjectId[] | undefined;
    readonly currency: string;
    readonly asOf: number;
  };
}
export interface CompletePayoutComputation {
  readonly type: 'CompletePayoutComputation';
  readonly data: {
    readonly chunks: number;
    readonly statements: number;
    readonly lines: number;
    readonly total: string;
    readonly withoutScore: number;
  };
}
/** Quiet when the batch is released already: then a supplementary batch settles what the appeal changes. */
export interface HoldPayoutLines {
  readonly type: 'HoldPayoutLines';
  readonly data: {
    readonly subject: SubjectId;
    readonly cause: HoldCause;
    readonly lines: readonly { readonly lineId: string; readonly amount: string }[];
    readonly reason?: string | undefined;
  };
}
export interface LiftPayoutHold {
  readonly type: 'LiftPayoutHold';
  readonly data: {
    readonly cause: HoldCause;
    readonly outcome: 'withdrawn' | 'declined' | 'dismissed' | 'upheld' | 'partly' | 'by-finance';
  };
}
export interface CheckPayout {
  readonly type: 'CheckPayout';
  readonly data: {
    readonly passed: boolean;
    readonly findings: readonly { readonly lineId?: string | undefined; readonly code: string; readonly note?: PersonalText | undefined }[];
  };
}
export interface ApprovePayout {
  readonly type: 'ApprovePayout';
  /** The actor's roles as the edge knows them: whoever has HR may not approve. */
  readonly data: { readonly actorRoles: readonly string[] };
}
export interface ReleasePayout {
  readonly type: 'ReleasePayout';
  /** Of the file as written; refused unless it is the batch without what is held. */
  readonly data: { readonly fileHash: string; readonly lines: number; readonly total: string };
}
export interface RecordPayoutAcknowledged {
  readonly type: 'RecordPayoutAcknowledged';
  readonly data: { readonly lines: number };
}
export interface CancelPayout {
  readonly type: 'CancelPayout';
  readonly data: { readonly reason: string };
}
export type PayoutCommand =
  | StartPayout
  | CompletePayoutComputation
  | HoldPayoutLines
  | LiftPayoutHold
  | CheckPayout
  | ApprovePayout
  | ReleasePayout
  | RecordPayoutAcknowledged
  | CancelPayout;

/** Stream `payoutlines-<batchId>.<chunk>`. */
export interface RecordPayoutLines {
  readonly type: 'RecordPayoutLines';
  readonly data: {
    readonly batchId: string;
    readonly cycleId: string;
    readonly chunk: number;
    readonly currency: string;
    readonly lines: readonly PayLine[];
  };
}
export interface AcknowledgePayoutLines {
  readonly type: 'AcknowledgePayoutLines';
  readonly data: { readonly lineIds: readonly string[]; readonly reference: string };
}
export type PayoutLinesCommand = RecordPayoutLines | AcknowledgePayoutLines;

/** Stream `deposit-<subject>`. `withheld`: all that was ever withheld of the person's pay, before the first month paid here, too; what was given back before is taken off. */
export interface ReleaseDeposit {
  readonly type: 'ReleaseDeposit';
  readonly data: {
    readonly releaseId: string;
    readonly subject: SubjectId;
    readonly cycleId: string;
    readonly withheld: string;
    readonly currency: string;
    readonly reason: PersonalText;
  };
}
