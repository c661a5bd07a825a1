import { payTrendOf, publishedOf, standingAppeal, stateOfAppeal, trendOf } from './results';

const result = (period: string, publishedAt: string | null, score: string | null = '80') => ({ period, publishedAt, score });
const JULY = result('2026-07', '2026-08-05T02:00:00Z', '70');
const AUGUST = result('2026-08', '2026-09-05T02:00:00Z', '75');
const QUARTER = result('2026-Q3', '2026-10-12T02:00:00Z', '90');
const OCTOBER = result('2026-10', '2026-11-05T02:00:00Z', '85');

describe('results on the home page', () => {
  it('the newest is the one published last, whatever its period is called', () => {
    const all = [QUARTER, result('2026-11', null, null), OCTOBER, AUGUST, JULY];
    expect(publishedOf(all)).toEqual([OCTOBER, QUARTER, AUGUST, JULY]);
  });

  it('a trend is of equally long periods, oldest first', () => {
    const published = publishedOf([QUARTER, OCTOBER, AUGUST, JULY, result('2025', '2026-02-01T02:00:00Z', '60')]);
    expect(trendOf(OCTOBER, published)).toEqual(['70', '75', '85']);
    expect(trendOf(QUARTER, published)).toEqual(['90']);
  });

  it('a trend of pay is of equally long periods, too', () => {
    const paid = [
      { period: '2026-10', entitledTotal: '5500.00' },
      { period: '2026-Q3', entitledTotal: '900.00' },
      { period: '2026-09', entitledTotal: '5400.00' },
    ];
    expect(payTrendOf('2026-10', paid)).toEqual(['5400.00', '5500.00']);
    expect(payTrendOf('2026-09', paid)).toEqual(['5400.00']);
  });

  it('an appeal stands until it is withdrawn; the last one that was filed is told', () => {
    const appeal = (appealId: string, stage: 'withdrawn' | 'triage' | 'offered' | 'decided' | 'closed', filedAt: string) => ({
      appealId,
      stage,
      filedAt,
    });
    const first = appeal('a', 'withdrawn', '2026-11-06T02:00:00Z');
    const second = appeal('b', 'triage', '2026-11-07T02:00:00Z');
    expect(standingAppeal([first])).toBeUndefined();
    expect(standingAppeal([first, second])).toBe(second);
    const states = (['triage', 'offered', 'decided', 'closed'] as const).map((stage) => stateOfAppeal({ stage }));
    expect(states).toEqual(['running', 'waits-for-you', 'decided', 'closed']);
  });
});
