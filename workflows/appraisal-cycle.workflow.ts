import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ChildWorkflowFailure, executeChild, log, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import { batchOptions, quickOptions } from './activity-options';
import {
  type AppraisalCycleInput,
  type CommandOutcome,
  type CycleActivities,
  type CycleBatchActivities,
  cycleWorkflowId,
  type RecordedCycle,
  requestKey,
  SEARCH_ATTRIBUTE_NAMES,
  sweepWorkflowId,
  WORKFLOW_TASK_TIMEOUT_MS,
  WORKFLOW_TYPES,
} from './contracts';
import type { cycleSweep } from './cycle-sweep.workflow';
import { type CycleAction, nextCycleStep, phaseShown } from './cycle-step.policy';
import { followRecord, keyword } from './follow-record';

const { loadCycle, openCyclePhase, closeCyclePhase, startPayout, closeCycle } = proxyLocalActivities<CycleActivities>(quickOptions);
const { publishCycle } = proxyActivities<CycleBatchActivities>(batchOptions);

/**
 * One per cycle: opens, reminds, closes and publishes at the instants of the recorded plan. Pause, extension and
 * cancelling reach it only as recorded events. Each mass action is a child workflow.
 */
export async function appraisalCycle(input: AppraisalCycleInput): Promise<void> {
  const { cycleId } = input;
  await followRecord({
    input,
    load: () => loadCycle({ cycleId }),
    next: nextCycleStep,
    perform: async (action, cycle) =>
      action.kind === 'sweep' ? runSweep(cycleId, action, cycle) : accepted(action, await command(cycleId, action)),
    show: (cycle) => ({ kind: 'cycle', cycle: cycleId, phase: phaseShown(cycle), region: cycle.region }),
  });
}

function command(cycleId: string, action: Exclude<CycleAction, { kind: 'sweep' }>): Promise<CommandOutcome> {
  const key = (phase: string, purpose: string): string =>
    requestKey(cycleWorkflowId(cycleId), { phase, purpose, target: 'cycle', round: 0 });
  switch (action.kind) {
    case 'open-phase':
      return openCyclePhase({ cycleId, phase: action.phase, requestKey: key(action.phase, 'open-phase') });
    case 'close-phase':
      return closeCyclePhase({
        cycleId,
        phase: action.phase,
        cause: action.cause,
        requestKey: key(action.phase, `close-phase-${action.cause}`),
      });
    case 'publish':
      return publishCycle({ cycleId, requestKey: key('publication', 'publish') });
    case 'start-payout':
      return startPayout({ cycleId, requestKey: key('payout', 'start') });
    case 'close-cycle':
      return closeCycle({ cycleId, requestKey: key('cycle', 'close') });
  }
}

/** The child records the sweep itself, so the parent's history grows by its start and end alone. */
async function runSweep(cycleId: string, action: Extract<CycleAction, { kind: 'sweep' }>, { region }: RecordedCycle): Promise<boolean> {
  const { phase, step, round } = action;
  try {
    await executeChild<typeof cycleSweep>(WORKFLOW_TYPES.cycleSweep, {
      workflowId: sweepWorkflowId(cycleId, phase, step, round),
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
      args: [{ cycleId, phase, step, round }],
      typedSearchAttributes: [
        keyword(SEARCH_ATTRIBUTE_NAMES.kind, `sweep-${step}`),
        keyword(SEARCH_ATTRIBUTE_NAMES.cycle, cycleId),
        keyword(SEARCH_ATTRIBUTE_NAMES.phase, phase),
        keyword(SEARCH_ATTRIBUTE_NAMES.region, region),
      ],
    });
    return true;
  } catch (error) {
    // Not recorded then, so the step comes again; the request keys of each person make a second run harmless.
    if (!(error instanceof ChildWorkflowFailure || error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    log.error('a sweep did not end', { phase, step, round, reason: error.message });
    return false;
  }
}

function accepted(action: CycleAction, outcome: CommandOutcome): boolean {
  if (outcome.kind === 'refused') log.info('a step was refused', { step: action.key, code: outcome.code });
  return outcome.kind === 'done';
}
