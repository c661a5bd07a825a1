import type { PersonalText, PlainDay, SubjectId } from '#kernel';
import type { Activity, Assessment, GateTime, PlanCause, Stage } from './events';

export interface StartCoachingPlan {
  readonly type: 'StartCoachingPlan';
  readonly data: {
    readonly planId: string;
    readonly subject: SubjectId;
    readonly coach: SubjectId;
    readonly mentor?: SubjectId | undefined;
    readonly cause: PlanCause;
    readonly template: string;
    readonly startDay: PlainDay;
    readonly calendar: { readonly region: string; readonly version: string; readonly zone: string };
    readonly stages: readonly Stage[];
    readonly gates: readonly GateTime[];
    readonly assessmentDays: readonly number[];
    readonly activityPerDay?: Activity | undefined;
    readonly dayLengthMs?: number | undefined;
  };
}
export interface ChangeCoach {
  readonly type: 'ChangeCoach';
  readonly data: { readonly coach: SubjectId };
}
export interface LogEvidence {
  readonly type: 'LogEvidence';
  readonly data: {
    readonly evidenceId: string;
    readonly stage: number;
    readonly requirement: string;
    readonly value?: string | undefined;
    readonly decomposition?:
      { readonly target: string; readonly parts: readonly { readonly label: string; readonly value: string }[] } | undefined;
    readonly note?: PersonalText | undefined;
    readonly files: readonly { readonly hash: string; readonly mediaType: string; readonly bytes: number; readonly name: PersonalText }[];
  };
}
export interface AcceptEvidence {
  readonly type: 'AcceptEvidence';
  readonly data: { readonly evidenceId: string };
}
/** By the coach. Passing is refused while the gate's evidence is missing. */
export interface JudgeGate {
  readonly type: 'JudgeGate';
  readonly data: {
    /** The plan's day number now. */ readonly today: number;
    readonly stage: number;
    readonly passed: boolean;
    readonly note?: PersonalText | undefined;
  };
}
/** By the workflow at the gate's deadline. */
export interface RecordGateOverdue {
  readonly type: 'RecordGateOverdue';
  readonly data: { readonly stage: number };
}
/** Day numbers and new gate times are derived by the handler on the plan's calendar. */
export interface PausePlan {
  readonly type: 'PausePlan';
  readonly data: { readonly cause: 'leave' | 'pause'; readonly reason: string; readonly day: number };
}
export interface ResumePlan {
  readonly type: 'ResumePlan';
  readonly data: { readonly pausedDays: number; readonly gates: readonly GateTime[] };
}
export interface ExtendPlan {
  readonly type: 'ExtendPlan';
  readonly data: { readonly days: number; readonly reason: string; readonly gates: readonly GateTime[] };
}
export interface RecordAssessment {
  readonly type: 'RecordAssessment';
  /** `today` is the plan's day number now; an assessment is taken from its day on. */
  readonly data: { readonly day: number; readonly today: number; readonly values: Assessment };
}
export interface RecordDailyLog {
  readonly type: 'RecordDailyLog';
  readonly data: {
    readonly date: PlainDay;
    readonly day: number;
    readonly visits: number;
    readonly calls: number;
    readonly prospects: number;
    readonly quotes: number;
    readonly followUps: number;
    readonly note?: PersonalText | undefined;
  };
}
export interface RecordWeeklyReview {
  readonly type: 'RecordWeeklyReview';
  readonly data: {
    readonly week: number;
    readonly talk: PersonalText;
    readonly actions: readonly { readonly what: PersonalText; readonly due?: PlainDay | undefined }[];
  };
}
export interface EndPlan {
  readonly type: 'EndPlan';
  readonly data: { readonly outcome: 'not-graduated' | 'stopped' | 'left' | 'replaced'; readonly reason: string };
}
export type CoachingCommand =
  | StartCoachingPlan
  | ChangeCoach
  | LogEvidence
  | AcceptEvidence
  | JudgeGate
  | RecordGateOverdue
  | PausePlan
  | ResumePlan
  | ExtendPlan
  | RecordAssessment
  | RecordDailyLog
  | RecordWeeklyReview
  | EndPlan;
