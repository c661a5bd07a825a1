import { defineEvent } from '#libs/event-store';
import { zCode, zDecimalText, zInstant } from '#libs/kernel/schema';
import { z } from 'zod';
import { CORRECTION_GOLDEN } from './correction-golden';
import { zScoreBasis, zScoreResult } from './score-shapes';

/*
 * Storage format: what facts that arrive late or are superseded do to a score, in the person's appraisal stream. Before publication the
 * score is taken again and marked; after it nothing changes but by a decision of people, for whom the correction is proposed.
 */

/** `fact-correction`: facts or targets; `earlier-score`: the score of an earlier period that this one reads. `position`: what was recorded there. */
export const zCorrectionCause = z.strictObject({ kind: z.enum(['fact-correction', 'earlier-score']), position: z.int().min(1) });
export type CorrectionCause = z.infer<typeof zCorrectionCause>;

const zChange = z.strictObject({ from: zDecimalText.nullable(), to: zDecimalText.nullable() });
const zCodeChange = z.strictObject({ from: zCode.nullable(), to: zCode.nullable() });
const zPlaceChange = z.strictObject({ from: z.int().nullable(), to: z.int().nullable() });

/** What the correction would change of the result that holds; only what differs. */
export const zCorrectionDifference = z.strictObject({
  score: zChange.optional(),
  grade: zCodeChange.optional(),
  place: zPlaceChange.optional(),
  payLines: z.array(z.strictObject({ key: zCode, from: zDecimalText.nullable(), to: zDecimalText.nullable() })).max(100),
  payTotal: zChange.optional(),
});
export type CorrectionDifference = z.infer<typeof zCorrectionDifference>;

/** Nothing published changes by it. A later one takes its place. */
export const appraisalCorrectionProposed = defineEvent({
  type: 'AppraisalCorrectionProposed',
  version: 1,
  golden: { 1: CORRECTION_GOLDEN.AppraisalCorrectionProposed },
  schema: z.strictObject({
    cause: zCorrectionCause,
    /** Facts that are no longer as the result that holds has them; `history`: earlier periods too. */
    changed: z.strictObject({ facts: z.array(zCode).max(200), history: z.boolean() }),
    result: zScoreResult,
    basis: zScoreBasis,
    difference: zCorrectionDifference,
    proposedAt: zInstant,
  }),
});
/** What was proposed is no different any more from what holds: it was corrected back, or decided otherwise. */
export const appraisalCorrectionSettled = defineEvent({
  type: 'AppraisalCorrectionSettled',
  version: 1,
  golden: { 1: CORRECTION_GOLDEN.AppraisalCorrectionSettled },
  schema: z.strictObject({ cause: zCorrectionCause, settledAt: zInstant }),
});

export const correctionEvents = [appraisalCorrectionProposed, appraisalCorrectionSettled] as const;
