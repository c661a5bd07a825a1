/** Every workflow and activity of the product runs on this one task queue. */
export const TASK_QUEUE = 'centum';

/** Registered names. They stand in histories, so they never change. */
export const WORKFLOW_TYPES = {
  appraisalCycle: 'appraisalCycle',
  cycleSweep: 'cycleSweep',
  appeal: 'appeal',
  payoutBatch: 'payoutBatch',
  coachingPlan: 'coachingPlan',
} as const;

/** Keyword attributes that are registered before any workflow starts. */
export const SEARCH_ATTRIBUTE_NAMES = { cycle: 'CentumCycle', phase: 'CentumPhase', region: 'CentumRegion', kind: 'CentumKind' } as const;

/** A killed worker costs little: its tasks are handed on after these. */
export const WORKFLOW_TASK_TIMEOUT_MS = 2_000;
export const STICKY_TIMEOUT_MS = 1_000;

/** Limits of the workflows; each wait, batch and history has one. */
export const WORKFLOW_LIMITS = {
  /** Cohorts of a sweep at work at the same time. */
  cohortsAtOnce: 4,
  /** A run that has this many events goes on as a new one. A step adds about ten. */
  historyEvents: 4_000,
  /** Nobody waits longer without looking at what is recorded: a lost signal costs a day at most. */
  longestWaitMs: 24 * 60 * 60 * 1_000,
  /** How often an unsettled cycle is looked at between signals. */
  settleRecheckMs: 6 * 60 * 60 * 1_000,
  /** A refused or failed step is tried again after this, doubling up to `stallMaxMs`, or when something is recorded. */
  stallFirstMs: 1_000,
  stallMaxMs: 15 * 60 * 1_000,
  heartbeatMs: 3_000,
  /** One try of a quick command or read. */
  quickMs: 10_000,
  /** One try of a cohort or of computing a batch. */
  batchMs: 10 * 60 * 1_000,
  retryFirstMs: 100,
  retryMaxMs: 30_000,
} as const;

/**
 * `<workflow id>/<phase>/<purpose>/<cohort or stream>/<round>`. Built by the workflow from what is recorded, never from a run,
 * an activity id or an attempt: the same step has the same key whoever tries it and however often.
 */
export function requestKey(workflowId: string, { phase, purpose, target, round }: StepName): string {
  return `${workflowId}/${phase}/${purpose}/${target}/${round}`;
}

/** `target` is a cohort or a stream. */
export interface StepName {
  readonly phase: string;
  readonly purpose: string;
  readonly target: string | number;
  readonly round: number;
}

/** Workflow id = stream id. */
export function cycleWorkflowId(cycleId: string): string {
  return `cycle-${cycleId}`;
}

/** `<cycle>/<phase>/<step>`, with the round where a step comes again. */
export function sweepWorkflowId(cycleId: string, phase: string, step: string, round: number): string {
  const base = `${cycleWorkflowId(cycleId)}/${phase}/${step}`;
  return round === 0 ? base : `${base}/${round}`;
}

export function appealWorkflowId(appealId: string): string {
  return `appeal-${appealId}`;
}

export function payoutWorkflowId(batchId: string): string {
  return `payout-${batchId}`;
}

export function coachingWorkflowId(planId: string): string {
  return `plan-${planId}`;
}
