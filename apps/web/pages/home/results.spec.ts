import { publishedOf, trendOf } from './results';

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
});
