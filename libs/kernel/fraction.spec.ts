import fc from 'fast-check';
import {
  addFraction,
  compareFraction,
  divideFraction,
  type Fraction,
  fractionOf,
  fractionText,
  hundredthsOf,
  isWholeNumber,
  multiplyFraction,
  negateFraction,
  parseFraction,
  roundFraction,
  signOf,
  subtractFraction,
  wholeFraction,
} from './fraction';

const EDGE = 2n ** 53n;

/** Small ones, and such as lie around the bound up to which doubles hold whole numbers. */
const whole = fc.oneof(
  fc.bigInt({ min: -1_000n, max: 1_000n }),
  fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  fc.bigInt({ min: EDGE - 20n, max: EDGE + 20n }),
  fc.bigInt({ min: -EDGE - 20n, max: -EDGE + 20n }),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
);
const positive = whole.map((value) => (value < 0n ? -value : value) + (value === 0n ? 1n : 0n));
const fraction = fc.tuple(whole, positive).map(([num, den]) => fractionOf(num, den));
/** The same value with big integers only. */
const big = ({ num, den }: Fraction): Fraction => ({ num, den });

const same = (left: Fraction, right: Fraction): boolean => left.num * right.den === right.num * left.den && left.den > 0n;

it('arithmetic is that of whole numbers of any size', () => {
  fc.assert(
    fc.property(fraction, fraction, (a, b) => {
      expect(same(addFraction(a, b), { num: a.num * b.den + b.num * a.den, den: a.den * b.den })).toBe(true);
      expect(same(subtractFraction(a, b), { num: a.num * b.den - b.num * a.den, den: a.den * b.den })).toBe(true);
      expect(same(multiplyFraction(a, b), { num: a.num * b.num, den: a.den * b.den })).toBe(true);
      expect(same(negateFraction(a), { num: -a.num, den: a.den })).toBe(true);
      const order = a.num * b.den - b.num * a.den;
      expect(compareFraction(a, b)).toBe(order < 0n ? -1 : order > 0n ? 1 : 0);
      if (b.num === 0n) return expect(() => divideFraction(a, b)).toThrow(RangeError);
      const sign = b.num < 0n ? -1n : 1n;
      expect(same(divideFraction(a, b), { num: sign * a.num * b.den, den: sign * b.num * a.den })).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

it('either way of holding a number gives the same texts, signs and roundings', () => {
  fc.assert(
    fc.property(fraction, fc.integer({ min: 0, max: 10 }), (value, places) => {
      expect(fractionText(value)).toBe(fractionText(big(value)));
      expect(signOf(value)).toBe(signOf(big(value)));
      expect(isWholeNumber(value)).toBe(value.num % value.den === 0n);
      const rounded = roundFraction(value, places);
      const size = value.num < 0n ? -value.num : value.num;
      const expected = (2n * size * 10n ** BigInt(places) + value.den) / (2n * value.den);
      expect(rounded).toMatchObject({ num: value.num < 0n ? -expected : expected, den: 10n ** BigInt(places) });
      expect(same(roundFraction(big(value), places), rounded)).toBe(true);
      if (places === 2) expect(hundredthsOf(rounded)).toBe(hundredthsOf(big(rounded)));
    }),
    { numRuns: 3_000 },
  );
});

it('a text is read and written without loss', () => {
  fc.assert(
    fc.property(whole, positive, (num, den) => {
      const text = fractionText(fractionOf(num, den));
      const [above = '', below = '1'] = text.split('/');
      const [integer = '', decimals = ''] = above.split('.');
      const read = { num: BigInt(integer + decimals), den: BigInt(below) * 10n ** BigInt(decimals.length) };
      expect(same(read, { num, den })).toBe(true);
      expect(text).not.toMatch(/^-0$|\.\d*0$|\/1$/);
    }),
    { numRuns: 3_000 },
  );
});

it.each<[string, string]>([
  ['0', '0'],
  ['-0', '0'],
  ['-0.00', '0'],
  ['007.50', '7.5'],
  ['999999999999999', '999999999999999'],
  ['999999999999999.9999999999', '999999999999999.9999999999'],
  ['-0.0000000001', '-0.0000000001'],
])('reads %s as %s', (text, expected) => {
  const value = parseFraction(text);
  expect(value && fractionText(value)).toBe(expected);
});

it.each(['', '-', '.', '1.', '.5', '+1', '1e3', ' 1', '1,5', '--1', '1.2.3', '1234567890123456', '0.12345678901', '١'])(
  'refuses %p',
  (text) => {
    expect(parseFraction(text)).toBeUndefined();
  },
);

it('two decimals, never -0.00', () => {
  expect(hundredthsOf(roundFraction(wholeFraction(1_234_567_890_123), 2))).toBe('1234567890123.00');
  expect(hundredthsOf(roundFraction(fractionOf(-4n, 1_000n), 2))).toBe('0.00');
  expect(hundredthsOf(roundFraction(fractionOf(-5n, 1_000n), 2))).toBe('-0.01');
  expect(() => hundredthsOf(wholeFraction(1))).toThrow(RangeError);
  expect(() => wholeFraction(2 ** 53)).toThrow(RangeError);
});
