import { compareFraction, type Fraction, isPeriod, type Period } from '#kernel';
import { monthsOf } from '#libs/calendar';
import type { EvaluationError, EvaluationInput, ExplanationNode, FactInput } from '../contracts/evaluation';
import type { Frame } from './frame';
import { exactText, isNegative, isWholeFraction, isZero, NOTHING, readNumber } from './numbers';

/** A fact that the scheme names for a kind of period. */
export interface FactSpec {
  readonly key: string;
  readonly slot: number;
  readonly leaf: number;
  readonly whole: boolean;
  readonly positive: boolean;
  readonly percent: boolean;
  readonly mayBeNegative: boolean;
  readonly partOf: string | undefined;
}

export type RatingKind =
  | { readonly type: 'points'; readonly from: Fraction; readonly to: Fraction; readonly whole: boolean }
  | { readonly type: 'occurrences' }
  | { readonly type: 'word'; readonly words: readonly string[] }
  | { readonly type: 'list'; readonly items: readonly string[] };

export interface RatingSpec {
  readonly key: string;
  readonly slot: number;
  readonly leaf: number;
  readonly kind: RatingKind;
}

const HUNDRED: Fraction = { num: 100n, den: 1n };

function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isFactInput(raw: unknown): raw is FactInput {
  return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'value');
}

/** Reads every fact of the plan into the frame, with all errors in it; the order of facts in the input plays no part. */
export function readFacts(specs: readonly FactSpec[], facts: EvaluationInput['facts'], frame: Frame): void {
  const good = new Map<string, Fraction>();
  for (const spec of specs) {
    const given = own(facts, spec.key);
    const raw = isFactInput(given) ? given.value : given;
    const value = raw === undefined || raw === null ? 'missing-fact' : factValue(spec, raw);
    if (typeof value === 'string') {
      frame.errors.push({ code: value, key: spec.key });
      continue;
    }
    frame.numbers[spec.slot] = value;
    frame.leaves[spec.leaf] = factLeaf(spec.key, value, isFactInput(given) ? given : undefined);
    good.set(spec.key, value);
  }
  for (const { key, partOf } of specs) {
    const [part, whole] = [good.get(key), partOf === undefined ? undefined : good.get(partOf)];
    if (part && whole && compareFraction(part, whole) > 0) frame.errors.push({ code: 'inconsistent', key });
  }
}

/** The first rule of the error table that holds, or the value. */
function factValue(spec: FactSpec, raw: unknown): Fraction | string {
  const value = readNumber(raw);
  if (!value) return 'invalid-number';
  if (isNegative(value) && !spec.mayBeNegative) return 'negative-fact';
  if (spec.whole && !isWholeFraction(value)) return 'not-whole';
  if (spec.positive && isZero(value)) return 'zero-target';
  if (spec.percent && compareFraction(value, HUNDRED) > 0) return 'out-of-range';
  return value;
}

function factLeaf(key: string, value: Fraction, origin: FactInput | undefined): ExplanationNode {
  const positions = origin?.positions ?? (origin?.position === undefined ? undefined : [origin.position]);
  const text = exactText(value);
  if (positions === undefined && origin?.factId === undefined) return { key, rule: 'fact', value: text };
  return {
    key,
    rule: 'fact',
    value: text,
    ...(positions && { positions }),
    ...(origin?.factId !== undefined && { factId: origin.factId }),
  };
}

/** Reads every rating of the plan into the frame, with all errors in it. */
export function readRatings(specs: readonly RatingSpec[], ratings: EvaluationInput['ratings'], frame: Frame): void {
  for (const spec of specs) {
    const reading = readRating(spec.kind, own(ratings, spec.key));
    const key = `rating.${spec.key}`;
    switch (reading.type) {
      case 'error':
        frame.errors.push({ code: reading.code, key: spec.key });
        break;
      case 'number':
        frame.numbers[spec.slot] = reading.value;
        frame.leaves[spec.leaf] = { key, rule: 'rating', value: exactText(reading.value) };
        break;
      case 'word':
        frame.words[spec.slot] = reading.word;
        frame.leaves[spec.leaf] = { key, rule: 'rating', value: reading.word };
        break;
      case 'list': {
        frame.lists[spec.slot] = reading.items;
        frame.leaves[spec.leaf] = { key, rule: 'rating', value: reading.items.join(' ') };
      }
    }
  }
}

export type RatingReading =
  | { readonly type: 'number'; readonly value: Fraction }
  | { readonly type: 'word'; readonly word: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'error'; readonly code: string };

const failed = (code: string): RatingReading => ({ type: 'error', code });

/** One rating by its line: the value, or the first rule of the error table that holds. */
export function readRating(kind: RatingKind, raw: unknown): RatingReading {
  if (kind.type === 'list') return readList(kind.items, raw);
  if (raw === undefined || raw === null) return failed('missing-rating');
  if (kind.type === 'word')
    return typeof raw === 'string' && kind.words.includes(raw) ? { type: 'word', word: raw } : failed('unknown-value');
  const value = readNumber(raw);
  if (!value) return failed('invalid-number');
  const whole = kind.type === 'occurrences' || kind.whole;
  if (whole && !isWholeFraction(value)) return failed('not-whole');
  const [from, to] = kind.type === 'points' ? [kind.from, kind.to] : [NOTHING, undefined];
  if (compareFraction(value, from) < 0 || (to && compareFraction(value, to) > 0)) return failed('out-of-range');
  return { type: 'number', value };
}

function readList(items: readonly string[], raw: unknown): RatingReading {
  if (raw === undefined || raw === null) return { type: 'list', items: [] };
  if (!Array.isArray(raw)) return failed('unknown-value');
  const named = new Set<string>();
  let twice = false;
  for (const item of raw as readonly unknown[]) {
    if (typeof item !== 'string' || !items.includes(item)) return failed('unknown-value');
    twice ||= named.has(item);
    named.add(item);
  }
  // In the order of the scheme, so that the order they were ticked in changes nothing.
  return twice ? failed('duplicate-item') : { type: 'list', items: items.filter((item) => named.has(item)) };
}

export interface MonthScore {
  readonly period: Period;
  readonly score: Fraction;
}

/** The scores of the months of a period that are there, in calendar order; other entries are not read beyond their period. */
export function readMonthScores(of: Period, history: readonly unknown[], errors: EvaluationError[]): readonly MonthScore[] {
  const months: ReadonlySet<string> = new Set(monthsOf(of));
  const entries = new Map<Period, unknown>();
  const twice = new Set<Period>();
  let invalid = false;
  for (const entry of history) {
    const of_ = memberOf(entry, 'period');
    if (typeof of_ !== 'string' || !isPeriod(of_)) invalid = true;
    else if (months.has(of_)) {
      if (entries.has(of_)) twice.add(of_);
      entries.set(of_, entry);
    }
  }
  if (invalid) errors.push({ code: 'invalid-period', key: 'history' });
  else if (entries.size === 0) errors.push({ code: 'missing-history', key: 'history' });
  for (const month of twice) errors.push({ code: 'duplicate-period', key: `history.${month}` });
  const scores: MonthScore[] = [];
  for (const [month, entry] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (twice.has(month)) continue;
    const raw = memberOf(entry, 'score');
    const score = raw === undefined || raw === null ? 'missing-history' : monthScore(raw);
    if (typeof score === 'string') errors.push({ code: score, key: `history.${month}.score` });
    else scores.push({ period: month, score });
  }
  return scores;
}

function monthScore(raw: unknown): Fraction | string {
  const value = readNumber(raw);
  if (!value) return 'invalid-number';
  return isNegative(value) ? 'out-of-range' : value;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}

/** Sorted by key in code points, one per key: the first that holds. */
export function orderedErrors(errors: readonly EvaluationError[]): readonly EvaluationError[] {
  const first = new Map<string, EvaluationError>();
  for (const error of errors) if (!first.has(error.key)) first.set(error.key, error);
  return [...first.values()].sort((a, b) => compareCodePoints(a.key, b.key));
}

function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
