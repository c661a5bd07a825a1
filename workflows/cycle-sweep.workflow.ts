import { continueAsNew, log, proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import { batchOptions, quickOptions } from './activity-options';
import {
  type CycleActivities,
  type CycleBatchActivities,
  type CycleSweepInput,
  cycleWorkflowId,
  requestKey,
  type SweepCarried,
  WORKFLOW_LIMITS,
} from './contracts';
import { addCounts, NOTHING_COUNTED } from './sweep-count.policy';

const { planSweep, recordSweep } = proxyLocalActivities<CycleActivities>(quickOptions);
const { sweepCohort } = proxyActivities<CycleBatchActivities>(batchOptions);

/** One mass action: every cohort in a batch activity of its own, a few at a time, then one event that says everyone is accounted for. */
export async function cycleSweep(input: CycleSweepInput): Promise<void> {
  const { cycleId, phase, step, round } = input;
  const request = { cycleId, phase, step, round };
  const carried: SweepCarried = input.carried ?? { plan: await planSweep(request), nextCohort: 0, count: NOTHING_COUNTED };
  const { plan } = carried;
  let { nextCohort, count } = carried;

  const lane = async (): Promise<void> => {
    while (nextCohort < plan.cohorts && !isLong(input)) {
      const cohort = nextCohort;
      nextCohort += 1;
      const counted = await sweepCohort({ ...request, cohort, asOf: plan.asOf });
      // After the wait: the other lanes have added theirs meanwhile.
      count = addCounts(count, counted);
    }
  };
  await Promise.all(Array.from({ length: WORKFLOW_LIMITS.cohortsAtOnce }, lane));
  if (nextCohort < plan.cohorts) await continueAsNew<typeof cycleSweep>({ ...input, carried: { plan, nextCohort, count } });

  const outcome = await recordSweep({
    ...request,
    ...count,
    ...(step === 'rank' ? { asOf: plan.asOf } : {}),
    requestKey: requestKey(cycleWorkflowId(cycleId), { phase, purpose: `sweep-${step}`, target: 'cycle', round }),
  });
  if (outcome.kind === 'refused') log.warn('a sweep was refused', { phase, step, round, code: outcome.code });
}

function isLong(input: CycleSweepInput): boolean {
  const info = workflowInfo();
  return info.continueAsNewSuggested || info.historyLength >= (input.historyEvents ?? WORKFLOW_LIMITS.historyEvents);
}
