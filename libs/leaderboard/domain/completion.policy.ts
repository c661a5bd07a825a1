import { decimal, type Decimal, formatFixed, parseDecimal, ratio, roundDown } from '#kernel';

/** The facts that a completion is made of, in the order in which they are looked for; each needs its target. */
export const COMPLETION_FACTS = [
  { actual: 'sales.amount', target: 'sales.target' },
  { actual: 'revenue.amount', target: 'revenue.target' },
] as const;

/**
 * Places kept of a completion. Two ratios of numbers as facts may have them (at most 25 digits) differ by more than
 * 10^-50 when they differ at all, so cutting here keeps their order and their ties exact.
 */
const EXACT_PLACES = 60;

/** Actual ÷ target in percent, cut to so many places that order and ties stay exact. Null without a target above zero. */
export function completionOf(facts: readonly { readonly key: string; readonly value: string }[]): string | null {
  const values = new Map(facts.map(({ key, value }) => [key, parseDecimal(value)]));
  for (const { actual, target } of COMPLETION_FACTS) {
    const [done, due] = [values.get(actual), values.get(target)];
    if (done && due && due.units > 0n) return cut(done, due);
  }
  return null;
}

function cut(done: Decimal, due: Decimal): string {
  const exact = ratio({ units: done.units * 100n, scale: done.scale }, due);
  return formatFixed(roundDown(exact, EXACT_PLACES), EXACT_PLACES);
}

/** As people read it: two decimals, half-up. */
export function shownCompletion(exact: string): string {
  const [whole = '0', fraction = ''] = exact.split('.');
  // The kernel reads ten places; what stands behind them can't change a rounding to two.
  return formatFixed(decimal(`${whole}.${fraction.slice(0, 10).padEnd(1, '0')}`), 2);
}

/** Compares two decimals of any number of places, none below zero. */
export function isAbove(one: string, other: string): boolean {
  return scaled(one) > scaled(other);
}

function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.slice(0, EXACT_PLACES).padEnd(EXACT_PLACES, '0'));
}
