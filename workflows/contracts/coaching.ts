import type { CommandOutcome, FollowInput } from './recorded';

export interface CoachingPlanInput extends FollowInput {
  readonly planId: string;
}

export interface RecordedPlan {
  /** Whose result started it; null when it was started otherwise. */
  readonly cycleId: string | null;
  readonly region: string;
  readonly terminal: boolean;
  readonly paused: boolean;
  /** Raised whenever the next deadline changes. */
  readonly round: number;
  /** The next gate that is neither passed nor recorded as overdue; its instant falls on a working day. */
  readonly next: { readonly stage: number; readonly dueAt: string } | null;
}

export interface CoachingActivities {
  loadPlan(input: { readonly planId: string }): Promise<RecordedPlan>;
  recordGateOverdue(input: { readonly planId: string; readonly stage: number; readonly requestKey: string }): Promise<CommandOutcome>;
}
