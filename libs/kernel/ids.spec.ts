import fc from 'fast-check';
import { isPlainDay } from './ids';

describe('isPlainDay', () => {
  it('takes exactly the days that the calendar has', () => {
    const parts = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }));
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const parsed = new Date(`${text}T00:00:00.000Z`);
        expect(isPlainDay(text)).toBe(!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2026-11-31', false],
    ['2026-1-01', false],
  ])('%s: %s', (text, valid) => {
    expect(isPlainDay(text)).toBe(valid);
  });
});
