import { actorId, subjectId } from '#kernel';
import { given, SPEC_ACTOR, SPEC_NOW, testText } from '#libs/testing';
import type { ReleaseDeposit } from '../contracts';
import { depositDecider, type DepositEvent } from './deposit.decider';

const REP = subjectId('00000000-0000-7000-8000-000000000001');
const CYCLE = '00000000-0000-8000-8000-0000000000c1';
const reason = testText(REP, 'left in good standing');
const release = (releaseId: string, withheld: string): ReleaseDeposit => ({
  type: 'ReleaseDeposit',
  data: { releaseId, subject: REP, cycleId: CYCLE, withheld, currency: 'CNY', reason },
});
const released = (releaseId: string, amount: string): DepositEvent => ({
  type: 'DepositReleased',
  data: { releaseId, subject: REP, cycleId: CYCLE, amount, currency: 'CNY', reason, by: SPEC_ACTOR, releasedAt: SPEC_NOW },
});

it('gives back all that was withheld', () => {
  given(depositDecider)
    .when(release('r1', '600'))
    .then([released('r1', '600.00')]);
});

it('gives back nothing twice, and only what was withheld since', () => {
  const past = [released('r1', '600.00')];
  given(depositDecider, past).when(release('r1', '600')).thenNothing();
  given(depositDecider, past).when(release('r2', '600')).thenRejects('payout.no-deposit-held');
  given(depositDecider, past)
    .when(release('r2', '800'))
    .then([released('r2', '200.00')]);
});

it('needs something withheld, and somebody else', () => {
  given(depositDecider).when(release('r1', '0')).thenRejects('payout.no-deposit-held');
  given(depositDecider).as(actorId(REP)).when(release('r1', '600')).thenRejects('payout.own-deposit');
});
