import type { Instant, PersonalText, PlainDay, SubjectId } from '#kernel';
import type { Activity, Assessment, GateTime, PlanCause, Stage } from './events';

export const PLAN_STATUSES = ['on-track', 'at-risk', 'behind', 'paused', 'graduated', 'ended'] as const;
export type PlanStatus = (typeof PLAN_STATUSES)[number];
/** A status is derived, never typed, and always says why; `stage` names the gate it is about. */
export interface StatusWithReason {
  readonly status: PlanStatus;
  readonly reason:
    | 'gates-passed'
    | 'evidence-missing'
    | 'gate-overdue'
    | 'assessment-missing'
    | 'on-leave'
    | 'paused'
    | 'all-passed'
    | 'not-graduated'
    | 'stopped'
    | 'left'
    | 'replaced';
  readonly stage?: number;
  readonly missing?: readonly string[];
}

/** A week's talk with what was agreed on. */
export interface PlanReview {
  readonly week: number;
  readonly by: string;
  readonly at: Instant;
  readonly talk: PersonalText;
  readonly actions: readonly { readonly what: PersonalText; readonly due: PlainDay | null }[];
}

/** One step in the life of a plan: tries at gates, pauses, extensions, changes of the coach, the end. */
export interface PlanHappening {
  readonly what: string;
  readonly by: string;
  readonly at: Instant;
  readonly stage: number | null;
  readonly attempt: number | null;
  readonly days: number | null;
  /** As given by who did it; null where the act has none. */
  readonly reason: string | null;
  readonly missing: readonly string[];
}

export interface PlanRow {
  readonly planId: string;
  readonly subject: SubjectId;
  readonly coach: SubjectId;
  readonly mentor: SubjectId | null;
  readonly cause: PlanCause;
  readonly template: string;
  readonly startDay: PlainDay;
  readonly startedAt: Instant;
  /** The plan's day number now, without pauses. */
  readonly day: number;
  readonly pausedDays: number;
  readonly extensionDays: number;
  readonly stages: readonly Stage[];
  readonly gates: readonly (GateTime & {
    readonly state: 'open' | 'overdue' | 'passed';
    readonly attempts: number;
    /** Requirements that have not enough evidence yet. */
    readonly missing: readonly string[];
  })[];
  readonly evidence: readonly {
    readonly evidenceId: string;
    readonly stage: number;
    readonly requirement: string;
    readonly value: string | null;
    readonly decomposition: {
      readonly target: string;
      readonly parts: readonly { readonly label: string; readonly value: string }[];
    } | null;
    readonly by: SubjectId;
    readonly loggedAt: Instant;
    /** Logged or accepted by the coach. */
    readonly byCoach: boolean;
  }[];
  readonly assessmentDays: readonly number[];
  readonly activityPerDay: Activity | null;
  /** Newest first. */
  readonly reviews: readonly PlanReview[];
  /** Newest first. */
  readonly happenings: readonly PlanHappening[];
  readonly assessments: readonly { readonly day: number; readonly rater: 'self' | 'coach'; readonly values: Assessment }[];
  /** `evidenceId`, `stage`: what a note is about, where it is about one. */
  readonly notes: readonly {
    readonly what: string;
    readonly by: string;
    readonly at: Instant;
    readonly text: PersonalText;
    readonly evidenceId: string | null;
    readonly stage: number | null;
  }[];
  readonly status: StatusWithReason;
  readonly version: number;
  readonly position: number;
}

export interface DailyLog {
  readonly date: PlainDay;
  readonly day: number;
  readonly visits: number;
  readonly calls: number;
  readonly prospects: number;
  readonly quotes: number;
  readonly followUps: number;
  readonly note: PersonalText | null;
}

export interface PlanPage {
  readonly items: readonly PlanRow[];
  /** Plan id to go on from; absent on the last page. */
  readonly next?: string;
}

/** Statuses are derived at `now`; limits at most COACHING_LIMITS.page. */
export interface CoachingReader {
  plan(planId: string, now: Instant, asOf?: number): Promise<PlanRow | undefined>;
  list(query: {
    readonly subject?: SubjectId;
    /** Any of them. */
    readonly subjects?: readonly SubjectId[];
    readonly coach?: SubjectId;
    readonly live?: boolean;
    readonly after?: string;
    readonly limit: number;
    readonly now: Instant;
  }): Promise<PlanPage>;
  /** Newest day first. */
  dailyLogs(planId: string, limit: number): Promise<readonly DailyLog[]>;
  /** Ids of plans that have neither graduated nor ended. */
  livePlansOf(subject: SubjectId): Promise<readonly string[]>;
}

/** What the workflow of a plan needs to know; read from the stream itself. */
export interface PlanProgress {
  readonly terminal: boolean;
  readonly paused: boolean;
  /** Raised whenever the next deadline changes: part of request keys `plan-<id>/gate-<stage>/overdue/<round>`. */
  readonly round: number;
  /** The next gate deadline that is neither passed nor recorded as overdue; null when none is left: then only signals matter. */
  readonly next: { readonly stage: number; readonly dueAt: Instant } | null;
}

/** Implemented by `createCoachingWork` of #libs/coaching; the worker adapts it to activities. */
export interface CoachingWork {
  progress(planId: string): Promise<PlanProgress>;
  recordGateOverdue(input: {
    readonly planId: string;
    readonly stage: number;
    readonly requestKey: string;
  }): Promise<{ readonly done: boolean; readonly refused: string | null }>;
}
