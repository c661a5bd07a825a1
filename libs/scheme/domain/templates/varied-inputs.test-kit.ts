import type { EvaluationInput } from '../../contracts/evaluation';
import type { Plan } from '../plan';
import type { RatingKind } from '../inputs/ratings-input';

/* Inputs around a worked example: what it names, more or less of it, up to nothing and far beyond. */

/** mulberry32: the same seed gives the same numbers everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const PERCENTS = [0, 20, 50, 79, 80, 90, 95, 99, 100, 100, 100, 101, 110, 120, 130, 300];

/** A part of the facts and ratings is changed; what comes out may be an input that is refused. */
export function varied(input: EvaluationInput, plan: Plan, seed: number): EvaluationInput {
  const next = generator(seed + 1);
  const pick = <T>(from: readonly T[], otherwise: T): T => from[next() % Math.max(from.length, 1)] ?? otherwise;
  const scaled = (text: string): string => {
    const hundredths = Math.round(Number(text) * pick(PERCENTS, 100));
    const whole = !text.includes('.') && next() % 4 > 0;
    return whole
      ? String(Math.round(hundredths / 100))
      : `${Math.floor(hundredths / 100)}.${String(Math.abs(hundredths % 100)).padStart(2, '0')}`;
  };
  const changes = (): boolean => next() % 3 === 0;
  const facts = Object.entries(input.facts).map(([key, value]): [string, typeof value] => [
    key,
    typeof value === 'string' && changes() ? scaled(value) : value,
  ]);
  const kinds = new Map(plan.input.ratings.map(({ key, kind }) => [key, kind]));
  const rated = (kind: RatingKind | undefined, value: unknown): unknown => {
    if (kind?.type === 'word') return pick(kind.words, '');
    if (kind?.type === 'list') return kind.items.filter(() => next() % 3 === 0);
    if (kind?.type === 'occurrences') return String(next() % 4);
    return typeof value === 'string' && Number.isFinite(Number(value)) ? scaled(value) : value;
  };
  const ratings = Object.entries(input.ratings).map(([key, value]): [string, unknown] => [
    key,
    changes() ? rated(kinds.get(key), value) : value,
  ]);
  return { ...input, facts: Object.fromEntries(facts), ratings: Object.fromEntries(ratings) };
}
