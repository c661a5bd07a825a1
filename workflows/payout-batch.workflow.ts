import { log, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import { batchOptions, quickOptions } from './activity-options';
import { type PayoutActivities, type PayoutBatchActivities, type PayoutBatchInput, payoutWorkflowId, requestKey } from './contracts';
import { followRecord } from './follow-record';
import { nextPayoutStep } from './payout-step.policy';

const { loadPayout, remindPayout } = proxyLocalActivities<PayoutActivities>(quickOptions);
const { computePayout } = proxyActivities<PayoutBatchActivities>(batchOptions);

/** One per batch: computes it, then waits for check, approval, release and acknowledgement. */
export async function payoutBatch(input: PayoutBatchInput): Promise<void> {
  const { batchId } = input;
  await followRecord({
    input,
    load: () => loadPayout({ batchId }),
    next: nextPayoutStep,
    perform: async (action) => {
      const key = requestKey(payoutWorkflowId(batchId), {
        phase: action.stage,
        purpose: action.kind,
        target: 'batch',
        round: action.round,
      });
      const outcome =
        action.kind === 'compute'
          ? await computePayout({ batchId, requestKey: key })
          : await remindPayout({ batchId, stage: action.stage, requestKey: key });
      if (outcome.kind === 'refused') log.info('a step was refused', { step: action.key, code: outcome.code });
      return outcome.kind === 'done';
    },
    show: ({ cycleId, stage, region }) => ({ kind: 'payout', cycle: cycleId, phase: stage, region }),
  });
}
