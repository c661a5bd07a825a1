import { defineEvent, personalText } from '#libs/event-store';
import {
  zActorId,
  zCode,
  zDecimalText,
  zHash,
  zInstant,
  zLabel,
  zPeriod,
  zPlainDay,
  zSubjectId,
  zUuid,
  zVersion,
} from '#libs/kernel/schema';
import { z } from 'zod';
import { APPRAISAL_GOLDEN } from './golden';

/* Storage format. Stream: `appraisal-<cycleId>.<subjectId>`: one person in one cycle, so nobody is in a cycle twice. */

export const STEPS = ['self-review', 'manager-review', 'second-review'] as const;
export const zStep = z.enum(STEPS);
export type Step = (typeof STEPS)[number];

/** A special award: to the cent, and who approved it. `reason` is `reason-1` …: the words stand sealed in the notes. */
export const zAward = z.strictObject({
  amount: zDecimalText,
  reason: z.string().max(60),
  approved_by: z.array(zSubjectId).min(1).max(10),
});

/**
 * A rating by its line key: a decimal text, a word, a list of words or of decimals, or awards (schemes.md "Ratings"). Free words stand
 * here as `entry-1` … so that they can be counted; what was written stands sealed in the notes.
 */
export const zRatings = z.record(
  zCode,
  z.union([zDecimalText, z.string().max(60), z.array(z.string().max(60)).max(50), z.array(zAward).max(20)]),
);
export type Ratings = z.infer<typeof zRatings>;

/** The words of a rating line that takes free text, by their place in it from 1. */
export const zNotes = z.array(z.strictObject({ line: zCode, item: z.int().min(1), text: personalText() })).max(200);
export type Notes = z.infer<typeof zNotes>;

export const zScoreResult = z.strictObject({
  /** The scheme places people among each other and they are not placed yet: what builds on the place is still to come. */
  pending: z.literal(true).optional(),
  score: zDecimalText.nullable(),
  grade: zCode.nullable(),
  sections: z
    .array(
      z.strictObject({
        key: zCode,
        score: zDecimalText.nullable(),
        indicators: z.array(z.strictObject({ key: zCode, score: zDecimalText.nullable() })).max(100),
      }),
    )
    .max(30),
  payLines: z.array(z.strictObject({ key: zCode, amount: zDecimalText })).max(50),
  payTotal: zDecimalText.nullable(),
  /** Outcome values as the scheme names them, as JSON text parts: decimals and words are strings. */
  outcome: z.record(zCode, z.union([z.string(), z.int(), z.boolean(), z.null(), z.array(z.string())])),
  actions: z.array(zCode).max(20),
  errors: z.array(z.strictObject({ code: zCode, key: z.string().max(120) })).max(200),
});
export type ScoreResult = z.infer<typeof zScoreResult>;

/** A fact as used: its value and the log positions of the events it came from (several where a metric sums many). */
const zUsedFact = z.strictObject({
  key: zCode,
  value: zDecimalText,
  positions: z.array(z.int()).max(500),
  /** More positions than are kept here. */
  truncated: z.boolean().optional(),
});

/**
 * Where the person stands among the others whose score or fact the scheme ranks by: counts alone, never a list of others.
 * They are those of the cycle with a score at that log position; who is amended later is placed against the same.
 */
const zStanding = z.strictObject({
  /** The fact of the scheme: `group.scores`. */
  key: zCode,
  cycleId: zUuid,
  position: z.int().min(0),
  /** Under which value the person is in that group; null for who got a score later. */
  own: zDecimalText.nullable(),
  /** The value that was placed. */
  at: zDecimalText,
  /** Others in the group, how many of them are strictly ahead, how many level. */
  of: z.int().min(0),
  ahead: z.int().min(0),
  level: z.int().min(0),
});
export type Standing = z.infer<typeof zStanding>;

/** What a score stands on: all that the evaluator was given, so that the explanation tree can be computed again and must give that hash. */
export const zScoreBasis = z.strictObject({
  scheme: z.strictObject({ schemeId: zCode, version: zVersion }),
  evaluator: z.int().min(1),
  explanationHash: zHash,
  facts: z.array(zUsedFact).max(200),
  /** The ratings that counted, by line. */
  ratings: zRatings,
  /** Earlier periods, where the scheme reads them. */
  history: z
    .array(
      z.strictObject({
        period: zPeriod,
        score: zDecimalText.optional(),
        /** Where the score comes from. */
        positions: z.array(z.int()).max(10).optional(),
        facts: z.array(zUsedFact).max(100),
      }),
    )
    .max(60)
    .optional(),
  employee: z.record(zCode, z.string().max(120)).optional(),
  /** Where the scheme ranks people; absent while they are not placed. */
  standings: z.array(zStanding).max(20).optional(),
  /** The score alone is evaluated; places come when everyone has one. */
  until: z.literal('score').optional(),
  /** After a transfer inside the period: each manager's ratings with the working days that they weigh. */
  parts: z
    .array(z.strictObject({ part: z.int().min(1), workingDays: z.int().min(0), ratings: zRatings }))
    .max(12)
    .optional(),
  /** Facts and organisation were read at this log position. */
  asOf: z.int().min(0),
});
export type ScoreBasis = z.infer<typeof zScoreBasis>;

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
  schema: z.strictObject({ result: zScoreResult, basis: zScoreBasis, scoredAt: zInstant }),
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
] as const;
