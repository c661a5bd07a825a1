import {
  addFraction,
  compareFraction,
  divideFraction,
  type Fraction,
  multiplyFraction,
  roundDown,
  roundHalfUp,
  subtractFraction,
  toFraction,
} from '#kernel';
import { NOTHING } from '../numbers';

/** One end of a range; `open` leaves the end itself out. */
export interface End {
  readonly value: Fraction;
  readonly open: boolean;
}

/** What a number can be, exactly; a missing end is unbounded. Always at least as wide as the truth, so that what lies outside is impossible. */
export interface Range {
  readonly low?: End;
  readonly high?: End;
}

export const ANYTHING: Range = {};
export const closed = (value: Fraction): End => ({ value, open: false });
const open = (value: Fraction): End => ({ value, open: true });
export const exactly = (value: Fraction): Range => ({ low: closed(value), high: closed(value) });
export const between = (low: Fraction, high: Fraction): Range => ({ low: closed(low), high: closed(high) });
export const from = (low: Fraction): Range => ({ low: closed(low) });
export const above = (low: Fraction): Range => ({ low: open(low) });
export const NOT_NEGATIVE: Range = from(NOTHING);

/** The number itself when there is only one. */
export function only(range: Range): Fraction | undefined {
  const { low, high } = range;
  return low && high && !low.open && !high.open && compareFraction(low.value, high.value) === 0 ? low.value : undefined;
}

const lesser = (a: End | undefined, b: End | undefined): End | undefined => {
  if (!a || !b) return undefined;
  const order = compareFraction(a.value, b.value);
  return order < 0 || (order === 0 && !a.open) ? a : b;
};
const greater = (a: End | undefined, b: End | undefined): End | undefined => {
  if (!a || !b) return undefined;
  const order = compareFraction(a.value, b.value);
  return order > 0 || (order === 0 && !a.open) ? a : b;
};

function made(low: End | undefined, high: End | undefined): Range {
  return { ...(low && { low }), ...(high && { high }) };
}

/** The least range that holds both. */
export function hull(a: Range, b: Range): Range {
  return made(lesser(a.low, b.low), greater(a.high, b.high));
}

/** The narrower of two ends that both hold; a missing one does not narrow. */
function narrower(a: End | undefined, b: End | undefined, side: 'low' | 'high'): End | undefined {
  if (!a || !b) return a ?? b;
  const order = compareFraction(a.value, b.value) * (side === 'low' ? 1 : -1);
  return order > 0 || (order === 0 && a.open) ? a : b;
}

export function intersect(a: Range, b: Range): Range {
  return made(narrower(a.low, b.low, 'low'), narrower(a.high, b.high, 'high'));
}

export function isEmpty({ low, high }: Range): boolean {
  if (!low || !high) return false;
  const order = compareFraction(low.value, high.value);
  return order > 0 || (order === 0 && (low.open || high.open));
}

export function add(a: Range, b: Range): Range {
  return made(
    a.low && b.low && { value: addFraction(a.low.value, b.low.value), open: a.low.open || b.low.open },
    a.high && b.high && { value: addFraction(a.high.value, b.high.value), open: a.high.open || b.high.open },
  );
}

export function negate({ low, high }: Range): Range {
  const turned = (end: End | undefined): End | undefined => end && { value: subtractFraction(NOTHING, end.value), open: end.open };
  return made(turned(high), turned(low));
}

/** Products of the ends; an unbounded end times zero is zero. */
export function multiply(a: Range, b: Range): Range {
  const products: (Fraction | 'below' | 'above')[] = [];
  for (const x of ends(a)) for (const y of ends(b)) products.push(product(x, y));
  const numbers = products.filter((one) => typeof one !== 'string');
  const sorted = [...numbers].sort(compareFraction);
  const [low, high] = [sorted[0], sorted.at(-1)];
  return made(products.includes('below') || !low ? undefined : closed(low), products.includes('above') || !high ? undefined : closed(high));
}

type Extreme = Fraction | 'below' | 'above';

function ends({ low, high }: Range): readonly Extreme[] {
  return [low?.value ?? 'below', high?.value ?? 'above'];
}

function product(x: Extreme, y: Extreme): Extreme {
  if (typeof x !== 'string' && typeof y !== 'string') return multiplyFraction(x, y);
  const sign = signOf(x) * signOf(y);
  if (sign === 0) return NOTHING;
  return sign > 0 ? 'above' : 'below';
}

function signOf(x: Extreme): number {
  if (x === 'below') return -1;
  if (x === 'above') return 1;
  return x.num > 0n ? 1 : x.num < 0n ? -1 : 0;
}

const UNIT: Fraction = { num: 1n, den: 1n };

/** Where the divisor can be on both sides of zero nothing is known. A divisor of zero is an error of its own and counts for nothing here. */
export function divide(a: Range, b: Range): Range {
  const { low, high } = b;
  if (low && low.value.num >= 0n) return multiply(a, reciprocal(low, high));
  if (high && high.value.num <= 0n) return multiply(negate(a), reciprocal(negate(b).low, negate(b).high));
  return ANYTHING;
}

/** Of a range that is not below zero. */
function reciprocal(low: End | undefined, high: End | undefined): Range {
  const inverse = (end: End | undefined): End | undefined =>
    end && end.value.num > 0n ? closed(divideFraction(UNIT, end.value)) : undefined;
  return made(inverse(high) ?? closed(NOTHING), inverse(low));
}

export function least(a: Range, b: Range): Range {
  return made(lesser(a.low, b.low), narrower(a.high, b.high, 'high'));
}

export function most(a: Range, b: Range): Range {
  return made(narrower(a.low, b.low, 'low'), greater(a.high, b.high));
}

export function absolute(range: Range): Range {
  if (!canBeBelow(range, NOTHING)) return range;
  const turned = negate(range);
  if (!canBeBelow(turned, NOTHING)) return turned;
  return made(closed(NOTHING), greater(range.high, turned.high));
}

export type Rounding = 'half-up' | 'half-even' | 'up' | 'down';

/** Every rounding rule is monotone and moves a number by less than one unit of the last place. */
export function rounded(range: Range, places: number, mode: Rounding): Range {
  const unit: Fraction = { num: 1n, den: 10n ** BigInt(places) };
  const at = (end: End | undefined, towards: 'low' | 'high'): End | undefined => {
    if (!end) return undefined;
    if (mode === 'half-up') return closed(toFraction(roundHalfUp(end.value, places)));
    if (mode === 'down') return closed(toFraction(roundDown(end.value, places)));
    return closed(towards === 'low' ? subtractFraction(end.value, unit) : addFraction(end.value, unit));
  };
  return made(at(range.low, 'low'), at(range.high, 'high'));
}

export function canBeBelow({ low }: Range, value: Fraction): boolean {
  return !low || compareFraction(low.value, value) < 0;
}

/** True, false, or undefined when it depends. */
export function compare(a: Range, operator: '=' | '!=' | '<' | '<=' | '>' | '>=', b: Range): boolean | undefined {
  switch (operator) {
    case '<':
      return below(a, b, true) ? true : below(b, a, false) ? false : undefined;
    case '<=':
      return below(a, b, false) ? true : below(b, a, true) ? false : undefined;
    case '>':
      return compare(b, '<', a);
    case '>=':
      return compare(b, '<=', a);
    case '=': {
      if (isEmpty(intersect(a, b))) return false;
      const [x, y] = [only(a), only(b)];
      return x && y ? true : undefined;
    }
    case '!=': {
      const equal = compare(a, '=', b);
      return equal === undefined ? undefined : !equal;
    }
  }
}

/** Every number of `a` is below (or, when not strict, at) every number of `b`. */
function below(a: Range, b: Range, strict: boolean): boolean {
  if (!a.high || !b.low) return false;
  const order = compareFraction(a.high.value, b.low.value);
  return order < 0 || (order === 0 && (!strict || a.high.open || b.low.open));
}

/** The numbers for which a comparison with something in `other` can hold. */
export function holding(operator: '=' | '!=' | '<' | '<=' | '>' | '>=', other: Range): Range {
  switch (operator) {
    case '=':
      return other;
    case '!=':
      return ANYTHING;
    case '<':
      return made(undefined, other.high && open(other.high.value));
    case '<=':
      return made(undefined, other.high);
    case '>':
      return made(other.low && open(other.low.value), undefined);
    case '>=':
      return made(other.low, undefined);
  }
}
