import type { AnyReactor } from '#libs/projections';
import { payoutAcknowledgedReactor } from './application/payout-acknowledged.reactor';
import { type HoldParts, payoutHoldsReactor } from './application/payout-holds.reactor';
import { payoutSupplementsReactor } from './application/payout-supplements.reactor';
import { depositReleaseProjection } from './read/deposit-release.projection';
import { payoutBatchProjection } from './read/payout-batch.projection';
import { payoutCandidateProjection } from './read/payout-candidate.projection';
import { payoutLineProjection } from './read/payout-line.projection';

export { dependentPayLines } from './domain/pay-dependence.policy';
export { payoutDecider } from './domain/payout.decider';
export type { Payout, PayoutState } from './domain/payout.decider';
export { payoutLinesDecider } from './domain/payout-lines.decider';
export { createPayoutWork } from './application/payout-work';
export type { StartedBatch } from './application/payout-work';
export { createDepositDesk } from './application/deposit.service';
export type { DepositDesk } from './application/deposit.service';
export type { DepositHeld } from './read/deposit.query';
export { createPayoutDesk } from './application/payout.service';
export type { PayoutAct, PayoutDesk } from './application/payout.service';
export type { PayoutParts } from './application/payout-parts';
export { ActOnPayoutRequest, ReleaseDepositRequest, StartPayoutRequest } from './application/payout.handler';
export { PayoutModule } from './application/payout.module';
export { createPayoutReader } from './read/payout.reader';
export { holdReasons } from './read/hold-reasons.query';
export type { HoldReason } from './read/hold-reasons.query';
export { statementOf } from './read/statement.query';
export { payoutBatchProjection, payoutCandidateProjection, payoutLineProjection };

export const payoutProjections = [
  payoutBatchProjection,
  payoutLineProjection,
  payoutCandidateProjection,
  depositReleaseProjection,
] as const;

/** They ask neighbours through their readers; `explain` is the scoring service of the appraisal feature. */
export function payoutReactors(parts: HoldParts): readonly AnyReactor[] {
  return [payoutHoldsReactor(parts), payoutSupplementsReactor(parts), payoutAcknowledgedReactor];
}
export { DIFFERENCE_REASONS } from './domain/difference-reasons.policy';
export type { DifferenceReason } from './domain/difference-reasons.policy';
export { batchFigures, batchList, heldAmounts } from './read/batch-figures.query';
export { payDifferences } from './read/differences.query';
export type { PayDifference, PayDifferences } from './read/differences.query';
