import { log, proxyLocalActivities } from '@temporalio/workflow';
import { quickOptions } from './activity-options';
import { type AppealAction, nextAppealStep } from './appeal-step.policy';
import { type AppealActivities, type AppealInput, appealWorkflowId, type CommandOutcome, requestKey } from './contracts';
import { followRecord } from './follow-record';

const { loadAppeal, doAppealDuty, passAppealDeadline, recordDecisionOverdue } = proxyLocalActivities<AppealActivities>(quickOptions);

/** One per appeal: its clocks, and what the system does by itself between the acts of people. */
export async function appeal(input: AppealInput): Promise<void> {
  const { appealId } = input;
  await followRecord({
    input,
    load: () => loadAppeal({ appealId }),
    next: nextAppealStep,
    perform: async (action) => {
      const outcome = await command(appealId, action);
      if (outcome.kind === 'refused') log.info('a step was refused', { step: action.key, code: outcome.code });
      return outcome.kind === 'done';
    },
    show: ({ cycleId, stage, region }) => ({ kind: 'appeal', cycle: cycleId, phase: stage, region }),
  });
}

function command(appealId: string, action: AppealAction): Promise<CommandOutcome> {
  const key = (purpose: string): string =>
    requestKey(appealWorkflowId(appealId), { phase: action.stage, purpose, target: 'appeal', round: action.round });
  switch (action.kind) {
    case 'duty':
      return doAppealDuty({ appealId, duty: action.duty, requestKey: key(action.duty) });
    case 'deadline':
      return passAppealDeadline({ appealId, stage: action.stage, requestKey: key('deadline') });
    case 'decision-overdue':
      return recordDecisionOverdue({ appealId, requestKey: key('decision-overdue') });
  }
}
