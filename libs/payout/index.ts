import type { AnyReactor } from '#libs/projections';
import { payoutAcknowledgedReactor } from './application/payout-acknowledged.reactor';
import { type HoldParts, payoutHoldsReactor } from './application/payout-holds.reactor';
import { payoutSupplementsReactor } from './application/payout-supplements.reactor';
import { payoutBatchProjection } from './read/payout-batch.projection';
import { payoutCandidateProjection } from './read/payout-candidate.projection';
import { payoutLineProjection } from './read/payout-line.projection';

export { payoutDecider } from './domain/payout.decider';
export type { Payout, PayoutState } from './domain/payout.decider';
export { payoutLinesDecider } from './domain/payout-lines.decider';
export { createPayoutWork } from './application/payout-work';
export { createPayoutDesk } from './application/payout.service';
export type { PayoutAct, PayoutDesk } from './application/payout.service';
export type { PayoutParts } from './application/payout-parts';
export { ActOnPayoutRequest, StartPayoutRequest } from './application/payout.handler';
export { PayoutModule } from './application/payout.module';
export { createPayoutReader } from './read/payout.reader';
export { statementOf } from './read/statement.query';
export { payoutBatchProjection, payoutCandidateProjection, payoutLineProjection };

export const payoutProjections = [payoutBatchProjection, payoutLineProjection, payoutCandidateProjection] as const;

/** They ask neighbours through their readers; `explain` is the scoring service of the appraisal feature. */
export function payoutReactors(parts: HoldParts): readonly AnyReactor[] {
  return [payoutHoldsReactor(parts), payoutSupplementsReactor(parts), payoutAcknowledgedReactor];
}
