import { compareFraction, type Fraction } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { FactDocument, RatingDocument, SchemeDocument } from '../../contracts/document';
import { NOTHING, ONE } from '../numbers';
import { above, ANYTHING, between, closed, from, hull, NOT_NEGATIVE, type Range } from './range';
import { type Shape, unitOf } from './shape';

const HUNDRED: Fraction = { num: 100n, den: 1n };

/** What the scheme language lets a fact be. */
export function factRange(key: string, fact: FactDocument): Range {
  const target = key.endsWith('target');
  if (fact.mayBeNegative === true) return ANYTHING;
  // Absent facts of an optional pair read as 0.
  if (fact.optional !== undefined) return fact.unit === 'percent' ? between(NOTHING, HUNDRED) : NOT_NEGATIVE;
  const positive = fact.positive ?? target;
  const counted = fact.whole ?? (fact.unit === 'count' && !target);
  const low = positive ? (counted ? from(ONE) : above(NOTHING)) : NOT_NEGATIVE;
  return fact.unit === 'percent' ? { ...low, high: closed(HUNDRED) } : low;
}

export function factShape(key: string, fact: FactDocument, facts: SchemeDocument['facts']): Shape {
  const unit = unitOf(fact.unit);
  if (fact.group === undefined) return { type: 'number', range: factRange(key, fact), unit };
  const of = fact.group === 'score' ? undefined : facts[fact.group];
  return {
    type: 'numbers',
    range: of && fact.group !== undefined ? factRange(fact.group, of) : NOT_NEGATIVE,
    unit: of ? unitOf(of.unit) : undefined,
  };
}

export interface RatingRanges {
  readonly fixed: (text: string) => Fraction | undefined;
  /** The keys of the lines that a list may name. */
  readonly lines: ReadonlySet<string>;
  readonly kind: PeriodKind;
}

/** A rating that may not be asked also reads as 0, no word or no items. */
export function ratingShape(rating: RatingDocument, { fixed, lines }: RatingRanges): Shape {
  const asked = rating.when === undefined;
  switch (rating.type) {
    case 'points':
    case 'numbers': {
      const range = scale(fixed(rating.from ?? '0'), fixed(rating.to));
      if (rating.type === 'numbers') return { type: 'numbers', range };
      return { type: 'number', range: asked ? range : hull(range, between(NOTHING, NOTHING)) };
    }
    case 'word':
      return { type: 'word', words: new Set(asked ? rating.words : [...rating.words, '']) };
    case 'list':
      return { type: 'list', items: rating.items === 'lines' ? lines : new Set(rating.items) };
    case 'entries':
      return { type: 'list' };
    case 'occurrences':
      return { type: 'number', range: NOT_NEGATIVE, unit: 'count' };
    case 'awards':
      return { type: 'numbers', range: NOT_NEGATIVE, unit: 'money' };
  }
}

export function scale(low: Fraction | undefined, high: Fraction | undefined): Range {
  if (!low || !high || compareFraction(low, high) > 0) return ANYTHING;
  return between(low, high);
}

/** Parts never exceed their wholes. */
export function wholesAndParts(facts: SchemeDocument['facts']): ReadonlySet<string> {
  return new Set(Object.entries(facts).flatMap(([part, { partOf }]) => (partOf === undefined ? [] : [`${partOf}|${part}`])));
}

/** A block without periods is part of all kinds, but of a roll-up only where it names it. */
export function isIn(periods: readonly PeriodKind[] | undefined, kind: PeriodKind, mustBeNamed: boolean): boolean {
  return periods ? periods.includes(kind) : !mustBeNamed;
}
