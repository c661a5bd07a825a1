import { systemOf } from './system-actor';

describe('who acted', () => {
  it.each([
    ['system:cycle-sweep', 'cycle'],
    ['system:cycle-workflow', 'cycle'],
    ['system:phase-complete', 'cycle'],
    ['system:appeal-amendment', 'appeal'],
    ['system:score-correction', 'correction'],
    ['system:payout', 'payout'],
    ['system:payout-holds', 'payout'],
    ['system:coaching-start', 'coaching'],
    ['system:something-new', 'other'],
    ['01a226b0-180f-7dbd-9cd6-368bfba5b54f', undefined],
  ])('%s is %s', (actor, system) => {
    expect(systemOf(actor)).toBe(system);
  });
});
