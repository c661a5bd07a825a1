import type { EventsOf } from '#libs/event-store';
import type { coachingEvents } from './events';

export type CoachingEvent = EventsOf<typeof coachingEvents>;
export {
  ASSESSMENT_DAYS,
  assessmentRecorded,
  coachChanged,
  COACHING_LIMITS,
  coachingEvents,
  coachingPlanStarted,
  dailyLogRecorded,
  DIMENSIONS,
  evidenceAccepted,
  evidenceLogged,
  gateFailed,
  gateOverdue,
  gatePassed,
  LOOP_STEPS,
  planEnded,
  planExtended,
  planGraduated,
  planPaused,
  planResumed,
  weeklyReviewRecorded,
  zActivity,
  zAssessment,
  zPlanCause,
  zStage,
} from './events';
export type { Activity, Assessment, GateTime, PlanCause, Requirement, Stage } from './events';
export type {
  AcceptEvidence,
  ChangeCoach,
  CoachingCommand,
  EndPlan,
  ExtendPlan,
  JudgeGate,
  LogEvidence,
  PausePlan,
  RecordAssessment,
  RecordDailyLog,
  RecordGateOverdue,
  RecordWeeklyReview,
  ResumePlan,
  StartCoachingPlan,
} from './commands';
export { PLAN_STATUSES } from './reader';
export type {
  CoachingReader,
  CoachingWork,
  DailyLog,
  PlanHappening,
  PlanPage,
  PlanProgress,
  PlanReview,
  PlanRow,
  PlanStatus,
  StatusWithReason,
} from './reader';
