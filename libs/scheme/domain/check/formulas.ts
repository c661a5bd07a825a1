import type { MethodDocument, PayLineDocument, SchemeDocument } from '../../contracts/document';
import { namesIn } from '../formula/compile';
import { FormulaProblem } from '../formula/lexer';
import { type Expression, parseFormula } from '../formula/parser';
import type { PathPart } from '../reading/scheme-text';

/** A formula where it stands, and the block that it belongs to, such as `value.place` or `line.bonus`. */
export interface FormulaPlace {
  readonly owner: string;
  readonly path: readonly PathPart[];
  readonly text: string;
}

/** Undefined when it can't be read; the compiler says why. */
export function parsed(text: string): Expression | undefined {
  try {
    return parseFormula(text);
  } catch (error) {
    if (error instanceof FormulaProblem) return undefined;
    throw error;
  }
}

/** Every formula and constant of a scheme, in its order. */
export function formulasOf(document: SchemeDocument): readonly FormulaPlace[] {
  const found: FormulaPlace[] = [];
  const collect = (owner: string, path: readonly PathPart[], value: unknown): void => {
    if (typeof value === 'string') found.push({ owner, path, text: value });
    else if (typeof value === 'object' && value !== null)
      for (const [kind, text] of Object.entries(value)) if (typeof text === 'string') found.push({ owner, path: [...path, kind], text });
  };
  for (const [name, { value }] of Object.entries(document.parameters)) collect(`param.${name}`, ['parameters', name, 'value'], value);
  inputFormulas(document, collect);
  document.values?.forEach((block, index) => {
    const path = ['values', index];
    if (block.kind === 'formula') collect(`value.${block.key}`, [...path, 'formula'], block.formula);
    else casesFormulas(block, { owner: `value.${block.key}`, path, collect });
  });
  scoreFormulas(document, collect);
  resultFormulas(document, collect);
  return found;
}

type Collect = (owner: string, path: readonly PathPart[], value: unknown) => void;

function inputFormulas(document: SchemeDocument, collect: Collect): void {
  for (const [name, history] of Object.entries(document.history ?? {}))
    history.each?.forEach(({ key, formula }, index) => {
      collect(`history.${name}.${key}`, ['history', name, 'each', index, 'formula'], formula);
    });
  for (const [key, rating] of Object.entries(document.ratings)) {
    const [owner, path] = [`rating.${key}`, ['ratings', key]];
    collect(owner, [...path, 'when'], rating.when);
    if (rating.type === 'points' || rating.type === 'numbers') {
      collect(owner, [...path, 'from'], rating.from);
      collect(owner, [...path, 'to'], rating.to);
    }
  }
  if (document.raters) {
    collect('raters', ['raters', 'from'], document.raters.from);
    collect('raters', ['raters', 'to'], document.raters.to);
    document.raters.groups.forEach(({ share }, index) => {
      collect('raters', ['raters', 'groups', index, 'share'], share);
    });
  }
  for (const [name, table] of Object.entries(document.tables ?? {})) {
    if (table.kind === 'step') collect(`table.${name}`, ['tables', name, 'below'], table.below);
    table.rows.forEach((row, index) => {
      for (const [member, text] of Object.entries(row)) collect(`table.${name}`, ['tables', name, 'rows', index, member], text);
    });
  }
}

interface CasesPlace {
  readonly owner: string;
  readonly path: readonly PathPart[];
  readonly collect: Collect;
}

function casesFormulas(
  block: { readonly cases: readonly { readonly when: string; readonly value: string }[]; readonly otherwise: string },
  { owner, path, collect }: CasesPlace,
): void {
  block.cases.forEach(({ when, value }, index) => {
    collect(owner, [...path, 'cases', index, 'when'], when);
    collect(owner, [...path, 'cases', index, 'value'], value);
  });
  collect(owner, [...path, 'otherwise'], block.otherwise);
}

/** Members of a method that hold formulas or constants. */
const METHOD_FORMULAS = [
  'actual',
  'target',
  'cap',
  'floor',
  'done',
  'due',
  'met',
  'of',
  'from',
  'fullAt',
  'now',
  'before',
  'count',
  'each',
  'days',
  'halfDays',
  'formula',
] as const;

function methodFormulas(method: MethodDocument, { owner, path, collect }: CasesPlace): void {
  if (method.kind === 'cases') casesFormulas(method, { owner, path, collect });
  const members: Readonly<Record<string, unknown>> = method;
  for (const member of METHOD_FORMULAS)
    if (!(method.kind === 'consecutive' && member === 'each')) collect(owner, [...path, member], members[member]);
  if (method.kind === 'words') for (const [word, worth] of Object.entries(method.worth)) collect(owner, [...path, 'worth', word], worth);
  if (method.kind === 'raters')
    for (const [group, share] of Object.entries(method.shares ?? {})) collect(owner, [...path, 'shares', group], share);
}

function scoreFormulas(document: SchemeDocument, collect: Collect): void {
  document.sections.forEach((section, index) => {
    const [owner, path] = [`section.${section.key}`, ['sections', index]];
    for (const member of ['points', 'counts', 'when'] as const) collect(owner, [...path, member], section[member]);
    section.indicators.forEach((indicator, place) => {
      const [name, at] = [`indicator.${indicator.key}`, [...path, 'indicators', place]];
      for (const member of ['points', 'counts', 'zeroWhen'] as const) collect(name, [...at, member], indicator[member]);
      methodFormulas(indicator.method, { owner: name, path: [...at, 'method'], collect });
    });
  });
  collect('sum', ['points'], document.points);
  document.modifiers?.forEach((modifier, index) => {
    collect(`modifier.${modifier.key}`, ['modifiers', index, 'when'], modifier.when);
    if (modifier.kind !== 'veto') collect(`modifier.${modifier.key}`, ['modifiers', index, 'value'], modifier.value);
  });
}

function resultFormulas(document: SchemeDocument, collect: Collect): void {
  const { bands } = document;
  if (bands) {
    collect('grade', ['bands', 'on'], bands.on);
    collect('grade', ['bands', 'word'], bands.word);
    bands.list.forEach((band, index) => {
      for (const member of ['from', 'over'] as const) collect('grade', ['bands', 'list', index, member], band[member]);
      for (const [name, text] of Object.entries(band.values ?? {})) collect(`band.${name}`, ['bands', 'list', index, 'values', name], text);
    });
  }
  document.groupLimits?.forEach(({ atMost }, index) => {
    collect('groupLimits', ['groupLimits', index, 'atMost'], atMost);
  });
  for (const [grade, share] of Object.entries(document.distribution?.shares ?? {}))
    collect('distribution', ['distribution', 'shares', grade], share);
  document.outcome?.forEach((block, index) => {
    const [owner, path] = [`outcome.${block.key}`, ['outcome', index]];
    collect(owner, [...path, 'when'], block.when);
    collect(owner, [...path, 'value'], block.value);
    if (block.type !== 'list') return;
    block.items?.forEach(({ when }, item) => {
      collect(owner, [...path, 'items', item, 'when'], when);
    });
  });
  document.pay?.forEach((line, index) => {
    payFormulas(line, { owner: `line.${line.key}`, path: ['pay', index], collect });
  });
  document.actions?.forEach(({ key, when }, index) => {
    collect(`action.${key}`, ['actions', index, 'when'], when);
  });
  document.review.forEach(({ when }, index) => {
    collect(`review.${index}`, ['review', index, 'when'], when);
  });
}

const LINE_FORMULAS = ['formula', 'unless', 'on', 'by', 'place', 'holders', 'monthly', 'ceiling', 'held', 'atMost', 'when'] as const;

function payFormulas(line: PayLineDocument, { owner, path, collect }: CasesPlace): void {
  const members: Readonly<Record<string, unknown>> = line;
  for (const member of LINE_FORMULAS) collect(owner, [...path, member], members[member]);
  if (line.kind === 'prize')
    line.prizes.forEach((prize, index) => {
      collect(owner, [...path, 'prizes', index], prize);
    });
}

/** Which names each block reads, tables as `table.<name>`. */
export function readsOf(document: SchemeDocument, formulas: readonly FormulaPlace[]): ReadonlyMap<string, ReadonlySet<string>> {
  const reads = new Map<string, Set<string>>();
  const note = (owner: string, name: string): void => {
    const known = reads.get(owner) ?? new Set();
    reads.set(owner, known.add(name));
  };
  for (const { owner, text } of formulas) {
    const expression = parsed(text);
    if (!expression) continue;
    for (const name of namesIn(expression)) note(owner, name);
    for (const table of tablesIn(expression)) note(owner, `table.${table}`);
  }
  for (const { indicators } of document.sections)
    for (const { key, method, doubledBy } of indicators) {
      const owner = `indicator.${key}`;
      for (const name of namedBy(method)) note(owner, name);
      if (doubledBy !== undefined) note(owner, `rating.${doubledBy}`);
    }
  for (const line of document.pay ?? []) if (line.kind === 'commission') note(`line.${line.key}`, `table.${line.table}`);
  return reads;
}

/** What a method reads by its members instead of by a formula. */
function namedBy(method: MethodDocument): readonly string[] {
  switch (method.kind) {
    case 'items':
    case 'rating':
      return [`rating.${method.rating}`];
    case 'rubric':
      return method.ratings.map((key) => `rating.${key}`);
    case 'tiers':
      return [`table.${method.table}`];
    case 'consecutive':
      return [`history.${method.history}.${method.each}`];
    case 'raters':
      return [`raters.${method.line}`];
    default:
      return [];
  }
}

function tablesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'negate':
    case 'not':
      return tablesIn(expression.of);
    case 'arithmetic':
    case 'compare':
    case 'logic':
      return [...tablesIn(expression.left), ...tablesIn(expression.right)];
    case 'call': {
      const [first] = expression.args;
      const own = expression.name === 'lookup' && first?.kind === 'word' ? [first.text] : [];
      return [...own, ...expression.args.flatMap(tablesIn)];
    }
    default:
      return [];
  }
}

/** Everything that a block rests on, directly or through other blocks. */
export function restsOn(owner: string, reads: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [owner];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const name of reads.get(next) ?? [])
      if (!found.has(name)) {
        found.add(name);
        waiting.push(name);
      }
  return found;
}
