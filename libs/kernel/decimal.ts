import { divideFraction, type Fraction, fractionOf, powerOfTen, roundFraction } from './fraction';

/**
 * Exact decimals and fractions. No score or amount ever passes through binary floating point.
 * Source of the rules: schemes.md "Numbers" and "Rounding".
 */

/** units × 10^-scale; e.g. 12.50 is { units: 1250n, scale: 2 }. Scale is kept as written until rounded. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const PLAIN_DECIMAL = /^(-)?(\d{1,15})(?:\.(\d{1,10}))?$/;

/** Reads `-?digits(.digits)?` exactly; undefined when the text is anything else (no exponent, `+`, blanks, separators). */
export function parseDecimal(text: string): Decimal | undefined {
  const match = PLAIN_DECIMAL.exec(text);
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const units = BigInt(`${match[2] ?? ''}${fraction}`);
  return { units: match[1] === '-' ? -units : units, scale: fraction.length };
}

/** For constants in code and values already validated. Thrown when the text is no plain decimal: RangeError. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (!value) throw new RangeError(`not a plain decimal: ${JSON.stringify(text)}`);
  return value;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };

export function decimalFromInteger(value: bigint | number): Decimal {
  return { units: BigInt(value), scale: 0 };
}

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  if (a.scale === b.scale) return [a.units, b.units, a.scale];
  if (a.scale > b.scale) return [a.units, b.units * powerOfTen(a.scale - b.scale), a.scale];
  return [a.units * powerOfTen(b.scale - a.scale), b.units, b.scale];
}

export function addDecimal(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = aligned(a, b);
  return { units: x + y, scale };
}

export function subtractDecimal(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = aligned(a, b);
  return { units: x - y, scale };
}

export function multiplyDecimal(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function negateDecimal(a: Decimal): Decimal {
  return { units: -a.units, scale: a.scale };
}

export function sumDecimals(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = addDecimal(total, value);
  return total;
}

/** Negative, zero or positive as a is below, equal to or above b; 1.0 equals 1.00. */
export function compareDecimal(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [x, y] = aligned(a, b);
  if (x < y) return -1;
  return x > y ? 1 : 0;
}

export function isWhole(value: Decimal): boolean {
  return value.units % powerOfTen(value.scale) === 0n;
}

/** The value without trailing zeros after the point, never `-0`: `2.50` → `2.5`, `3.00` → `3`. */
export function formatDecimal(value: Decimal): string {
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return formatScaled(units, scale);
}

function formatScaled(units: bigint, scale: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return negative ? `-${text}` : text;
}

/** Exactly `places` decimals; half-up, ties away from zero; never `-0.00`. */
export function formatFixed(value: Decimal | Fraction, places: number): string {
  const rounded = roundHalfUp(value, places);
  return formatScaled(rounded.units, places);
}

export function isFraction(value: Decimal | Fraction): value is Fraction {
  return 'num' in value;
}

/** Rounds to `places` decimals, half-up with ties away from zero (schemes.md "Rounding"). */
export function roundHalfUp(value: Decimal | Fraction, places: number): Decimal {
  return { units: roundFraction(isFraction(value) ? value : toFraction(value), places).num, scale: places };
}

/** Cuts to `places` decimals towards zero (shares of a prize are cut so that a pool is never overdrawn). */
export function roundDown(value: Decimal | Fraction, places: number): Decimal {
  const { num, den } = isFraction(value) ? value : toFraction(value);
  return { units: (num * powerOfTen(places)) / den, scale: places };
}

/** Rounds to `places` decimals away from zero whenever anything is cut off. */
export function roundUp(value: Decimal | Fraction, places: number): Decimal {
  const { num, den } = isFraction(value) ? value : toFraction(value);
  const scaled = num * powerOfTen(places);
  const cut = scaled / den;
  if (cut * den === scaled) return { units: cut, scale: places };
  return { units: scaled < 0n ? cut - 1n : cut + 1n, scale: places };
}

/** Rounds to `places` decimals, ties to the even neighbour. */
export function roundHalfEven(value: Decimal | Fraction, places: number): Decimal {
  const { num, den } = isFraction(value) ? value : toFraction(value);
  const scaled = num * powerOfTen(places);
  const cut = scaled / den;
  const rest = scaled - cut * den;
  const twice = rest < 0n ? -2n * rest : 2n * rest;
  const away = twice > den || (twice === den && cut % 2n !== 0n);
  if (!away) return { units: cut, scale: places };
  return { units: scaled < 0n ? cut - 1n : cut + 1n, scale: places };
}

export function toFraction(value: Decimal): Fraction {
  return fractionOf(value.units, powerOfTen(value.scale));
}

/** a ÷ b exactly. Thrown when b is zero: RangeError; callers check first and name the fact. */
export function ratio(a: Decimal, b: Decimal): Fraction {
  return divideFraction(toFraction(a), toFraction(b));
}
