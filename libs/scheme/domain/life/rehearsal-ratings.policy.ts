import { addDecimal, compareDecimal, decimal, formatFixed, multiplyDecimal, parseDecimal, subtractDecimal } from '#kernel';
import type { RatingLine } from '../inputs/needs.policy';

/** Where a draft asks for what nobody was asked then. */
export interface CarryRules {
  readonly carry: Readonly<Record<string, string>>;
  readonly defaults: Readonly<Record<string, string>>;
  readonly defaultShare?: string | undefined;
}

export interface CarriedRatings<T> {
  readonly ratings: Readonly<Record<string, T | string>>;
  /** Lines that nobody was asked for and that have the stated value. */
  readonly defaulted: readonly string[];
}

/**
 * The ratings that were given then, under the names of the draft. A line without one has the stated value, or stays absent:
 * the evaluator then names it for each person, or goes by the scheme's own rule for absent raters.
 */
export function carriedRatings<T>(given: Readonly<Record<string, T>>, lines: readonly RatingLine[], rules: CarryRules): CarriedRatings<T> {
  const ratings: Record<string, T | string> = {};
  const defaulted: string[] = [];
  for (const line of lines) {
    const then = given[rules.carry[line.key] ?? line.key];
    const value = then ?? rules.defaults[line.key] ?? shareOf(line, rules.defaultShare);
    if (value === undefined) continue;
    ratings[line.key] = value;
    if (then === undefined) defaulted.push(line.key);
  }
  return { ratings, defaulted };
}

/** Of a points line that one person rates: from + share of its range, to two decimals (a whole number where it is one). */
function shareOf({ type, from, to, whole, group }: RatingLine, share: string | undefined): string | undefined {
  if (share === undefined || type !== 'points' || group !== null) return undefined;
  const [lowest, highest, percent] = [decimal(from ?? '0'), parseDecimal(to ?? ''), parseDecimal(share)];
  if (!highest || !percent || compareDecimal(highest, lowest) < 0) return undefined;
  const part = multiplyDecimal(multiplyDecimal(subtractDecimal(highest, lowest), percent), decimal('0.01'));
  return formatFixed(addDecimal(lowest, part), whole ? 0 : 2);
}
