import { compareDecimal, decimal } from '#kernel';

/** Why a person is paid something else than in the period before; the first says most. */
export const DIFFERENCE_REASONS = [
  'new',
  'left',
  'without-score',
  'held',
  'adjustment',
  'scheme-version',
  'score',
  'line-new',
  'line-gone',
  'facts',
] as const;
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number];

export interface ReasonGiven {
  readonly code: DifferenceReason;
  /** What it was and what it is, where the reason is a change of one thing. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface PayCompared {
  /** Null where there is none on that side. */
  readonly lines: readonly { readonly key: string; readonly now: string | null; readonly before: string | null }[];
  readonly now: { readonly score: string | null; readonly scheme: string | null };
  readonly before: { readonly score: string | null; readonly scheme: string | null };
  readonly isHeld: boolean;
  readonly isAdjusted: boolean;
  /** Still in the cycle that pays, only without anything to pay. */
  readonly isInCycle: boolean;
}

/**
 * All that is known to differ between two pays. An amount that moved although score, scheme and lines are the same moved with the facts that
 * it is computed from, such as a commission with what was sold.
 */
export function differenceReasons({ lines, now, before, isHeld, isAdjusted, isInCycle }: PayCompared): readonly ReasonGiven[] {
  const held = isHeld ? [reason('held')] : [];
  const adjusted = isAdjusted ? [reason('adjustment')] : [];
  if (lines.every((line) => line.before === null)) return [reason('new'), ...held, ...adjusted];
  if (lines.every((line) => line.now === null)) return [reason(isInCycle ? 'without-score' : 'left')];
  const changed = lines.filter((line) => line.now === null || line.before === null || !sameAmount(line.now, line.before));
  const scheme = now.scheme === before.scheme ? [] : [reason('scheme-version', before.scheme, now.scheme)];
  const score =
    now.score !== null && before.score !== null && sameAmount(now.score, before.score) ? [] : scoreChange(before.score, now.score);
  const gone = changed.filter((line) => line.now === null).map(({ key }) => reason('line-gone', key));
  const fresh = changed.filter((line) => line.before === null).map(({ key }) => reason('line-new', null, key));
  const moved = changed.some((line) => line.now !== null && line.before !== null);
  const facts = moved && scheme.length === 0 && score.length === 0 ? [reason('facts')] : [];
  return [...held, ...adjusted, ...(changed.length > 0 ? [...scheme, ...score, ...fresh, ...gone, ...facts] : [])];
}

function reason(code: DifferenceReason, from: string | null = null, to: string | null = null): ReasonGiven {
  return { code, from, to };
}

function scoreChange(from: string | null, to: string | null): readonly ReasonGiven[] {
  return from === to ? [] : [reason('score', from, to)];
}

function sameAmount(one: string, other: string): boolean {
  return compareDecimal(decimal(one), decimal(other)) === 0;
}
