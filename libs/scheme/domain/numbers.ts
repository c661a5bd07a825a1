import {
  DECIMAL_LIMITS,
  type Fraction,
  fractionOf,
  fractionText,
  hundredthsOf,
  isWholeNumber,
  parseFraction,
  roundFraction,
  signOf,
  wholeFraction,
} from '#kernel';
import { JsonNumber } from './inputs/exact-json';

export const NOTHING: Fraction = wholeFraction(0);
export const ONE: Fraction = wholeFraction(1);

const JSON_NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
const SIGNIFICANT_DIGITS = 15;

/** A number as schemes.md "Numbers" allows it: a plain decimal text, or a JSON number judged on its text. Undefined when it is neither. */
export function readNumber(raw: unknown): Fraction | undefined {
  if (typeof raw === 'string') return parseFraction(raw);
  if (raw instanceof JsonNumber) return fromJsonNumber(raw.source);
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? fromJsonNumber(String(raw)) : undefined;
  return undefined;
}

function fromJsonNumber(source: string): Fraction | undefined {
  const match = JSON_NUMBER.exec(source);
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const digits = `${match[2] ?? ''}${fraction}`;
  const significant = digits.replace(/^0+/, '').length;
  const decimals = fraction.length - Number(match[4] ?? '0');
  if (decimals > DECIMAL_LIMITS.fractionDigits) return undefined;
  if (significant === 0) return NOTHING;
  const integerDigits = significant - decimals;
  if (significant > SIGNIFICANT_DIGITS || integerDigits > DECIMAL_LIMITS.integerDigits) return undefined;
  const units = BigInt(match[1] === '-' ? `-${digits}` : digits);
  return decimals >= 0 ? fractionOf(units, 10n ** BigInt(decimals)) : fractionOf(units * 10n ** BigInt(-decimals), 1n);
}

export function isNegative(value: Fraction): boolean {
  return signOf(value) < 0;
}

export function isZero(value: Fraction): boolean {
  return signOf(value) === 0;
}

export function isWholeFraction(value: Fraction): boolean {
  return isWholeNumber(value);
}

/** Points, scores and amounts once rounded: hundredths, the denominator is 100. */
export function rounded(value: Fraction): Fraction {
  return roundFraction(value, 2);
}

/** No points and no money, rounded. */
export const NONE: Fraction = rounded(NOTHING);

/** Exactly two decimals, never `-0.00`. Thrown when it isn't rounded: RangeError. */
export function roundedText(value: Fraction): string {
  return hundredthsOf(value);
}

/** The exact value as text: a decimal where there is one, else a fraction in lowest terms such as `2/3`. */
export function exactText(value: Fraction): string {
  return fractionText(value);
}
