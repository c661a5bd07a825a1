import type { EvaluationInput } from '#libs/scheme';

/*
 * A sales force of any size that is the same on every machine: facts as they lie in a log (value and position), varied as
 * real ones are: amounts to the cent, ratios that do not end, nothing due, half days, complaints here and there.
 */

export const BENCH_PERIOD = '2026-10';

/** mulberry32: 32 bits of state, integers only. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** One person by number; the same number gives the same person. */
export function benchPerson(index: number): EvaluationInput {
  const next = generator(index + 1);
  const upTo = (most: number): number => next() % (most + 1);
  const between = (least: number, most: number): number => least + upTo(most - least);
  const cents = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
  // Targets are set round; what is reached is not, and rarely exactly the target.
  const target = between(30, 900) * 100_000;
  const reached = upTo(19) === 0 ? target : Math.floor((target * between(35, 135)) / 100) + upTo(99_999);
  const due = upTo(24) === 0 ? 0 : between(500_000, 60_000_000);
  const newTarget = between(1, 12);
  const commission = Math.floor(reached / 40);
  const position = 10_000 + index * 11;
  const facts: [string, string][] = [
    ['sales.amount', cents(reached)],
    ['sales.target', String(target / 100)],
    ['receivable.due', due === 0 ? '0' : cents(due)],
    ['receivable.collected', cents(Math.floor((due * between(40, 105)) / 100))],
    ['customers.new', String(upTo(newTarget + 2))],
    ['customers.new_target', String(newTarget)],
    ['complaints.filed', String(Math.max(0, upTo(9) - 7))],
    ['absences.days', ['0', '0', '0', '0', '0.5', '1', '1.5', '3'][upTo(7)] ?? '0'],
    ['pay.base', cents(between(300_000, 900_000))],
    ['pay.commission', cents(commission)],
    ['pay.deposit_held', String(200 * upTo(12))],
  ];
  const rating = (): string => (upTo(2) === 0 ? `${between(50, 99)}.5` : String(between(45, 100)));
  return {
    period: BENCH_PERIOD,
    facts: Object.fromEntries(facts.map(([key, value], at) => [key, { value, positions: [position + at] }])),
    ratings: { knowledge: rating(), analysis: rating(), communication: rating(), adaptability: rating(), diligence: rating() },
  };
}
