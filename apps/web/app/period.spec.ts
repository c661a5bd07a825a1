import { isOfPeriod, periodOfPath } from './period';

describe('pages of a period', () => {
  it.each([
    ['/leaderboard', true],
    ['/me/statement', true],
    ['/people/5e0741e6-e541-801a-bbbd-a129bd497fe7', true],
    ['/people', false],
    ['/', false],
    ['/cycles/new', false],
    ['/me/plan', false],
  ])('%s: %s', (path, is) => {
    expect(isOfPeriod(path)).toBe(is);
  });

  it('a statement is of the period in its path', () => {
    expect(periodOfPath('/me/statement/2026-09')).toBe('2026-09');
    expect(periodOfPath('/me/statement')).toBeUndefined();
  });
});
