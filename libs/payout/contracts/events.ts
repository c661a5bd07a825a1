import { defineEvent, personalText } from '#libs/event-store';
import { zActorId, zCode, zDecimalText, zHash, zInstant, zLabel, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import { z } from 'zod';
import { PAYOUT_GOLDEN } from './golden';

/*
 * Storage format. Streams: `payout-<batchId>` (the batch: small, folded per command) and `payoutlines-<batchId>.<chunk>`
 * (the lines, one chunk a stream). Lines mean nothing until PayoutComputed of their batch stands.
 * A cycle's batches are numbered by `round` from 1; batch id and line ids are derived from it, so nothing is there twice.
 */

export const PAYOUT_LIMITS = {
  statementsPerChunk: 500,
  linesPerChunk: 1_000,
  chunks: 2_000,
  heldLines: 20_000,
  linesPerHold: 100,
  findings: 200,
  acknowledgedPerCommand: 1_000,
  rounds: 500,
  page: 200,
} as const;

/** `<cycleId>.<subject>.<key>.<round>` */
export const zLineId = z.string().min(1).max(200);

/** What changed what was settled: a hold of finance that was lifted after its batch went out is none of the others. */
export const DIFFERENCE_CAUSES = ['appeal', 'correction', 'batch-cancelled', 'deposit-release', 'hold-lifted'] as const;
/** Why a line is there: the regular pay of a score, a hold that was lifted, or the difference that an amendment made. */
export const LINE_KINDS = ['regular', 'adjustment'] as const;
export const zPayLine = z.strictObject({
  lineId: zLineId,
  subject: zSubjectId,
  key: zCode,
  amount: zDecimalText,
  kind: z.enum(LINE_KINDS),
  /** The appraisal and the log position of the score event that the amount follows from. */
  appraisalId: z.string().max(100),
  scoredAt: z.int().min(1),
  /** For adjustments: what the score now gives, what earlier batches settled, and what changed it. */
  difference: z
    .strictObject({
      entitled: zDecimalText,
      settled: zDecimalText,
      cause: z.strictObject({ kind: z.enum(DIFFERENCE_CAUSES), id: zUuid }),
    })
    .optional(),
});
export type PayLine = z.infer<typeof zPayLine>;

export const payoutLinesComputed = defineEvent({
  type: 'PayoutLinesComputed',
  /** 2 knows that a lifted hold can be what an adjustment is for. */
  version: 2,
  schema: z.strictObject({
    batchId: zUuid,
    cycleId: zUuid,
    chunk: z.int().min(0),
    lines: z.array(zPayLine).min(1).max(PAYOUT_LIMITS.linesPerChunk),
    statements: z.int().min(1),
    total: zDecimalText,
    currency: zCode,
    computedAt: zInstant,
  }),
  upcasters: { 1: (data) => data },
  golden: { 1: PAYOUT_GOLDEN.PayoutLinesComputed, 2: PAYOUT_GOLDEN.PayoutLinesComputed2 },
});
/** Payroll took these lines of the chunk. */
export const payoutLinesAcknowledged = defineEvent({
  type: 'PayoutLinesAcknowledged',
  version: 1,
  schema: z.strictObject({
    batchId: zUuid,
    chunk: z.int().min(0),
    lineIds: z.array(zLineId).min(1).max(PAYOUT_LIMITS.linesPerChunk),
    reference: zLabel,
    by: zActorId,
    acknowledgedAt: zInstant,
  }),
  golden: { 1: PAYOUT_GOLDEN.PayoutLinesAcknowledged },
});

export const payoutStarted = defineEvent({
  type: 'PayoutStarted',
  version: 1,
  schema: z.strictObject({
    batchId: zUuid,
    cycleId: zUuid,
    period: zPeriod,
    kind: z.enum(['regular', 'supplementary']),
    round: z.int().min(1).max(PAYOUT_LIMITS.rounds),
    /** The batches before this one whose lines count as settled (cancelled ones don't). */
    supplements: z.array(zUuid).max(PAYOUT_LIMITS.rounds),
    /** Only these people, for a supplementary batch; absent = everyone with a published result. */
    subjects: z.array(zSubjectId).max(2_000).optional(),
    currency: zCode,
    /** Results and settled lines are read at this log position. */
    asOf: z.int().min(0),
    computedBy: zActorId,
    startedAt: zInstant,
  }),
  golden: { 1: PAYOUT_GOLDEN.PayoutStarted },
});
export const payoutComputed = defineEvent({
  type: 'PayoutComputed',
  version: 1,
  schema: z.strictObject({
    batchId: zUuid,
    cycleId: zUuid,
    chunks: z.int().min(0),
    statements: z.int().min(0),
    lines: z.int().min(0),
    total: zDecimalText,
    currency: zCode,
    /** People with a published appraisal but without a score to pay from: nobody is dropped in silence. */
    withoutScore: z.int().min(0),
    computedAt: zInstant,
  }),
  golden: { 1: PAYOUT_GOLDEN.PayoutComputed },
});
/** Holds only lines of one person: by their appeal, or by finance with a reason. */
export const zHoldCause = z.union([
  z.strictObject({ kind: z.literal('appeal'), appealId: zUuid }),
  z.strictObject({ kind: z.literal('finance'), holdId: zUuid }),
]);
export type HoldCause = z.infer<typeof zHoldCause>;
export const zHeldLine = z.strictObject({ lineId: zLineId, amount: zDecimalText });
export const payoutLinesHeld = defineEvent({
  type: 'PayoutLinesHeld',
  version: 1,
  schema: z.strictObject({
    batchId: zUuid,
    cycleId: zUuid,
    subject: zSubjectId,
    cause: zHoldCause,
    lines: z.array(zHeldLine).min(1).max(PAYOUT_LIMITS.linesPerHold),
    reason: zLabel.optional(),
    by: zActorId,
    heldAt: zInstant,
  }),
  golden: { 1: PAYOUT_GOLDEN.PayoutLinesHeld },
});
/** Before release the lines are paid with their batch (`inBatch`); after it a supplementary batch settles them. */
export const payoutHoldLifted = defineEvent({
  type: 'PayoutHoldLifted',
  version: 1,
  schema: z.strictObject({
    batchId: zUuid,
    cycleId: zUuid,
    subject: zSubjectId,
    cause: zHoldCause,
    lines: z.array(zHeldLine).min(1).max(PAYOUT_LIMITS.linesPerHold),
    outcome: z.enum(['withdrawn', 'declined', 'dismissed', 'upheld', 'partly', 'by-finance']),
    inBatch: z.boolean(),
    by: zActorId,
    liftedAt: zInstant,
  }),
  golden: { 1: PAYOUT_GOLDEN.PayoutHoldLifted },
});
export const payoutChecked = defineEvent({
  type: 'PayoutChecked',
  version: 1,
  schema: z.strictObject({
    batchId: zUuid,
    by: zActorId,
    passed: z.boolean(),
    findings: z
      .array(z.strictObject({ lineId: zLineId.optional(), code: zCode, note: personalText().optional() }))
      .max(PAYOUT_LIMITS.findings),
    checkedAt: zInstant,
  }),
  golden: { 1: PAYOUT_GOLDEN.PayoutChecked },
});
export const payoutApproved = defineEvent({
  type: 'PayoutApproved',
  version: 1,
  schema: z.strictObject({ batchId: zUuid, by: zActorId, total: zDecimalText, approvedAt: zInstant }),
  golden: { 1: PAYOUT_GOLDEN.PayoutApproved },
});
/** The file that went to payroll: everything that is not held. `total` + `held` = the batch's total. */
export const payoutReleased = defineEvent({
  type: 'PayoutReleased',
  version: 1,
  schema: z.strictObject({
    batchId: zUuid,
    cycleId: zUuid,
    by: zActorId,
    fileHash: zHash,
    lines: z.int().min(0),
    total: zDecimalText,
    heldLines: z.int().min(0),
    held: zDecimalText,
    releasedAt: zInstant,
  }),
  golden: { 1: PAYOUT_GOLDEN.PayoutReleased },
});
export const payoutAcknowledged = defineEvent({
  type: 'PayoutAcknowledged',
  version: 1,
  schema: z.strictObject({ batchId: zUuid, cycleId: zUuid, lines: z.int().min(0), acknowledgedAt: zInstant }),
  golden: { 1: PAYOUT_GOLDEN.PayoutAcknowledged },
});
/** Before release only; its lines count as never settled. */
export const payoutCancelled = defineEvent({
  type: 'PayoutCancelled',
  version: 1,
  schema: z.strictObject({ batchId: zUuid, cycleId: zUuid, reason: zLabel, by: zActorId, cancelledAt: zInstant }),
  golden: { 1: PAYOUT_GOLDEN.PayoutCancelled },
});

/**
 * 押金 given back to somebody who left in good standing: all that was withheld of their pay and not given back yet. Paid as a line of its
 * own (`deposit_release`) in a supplementary batch of the last cycle that withheld. Stream `deposit-<subject>`.
 */
export const depositReleased = defineEvent({
  type: 'DepositReleased',
  version: 1,
  schema: z.strictObject({
    releaseId: zUuid,
    subject: zSubjectId,
    cycleId: zUuid,
    amount: zDecimalText,
    currency: zCode,
    reason: personalText(),
    by: zActorId,
    releasedAt: zInstant,
  }),
  golden: { 1: PAYOUT_GOLDEN.DepositReleased },
});

/** Stream `payoutlines-<batchId>.<chunk>`. */
export const payoutLinesEvents = [payoutLinesComputed, payoutLinesAcknowledged] as const;
/** Stream `payout-<batchId>`. */
export const payoutBatchEvents = [
  payoutStarted,
  payoutComputed,
  payoutLinesHeld,
  payoutHoldLifted,
  payoutChecked,
  payoutApproved,
  payoutReleased,
  payoutAcknowledged,
  payoutCancelled,
] as const;
export const payoutEvents = [...payoutBatchEvents, ...payoutLinesEvents, depositReleased] as const;
