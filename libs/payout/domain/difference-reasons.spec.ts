import { differenceReasons, type PayCompared } from './difference-reasons.policy';

const same: PayCompared = {
  lines: [
    { key: 'base', now: '6000.00', before: '6000.00' },
    { key: 'commission', now: '1200.00', before: '1200.0' },
  ],
  now: { score: '86.00', scheme: 's 1' },
  before: { score: '86', scheme: 's 1' },
  isHeld: false,
  isAdjusted: false,
  isInCycle: true,
};
const codes = (change: Partial<PayCompared>): readonly string[] => differenceReasons({ ...same, ...change }).map(({ code }) => code);

describe('why a pay is not that of the period before', () => {
  it('says nothing where nothing moved, however it is written', () => {
    expect(codes({})).toEqual([]);
  });

  it('names who is new, who left, and who is in the cycle with nothing to pay', () => {
    expect(codes({ lines: [{ key: 'base', now: '1.00', before: null }] })).toEqual(['new']);
    expect(codes({ lines: [{ key: 'base', now: null, before: '1.00' }], isInCycle: false })).toEqual(['left']);
    expect(codes({ lines: [{ key: 'base', now: null, before: '1.00' }] })).toEqual(['without-score']);
  });

  it('names the score and the scheme with what they were, and the facts only where neither moved', () => {
    const moved = [{ key: 'commission', now: '900.00', before: '1200.00' }];
    expect(codes({ lines: moved })).toEqual(['facts']);
    expect(differenceReasons({ ...same, lines: moved, now: { score: '71.20', scheme: 's 2' } })).toEqual([
      { code: 'scheme-version', from: 's 1', to: 's 2' },
      { code: 'score', from: '86', to: '71.20' },
    ]);
  });

  it('a score that moved and changed no amount is no reason', () => {
    expect(codes({ now: { score: '87.00', scheme: 's 1' } })).toEqual([]);
  });

  it('names lines that came and went, holds and adjustments', () => {
    const lines = [...same.lines, { key: 'award', now: '500.00', before: null }, { key: 'deposit', now: null, before: '-200.00' }];
    expect(codes({ lines, isHeld: true, isAdjusted: true })).toEqual(['held', 'adjustment', 'line-new', 'line-gone']);
  });
});
