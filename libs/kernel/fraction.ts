/**
 * Exact fractions. Nothing here is ever rounded but where a function says so.
 *
 * Two ways to hold the same value: big integers, and — for whole numbers that a double holds exactly, |x| ≤ 2^53 − 1 —
 * numbers, many times faster. Why the second is exact: a sum, difference or product of two such numbers is rounded by the
 * processor only when the true result is 2^53 or more, and then the rounded one is, too (rounding keeps order and 2^53 is a
 * double). So a result that is a safe integer is the true one, and every other goes the long way through big integers.
 */

/** An exact ratio; `den` is always above zero, not necessarily in lowest terms. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

/** Both whole and safe, `d` above zero. */
class SmallFraction implements Fraction {
  constructor(
    readonly n: number,
    readonly d: number,
  ) {}

  get num(): bigint {
    return BigInt(this.n);
  }

  get den(): bigint {
    return BigInt(this.d);
  }
}

class BigFraction implements Fraction {
  constructor(
    readonly num: bigint,
    readonly den: bigint,
  ) {}
}

const SAFE = Number.MAX_SAFE_INTEGER;
const BIG_SAFE = BigInt(SAFE);

const isSafe = (value: number): boolean => value <= SAFE && value >= -SAFE;

/** `den` above zero. */
export function fractionOf(num: bigint, den: bigint): Fraction {
  if (num <= BIG_SAFE && num >= -BIG_SAFE && den <= BIG_SAFE) return new SmallFraction(Number(num), Number(den));
  return new BigFraction(num, den);
}

export function wholeFraction(value: number): Fraction {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no safe integer`);
  return new SmallFraction(value, 1);
}

const SMALL_POWERS: readonly number[] = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
const POWERS: bigint[] = [1n];

/** 10^exponent. Thrown when it is negative: RangeError. */
export function powerOfTen(exponent: number): bigint {
  for (let next = POWERS.length; next <= exponent; next += 1) POWERS.push((POWERS[next - 1] ?? 1n) * 10n);
  const power = POWERS[exponent];
  if (power === undefined) throw new RangeError(`exponent ${exponent} is negative`);
  return power;
}

/** ⌊x ÷ y⌋ for 0 ≤ x < 2^53 and y ≥ 1: a quotient just under a whole number is at least 1 ÷ y away from it, which is more than half the step between doubles there. */
function floorQuotient(x: number, y: number): number {
  return Math.floor(x / y);
}

/** x mod y: the product is at most x, so it is exact, and so is the difference. */
function remainder(x: number, y: number): number {
  return x - floorQuotient(x, y) * y;
}

export function addFraction(a: Fraction, b: Fraction): Fraction {
  if (a instanceof SmallFraction && b instanceof SmallFraction) {
    if (a.d === b.d) {
      const n = a.n + b.n;
      if (isSafe(n)) return new SmallFraction(n, a.d);
    } else {
      const left = a.n * b.d;
      const right = b.n * a.d;
      const d = a.d * b.d;
      const n = left + right;
      if (isSafe(left) && isSafe(right) && isSafe(n) && isSafe(d)) return new SmallFraction(n, d);
    }
  }
  return a.den === b.den ? fractionOf(a.num + b.num, a.den) : fractionOf(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function negateFraction(a: Fraction): Fraction {
  // 0 − n, so that there is no −0 to meet in a text.
  return a instanceof SmallFraction ? new SmallFraction(0 - a.n, a.d) : fractionOf(-a.num, a.den);
}

export function subtractFraction(a: Fraction, b: Fraction): Fraction {
  return addFraction(a, negateFraction(b));
}

export function multiplyFraction(a: Fraction, b: Fraction): Fraction {
  if (a instanceof SmallFraction && b instanceof SmallFraction) {
    const n = a.n * b.n;
    const d = a.d * b.d;
    if (isSafe(n) && isSafe(d)) return new SmallFraction(n, d);
  }
  return fractionOf(a.num * b.num, a.den * b.den);
}

/** Thrown when b is zero: RangeError; callers check first and name the fact. */
export function divideFraction(a: Fraction, b: Fraction): Fraction {
  if (signOf(b) === 0) throw new RangeError('division by zero');
  if (a instanceof SmallFraction && b instanceof SmallFraction) {
    // Cents by cents, as most ratios are: the denominators cancel.
    const cancels = a.d === b.d;
    const n = cancels ? a.n : a.n * b.d;
    const d = cancels ? b.n : a.d * b.n;
    if (isSafe(n) && isSafe(d)) return d < 0 ? new SmallFraction(0 - n, -d) : new SmallFraction(n, d);
  }
  const sign = b.num < 0n ? -1n : 1n;
  return fractionOf(a.num * b.den * sign, a.den * b.num * sign);
}

/** Negative, zero or positive as a is below, equal to or above b. */
export function compareFraction(a: Fraction, b: Fraction): -1 | 0 | 1 {
  if (a instanceof SmallFraction && b instanceof SmallFraction) {
    const left = a.d === b.d ? a.n : a.n * b.d;
    const right = a.d === b.d ? b.n : b.n * a.d;
    if (isSafe(left) && isSafe(right)) return left < right ? -1 : left > right ? 1 : 0;
  }
  const left = a.num * b.den;
  const right = b.num * a.den;
  if (left < right) return -1;
  return left > right ? 1 : 0;
}

export function minFraction(a: Fraction, b: Fraction): Fraction {
  return compareFraction(a, b) <= 0 ? a : b;
}

export function maxFraction(a: Fraction, b: Fraction): Fraction {
  return compareFraction(a, b) >= 0 ? a : b;
}

export function signOf(value: Fraction): -1 | 0 | 1 {
  if (value instanceof SmallFraction) return value.n < 0 ? -1 : value.n > 0 ? 1 : 0;
  return value.num < 0n ? -1 : value.num > 0n ? 1 : 0;
}

export function isWholeNumber(value: Fraction): boolean {
  if (value instanceof SmallFraction) return value.d === 1 || remainder(Math.abs(value.n), value.d) === 0;
  return value.num % value.den === 0n;
}

/** To `places` decimals, ties away from zero (schemes.md "Rounding"); the result's denominator is 10^places. */
export function roundFraction(value: Fraction, places: number): Fraction {
  if (value instanceof SmallFraction) {
    const power = SMALL_POWERS[places] ?? Infinity;
    if (value.d === power) return value;
    const twice = 2 * value.d;
    const doubled = 2 * Math.abs(value.n) * power + value.d;
    if (isSafe(doubled) && isSafe(twice)) {
      const rounded = floorQuotient(doubled, twice);
      return new SmallFraction(value.n < 0 ? 0 - rounded : rounded, power);
    }
  }
  const power = powerOfTen(places);
  const scaled = value.num * power;
  const size = scaled < 0n ? -scaled : scaled;
  const rounded = (2n * size + value.den) / (2n * value.den);
  return fractionOf(scaled < 0n ? -rounded : rounded, power);
}

const [MINUS, POINT, NOUGHT, NINE] = [0x2d, 0x2e, 0x30, 0x39] as const;

/** At most this many digits before and after the point in a number that a person or a file gives. */
export const DECIMAL_LIMITS = { integerDigits: 15, fractionDigits: 10 } as const;

/** Reads `-?digits(.digits)?` exactly; undefined when the text is anything else (no exponent, `+`, blanks, separators). */
export function parseFraction(text: string): Fraction | undefined {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let point = -1;
  let value = 0;
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= NOUGHT && code <= NINE) value = value * 10 + (code - NOUGHT);
    else if (code === POINT && point < 0) point = index;
    else return undefined;
  }
  const integerDigits = (point < 0 ? text.length : point) - start;
  const decimals = point < 0 ? 0 : text.length - point - 1;
  if (integerDigits < 1 || integerDigits > DECIMAL_LIMITS.integerDigits || decimals > DECIMAL_LIMITS.fractionDigits) return undefined;
  if (point >= 0 && decimals < 1) return undefined;
  // The digits were added up exactly as long as they stay below 2^53.
  if (isSafe(value)) return new SmallFraction(start === 1 ? 0 - value : value, SMALL_POWERS[decimals] ?? 1);
  const digits = BigInt(text.slice(start).replace('.', ''));
  return fractionOf(start === 1 ? -digits : digits, powerOfTen(decimals));
}

/** The exact value as text: a decimal where there is one, else a fraction in lowest terms such as `2/3`; never `-0`. */
export function fractionText(value: Fraction): string {
  if (!(value instanceof SmallFraction)) return bigText(value);
  if (value.n < 0) return `-${smallText(-value.n, value.d)}`;
  return smallText(value.n, value.d);
}

function smallText(n: number, d: number): string {
  if (d === 1) return numberText(n);
  if (d === 100) return trimmedHundredths(n);
  const divisor = commonDivisor(n, d);
  const num = n / divisor;
  const den = d / divisor;
  if (den === 1) return numberText(num);
  const scale = decimalPlaces(den);
  if (scale === undefined) return `${numberText(num)}/${numberText(den)}`;
  const units = num * ((SMALL_POWERS[scale] ?? Infinity) / den);
  return isSafe(units) ? pointed(numberText(units), scale) : bigText({ num: BigInt(num), den: BigInt(den) });
}

function commonDivisor(n: number, d: number): number {
  let x = n;
  let y = d;
  while (y !== 0) {
    const rest = remainder(x, y);
    x = y;
    y = rest;
  }
  return x;
}

/** Most decimals are cents or points: without the zeros at their end. */
function trimmedHundredths(size: number): string {
  const whole = floorQuotient(size, 100);
  const cents = size - whole * 100;
  if (cents === 0) return numberText(whole);
  const tenths = floorQuotient(cents, 10);
  return numberText(whole) + (tenths * 10 === cents ? `.${tenths}` : (CENTS[cents] ?? ''));
}

/** How many decimals the fractions of a denominator in lowest terms have; undefined where they don't end. */
function decimalPlaces(den: number): number | undefined {
  let rest = den;
  let twos = 0;
  let fives = 0;
  for (; remainder(rest, 2) === 0; twos += 1) rest /= 2;
  for (; remainder(rest, 5) === 0; fives += 1) rest /= 5;
  return rest === 1 ? Math.max(twos, fives) : undefined;
}

function pointed(digits: string, scale: number): string {
  const padded = digits.length > scale ? digits : digits.padStart(scale + 1, '0');
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

const THOUSAND = 1_000;
const TEXTS: readonly string[] = Array.from({ length: THOUSAND }, (_, value) => String(value));
const PADDED: readonly string[] = TEXTS.map((text) => text.padStart(3, '0'));

/** Written in thousands, whose texts are at hand: most numbers of an appraisal have one or two of them. */
function numberText(whole: number): string {
  if (whole < THOUSAND) return TEXTS[whole] ?? '';
  const high = floorQuotient(whole, THOUSAND);
  return numberText(high) + (PADDED[whole - high * THOUSAND] ?? '');
}

/** Exactly two decimals of whole hundredths, never `-0.00`. Thrown when it isn't rounded to hundredths: RangeError. */
export function hundredthsOf(value: Fraction): string {
  if (value instanceof SmallFraction && value.d === 100) {
    const size = Math.abs(value.n);
    const text = size < POINTS ? (POINT_TEXTS[size] ??= smallHundredths(size)) : smallHundredths(size);
    return value.n < 0 ? `-${text}` : text;
  }
  if (value.den !== 100n) throw new RangeError('not rounded to hundredths');
  const digits = (value.num < 0n ? -value.num : value.num).toString().padStart(3, '0');
  return `${value.num < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Points of scores and indicators, up to 200.00, are written once. */
const POINTS = 20_000;
const POINT_TEXTS: (string | undefined)[] = Array.from({ length: POINTS }, () => undefined);
const CENTS: readonly string[] = Array.from({ length: 100 }, (_, value) => `.${String(value).padStart(2, '0')}`);

function smallHundredths(size: number): string {
  const whole = floorQuotient(size, 100);
  return numberText(whole) + (CENTS[size - whole * 100] ?? '');
}

function bigText({ num, den }: Fraction): string {
  let [x, y] = [num < 0n ? -num : num, den];
  while (y !== 0n) [x, y] = [y, x % y];
  const [above, below] = [num / x, den / x];
  let [rest, twos, fives] = [below, 0, 0];
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1];
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1];
  if (rest !== 1n) return `${above}/${below}`;
  const scale = Math.max(twos, fives);
  const units = above * (powerOfTen(scale) / below);
  if (scale === 0) return String(units);
  return units < 0n ? `-${pointed(String(-units), scale)}` : pointed(String(units), scale);
}
