import { z } from 'zod';
import { type Figure, SHEET_LIMITS, type WordsOfAppraisal } from '#libs/appraisal';
import { zStep } from '#libs/appraisal/contracts';
import { PLAN_STATUSES } from '#libs/coaching/contracts';
import { zInstant, zSubjectId, zUuid } from '#libs/kernel/schema';
import { zTitle } from '#libs/scheme/contracts';
import { zPageQuery } from '../http/page';
import { zAppraisal, zDetail } from './appraisals.shapes';
import { zRatingLine } from './rating-lines.shapes';

export const zTeamQuery = zPageQuery.extend({
  cycleId: zUuid.optional().describe('Where their appraisals of this cycle stand; the people alone when absent'),
  whose: z.enum(['direct', 'line']).default('direct').describe("Direct reports, or theirs, too: a regional manager's teams"),
  after: zSubjectId.optional(),
});
export const zSheetsQuery = zPageQuery.extend({
  cycleId: zUuid,
  step: z.enum(['manager-review', 'second-review']).default('manager-review'),
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(SHEET_LIMITS.page).default(SHEET_LIMITS.page),
});

const zNamed = z.strictObject({ subject: zSubjectId, name: z.string().nullable() });

/** A fact of the period with the target it is held against. `completion`: value ÷ target to four decimals. */
export const zFigure = z
  .strictObject({
    key: z.string(),
    title: zTitle,
    unit: z.enum(['money', 'count', 'days', 'percent', 'number']),
    value: z.string().nullable(),
    target: z.strictObject({ key: z.string(), value: z.string().nullable(), accepted: z.boolean() }).nullable(),
    completion: z.string().nullable(),
  })
  .meta({ id: 'Figure' });

export const zTeamMember = z
  .strictObject({
    subject: zSubjectId,
    name: z.string().nullable(),
    position: z.string().nullable(),
    department: z.string(),
    team: z.string().nullable(),
    region: z.string().nullable(),
    manager: zNamed.nullable(),
    appraisal: zAppraisal.nullable(),
    /** Until when the open step is to be done; null where none is open. */
    dueAt: zInstant.nullable(),
    overdue: z.boolean(),
    /** What the team is compared by: the first figure of the scheme that has a target. */
    main: zFigure.nullable(),
    plan: z.strictObject({ planId: zUuid, status: z.enum(PLAN_STATUSES), reason: z.string(), day: z.int(), coach: zSubjectId }).nullable(),
  })
  .meta({ id: 'TeamMember' });

/** Of the people of one team: facts together ÷ targets together. `team` null: those who stand in none. */
export const zTeamCompletion = z.strictObject({
  team: z.string().nullable(),
  people: z.int(),
  main: zFigure,
});

const zSentBack = z.strictObject({ by: zNamed, toStep: zStep, reason: z.string().nullable(), at: zInstant });
/** `reason`, `text`: null once erased. */
export const zWords = z.strictObject({
  sentBack: z.array(zSentBack),
  objection: z
    .strictObject({
      reason: z.string().nullable(),
      at: zInstant,
      answer: z.strictObject({ by: zNamed, text: z.string().nullable(), at: zInstant }).nullable(),
    })
    .nullable(),
});
export type WordsBody = z.infer<typeof zWords>;

/** Everything that a rater looks at and fills in for one person. */
export const zSheet = z
  .strictObject({
    appraisal: zAppraisal,
    task: z.strictObject({
      place: z.int(),
      step: zStep,
      level: z.int().nullable(),
      part: z.int().nullable(),
      department: z.string().nullable(),
      state: z.enum(['open', 'submitted', 'skipped']),
      late: z.boolean(),
    }),
    /** Why it can't be done now; null when it can. */
    waits: z.enum(['not-begun', 'earlier-step', 'done', 'closed']).nullable(),
    dueAt: zInstant.nullable(),
    /** For If-Match: `"v<version>"`. */
    version: z.int(),
    lines: z.array(zRatingLine),
    /** Every line that somebody rates in this step or before: the titles of what was submitted. */
    rated: z.array(zRatingLine),
    figures: z.array(zFigure),
    submissions: zDetail.shape.submissions,
    sentBack: z.array(zSentBack),
  })
  .meta({ id: 'RaterSheet' });
export type SheetBody = z.infer<typeof zSheet>;

export function figureBody({ title, ...figure }: Figure): z.infer<typeof zFigure> {
  return { ...figure, title: { ...title } };
}

/** Sealed words opened, with the names of those who said them. */
export function wordsBody(
  { sentBack, objection }: WordsOfAppraisal,
  open: {
    readonly text: (sealed: WordsOfAppraisal['sentBack'][number]['reason']) => string | null;
    readonly name: (of: string) => string | null;
  },
): WordsBody {
  return {
    sentBack: sentBack.map(({ by, toStep, reason, at }) => ({
      by: { subject: by, name: open.name(by) },
      toStep,
      reason: open.text(reason),
      at,
    })),
    objection: objection && {
      reason: open.text(objection.reason),
      at: objection.at,
      answer: objection.answer && {
        by: { subject: objection.answer.by, name: open.name(objection.answer.by) },
        text: open.text(objection.answer.text),
        at: objection.answer.at,
      },
    },
  };
}
