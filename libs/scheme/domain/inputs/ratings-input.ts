import { compareFraction, type Fraction, roundFraction, signOf, wholeFraction } from '#kernel';
import type { RatingDocument, SectionDocument } from '../../contracts/document';
import type { EvaluationInput, ExplanationNode } from '../../contracts/evaluation';
import { own, writtenText } from './fact-rules';
import { ListedNumbers } from '../formula/number-list';
import { type Frame, numbersText } from '../frame';
import { isNegative, isWholeFraction, NOTHING, readNumber } from '../numbers';
import { isRead, type Under, underOf } from './readings';
import type { PathPart } from '../reading/scheme-text';
import type { EarlyCondition, Leaf, Workbench } from '../workbench';

/** Keys of the lines of a section that a list can double. */
export interface DoubledLines {
  readonly under: EarlyCondition | undefined;
  readonly keys: readonly string[];
}

export type RatingKind =
  | { readonly type: 'points'; readonly from: Fraction; readonly to: Fraction; readonly whole: boolean }
  | { readonly type: 'occurrences' }
  | { readonly type: 'word'; readonly words: readonly string[] }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'lines'; readonly sections: readonly DoubledLines[] }
  | { readonly type: 'entries' }
  | { readonly type: 'numbers'; readonly from: Fraction; readonly to: Fraction }
  | { readonly type: 'awards'; readonly approvals: number };

/** With the lines of a list known, a rating can be judged. */
export type JudgedKind = Exclude<RatingKind, { type: 'lines' }>;

export interface RatingSpec extends Leaf {
  readonly key: string;
  readonly kind: RatingKind;
  /** Only asked while it holds. */
  readonly when: EarlyCondition | undefined;
  readonly under: Under;
}

const SLOTS: Readonly<Record<RatingKind['type'], 'number' | 'word' | 'list' | 'numbers'>> = {
  points: 'number',
  occurrences: 'number',
  word: 'word',
  list: 'list',
  lines: 'list',
  entries: 'number',
  numbers: 'numbers',
  awards: 'numbers',
};

export function bindRatings(
  ratings: readonly (readonly [string, RatingDocument])[],
  sections: readonly { readonly block: SectionDocument; readonly index: number }[],
  bench: Workbench,
): readonly RatingSpec[] {
  return ratings.map(([key, rating]) => {
    const path: PathPart[] = ['ratings', key];
    const kind = ratingKind(key, rating, { path, sections, bench });
    const ranged = kind.type === 'points' || kind.type === 'numbers';
    if (ranged && (compareFraction(kind.from, kind.to) >= 0 || isNegative(kind.from))) bench.problem('empty-range', path);
    const when = rating.when === undefined ? undefined : bench.early(rating.when, [...path, 'when']);
    const leaf = bench.leaf(`rating.${key}`, SLOTS[kind.type], path, kind.type === 'entries' ? { isCount: true } : {});
    return { key, kind, when, ...leaf, under: undefined };
  });
}

/** Leaves out what nothing reads. */
export function ratingsPlan(bound: readonly RatingSpec[], bench: Workbench): readonly RatingSpec[] {
  return bound.flatMap((spec) => {
    const reading = bench.reading(`rating.${spec.key}`);
    return reading ? [{ ...spec, under: underOf(reading) }] : [];
  });
}

interface KindContext {
  readonly path: readonly PathPart[];
  readonly sections: readonly { readonly block: SectionDocument; readonly index: number }[];
  readonly bench: Workbench;
}

function ratingKind(key: string, rating: RatingDocument, { path, sections, bench }: KindContext): RatingKind {
  const fixed = (text: string, member: string): Fraction => bench.fixedNumber(text, [...path, member]);
  switch (rating.type) {
    case 'points':
      return { type: 'points', from: fixed(rating.from ?? '0', 'from'), to: fixed(rating.to, 'to'), whole: rating.whole ?? false };
    case 'word':
      return { type: 'word', words: rating.words };
    case 'list':
      if (rating.items === 'lines') return { type: 'lines', sections: doubledLines(key, sections, bench) };
      return { type: 'list', items: rating.items };
    case 'occurrences':
      return { type: 'occurrences' };
    case 'entries':
      return { type: 'entries' };
    case 'numbers':
      return { type: 'numbers', from: fixed(rating.from, 'from'), to: fixed(rating.to, 'to') };
    case 'awards':
      return { type: 'awards', approvals: Number(rating.approvals ?? '2') };
  }
}

function doubledLines(
  key: string,
  sections: readonly { readonly block: SectionDocument; readonly index: number }[],
  bench: Workbench,
): readonly DoubledLines[] {
  return sections.flatMap(({ block, index }) => {
    const keys = block.indicators
      .filter(({ doubledBy, periods }) => doubledBy === key && (!periods || !bench.kind || periods.includes(bench.kind)))
      .map((indicator) => indicator.key);
    if (keys.length === 0) return [];
    return [{ under: block.when === undefined ? undefined : bench.early(block.when, ['sections', index, 'when']), keys }];
  });
}

/** Reads every rating of the plan into the frame, with all errors in it. What is not asked reads as 0, no word or no items. */
export function readRatings(specs: readonly RatingSpec[], ratings: EvaluationInput['ratings'], frame: Frame): void {
  for (const spec of specs) {
    const key = `rating.${spec.key}`;
    const kind = askedKind(spec, frame);
    if (kind === undefined) {
      frame.leaves[spec.leaf] = { key, rule: 'rating', value: null };
      continue;
    }
    const raw = own(ratings, spec.key);
    const reading = readRating(kind, raw);
    if (reading.type === 'error') frame.errors.push({ code: reading.code, key: spec.key });
    else frame.leaves[spec.leaf] = { key, rule: 'rating', value: stored(reading, raw, spec.slot, frame) };
  }
}

/** Whether a rating is asked of this person, as the conditions decided so far stand. */
export function isAsked(spec: RatingSpec, frame: Frame): boolean {
  return (spec.when === undefined || spec.when.holds(frame)) && isRead(spec.under, frame);
}

/** How the rating is read for this person; undefined when it is not asked, or while an attribute that decides it is in error. */
function askedKind(spec: RatingSpec, frame: Frame): JudgedKind | undefined {
  if (!isAsked(spec, frame)) return undefined;
  if (spec.kind.type !== 'lines') return spec.kind;
  if (spec.kind.sections.some(({ under }) => under && frame.conditions[under.index] === undefined)) return undefined;
  return { type: 'list', items: linesOf(spec.kind.sections, frame) };
}

/** The lines that a list can name in the sections that apply to the person. */
export function linesOf(sections: readonly DoubledLines[], frame: Frame): readonly string[] {
  return sections.filter(({ under }) => !under || under.holds(frame)).flatMap(({ keys }) => keys);
}

function stored(reading: Exclude<RatingReading, { type: 'error' }>, raw: unknown, slot: number, frame: Frame): ExplanationNode['value'] {
  switch (reading.type) {
    case 'number':
      frame.numbers[slot] = reading.value;
      return writtenText(raw, reading.value);
    case 'word':
      frame.words[slot] = reading.word;
      return reading.word;
    case 'list':
      frame.lists[slot] = reading.items;
      return reading.items.join(' ');
    case 'numbers': {
      const list = new ListedNumbers(reading.values);
      frame.numberLists[slot] = list;
      return numbersText(list);
    }
  }
}

export type RatingReading =
  | { readonly type: 'number'; readonly value: Fraction }
  | { readonly type: 'word'; readonly word: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'numbers'; readonly values: readonly Fraction[] }
  | { readonly type: 'error'; readonly code: string };

const failed = (code: string): RatingReading => ({ type: 'error', code });

/** One rating by its line: the value, or the first rule of the error table that holds. */
export function readRating(kind: JudgedKind, raw: unknown): RatingReading {
  const absent = raw === undefined || raw === null;
  switch (kind.type) {
    case 'list':
      return readList(kind.items, absent ? [] : raw);
    case 'entries':
      return readEntries(absent ? [] : raw);
    case 'numbers':
      return readNumbers(kind, absent ? [] : raw);
    case 'awards':
      return readAwards(kind.approvals, absent ? [] : raw);
    case 'word':
      if (absent) return failed('missing-rating');
      return typeof raw === 'string' && kind.words.includes(raw) ? { type: 'word', word: raw } : failed('unknown-value');
    case 'points':
      return absent ? failed('missing-rating') : readPoints(raw, kind);
    case 'occurrences':
      return absent ? failed('missing-rating') : readPoints(raw, { from: NOTHING, to: undefined, whole: true });
  }
}

interface PointsRange {
  readonly from: Fraction;
  readonly to: Fraction | undefined;
  readonly whole?: boolean;
}

function readPoints(raw: unknown, range: PointsRange): RatingReading {
  const value = pointsValue(raw, range);
  return typeof value === 'string' ? failed(value) : { type: 'number', value };
}

/** A number within a range, or the first rule that it breaks. */
export function pointsValue(raw: unknown, { from, to, whole }: PointsRange): Fraction | string {
  const value = readNumber(raw);
  if (!value) return 'invalid-number';
  if (whole && !isWholeFraction(value)) return 'not-whole';
  if (compareFraction(value, from) < 0 || (to && compareFraction(value, to) > 0)) return 'out-of-range';
  return value;
}

function readList(items: readonly string[], raw: unknown): RatingReading {
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

/** Only how many there are goes on: the words are free and may name people. */
function readEntries(raw: unknown): RatingReading {
  if (!Array.isArray(raw)) return failed('unknown-value');
  const words = raw as readonly unknown[];
  if (!words.every((word) => typeof word === 'string' && word.trim() !== '')) return failed('unknown-value');
  return { type: 'number', value: wholeFraction(words.length) };
}

/** In the order of the error table, whichever item breaks a rule first. */
const ITEM_CODES = ['invalid-number', 'out-of-range'] as const;

/** Numbers of a list, each in the range; of several broken rules the first of the error table. */
export function numbersIn(raw: readonly unknown[], range: PointsRange): readonly Fraction[] | string {
  const values: Fraction[] = [];
  const broken = new Set<string>();
  for (const item of raw) {
    const value = pointsValue(item, range);
    if (typeof value === 'string') broken.add(value);
    else values.push(value);
  }
  return ITEM_CODES.find((code) => broken.has(code)) ?? values;
}

function readNumbers(range: PointsRange, raw: unknown): RatingReading {
  if (!Array.isArray(raw)) return failed('unknown-value');
  const values = numbersIn(raw, range);
  return typeof values === 'string' ? failed(values) : { type: 'numbers', values: [...values].sort((a, b) => compareFraction(b, a)) };
}

/** Of several awards the first with a problem counts. Reasons and names stay out of what is computed. */
function readAwards(approvals: number, raw: unknown): RatingReading {
  if (!Array.isArray(raw)) return failed('unknown-value');
  const amounts: Fraction[] = [];
  for (const award of raw as readonly unknown[]) {
    const amount = awardAmount(award, approvals);
    if (typeof amount === 'string') return failed(amount);
    amounts.push(amount);
  }
  return { type: 'numbers', values: amounts.sort((a, b) => compareFraction(b, a)) };
}

/** To the cent; or the first that holds: template 10 "special_award". */
function awardAmount(award: unknown, approvals: number): Fraction | string {
  const member = (name: string): unknown =>
    typeof award === 'object' && award !== null && Object.hasOwn(award, name) ? (Reflect.get(award, name) as unknown) : undefined;
  const amount = readNumber(member('amount'));
  if (!amount) return 'invalid-number';
  if (signOf(amount) <= 0) return 'out-of-range';
  const reason = member('reason');
  if (typeof reason !== 'string' || reason.trim() === '') return 'missing-reason';
  const people = member('approved_by');
  const names = Array.isArray(people)
    ? (people as readonly unknown[]).filter((name) => typeof name === 'string').map((name) => name.trim())
    : [];
  return new Set(names.filter((name) => name !== '')).size < approvals ? 'missing-approval' : roundFraction(amount, 2);
}
