export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Median with the lowest and highest of the rounds. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), low: Math.min(...values), high: Math.max(...values) };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function ratios(of: readonly number[], against: readonly number[]): readonly number[] {
  return of.map((value, index) => value / (against[index] ?? Number.NaN));
}
