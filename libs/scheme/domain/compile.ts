import { compareFraction, type Fraction } from '#kernel';
import { PERIOD_KINDS, type PeriodKind } from '#libs/calendar';
import type { FactDocument, RatingDocument, SchemeDocument } from '../contracts/document';
import type { FactSpec, RatingKind, RatingSpec } from './input.policy';
import { isNegative } from './numbers';
import { compilePlan, type Plan } from './plan';
import type { PathPart, SchemeProblem, SchemeSource } from './scheme-text';
import { compileTable } from './tables';
import { Workbench } from './workbench';

/** A scheme made ready to evaluate: names resolved, slots given out, constants computed. Immutable; compile once, evaluate often. */
export interface CompiledScheme {
  readonly id: string;
  readonly document: SchemeDocument;
  readonly plans: Readonly<Partial<Record<PeriodKind, Plan>>>;
  readonly groupLimits: readonly GroupLimit[];
}

/** At most this share of a group may have the grade. */
export interface GroupLimit {
  readonly grade: string;
  readonly atMost: Fraction;
  readonly per: 'department' | 'cycle';
}

export type SchemeCompilation =
  { readonly ok: true; readonly scheme: CompiledScheme } | { readonly ok: false; readonly problems: readonly SchemeProblem[] };

/** Checks what names mean, types, sums and orders, and prepares one plan per kind of period. */
export function compileScheme(source: SchemeSource): SchemeCompilation {
  const problems: SchemeProblem[] = [];
  const plans: Partial<Record<PeriodKind, Plan>> = {};
  for (const kind of PERIOD_KINDS) {
    const rule = source.document.periods[kind];
    if (!rule) continue;
    const bench = new Workbench(source, problems);
    const scored = rule.kind === 'scored';
    bindParameters(source.document, bench, kind);
    const facts = scored ? bindFacts(source.document, kind, bench) : [];
    const ratings = scored ? bindRatings(source.document, kind, bench) : [];
    plans[kind] = compilePlan({ document: source.document, kind, rule, bench, facts, ratings });
  }
  const groupLimits = compileGroupLimits(source, problems);
  if (Object.keys(plans).length === 0) problems.push({ code: 'no-periods', path: 'periods', ...source.locate(['periods']), detail: '' });
  if (problems.length > 0) return { ok: false, problems: distinct(problems) };
  return { ok: true, scheme: { id: source.document.id, document: source.document, plans, groupLimits } };
}

function compileGroupLimits(source: SchemeSource, problems: SchemeProblem[]): readonly GroupLimit[] {
  const bench = new Workbench(source, problems);
  bindParameters(source.document, bench);
  const grades = new Set(source.document.bands?.list.map(({ key }) => key));
  return (source.document.groupLimits ?? []).map(({ grade, atMost, per }, index) => {
    if (!grades.has(grade)) bench.problem('unknown-name', ['groupLimits', index, 'grade'], grade);
    return { grade, atMost: bench.fixedNumber(atMost, ['groupLimits', index, 'atMost']), per };
  });
}

/** The same block is compiled for each kind of period; its problem is told once. */
function distinct(problems: readonly SchemeProblem[]): readonly SchemeProblem[] {
  const seen = new Set<string>();
  return problems
    .filter((problem) => {
      const key = `${problem.code}|${problem.path}|${problem.detail}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** True when a block belongs to a kind of period; a block that names none belongs to all. */
export function isPartOf(block: { readonly periods?: readonly PeriodKind[] | undefined }, kind: PeriodKind): boolean {
  return block.periods === undefined || block.periods.includes(kind);
}

/** Without a kind of period only the parameters that hold in all of them. */
function bindParameters(document: SchemeDocument, bench: Workbench, kind?: PeriodKind): void {
  for (const [name, { value }] of Object.entries(document.parameters)) {
    const text = typeof value === 'string' ? value : kind && value[kind];
    if (text === undefined) continue;
    const path: PathPart[] = ['parameters', name, 'value', ...(typeof value === 'string' || !kind ? [] : [kind])];
    bench.constant(`param.${name}`, bench.fixed(text, path), path);
  }
  for (const [name, table] of Object.entries(document.tables ?? {})) bench.bindTable(name, compileTable(table, ['tables', name], bench));
}

/** First parts of names that mean something else in formulas. */
const RESERVED = new Set([
  'param',
  'rating',
  'value',
  'indicator',
  'section',
  'band',
  'line',
  'outcome',
  'history',
  'employee',
  'group',
  'team',
]);

function bindFacts(document: SchemeDocument, kind: PeriodKind, bench: Workbench): readonly FactSpec[] {
  const specs: FactSpec[] = [];
  for (const [key, fact] of Object.entries(document.facts)) {
    if (!isPartOf(fact, kind)) continue;
    const path: PathPart[] = ['facts', key];
    if (RESERVED.has(key.split('.')[0] ?? '')) bench.problem('reserved-name', path, key);
    if (fact.partOf !== undefined && !Object.hasOwn(document.facts, fact.partOf))
      bench.problem('unknown-name', [...path, 'partOf'], fact.partOf);
    specs.push({ key, ...bench.leaf(key, 'number', path), ...factRules(key, fact) });
  }
  return specs;
}

/** Source of the rules: schemes.md "Zero". A target is above 0 and need not be whole; counts are whole. */
export function factRules(key: string, fact: FactDocument): Pick<FactSpec, 'whole' | 'positive' | 'percent' | 'mayBeNegative' | 'partOf'> {
  const target = key.endsWith('target');
  const mayBeNegative = fact.mayBeNegative ?? false;
  return {
    whole: fact.whole ?? (fact.unit === 'count' && !target),
    positive: (fact.positive ?? target) && !mayBeNegative,
    percent: fact.unit === 'percent',
    mayBeNegative,
    partOf: fact.partOf,
  };
}

function bindRatings(document: SchemeDocument, kind: PeriodKind, bench: Workbench): readonly RatingSpec[] {
  const specs: RatingSpec[] = [];
  for (const [key, rating] of Object.entries(document.ratings)) {
    if (!isPartOf(rating, kind)) continue;
    const path: PathPart[] = ['ratings', key];
    const of = ratingKind(rating, (text, member) => bench.fixedNumber(text, [...path, member]));
    if (of.type === 'points' && (compareFraction(of.from, of.to) >= 0 || isNegative(of.from))) bench.problem('empty-range', path);
    const type = of.type === 'word' || of.type === 'list' ? of.type : 'number';
    specs.push({ key, kind: of, ...bench.leaf(`rating.${key}`, type, path) });
  }
  return specs;
}

function ratingKind(rating: RatingDocument, fixed: (text: string, member: string) => Fraction): RatingKind {
  switch (rating.type) {
    case 'points':
      return { type: 'points', from: fixed(rating.from ?? '0', 'from'), to: fixed(rating.to, 'to'), whole: rating.whole ?? false };
    case 'word':
      return { type: 'word', words: rating.words };
    case 'list':
      return { type: 'list', items: rating.items === 'lines' ? [] : rating.items };
    case 'occurrences':
    case 'entries':
    case 'numbers':
    case 'awards':
      return { type: 'occurrences' };
  }
}
