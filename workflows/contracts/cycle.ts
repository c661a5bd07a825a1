import type { CommandOutcome, FollowInput } from './recorded';

/** The same words as the cycle's own contract; the worker's types prove it. */
export type CyclePhase = 'self-review' | 'manager-review' | 'second-review' | 'publication' | 'confirmation' | 'appeals' | 'payout';
export type CycleStepName = 'open' | 'remind' | 'close' | 'score' | 'rank' | 'publish' | 'cancel' | 'finalise';
export type CloseCause = 'all-done' | 'deadline' | 'advanced';

export interface AppraisalCycleInput extends FollowInput {
  readonly cycleId: string;
}

/** Instants are texts in UTC with milliseconds. */
export interface RecordedPhase {
  readonly phase: CyclePhase;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly remindAt: readonly string[];
  readonly opened: boolean;
  /** Everyone is done before the deadline. */
  readonly completed: boolean;
  /** Why it was closed; null while it isn't. */
  readonly closed: CloseCause | null;
}

export interface RecordedSweep {
  readonly phase: CyclePhase;
  readonly step: CycleStepName;
  readonly round: number;
}

/** What a cycle's workflow loads before each choice: enough to take up from, whatever happened to its own history. */
export interface RecordedCycle {
  readonly status: 'running' | 'paused' | 'cancelled' | 'closed';
  readonly region: string;
  readonly phases: readonly RecordedPhase[];
  readonly sweeps: readonly RecordedSweep[];
  readonly published: boolean;
  /** The regular batch is started; it has a workflow of its own. */
  readonly payoutStarted: boolean;
  /** What keeps a published cycle from closing; null until it is published. */
  readonly unsettled: CycleUnsettled | null;
  /** Demo and tests: milliseconds that stand for one working day. */
  readonly dayLengthMs: number | null;
  /** Everyone is scored and placed before anything is published; absent in what was recorded before there were places. */
  readonly ranked?: boolean;
}

export interface CycleUnsettled {
  readonly openAppeals: number;
  readonly heldLines: number;
  /** Batches that are not released yet. */
  readonly unpaidBatches: number;
}

export interface CycleSweepInput {
  readonly cycleId: string;
  readonly phase: CyclePhase;
  readonly step: CycleStepName;
  readonly round: number;
  readonly carried?: SweepCarried;
  readonly historyEvents?: number;
}

/** Totals of the cohorts that are done. */
export interface SweepCount {
  readonly members: number;
  readonly handled: number;
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
}

export interface SweepCarried {
  readonly plan: SweepPlan;
  readonly nextCohort: number;
  readonly count: SweepCount;
}

export interface SweepPlan {
  readonly cohorts: number;
  /** Members are those of this log position; a batch waits until the projection has reached it. */
  readonly asOf: number;
}

export interface SweepRequest {
  readonly cycleId: string;
  readonly phase: CyclePhase;
  readonly step: CycleStepName;
  readonly round: number;
}

export interface CohortRequest extends SweepRequest {
  readonly cohort: number;
  readonly asOf: number;
}

/** Heartbeat details of a cohort batch; the next try goes on after `afterSubject`. */
export interface CohortProgress extends SweepCount {
  readonly cohort: number;
  readonly afterSubject: string | null;
}

export interface PhaseCommand {
  readonly cycleId: string;
  readonly phase: CyclePhase;
  readonly requestKey: string;
}

/** Quick reads and single commands; the worker runs them inside the workflow task. */
export interface CycleActivities {
  loadCycle(input: { readonly cycleId: string }): Promise<RecordedCycle>;
  openCyclePhase(input: PhaseCommand): Promise<CommandOutcome>;
  closeCyclePhase(input: PhaseCommand & { readonly cause: CloseCause }): Promise<CommandOutcome>;
  /** Starts the regular batch. */
  startPayout(input: { readonly cycleId: string; readonly requestKey: string }): Promise<CommandOutcome>;
  closeCycle(input: { readonly cycleId: string; readonly requestKey: string }): Promise<CommandOutcome>;
  planSweep(input: SweepRequest): Promise<SweepPlan>;
  /** `asOf`: of a step that places people, the position that their group was frozen at. */
  recordSweep(input: SweepRequest & SweepCount & { readonly asOf?: number; readonly requestKey: string }): Promise<CommandOutcome>;
}

/** Long ones, or such as wait for read models: they heartbeat, and the first takes up where it stopped. */
export interface CycleBatchActivities {
  /** Thrown as a failure to be tried again when members ≠ handled + excluded. */
  sweepCohort(input: CohortRequest): Promise<SweepCount>;
  publishCycle(input: { readonly cycleId: string; readonly requestKey: string }): Promise<CommandOutcome>;
}
