import fc from 'fast-check';
import { completionOf, isAbove, shownCompletion } from './completion.policy';

const facts = (amount: string, target: string) => [
  { key: 'sales.amount', value: amount },
  { key: 'sales.target', value: target },
];
const completion = (amount: string, target: string): string => completionOf(facts(amount, target)) ?? '';

it('is actual to target in percent', () => {
  expect(shownCompletion(completion('110000.00', '100000'))).toBe('110.00');
  expect(shownCompletion(completion('2', '3'))).toBe('66.67');
  expect(completionOf([{ key: 'sales.amount', value: '5' }])).toBeNull();
  expect(completionOf(facts('5', '0'))).toBeNull();
  expect(
    completionOf([
      { key: 'revenue.amount', value: '96000' },
      { key: 'revenue.target', value: '80000' },
    ]),
  ).toMatch(/^120\.0+$/);
});

it('tells 79999.99 of 100000 from 80 %, and keeps equal ratios equal', () => {
  expect(isAbove(completion('80000', '100000'), completion('79999.99', '100000'))).toBe(true);
  expect(completion('1', '3')).toBe(completion('2.0', '6.00'));
});

it('orders as the fractions do', () => {
  const amount = fc.integer({ min: 0, max: 2_000_000_000 });
  const target = fc.integer({ min: 1, max: 2_000_000_000 });
  fc.assert(
    fc.property(amount, target, amount, target, (a, b, c, d) => {
      const [left, right] = [BigInt(a) * BigInt(d), BigInt(c) * BigInt(b)];
      const [one, other] = [completion(String(a), String(b)), completion(String(c), String(d))];
      return isAbove(one, other) === left > right && (one === other) === (left === right);
    }),
  );
});
