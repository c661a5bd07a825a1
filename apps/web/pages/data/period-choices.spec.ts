import { periodChoices } from './period-choices';

it('offers months over the turn of a year, the latest first, then quarters and years', () => {
  const choices = periodChoices('2026-02');
  expect(choices.slice(0, 3)).toEqual(['2026-02', '2026-01', '2025-12']);
  expect(choices).toContain('2024-12');
  expect(choices.filter((one) => one.includes('Q'))).toEqual(['2026-Q1', '2025-Q4', '2025-Q3', '2025-Q2', '2025-Q1', '2024-Q4']);
  expect(choices.slice(-3)).toEqual(['2026', '2025', '2024']);
});
