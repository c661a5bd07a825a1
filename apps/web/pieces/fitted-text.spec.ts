import { fittedText, isNearlyFull } from './fitted-text';

describe('a text that has to fit', () => {
  it('is taken whole up to the limit, and says what was lost beyond it', () => {
    expect(fittedText('abcde', 5)).toEqual({ text: 'abcde', cut: 0 });
    expect(fittedText('abcdefg', 5)).toEqual({ text: 'abcde', cut: 2 });
  });

  it('is never cut through a character', () => {
    expect(fittedText('abcd😀', 5)).toEqual({ text: 'abcd', cut: 2 });
    expect(fittedText('abc😀d', 5)).toEqual({ text: 'abc😀', cut: 1 });
  });

  it('counts once nine tenths are full', () => {
    expect([8, 9, 10].map((length) => isNearlyFull('x'.repeat(length), 10))).toEqual([false, true, true]);
  });
});
