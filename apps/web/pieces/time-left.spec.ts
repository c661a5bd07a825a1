import { timeLeft } from './time-left';

const at = (text: string): number => Date.parse(text);
/** Of November 2026: the 28th and 29th are a weekend. */
const OFF = new Set(['2026-11-28', '2026-11-29']);
const FRIDAY = at('2026-11-27T02:00:00Z');

describe('working days that are left', () => {
  it.each(['2026-11-30T16:00:00.000Z', '2026-11-30T16:00:04.313Z', '2026-11-30T16:00:59.999Z'])(
    'are the same at any second of the minute that reads 24:00: %s',
    (closes) => {
      expect(timeLeft(at(closes), FRIDAY, OFF)).toMatchObject({ kind: 'days', days: 1 });
      expect(timeLeft(at(closes), FRIDAY, new Set())).toMatchObject({ kind: 'days', days: 1 });
    },
  );

  it('say among which days they were counted', () => {
    const left = timeLeft(at('2026-11-30T16:00:04Z'), FRIDAY, OFF);
    expect(left).toEqual({ kind: 'days', days: 1, first: '2026-11-28', last: '2026-11-30', all: 3 });
  });

  it('count the next day from the minute after', () => {
    expect(timeLeft(at('2026-11-30T16:01:00Z'), FRIDAY, OFF)).toMatchObject({ kind: 'days', days: 2 });
  });

  it('are none on the day itself, and hours at its end', () => {
    const closes = at('2026-11-27T16:00:04Z');
    expect(timeLeft(closes, FRIDAY, OFF)).toEqual({ kind: 'today' });
    expect(timeLeft(closes, at('2026-11-27T14:30:04Z'), OFF)).toEqual({ kind: 'soon', time: '1:30' });
  });

  it.each(['2026-11-27T16:00:00Z', '2026-11-27T16:00:04Z'])('are counted from the day that ended once it is over: %s', (closes) => {
    expect(timeLeft(at(closes), at('2026-11-29T02:00:00Z'), OFF)).toEqual({ kind: 'over' });
    expect(timeLeft(at(closes), at('2026-12-01T02:00:00Z'), OFF)).toEqual({
      kind: 'over-days',
      days: 2,
      first: '2026-11-28',
      last: '2026-12-01',
      all: 4,
    });
  });
});
