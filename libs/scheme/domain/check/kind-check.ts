import type { PeriodKind } from '#libs/calendar';
import type { SchemeDocument, ValueDocument } from '../../contracts/document';
import { forKind } from '../blocks/by-kind';
import { NOTHING } from '../numbers';
import type { PathPart } from '../reading/scheme-text';
import type { Findings } from './finding';
import { indicatorRange } from './indicator-range';
import { union } from './infer';
import { factShape, isIn, ratingShape, scale } from './names';
import { checkPay } from './pay-check';
import { add, ANYTHING, exactly, hull, intersect, isEmpty, most, multiply, NOT_NEGATIVE, type Range, rounded } from './range';
import { type Bound, cell, Reading } from './reading';
import type { Shape } from './shape';

const ZERO_RANGE: Range = exactly(NOTHING);

/** Follows a scheme through one kind of period in the order of its evaluation and tells what can't happen or does not go together. */
export function checkKind(
  document: SchemeDocument,
  kind: PeriodKind,
  findings: Findings,
  monthScore: Range | undefined,
): Range | undefined {
  const reading = new Reading(document, kind, findings);
  const rollUp = document.periods[kind]?.kind === 'roll-up';
  bindInputs(reading);
  bindHistory(reading);
  for (const [index, block] of (document.values ?? []).entries())
    if (isIn(block.periods, kind, rollUp) && block.after !== 'score') bindValue(block, ['values', index], reading);
  const sum = bindSections(reading, rollUp);
  // Sections that a roll-up has of its own are added to its months.
  const base = rollUp ? add(rolledUp(document, kind, monthScore), sum) : sum;
  reading.bind('sum', { type: 'number', range: base });
  const score = document.score === 'none' ? undefined : modified(reading, base, rollUp);
  if (score) reading.bind('score', { type: 'number', range: score });
  bindBands(reading);
  for (const [index, block] of (document.values ?? []).entries())
    if (isIn(block.periods, kind, false) && block.after === 'score') bindValue(block, ['values', index], reading);
  checkOutcome(reading);
  checkPay(reading);
  document.actions?.forEach(({ when, periods }, index) => {
    if (isIn(periods, kind, false))
      reading.consider(
        'never-happens',
        ['actions', index, 'when'],
        reading.truth({ text: when, path: ['actions', index, 'when'] }) !== false,
      );
  });
  return score;
}

/** Parameters, attributes, facts and ratings. */
export function bindInputs(reading: Reading): void {
  const { document, kind } = reading;
  for (const [name, { value, unit }] of Object.entries(document.parameters)) {
    const text = forKind(value, kind);
    if (text === undefined) continue;
    const shape = reading.shape({ text, path: ['parameters', name, 'value'] });
    reading.bind(
      `param.${name}`,
      shape.type === 'number' ? { ...shape, unit: unit === undefined || unit === 'points' || unit === 'number' ? undefined : unit } : shape,
    );
  }
  for (const [name, { words }] of Object.entries(document.employee ?? {}))
    reading.bind(`employee.${name}`, { type: 'word', words: new Set(words) });
  for (const [key, fact] of Object.entries(document.facts))
    if (isIn(fact.periods, kind, false)) reading.bind(key, factShape(key, fact, document.facts));
  const lines = new Set(document.sections.flatMap(({ indicators }) => indicators.map(({ key }) => key)));
  const fixed = (text: string) => reading.fixed(text);
  for (const [key, rating] of Object.entries(document.ratings))
    if (isIn(rating.periods, kind, false)) reading.bind(`rating.${key}`, ratingShape(rating, { fixed, lines, kind }));
  const { raters } = document;
  if (!raters) return;
  const range = scale(fixed(raters.from), fixed(raters.to));
  for (const group of raters.groups)
    for (const line of raters.lines)
      reading.bind(
        `rating.${group.key}.${line.key}`,
        group.many === true ? { type: 'numbers', range } : { type: 'number', range: hull(range, ZERO_RANGE) },
      );
  reading.bind('raters.merged', { type: 'list', items: new Set(raters.groups.map(({ key }) => key)) });
}

function bindHistory(reading: Reading): void {
  for (const [name, history] of Object.entries(reading.document.history ?? {})) {
    const earlier = new Reading(reading.document, reading.kind, undefined);
    bindInputs(earlier);
    const most_ = Number(history.count);
    for (const [key, { title, ...rules }] of Object.entries(history.facts)) {
      const shape = factShape(key, { title, ...rules }, {});
      earlier.bind(key, shape);
      if (shape.type === 'number') reading.bind(`history.${name}.${key}`, { ...shape, type: 'numbers', most: most_ });
    }
    history.each?.forEach(({ key, formula }, index) => {
      const shape = earlier.shape({ text: formula, path: ['history', name, 'each', index, 'formula'] });
      if (shape.type === 'number') reading.bind(`history.${name}.${key}`, { ...shape, type: 'numbers', most: most_ });
    });
  }
}

function bindValue(block: ValueDocument, path: readonly PathPart[], reading: Reading): void {
  reading.bind(`value.${block.key}`, valueShape(block, path, reading));
}

function valueShape(block: ValueDocument, path: readonly PathPart[], reading: Reading): Shape {
  if (block.kind === 'formula') return reading.shape({ text: block.formula, path: [...path, 'formula'] });
  return reading.cases(
    block.cases.map(({ when, value }, index) => ({
      when: { text: when, path: [...path, 'cases', index, 'when'] },
      value: { text: value, path: [...path, 'cases', index, 'value'] },
    })),
    { text: block.otherwise, path: [...path, 'otherwise'] },
  );
}

function bindSections(reading: Reading, rollUp: boolean): Range {
  const { document, kind } = reading;
  let sum = ZERO_RANGE;
  document.sections.forEach((section, index) => {
    if (!isIn(section.periods, kind, rollUp)) return;
    const path: PathPart[] = ['sections', index];
    let points = ZERO_RANGE;
    section.indicators.forEach((indicator, place) => {
      if (!isIn(indicator.periods, kind, false)) return;
      const { shown, counted } = indicatorRange(indicator, [...path, 'indicators', place], reading);
      reading.bind(`indicator.${indicator.key}`, { type: 'number', range: shown });
      points = add(points, counted);
    });
    const range = rounded(most(points, document.sections.length > 0 ? sectionFloor(section.indicators) : ZERO_RANGE), 2, 'half-up');
    const absent = section.when !== undefined;
    if (section.when !== undefined)
      reading.consider('never-happens', [...path, 'when'], reading.truth({ text: section.when, path: [...path, 'when'] }) !== false);
    const shown = absent ? hull(range, ZERO_RANGE) : range;
    reading.bind(`section.${section.key}`, { type: 'number', range: shown });
    const counts = reading.fixed(forKind(section.counts ?? '1', kind));
    sum = add(sum, counts ? rounded(multiply(shown, exactly(counts)), 2, 'half-up') : ANYTHING);
  });
  return sum;
}

function sectionFloor(indicators: SchemeDocument['sections'][number]['indicators']): Range {
  return indicators.some(({ mayBeNegative }) => mayBeNegative === true) ? ANYTHING : ZERO_RANGE;
}

const MONTHS: Readonly<Record<PeriodKind, number>> = { month: 1, quarter: 3, year: 12 };

/** Earlier scores are those of this scheme's own months. */
function rolledUp(document: SchemeDocument, kind: PeriodKind, month: Range | undefined): Range {
  const rule = document.periods[kind];
  const one = month ?? NOT_NEGATIVE;
  if (rule?.kind !== 'roll-up' || rule.method !== 'sum') return one;
  return hull(one, multiply(one, exactly({ num: BigInt(MONTHS[kind]), den: 1n })));
}

function modified(reading: Reading, base: Range, rollUp: boolean): Range {
  let score = base;
  reading.document.modifiers?.forEach((block, index) => {
    if (!isIn(block.periods, reading.kind, rollUp)) return;
    const path: PathPart[] = ['modifiers', index];
    const when = block.when === undefined ? true : reading.truth({ text: block.when, path: [...path, 'when'] });
    if (block.when !== undefined) reading.consider('never-happens', [...path, 'when'], when !== false);
    if (when === false) return;
    const value = block.kind === 'veto' ? ZERO_RANGE : reading.range({ text: block.value, path: [...path, 'value'] });
    const changed = block.kind === 'veto' ? ZERO_RANGE : block.kind === 'add' ? add(score, value) : multiply(score, value);
    score = rounded(when === true ? changed : hull(score, changed), 2, 'half-up');
  });
  return most(score, ZERO_RANGE);
}

function bindBands(reading: Reading): void {
  const { bands } = reading.document;
  if (!bands) return;
  const reached = bands.word === undefined ? bandsByNumber(reading, bands) : bandsByWord(reading, bands);
  reading.bind('grade', { type: 'word', words: new Set(bands.list.flatMap(({ key }, index) => (reached[index] === true ? [key] : []))) });
  const names = new Set(bands.list.flatMap(({ values }) => Object.keys(values ?? {})));
  for (const name of names) {
    const shapes = bands.list.flatMap(({ values }, index) => {
      const text = values?.[name];
      return text === undefined || reached[index] !== true ? [] : [reading.shape({ text, path: ['bands', 'list', index, 'values', name] })];
    });
    reading.bind(
      `band.${name}`,
      union(shapes, (a, b) => (a === b ? a : undefined)),
    );
  }
}

type Bands = NonNullable<SchemeDocument['bands']>;

function bandsByNumber(reading: Reading, bands: Bands): readonly boolean[] {
  const on = reading.range({ text: bands.on ?? 'score', path: ['bands', 'on'] });
  const bounds = bands.list.map((band): Bound | undefined => reading.boundOf(band));
  return bands.list.map(({ key }, index) => {
    const happens = !isEmpty(intersect(on, cell(bounds[index], bounds[index - 1])));
    reading.consider('unreachable-band', ['bands', 'list', index], happens, key);
    return happens;
  });
}

function bandsByWord(reading: Reading, bands: Bands): readonly boolean[] {
  const shape = reading.shape({ text: bands.word ?? '', path: ['bands', 'word'] });
  const words = shape.type === 'word' ? shape.words : undefined;
  for (const word of words ?? [])
    if (word !== '' && !bands.list.some(({ key }) => key === word)) reading.warn('word-without-band', ['bands', 'word'], word);
  return bands.list.map(({ key }, index) => {
    const happens = !words || words.has(key);
    reading.consider('unreachable-band', ['bands', 'list', index], happens, key);
    return happens;
  });
}

function checkOutcome(reading: Reading): void {
  reading.document.outcome?.forEach((block, index) => {
    if (!isIn(block.periods, reading.kind, false)) return;
    const path: PathPart[] = ['outcome', index];
    const asked = (member: PathPart[], text: string): void => {
      reading.consider('never-happens', [...path, ...member], reading.truth({ text, path: [...path, ...member] }) !== false);
    };
    if (block.when !== undefined) asked(['when'], block.when);
    const shape = block.value === undefined ? undefined : reading.shape({ text: block.value, path: [...path, 'value'] });
    if (shape) reading.bind(`outcome.${block.key}`, shape);
    if (block.type === 'list')
      block.items?.forEach(({ when }, item) => {
        asked(['items', item, 'when'], when);
      });
  });
}
