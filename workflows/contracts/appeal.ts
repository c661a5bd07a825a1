import type { CommandOutcome, FollowInput } from './recorded';

export interface AppealInput extends FollowInput {
  readonly appealId: string;
}

export type AppealDuty = 'seat-panel' | 'make-offer';

export interface RecordedAppeal {
  readonly cycleId: string;
  readonly region: string;
  readonly stage: string;
  readonly terminal: boolean;
  /** Raised whenever stage or deadline change. */
  readonly round: number;
  /** The deadline of the stage; null while the clock is stopped or nothing is owed. */
  readonly dueAt: string | null;
  /** The deadline of the whole appeal, once accepted. */
  readonly decideBy: string | null;
  readonly decisionOverdueRecorded: boolean;
  /** What the system owes by itself as soon as the stage is reached. */
  readonly duty: AppealDuty | null;
}

export interface AppealActivities {
  loadAppeal(input: { readonly appealId: string }): Promise<RecordedAppeal>;
  doAppealDuty(input: { readonly appealId: string; readonly duty: AppealDuty; readonly requestKey: string }): Promise<CommandOutcome>;
  /** The deadline of this stage and round passed: records what follows (overdue, silence, replacement, closing). */
  passAppealDeadline(input: { readonly appealId: string; readonly stage: string; readonly requestKey: string }): Promise<CommandOutcome>;
  recordDecisionOverdue(input: { readonly appealId: string; readonly requestKey: string }): Promise<CommandOutcome>;
}
