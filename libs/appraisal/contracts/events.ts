import { defineEvent, personalText } from '#libs/event-store';
import { zActorId, zCode, zDecimalText, zInstant, zLabel, zPeriod, zPlainDay, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';
import { z } from 'zod';
import { APPRAISAL_GOLDEN } from './golden';
import { correctionEvents, zCorrectionCause } from './correction-events';
import { raterEvents } from './rater-events';
import { zNotes, zRatings, zScoreBasis, zScoreResult } from './score-shapes';

export { zNotes, zRatings, zScoreBasis, zScoreResult } from './score-shapes';
export type { Notes, Ratings, ScoreBasis, ScoreResult, Standing } from './score-shapes';

/* Storage format. Stream: `appraisal-<cycleId>.<subjectId>`: one person in one cycle, so nobody is in a cycle twice. */

export const STEPS = ['self-review', 'manager-review', 'second-review'] as const;
export const zStep = z.enum(STEPS);
export type Step = (typeof STEPS)[number];

const zLateRule = z.enum(['facts-alone', 'manager-substitutes', 'hold']);
export type LateRule = z.infer<typeof zLateRule>;

/**
 * What somebody has to do on an appraisal: a person by name, or any holder of a role. A step with several tasks is done when all of
 * them are: manager reviews side by side (the manager's own, other parts', departments', groups of raters), second reviews
 * one after another by level. Later events name a task by its place in this list, from 0.
 */
const zTask = z.strictObject({
  step: zStep,
  reviewer: zSubjectId.optional(),
  role: zCode.optional(),
  /** Of second reviews: the first is 1, also where none is given. */
  level: z.int().min(1).max(20).optional(),
  /** Of manager reviews: the part of the period it is about, 1 where none is given. */
  part: z.int().min(1).max(12).optional(),
  /** Of manager reviews: only the lines of this department. */
  department: zLabel.optional(),
  /** Of manager reviews: answers of many people about all lines, gathered apart and recorded together. */
  group: z.enum(['peers', 'customers']).optional(),
  /** How it goes on when nobody did it in time. */
  late: zLateRule.optional(),
});
export type TaskOfAppraisal = z.infer<typeof zTask>;

/** Which task of the appraisal; absent where the step has only one. `complete: false`: other tasks of the step are still open. */
const ofTask = { task: z.int().min(0).max(59).optional(), complete: z.literal(false).optional() };

const zUnit = z.strictObject({ department: zLabel, team: zLabel.optional(), region: zLabel.optional(), site: zLabel.optional() });

export const appraisalOpened = defineEvent({
  type: 'AppraisalOpened',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.AppraisalOpened },
  schema: z.strictObject({
    cycleId: zUuid,
    subject: zSubjectId,
    /** The cohort of the cycle that the person falls into; sweeps go cohort by cohort. */
    cohort: z.int().min(0),
    period: zPeriod,
    scheme: z.strictObject({ schemeId: zCode, version: zVersion }),
    /** The tasks this appraisal will take, in order of their steps; those that the scheme does not use are absent. */
    steps: z.array(zTask).max(60),
    /** Parts of the period by manager, in order of time; one where nobody was transferred. */
    parts: z
      .array(
        z.strictObject({
          part: z.int().min(1),
          from: zPlainDay,
          to: zPlainDay,
          manager: zSubjectId.optional(),
          workingDays: z.int().min(0),
        }),
      )
      .min(1)
      .max(12),
    /** Where the person stood on the last day of the period; for boards and batches. */
    unit: zUnit,
    /** Attributes that the scheme reads of a person, as words; absent where it reads none. */
    employee: z.record(zCode, z.string().max(120)).optional(),
    openedAt: zInstant,
  }),
});
export const selfReviewSubmitted = defineEvent({
  type: 'SelfReviewSubmitted',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.SelfReviewSubmitted },
  schema: z.strictObject({
    ratings: zRatings,
    notes: zNotes.optional(),
    comment: personalText().optional(),
    late: z.boolean(),
    submittedAt: zInstant,
  }),
});
export const managerScoreSubmitted = defineEvent({
  type: 'ManagerScoreSubmitted',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.ManagerScoreSubmitted },
  schema: z.strictObject({
    reviewer: zSubjectId,
    onBehalfOf: zSubjectId.optional(),
    part: z.int().min(1),
    ratings: zRatings,
    notes: zNotes.optional(),
    comment: personalText().optional(),
    late: z.boolean(),
    submittedAt: zInstant,
    ...ofTask,
  }),
});
export const secondReviewApproved = defineEvent({
  type: 'SecondReviewApproved',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.SecondReviewApproved },
  schema: z.strictObject({
    reviewer: zSubjectId,
    onBehalfOf: zSubjectId.optional(),
    /** Where the scheme asks the second reviewer too. */
    ratings: zRatings.optional(),
    notes: zNotes.optional(),
    comment: personalText().optional(),
    late: z.boolean(),
    approvedAt: zInstant,
    ...ofTask,
  }),
});
/** Back to an earlier step; what was submitted stays in the history beside what comes next. */
export const appraisalSentBack = defineEvent({
  type: 'AppraisalSentBack',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.AppraisalSentBack },
  schema: z.strictObject({
    reviewer: zSubjectId,
    toStep: zStep,
    /** The steps that were done and are open again: from `toStep` up to the one that sends back. None where only an earlier level is. */
    reopened: z.array(zStep),
    /** The tasks that are open again, by their places; absent where each step has one. */
    tasks: z.array(z.int().min(0).max(59)).max(60).optional(),
    onBehalfOf: zSubjectId.optional(),
    reason: personalText(),
    sentBackAt: zInstant,
  }),
});
/** The step closed without a submission; the scheme's rule says how it goes on. */
export const appraisalStepSkipped = defineEvent({
  type: 'AppraisalStepSkipped',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.AppraisalStepSkipped },
  schema: z.strictObject({
    step: zStep,
    reason: z.enum(['missed', 'left']),
    rule: zLateRule,
    skippedAt: zInstant,
    ...ofTask,
  }),
});
export const appraisalScored = defineEvent({
  type: 'AppraisalScored',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.AppraisalScored },
  schema: z.strictObject({
    result: zScoreResult,
    basis: zScoreBasis,
    /** Scored again by itself because of what was recorded there; absent where a step or a person asked for the score. */
    cause: zCorrectionCause.optional(),
    scoredAt: zInstant,
  }),
});
/** From here on the score changes only by AppraisalAmended. */
export const appraisalPublished = defineEvent({
  type: 'AppraisalPublished',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.AppraisalPublished },
  schema: z.strictObject({
    publishedAt: zInstant,
    confirmUntil: zInstant,
    appealUntil: zInstant,
    /** As opened: the group that the person is ranked in. */
    unit: zUnit,
  }),
});
export const resultConfirmed = defineEvent({
  type: 'ResultConfirmed',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.ResultConfirmed },
  schema: z.strictObject({ how: z.enum(['by-person', 'by-silence']), late: z.boolean(), confirmedAt: zInstant }),
});
export const resultObjected = defineEvent({
  type: 'ResultObjected',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.ResultObjected },
  schema: z.strictObject({ reason: personalText(), objectedAt: zInstant, answerUntil: zInstant }),
});
export const objectionAnswered = defineEvent({
  type: 'ObjectionAnswered',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.ObjectionAnswered },
  schema: z.strictObject({ reviewer: zSubjectId, answer: personalText(), late: z.boolean(), answeredAt: zInstant }),
});
/** The corrected result stands beside the published one; nothing is overwritten. */
export const appraisalAmended = defineEvent({
  type: 'AppraisalAmended',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.AppraisalAmended },
  schema: z.strictObject({
    cause: z.strictObject({ kind: z.enum(['appeal', 'correction']), id: zUuid }),
    result: zScoreResult,
    basis: zScoreBasis,
    /** Words of lines that were rated again. */
    notes: zNotes.optional(),
    previousScore: zDecimalText.nullable(),
    by: zActorId,
    amendedAt: zInstant,
  }),
});
export const appraisalFinalised = defineEvent({
  type: 'AppraisalFinalised',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.AppraisalFinalised },
  schema: z.strictObject({ finalisedAt: zInstant }),
});
export const appraisalCancelled = defineEvent({
  type: 'AppraisalCancelled',
  version: 1,
  golden: { 1: APPRAISAL_GOLDEN.AppraisalCancelled },
  schema: z.strictObject({ reason: zCode, cancelledAt: zInstant }),
});

export const appraisalEvents = [
  appraisalOpened,
  selfReviewSubmitted,
  managerScoreSubmitted,
  secondReviewApproved,
  appraisalSentBack,
  appraisalStepSkipped,
  appraisalScored,
  appraisalPublished,
  resultConfirmed,
  resultObjected,
  objectionAnswered,
  appraisalAmended,
  appraisalFinalised,
  appraisalCancelled,
  ...raterEvents,
  ...correctionEvents,
] as const;
