import type { Instant, PlainDay, SubjectId } from '#kernel';
import type { GateTime, PlanCause, Stage } from './events';

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

export interface PlanRow {
  readonly planId: string;
  readonly subject: SubjectId;
  readonly coach: SubjectId;
  readonly cause: PlanCause;
  readonly template: string;
  readonly startDay: PlainDay;
  readonly day: number;
  readonly stages: readonly Stage[];
  readonly gates: readonly (GateTime & { readonly state: 'open' | 'overdue' | 'passed'; readonly attempts: number })[];
  readonly status: StatusWithReason;
  readonly startedAt: Instant;
  readonly version: number;
}

export interface CoachingReader {
  plan(planId: string, now: Instant): Promise<PlanRow | undefined>;
  /** Plans that have neither graduated nor ended. */
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
