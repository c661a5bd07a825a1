import { addFraction, compareFraction, type Fraction, multiplyFraction, subtractFraction, wholeFraction } from '#kernel';
import type { SchemeDocument } from '../../contracts/document';
import { exactText, isNegative, NOTHING, ONE } from '../numbers';
import type { Workbench } from '../workbench';

/** 强制分布 as compiled: the share of each grade, from the best to the last. */
export interface Distribution {
  readonly enabled: boolean;
  readonly per: 'department' | 'cycle';
  /** Smaller groups have no target. */
  readonly atLeast: number;
  readonly shares: readonly GradeShare[];
}

export interface GradeShare {
  readonly grade: string;
  readonly share: Fraction;
}

export interface GradeTarget {
  readonly grade: string;
  readonly people: number;
}

export function compileDistribution({ distribution, bands }: SchemeDocument, bench: Workbench): Distribution | undefined {
  if (!distribution) return undefined;
  const grades = bands?.list.map(({ key }) => key) ?? [];
  for (const grade of Object.keys(distribution.shares))
    if (!grades.includes(grade)) bench.problem('unknown-name', ['distribution', 'shares', grade], grade);
  const shares = grades.flatMap((grade): GradeShare[] => {
    const text = distribution.shares[grade];
    return text === undefined ? [] : [{ grade, share: bench.fixedNumber(text, ['distribution', 'shares', grade]) }];
  });
  for (const { grade, share } of shares)
    if (isNegative(share)) bench.problem('share-out-of-range', ['distribution', 'shares', grade], exactText(share));
  const sum = shares.reduce<Fraction>((total, { share }) => addFraction(total, share), NOTHING);
  if (compareFraction(sum, ONE) !== 0) bench.problem('shares-do-not-sum', ['distribution', 'shares'], exactText(sum));
  return { enabled: distribution.enabled, per: distribution.per, atLeast: Number(distribution.atLeast), shares };
}

/**
 * How many of so many people each grade is meant for, by largest remainder; equal remainders to the better grade, so that the
 * targets always add up to the people (templates.md 8: 30 people → 6, 15, 8, 1).
 */
export function largestRemainder(shares: readonly GradeShare[], people: number): readonly GradeTarget[] {
  const quotas = shares.map(({ grade, share }, index) => {
    const exact = multiplyFraction(share, wholeFraction(people));
    const whole = exact.num / exact.den;
    return { grade, index, whole: Number(whole), rest: subtractFraction(exact, wholeFraction(Number(whole))) };
  });
  let left = people - quotas.reduce((sum, { whole }) => sum + whole, 0);
  const extra = new Set<number>();
  for (const { index } of [...quotas].sort((a, b) => compareFraction(b.rest, a.rest) || a.index - b.index)) {
    if (left <= 0) break;
    extra.add(index);
    left -= 1;
  }
  return quotas.map(({ grade, index, whole }) => ({ grade, people: whole + (extra.has(index) ? 1 : 0) }));
}

/** The targets of a group, from the best grade to the last; undefined where the scheme has none, or for a group that is too small. */
export function distributionTargets(
  { distribution }: { readonly distribution: Distribution | undefined },
  people: number,
): readonly GradeTarget[] | undefined {
  if (!distribution?.enabled || people < distribution.atLeast) return undefined;
  return largestRemainder(distribution.shares, people);
}
