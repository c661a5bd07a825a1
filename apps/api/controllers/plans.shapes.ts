import { z } from 'zod';
import { COACHING_LIMITS, PLAN_STATUSES, zActivity, zAssessment, zPlanCause, zStage } from '#libs/coaching/contracts';
import { zCode, zDecimalText, zInstant, zLabel, zPlainDay, zSubjectId, zUuid } from '#libs/kernel/schema';
import { zPageQuery } from '../http/page';

const zText = z.string().trim().min(1).max(4_000);
const zCount = z.int().min(0).max(999);
/** A target in parts that sum to it. */
const zDecomposition = z.strictObject({
  target: zDecimalText,
  parts: z
    .array(z.strictObject({ label: zLabel, value: zDecimalText }))
    .min(1)
    .max(COACHING_LIMITS.parts),
});
export const zStart = z.strictObject({
  subject: zSubjectId,
  coach: zSubjectId,
  mentor: zSubjectId.optional(),
  cause: z.union([z.strictObject({ kind: z.literal('hr'), reason: zLabel }), z.strictObject({ kind: z.literal('new-hire') })]),
  stages: z.array(zStage).min(1).max(COACHING_LIMITS.stages).optional(),
  template: zCode.optional(),
  activityPerDay: zActivity.optional(),
  dayLengthMs: z.int().min(50).max(86_400_000).optional(),
});

/** Everything that people do with a plan once it runs, told by `act`. */
export const zAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('change-coach'), coach: zSubjectId }),
  z.strictObject({
    act: z.literal('log-evidence'),
    stage: z.int().min(1).max(COACHING_LIMITS.stages),
    requirement: zCode,
    value: zDecimalText.optional(),
    decomposition: zDecomposition.optional(),
    note: zText.optional(),
  }),
  z.strictObject({ act: z.literal('accept-evidence'), evidenceId: zUuid }),
  z.strictObject({
    act: z.literal('judge-gate'),
    stage: z.int().min(1).max(COACHING_LIMITS.stages),
    passed: z.boolean(),
    note: zText.optional(),
  }),
  z.strictObject({ act: z.literal('pause'), cause: z.enum(['leave', 'pause']), reason: zLabel }),
  z.strictObject({ act: z.literal('resume') }),
  z.strictObject({ act: z.literal('extend'), days: z.int().min(1).max(COACHING_LIMITS.extensionDays), reason: zLabel }),
  z.strictObject({ act: z.literal('assess'), day: z.int().min(1).max(COACHING_LIMITS.planDays), values: zAssessment }),
  z.strictObject({
    act: z.literal('log-day'),
    date: zPlainDay.optional(),
    visits: zCount,
    calls: z.int().min(0).max(9_999),
    prospects: zCount,
    quotes: zCount,
    followUps: zCount,
    note: zText.optional(),
  }),
  z.strictObject({
    act: z.literal('review-week'),
    week: z.int().min(1).max(30),
    talk: zText,
    actions: z.array(z.strictObject({ what: zText, due: zPlainDay.optional() })).max(20),
  }),
  z.strictObject({ act: z.literal('end'), outcome: z.enum(['not-graduated', 'stopped', 'left', 'replaced']), reason: zLabel }),
]);
export const zPlan = z
  .strictObject({
    planId: zUuid,
    subject: zSubjectId,
    name: z.string().nullable(),
    coach: zSubjectId,
    coachName: z.string().nullable(),
    mentor: zSubjectId.nullable(),
    mentorName: z.string().nullable(),
    cause: zPlanCause,
    template: z.string(),
    startDay: zPlainDay,
    startedAt: zInstant,
    day: z.int(),
    pausedDays: z.int(),
    extensionDays: z.int(),
    stages: z.array(zStage),
    gates: z.array(
      z.strictObject({
        stage: z.int(),
        dueDay: zPlainDay,
        dueAt: zInstant,
        atRiskFrom: zInstant,
        state: z.enum(['open', 'overdue', 'passed']),
        attempts: z.int(),
        missing: z.array(z.string()),
      }),
    ),
    evidence: z.array(
      z.strictObject({
        evidenceId: zUuid,
        stage: z.int(),
        requirement: z.string(),
        value: z.string().nullable(),
        decomposition: zDecomposition.nullable(),
        by: zSubjectId,
        byName: z.string().nullable(),
        loggedAt: zInstant,
        byCoach: z.boolean().describe('Logged or accepted by the coach'),
        note: z.string().nullable(),
      }),
    ),
    assessmentDays: z.array(z.int()),
    activityPerDay: zActivity.nullable().describe('What a working day is meant to hold; null where the plan sets none'),
    assessments: z.array(z.strictObject({ day: z.int(), rater: z.enum(['self', 'coach']), values: zAssessment })),
    notes: z.array(
      z.strictObject({
        what: z.string(),
        by: z.string(),
        byName: z.string().nullable(),
        at: zInstant,
        text: z.string().nullable(),
        stage: z.int().nullable(),
      }),
    ),
    reviews: z
      .array(
        z.strictObject({
          week: z.int(),
          by: z.string(),
          byName: z.string().nullable(),
          at: zInstant,
          talk: z.string().nullable(),
          actions: z.array(z.strictObject({ what: z.string().nullable(), due: zPlainDay.nullable() })),
        }),
      )
      .describe('Newest first'),
    happenings: z
      .array(
        z.strictObject({
          what: z.string(),
          by: z.string(),
          byName: z.string().nullable(),
          at: zInstant,
          stage: z.int().nullable(),
          attempt: z.int().nullable(),
          days: z.int().nullable(),
          reason: z.string().nullable(),
          missing: z.array(z.string()),
        }),
      )
      .describe('Newest first: tries at gates, pauses, extensions, changes of the coach, the end'),
    status: z.strictObject({
      status: z.enum(PLAN_STATUSES),
      reason: z.string(),
      stage: z.int().optional(),
      missing: z.array(z.string()).optional(),
    }),
    version: z.int(),
  })
  .meta({ id: 'Plan' });
export type PlanBody = z.infer<typeof zPlan>;
export const zListQuery = zPageQuery.extend({
  subject: zSubjectId.optional(),
  coach: zSubjectId.optional(),
  whose: z.literal('line').optional().describe('Of the people below the caller in the line, five levels deep'),
  live: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  limit: z.coerce.number().int().min(1).max(COACHING_LIMITS.page).default(50),
});
export const zLog = z.strictObject({
  date: zPlainDay,
  day: z.int(),
  visits: z.int(),
  calls: z.int(),
  prospects: z.int(),
  quotes: z.int(),
  followUps: z.int(),
  note: z.string().nullable(),
});
export type LogBody = z.infer<typeof zLog>;
