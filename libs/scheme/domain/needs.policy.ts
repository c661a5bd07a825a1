import type { PeriodKind } from '#libs/calendar';
import type { Rater, Title } from '../contracts/document';
import type { EvaluationError } from '../contracts/evaluation';
import type { CompiledScheme } from './compile';
import { orderedErrors, readRating, type RatingKind } from './input.policy';
import { exactText } from './numbers';

/** A fact that has to be there before a period of this kind can be scored. */
export interface RequiredFact {
  readonly key: string;
  readonly unit: 'money' | 'count' | 'days' | 'percent' | 'number';
  readonly whole: boolean;
  readonly source: string | null;
  readonly title: Title;
}

/** In the order of the scheme; none for a roll-up or a kind of period that the scheme does not take. */
export function requiredFacts(scheme: CompiledScheme, kind: PeriodKind): readonly RequiredFact[] {
  const needed: RequiredFact[] = [];
  for (const { key, whole } of scheme.plans[kind]?.facts ?? []) {
    const fact = scheme.document.facts[key];
    if (fact) needed.push({ key, unit: fact.unit, whole, source: fact.source ?? null, title: fact.title });
  }
  return needed;
}

/** A line that a person fills in: in a self-review, or when scoring. */
export interface RatingLine {
  readonly key: string;
  readonly title: Title;
  readonly help: Title | null;
  readonly type: RatingKind['type'];
  /** False where it is asked and shown, but another's rating counts. */
  readonly counts: boolean;
  /** Points lines: lowest and highest as exact decimals. */
  readonly from: string | null;
  readonly to: string | null;
  /** Words or list items to choose from. */
  readonly options: readonly string[];
  readonly optionTitles: Readonly<Record<string, Title>>;
}

/** The lines that a rater fills in for a kind of period, in the order of the scheme. */
export function ratingLines(scheme: CompiledScheme, kind: PeriodKind, rater: Rater): readonly RatingLine[] {
  const lines: RatingLine[] = [];
  for (const spec of scheme.plans[kind]?.ratings ?? []) {
    const rating = scheme.document.ratings[spec.key];
    if (!rating || (rating.by !== rater && !rating.alsoBy?.includes(rater))) continue;
    const of = spec.kind;
    lines.push({
      key: spec.key,
      title: rating.title,
      help: rating.help ?? null,
      type: of.type,
      counts: rating.by === rater,
      from: of.type === 'points' ? exactText(of.from) : null,
      to: of.type === 'points' ? exactText(of.to) : null,
      options: of.type === 'word' ? of.words : of.type === 'list' ? of.items : [],
      optionTitles: rating.type === 'list' ? (rating.itemTitles ?? {}) : {},
    });
  }
  return lines;
}

export interface RatingsToCheck {
  readonly kind: PeriodKind;
  readonly rater: Rater;
  readonly ratings: Readonly<Record<string, unknown>>;
  /** False for a draft: then a missing line is no error. */
  readonly complete: boolean;
}

/** All that is wrong with a rater's submission, by the codes of the error table, and `unknown-rating` for a line that isn't theirs. */
export function validateRatings(scheme: CompiledScheme, { kind, rater, ratings, complete }: RatingsToCheck): readonly EvaluationError[] {
  const lines = new Set(ratingLines(scheme, kind, rater).map((line) => line.key));
  const errors: EvaluationError[] = [];
  for (const spec of scheme.plans[kind]?.ratings ?? []) {
    if (!lines.has(spec.key)) continue;
    const reading = readRating(spec.kind, Object.hasOwn(ratings, spec.key) ? ratings[spec.key] : undefined);
    if (reading.type === 'error' && (complete || reading.code !== 'missing-rating')) errors.push({ code: reading.code, key: spec.key });
  }
  for (const key of Object.keys(ratings)) if (!lines.has(key)) errors.push({ code: 'unknown-rating', key });
  return orderedErrors(errors);
}
