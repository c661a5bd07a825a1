import { beginDay, countIn, countsIn, isOvertaken, wrongKinds } from './day-draft';
import type { Log } from './plans';

const log = (part: Partial<Log> = {}): Log => ({
  date: '2026-11-27',
  day: 12,
  calls: 9,
  visits: 3,
  prospects: 0,
  quotes: 1,
  followUps: 2,
  note: null,
  ...part,
});

describe('a day’s log as it is written', () => {
  it.each(['-5', '3.7', '1000', '99999999999', 'abc', '1e2', '3 4'])('takes no %s for a count', (typed) => {
    expect(countIn(typed, 999)).toBeUndefined();
  });

  it.each([
    ['0', 0],
    ['007', 7],
    ['999', 999],
    ['１２', 12],
    ['', 0],
  ])('takes %p for %p', (typed, count) => {
    expect(countIn(typed, 999)).toBe(count);
  });

  it('is not sent while one of its counts is wrong, and says which', () => {
    const draft = beginDay(log());
    expect(countsIn(draft)).toEqual({ calls: 9, visits: 3, prospects: 0, quotes: 1, followUps: 2 });
    const wrong = { ...draft, counts: { ...draft.counts, calls: '9999', visits: '1000', quotes: '-1' } };
    expect(countsIn(wrong)).toBeUndefined();
    expect(wrongKinds(wrong)).toEqual(['visits', 'quotes']);
  });

  it('is overtaken when the day was said elsewhere meanwhile, unless with the same', () => {
    const fresh = beginDay(undefined);
    expect(isOvertaken(fresh, undefined)).toBe(false);
    expect(isOvertaken(fresh, log())).toBe(true);
    const again = { ...fresh, counts: beginDay(log()).counts };
    expect(isOvertaken(again, log())).toBe(false);
    expect(isOvertaken(again, log({ note: 'by phone' }))).toBe(true);
    expect(isOvertaken(beginDay(log()), log({ visits: 4 }))).toBe(true);
  });
});
