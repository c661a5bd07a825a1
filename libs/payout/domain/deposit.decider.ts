import { addDecimal, compareDecimal, type Decider, type Decimal, decimal, formatFixed, Rejection, subtractDecimal, ZERO } from '#kernel';
import type { EventsOf } from '#libs/event-store';
import type { depositReleased, ReleaseDeposit } from '../contracts';

export type DepositEvent = EventsOf<readonly [typeof depositReleased]>;

/** What was given back of a person's deposit. */
export interface DepositState {
  readonly released: Decimal;
  readonly releases: readonly string[];
}

/** A deposit is given back once, whoever asks and however often: the sum of releases never exceeds what was withheld. */
export const depositDecider: Decider<ReleaseDeposit, DepositState, DepositEvent> = {
  category: 'deposit',
  initial: { released: ZERO, releases: [] },
  decide({ data }, state, { now, actor }) {
    if (state.releases.includes(data.releaseId)) return [];
    if (actor === data.subject) throw new Rejection('payout.own-deposit');
    const amount = subtractDecimal(decimal(data.withheld), state.released);
    if (compareDecimal(amount, ZERO) <= 0) throw new Rejection('payout.no-deposit-held');
    const { releaseId, subject, cycleId, currency, reason } = data;
    return [
      {
        type: 'DepositReleased',
        data: { releaseId, subject, cycleId, amount: formatFixed(amount, 2), currency, reason, by: actor, releasedAt: now },
      },
    ];
  },
  evolve: ({ released, releases }, { data }) => ({
    released: addDecimal(released, decimal(data.amount)),
    releases: [...releases, data.releaseId],
  }),
  isTerminal: () => false,
};
