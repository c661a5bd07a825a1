import { DECIMAL_LIMITS, type Decimal, type Fraction, formatDecimal, parseDecimal, roundHalfUp, toFraction } from '#kernel';
import { JsonNumber } from './exact-json';

export const NOTHING: Fraction = { num: 0n, den: 1n };
export const ONE: Fraction = { num: 1n, den: 1n };

const JSON_NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
const SIGNIFICANT_DIGITS = 15;

/** A number as schemes.md "Numbers" allows it: a plain decimal text, or a JSON number judged on its text. Undefined when it is neither. */
export function readNumber(raw: unknown): Fraction | undefined {
  if (typeof raw === 'string') {
    const value = parseDecimal(raw);
    return value && toFraction(value);
  }
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
  if (significant === 0) return NOTHING;
  const decimals = fraction.length - Number(match[4] ?? '0');
  const integerDigits = significant - decimals;
  if (significant > SIGNIFICANT_DIGITS || decimals > DECIMAL_LIMITS.fractionDigits || integerDigits > DECIMAL_LIMITS.integerDigits)
    return undefined;
  const units = BigInt(match[1] === '-' ? `-${digits}` : digits);
  return decimals >= 0 ? { num: units, den: 10n ** BigInt(decimals) } : { num: units * 10n ** BigInt(-decimals), den: 1n };
}

export function isNegative(value: Fraction): boolean {
  return value.num < 0n;
}

export function isZero(value: Fraction): boolean {
  return value.num === 0n;
}

export function isWholeFraction(value: Fraction): boolean {
  return value.den === 1n || value.num % value.den === 0n;
}

/** Points, scores and amounts once rounded: whole hundredths. */
export function toHundredths(value: Fraction): bigint {
  return roundHalfUp(value, 2).units;
}

export function fromHundredths(hundredths: bigint): Fraction {
  return { num: hundredths, den: 100n };
}

/** Exactly two decimals, never `-0.00`. */
export function hundredthsText(hundredths: bigint): string {
  const negative = hundredths < 0n;
  const digits = (negative ? -hundredths : hundredths).toString().padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return negative ? `-${text}` : text;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const POWERS_OF_TEN: ReadonlyMap<bigint, number> = new Map(Array.from({ length: 21 }, (_, scale) => [10n ** BigInt(scale), scale]));

/** The exact value as text: a decimal where there is one, else a fraction in lowest terms such as `2/3`. */
export function exactText(value: Fraction): string {
  const scale = POWERS_OF_TEN.get(value.den);
  if (scale !== undefined) return formatDecimal({ units: value.num, scale });
  const [num, den] = lowestTerms(value);
  const decimalValue = terminating(num, den);
  return decimalValue ? formatDecimal(decimalValue) : `${num}/${den}`;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Whole numbers that a double holds exactly are divided as such: the same result many times faster. */
function lowestTerms({ num, den }: Fraction): readonly [bigint, bigint] {
  if (num > SAFE || num < -SAFE || den > SAFE) {
    const divisor = gcd(num, den);
    return [num / divisor, den / divisor];
  }
  let [x, y] = [Math.abs(Number(num)), Number(den)];
  while (y !== 0) [x, y] = [y, x % y];
  return x === 1 ? [num, den] : [num / BigInt(x), den / BigInt(x)];
}

function terminating(num: bigint, den: bigint): Decimal | undefined {
  if (den <= SAFE) return terminatingSmall(num, Number(den));
  let rest = den;
  let twos = 0;
  let fives = 0;
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1];
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1];
  return rest === 1n ? scaled(num, twos, fives) : undefined;
}

function terminatingSmall(num: bigint, den: number): Decimal | undefined {
  let rest = den;
  let twos = 0;
  let fives = 0;
  while (rest % 2 === 0) [rest, twos] = [rest / 2, twos + 1];
  while (rest % 5 === 0) [rest, fives] = [rest / 5, fives + 1];
  return rest === 1 ? scaled(num, twos, fives) : undefined;
}

function scaled(num: bigint, twos: number, fives: number): Decimal {
  const scale = Math.max(twos, fives);
  return { units: num * 2n ** BigInt(scale - twos) * 5n ** BigInt(scale - fives), scale };
}
