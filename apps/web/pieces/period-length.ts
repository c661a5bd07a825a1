/** Whether two periods are equally long: months, quarters and years are compared among themselves only. */
export function isSameLength(one: string, other: string): boolean {
  return lengthOf(one) === lengthOf(other);
}

/** 2026-Q3 is written in as many characters as 2026-10. */
function lengthOf(period: string): 'month' | 'quarter' | 'year' {
  if (period.includes('Q')) return 'quarter';
  return period.includes('-') ? 'month' : 'year';
}
