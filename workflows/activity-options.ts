import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';
import { WORKFLOW_LIMITS } from './contracts';

/**
 * A workflow never gives up on the record: it would end, and a workflow that ended is not started again. So tries are
 * without end, each one bounded, and a failure shows in the worker's log and in Temporal.
 */
const retry = {
  initialInterval: WORKFLOW_LIMITS.retryFirstMs,
  backoffCoefficient: 2,
  maximumInterval: WORKFLOW_LIMITS.retryMaxMs,
} as const;

/**
 * Reads and single commands run inside the workflow task: one event each. A backoff over a second becomes a timer, so
 * that the task does not beat on while the database is away.
 */
export const quickOptions: LocalActivityOptions = { startToCloseTimeout: WORKFLOW_LIMITS.quickMs, localRetryThreshold: 1_000, retry };

/** Batches heartbeat: a killed worker is noticed in seconds and the next one goes on where it stopped. */
export const batchOptions: ActivityOptions = {
  startToCloseTimeout: WORKFLOW_LIMITS.batchMs,
  heartbeatTimeout: WORKFLOW_LIMITS.heartbeatMs,
  retry,
};
