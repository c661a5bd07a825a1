const MONTHS_BACK = 15;

/** Periods that a file may be complete for: months, the latest first, then their quarters and years. `month`: the present one, `2026-11`. */
export function periodChoices(month: string): readonly string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = year * 12 + number - 1;
  const months = Array.from({ length: MONTHS_BACK }, (_, back) => ({
    year: Math.floor((last - back) / 12),
    month: ((last - back) % 12) + 1,
  }));
  return [
    ...months.map((one) => `${one.year}-${String(one.month).padStart(2, '0')}`),
    ...new Set(months.map((one) => `${one.year}-Q${Math.ceil(one.month / 3)}`)),
    ...new Set(months.map((one) => String(one.year))),
  ];
}
