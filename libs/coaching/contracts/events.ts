import { defineEvent, personalText } from '#libs/event-store';
import { zActorId, zCode, zDecimalText, zHash, zInstant, zLabel, zPlainDay, zSubjectId, zUuid } from '#libs/kernel/schema';
import { z } from 'zod';
import { COACHING_GOLDEN } from './golden';

/* Storage format. Stream: `plan-<planId>`. Day numbers count calendar days from the start day (day 1), without pauses. */

export const COACHING_LIMITS = {
  stages: 12,
  requirements: 6,
  evidence: 400,
  evidenceFiles: 10,
  parts: 60,
  pauses: 30,
  extensionDays: 30,
  planDays: 400,
  actions: 30,
  page: 100,
  /** Reviews and happenings that a plan's page shows: the newest. */
  shownReviews: 60,
  shownHappenings: 200,
} as const;

/** The six dimensions 身 心 智 知 技 行. */
export const DIMENSIONS = ['body', 'mind', 'thinking', 'knowledge', 'skill', 'action'] as const;
export const ASSESSMENT_DAYS = [1, 50, 100] as const;
/** The loop of each stage: 培训 辅导 实践 总结. */
export const LOOP_STEPS = ['training', 'coaching', 'practice', 'summary'] as const;

/** What a gate asks for: `count` pieces of evidence of that key, each within the bounds of its measure. */
export const zRequirement = z.strictObject({
  key: zCode,
  count: z.int().min(1).max(20),
  measure: z.enum(['done', 'score', 'rating', 'percent', 'days', 'decomposition']),
  atLeast: zDecimalText.optional(),
  atMost: zDecimalText.optional(),
  /** Only evidence that the coach logged or accepted counts. */
  byCoach: z.boolean(),
});
export type Requirement = z.infer<typeof zRequirement>;
export const zStage = z.strictObject({
  stage: z.int().min(1).max(COACHING_LIMITS.stages),
  key: zCode,
  fromDay: z.int().min(1).max(COACHING_LIMITS.planDays),
  toDay: z.int().min(1).max(COACHING_LIMITS.planDays),
  requirements: z.array(zRequirement).min(1).max(COACHING_LIMITS.requirements),
});
export type Stage = z.infer<typeof zStage>;
/** What a working day of the plan is meant to hold; logs are looked at beside it. */
export const zActivity = z.strictObject({
  visits: z.int().min(0).max(99),
  calls: z.int().min(0).max(999),
  prospects: z.int().min(0).max(99),
  quotes: z.int().min(0).max(99),
  followUps: z.int().min(0).max(99),
});
export type Activity = z.infer<typeof zActivity>;
/** Derived on the plan's calendar: the deadline falls on a working day; within `atRiskFrom`–`dueAt` missing evidence is a risk. */
export const zGateTime = z.strictObject({
  stage: z.int().min(1).max(COACHING_LIMITS.stages),
  dueDay: zPlainDay,
  dueAt: zInstant,
  atRiskFrom: zInstant,
});
export type GateTime = z.infer<typeof zGateTime>;
export const zPlanCalendar = z.strictObject({ region: zCode, version: z.string().max(120), zone: z.string().max(60) });
export const zPlanCause = z.union([
  z.strictObject({ kind: z.literal('grade'), cycleId: zUuid, appraisalId: z.string().max(100), rule: zCode }),
  z.strictObject({ kind: z.literal('hr'), reason: zLabel }),
  z.strictObject({ kind: z.literal('new-hire') }),
]);
export type PlanCause = z.infer<typeof zPlanCause>;

export const coachingPlanStarted = defineEvent({
  type: 'CoachingPlanStarted',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    subject: zSubjectId,
    coach: zSubjectId,
    mentor: zSubjectId.optional(),
    cause: zPlanCause,
    template: zCode,
    startDay: zPlainDay,
    calendar: zPlanCalendar,
    stages: z.array(zStage).min(1).max(COACHING_LIMITS.stages),
    gates: z.array(zGateTime).min(1).max(COACHING_LIMITS.stages),
    /** Day numbers of the assessments, the last one needed to graduate. */
    assessmentDays: z.array(z.int().min(1).max(COACHING_LIMITS.planDays)).min(1).max(5),
    /** Absent in plans that set no activity. */
    activityPerDay: zActivity.optional(),
    /** Demo and tests only: milliseconds that stand for one calendar day. */
    dayLengthMs: z.int().min(1).optional(),
    startedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.CoachingPlanStarted },
});
export const coachChanged = defineEvent({
  type: 'CoachChanged',
  version: 1,
  schema: z.strictObject({ planId: zUuid, coach: zSubjectId, previous: zSubjectId, by: zActorId, changedAt: zInstant }),
  golden: { 1: COACHING_GOLDEN.CoachChanged },
});
export const evidenceLogged = defineEvent({
  type: 'EvidenceLogged',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    evidenceId: zUuid,
    stage: z.int().min(1),
    requirement: zCode,
    value: zDecimalText.optional(),
    /** For goal decomposition: the parts sum to the target. */
    decomposition: z
      .strictObject({
        target: zDecimalText,
        parts: z
          .array(z.strictObject({ label: zLabel, value: zDecimalText }))
          .min(1)
          .max(COACHING_LIMITS.parts),
      })
      .optional(),
    note: personalText().optional(),
    files: z
      .array(z.strictObject({ hash: zHash, mediaType: z.string().max(100), bytes: z.int().min(1), name: personalText() }))
      .max(COACHING_LIMITS.evidenceFiles),
    by: zSubjectId,
    loggedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.EvidenceLogged },
});
export const evidenceAccepted = defineEvent({
  type: 'EvidenceAccepted',
  version: 1,
  schema: z.strictObject({ planId: zUuid, evidenceId: zUuid, by: zSubjectId, acceptedAt: zInstant }),
  golden: { 1: COACHING_GOLDEN.EvidenceAccepted },
});
/** Each try is kept; `attempt` counts from 1 within the stage. */
export const gatePassed = defineEvent({
  type: 'GatePassed',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    stage: z.int(),
    attempt: z.int().min(1),
    evidence: z.array(zUuid).max(COACHING_LIMITS.evidence),
    late: z.boolean(),
    note: personalText().optional(),
    by: zSubjectId,
    passedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.GatePassed },
});
export const gateFailed = defineEvent({
  type: 'GateFailed',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    stage: z.int(),
    attempt: z.int().min(1),
    missing: z.array(zCode).max(COACHING_LIMITS.requirements),
    note: personalText().optional(),
    by: zSubjectId,
    failedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.GateFailed },
});
export const gateOverdue = defineEvent({
  type: 'GateOverdue',
  version: 1,
  schema: z.strictObject({ planId: zUuid, subject: zSubjectId, coach: zSubjectId, stage: z.int(), dueAt: zInstant, at: zInstant }),
  golden: { 1: COACHING_GOLDEN.GateOverdue },
});
/** The day clock and the deadlines stop. */
export const planPaused = defineEvent({
  type: 'PlanPaused',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    cause: z.enum(['leave', 'pause']),
    reason: zLabel,
    by: zActorId,
    day: z.int().min(1),
    pausedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.PlanPaused },
});
/** Open gates move by the days paused. */
export const planResumed = defineEvent({
  type: 'PlanResumed',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    by: zActorId,
    pausedDays: z.int().min(0),
    pausedDaysInAll: z.int().min(0),
    gates: z.array(zGateTime).max(COACHING_LIMITS.stages),
    resumedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.PlanResumed },
});
/** Once, by at most 30 days. */
export const planExtended = defineEvent({
  type: 'PlanExtended',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    days: z.int().min(1).max(COACHING_LIMITS.extensionDays),
    reason: zLabel,
    gates: z.array(zGateTime).max(COACHING_LIMITS.stages),
    by: zActorId,
    extendedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.PlanExtended },
});
const zDimension = z.int().min(0).max(5);
export const zAssessment = z.strictObject({
  body: zDimension,
  mind: zDimension,
  thinking: zDimension,
  knowledge: zDimension,
  skill: zDimension,
  action: zDimension,
});
export type Assessment = z.infer<typeof zAssessment>;
export const assessmentRecorded = defineEvent({
  type: 'AssessmentRecorded',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    day: z.int().min(1),
    rater: z.enum(['self', 'coach']),
    by: zSubjectId,
    values: zAssessment,
    recordedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.AssessmentRecorded },
});
/** Counts of the day; a second log of a day replaces the first. */
export const dailyLogRecorded = defineEvent({
  type: 'DailyLogRecorded',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    date: zPlainDay,
    day: z.int().min(1),
    visits: z.int().min(0).max(999),
    calls: z.int().min(0).max(9999),
    prospects: z.int().min(0).max(999),
    quotes: z.int().min(0).max(999),
    followUps: z.int().min(0).max(999),
    note: personalText().optional(),
    by: zActorId,
    recordedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.DailyLogRecorded },
});
export const weeklyReviewRecorded = defineEvent({
  type: 'WeeklyReviewRecorded',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    week: z.int().min(1),
    talk: personalText(),
    actions: z.array(z.strictObject({ what: personalText(), due: zPlainDay.optional() })).max(COACHING_LIMITS.actions),
    by: zSubjectId,
    recordedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.WeeklyReviewRecorded },
});
export const planGraduated = defineEvent({
  type: 'PlanGraduated',
  version: 1,
  schema: z.strictObject({ planId: zUuid, subject: zSubjectId, day: z.int().min(1), graduatedAt: zInstant }),
  golden: { 1: COACHING_GOLDEN.PlanGraduated },
});
export const planEnded = defineEvent({
  type: 'PlanEnded',
  version: 1,
  schema: z.strictObject({
    planId: zUuid,
    subject: zSubjectId,
    outcome: z.enum(['not-graduated', 'stopped', 'left', 'replaced']),
    reason: zLabel,
    by: zActorId,
    endedAt: zInstant,
  }),
  golden: { 1: COACHING_GOLDEN.PlanEnded },
});

export const coachingEvents = [
  coachingPlanStarted,
  coachChanged,
  evidenceLogged,
  evidenceAccepted,
  gatePassed,
  gateFailed,
  gateOverdue,
  planPaused,
  planResumed,
  planExtended,
  assessmentRecorded,
  dailyLogRecorded,
  weeklyReviewRecorded,
  planGraduated,
  planEnded,
] as const;
