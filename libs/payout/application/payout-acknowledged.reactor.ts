import { defineReactor, dispatch } from '#libs/projections';
import type { PayoutLinesEvent } from '../contracts';
import { payoutDecider } from '../domain/payout.decider';
import { payoutBatchProjection } from '../read/payout-batch.projection';
import { createPayoutReader } from '../read/payout.reader';

/** Payroll acknowledges line by line; when the count is full the batch is acknowledged. */
export const payoutAcknowledgedReactor = defineReactor<Extract<PayoutLinesEvent, { type: 'PayoutLinesAcknowledged' }>>({
  name: 'payout-acknowledged',
  version: 1,
  reads: [payoutBatchProjection],
  on: {
    PayoutLinesAcknowledged: async ({ data }, { read }) => {
      const batch = await createPayoutReader(read).batch(data.batchId);
      if (batch?.stage !== 'released' || batch.acknowledgedLines !== batch.releasedLines) return [];
      return [dispatch(payoutDecider, data.batchId, { type: 'RecordPayoutAcknowledged', data: { lines: batch.acknowledgedLines } })];
    },
  },
});
