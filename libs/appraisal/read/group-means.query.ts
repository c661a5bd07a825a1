import { addFraction, divideFraction, formatFixed, type Fraction, parseDecimal, toFraction, wholeFraction } from '#kernel';
import type { Appraisal } from '../domain/appraisal.state';

/** What a group of raters says about a person, as anyone may see it: means alone, never one answer. */
export interface GroupMeans {
  readonly group: 'peers' | 'customers';
  /** How many answered. */
  readonly raters: number;
  /** By line, to two decimals; none while or because there is nothing to show. */
  readonly means: readonly { readonly line: string; readonly mean: string }[];
}

/** Of groups whose answers are recorded; too few colleagues have none. */
export function groupMeans({ steps, peerRound }: Appraisal): readonly GroupMeans[] {
  return steps.flatMap(({ group, state, answers }) => {
    if (group === undefined || state !== 'submitted') return [];
    const lists = Object.entries(answers ?? {}).flatMap(([line, values]) => {
      const numbers = (Array.isArray(values) ? values : []).flatMap((value) =>
        typeof value === 'string' ? (parseDecimal(value) ?? []) : [],
      );
      return numbers.length === 0 ? [] : [{ line, numbers: numbers.map(toFraction) }];
    });
    const raters = group === 'peers' ? (peerRound?.answered.length ?? 0) : (lists[0]?.numbers.length ?? 0);
    return [{ group, raters, means: lists.map(({ line, numbers }) => ({ line, mean: formatFixed(meanOf(numbers), 2) })) }];
  });
}

function meanOf(values: readonly Fraction[]): Fraction {
  const sum = values.reduce((total, value) => addFraction(total, value), wholeFraction(0));
  return divideFraction(sum, wholeFraction(values.length));
}
