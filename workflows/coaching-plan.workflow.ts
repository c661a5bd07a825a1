import { log, proxyLocalActivities } from '@temporalio/workflow';
import { quickOptions } from './activity-options';
import { type CoachingActivities, type CoachingPlanInput, coachingWorkflowId, requestKey } from './contracts';
import { followRecord } from './follow-record';
import { gateShown, nextPlanStep } from './plan-step.policy';

const { loadPlan, recordGateOverdue } = proxyLocalActivities<CoachingActivities>(quickOptions);

/** One per 100-day plan: its gates' clocks, from its start until it has graduated or ended. */
export async function coachingPlan(input: CoachingPlanInput): Promise<void> {
  const { planId } = input;
  await followRecord({
    input,
    load: () => loadPlan({ planId }),
    next: nextPlanStep,
    perform: async ({ key, stage, round }) => {
      const outcome = await recordGateOverdue({
        planId,
        stage,
        requestKey: requestKey(coachingWorkflowId(planId), { phase: `gate-${stage}`, purpose: 'overdue', target: 'plan', round }),
      });
      if (outcome.kind === 'refused') log.info('a step was refused', { step: key, code: outcome.code });
      return outcome.kind === 'done';
    },
    show: (plan) => ({ kind: 'coaching', cycle: plan.cycleId ?? 'none', phase: gateShown(plan), region: plan.region }),
  });
}
