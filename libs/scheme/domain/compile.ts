import type { Fraction } from '#kernel';
import { PERIOD_KINDS, type PeriodKind } from '#libs/calendar';
import type { PeriodRuleDocument, SchemeDocument } from '../contracts/document';
import { compileDistribution, type Distribution } from './blocks/distribution.policy';
import { bindEmployee } from './inputs/employee-input';
import { bindFacts, factsPlan } from './inputs/facts-input';
import { bindHistory, historyPlan } from './inputs/history-input';
import type { InputPlan } from './inputs/input.policy';
import { compileBlocks, type Plan } from './plan';
import { bindRaters, ratersPlan } from './inputs/raters';
import { bindRatings, ratingsPlan } from './inputs/ratings-input';
import type { PathPart, SchemeProblem, SchemeSource } from './reading/scheme-text';
import { compileTable } from './blocks/tables';
import { Workbench } from './workbench';

/** A scheme made ready to evaluate: names resolved, slots given out, constants computed. Immutable; compile once, evaluate often. */
export interface CompiledScheme {
  readonly id: string;
  readonly document: SchemeDocument;
  readonly plans: Readonly<Partial<Record<PeriodKind, Plan>>>;
  readonly groupLimits: readonly GroupLimit[];
  readonly distribution: Distribution | undefined;
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
    if (rule) plans[kind] = compileKind(kind, rule, source, problems);
  }
  const shared = new Workbench(source, problems);
  bindParameters(source.document, shared);
  checkDescribed(source.document, shared);
  checkExclusivePeriods(source.document, shared);
  const groupLimits = compileGroupLimits(source.document, shared);
  const distribution = compileDistribution(source.document, shared);
  shared.settle(namesOf(source.document));
  if (Object.keys(plans).length === 0) problems.push({ code: 'no-periods', path: 'periods', ...source.locate(['periods']), detail: '' });
  if (problems.length > 0) return { ok: false, problems: distinct(problems) };
  return { ok: true, scheme: { id: source.document.id, document: source.document, plans, groupLimits, distribution } };
}

/** What a parameter describes has to be there, or nobody would be told. */
function checkDescribed(document: SchemeDocument, bench: Workbench): void {
  for (const [name, { describes }] of Object.entries(document.parameters))
    describes?.forEach((key, index) => {
      if (!Object.hasOwn(document.facts, key) && !Object.hasOwn(document.ratings, key))
        bench.problem('unknown-name', ['parameters', name, 'describes', index], key);
    });
}

/** Kinds of period that exclude each other are kinds that it scores, each named once. */
function checkExclusivePeriods({ exclusivePeriods, periods }: SchemeDocument, bench: Workbench): void {
  exclusivePeriods?.forEach((kind, index, all) => {
    if (all.indexOf(kind) !== index) bench.problem('exclusive-period-twice', ['exclusivePeriods', index], kind);
    else if (!periods[kind]) bench.problem('exclusive-period-not-scored', ['exclusivePeriods', index], kind);
  });
}

function compileGroupLimits(document: SchemeDocument, bench: Workbench): readonly GroupLimit[] {
  const grades = new Set(document.bands?.list.map(({ key }) => key));
  return (document.groupLimits ?? []).map(({ grade, atMost, per }, index) => {
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

/** Binds what goes in, compiles what is made of it, then leaves out of the input what nothing reads. */
function compileKind(kind: PeriodKind, rule: PeriodRuleDocument, source: SchemeSource, problems: SchemeProblem[]): Plan {
  const { document } = source;
  const bench = new Workbench(source, problems, kind);
  const rollUp = rule.kind === 'roll-up';
  const here = <T extends Periodic>(record: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] =>
    Object.entries(record ?? {}).filter(([, block]) => isRead(block, kind, rollUp));
  const sections = document.sections.map((block, index) => ({ block, index })).filter(({ block }) => isRead(block, kind, rollUp));
  bindParameters(document, bench, kind);
  const employee = bindEmployee(document, bench);
  const facts = bindFacts(here(document.facts), document.facts, bench);
  const history = bindHistory(here(document.history), bench);
  const ratings = bindRatings(here(document.ratings), sections, bench);
  const raters = document.raters && isRead(document.raters, kind, rollUp) ? bindRaters(document.raters, bench) : undefined;
  const blocks = compileBlocks({ document, kind, rule, bench, ratings });
  const conditions = bench.earlyConditions;
  const review = bench.aside(() =>
    document.review.map(({ when }, index) => (when === undefined ? undefined : bench.early(when, ['review', index, 'when']))),
  );
  noteOrder(document, bench);
  bench.settle(namesOf(document));
  const input: InputPlan = {
    employee: employee.filter(({ key }) => bench.reading(`employee.${key}`)),
    conditions,
    facts: factsPlan(facts, bench),
    history: historyPlan(history, bench),
    ratings: ratingsPlan(ratings, bench),
    raters: raters && ratersPlan(raters, bench),
    months: rollUp,
    review,
    attributes: employee,
  };
  return { ...blocks, input };
}

interface Periodic {
  readonly periods?: readonly PeriodKind[] | undefined;
}

/** What goes in and names no kinds of period is read in all that are scored; a roll-up is made of scores, and reads only what names it. */
function isRead(block: Periodic, kind: PeriodKind, rollUp: boolean): boolean {
  return block.periods === undefined ? !rollUp : block.periods.includes(kind);
}

/** What is made of what without a formula saying so. */
function noteOrder(document: SchemeDocument, bench: Workbench): void {
  for (const section of document.sections) {
    bench.depends('sum', `section.${section.key}`);
    for (const { key } of section.indicators) bench.depends(`section.${section.key}`, `indicator.${key}`);
  }
  bench.depends('score', 'sum');
  for (const { key } of document.modifiers ?? []) bench.depends('score', `modifier.${key}`);
  for (const name of bandValues(document)) bench.depends(name, 'grade');
}

function bandValues(document: SchemeDocument): readonly string[] {
  return Object.keys(document.bands?.list[0]?.values ?? {}).map((name) => `band.${name}`);
}

/** Every name that formulas can read in some kind of period. */
function namesOf(document: SchemeDocument): ReadonlySet<string> {
  const keys = (prefix: string, of: readonly { readonly key: string }[] | undefined): readonly string[] =>
    (of ?? []).map(({ key }) => `${prefix}.${key}`);
  const history = Object.entries(document.history ?? {}).flatMap(([name, { facts, each }]) =>
    [...Object.keys(facts), ...(each ?? []).map(({ key }) => key)].map((key) => `history.${name}.${key}`),
  );
  const raters = document.raters?.groups.flatMap(({ key }) => keys(`rating.${key}`, document.raters?.lines)) ?? [];
  return new Set([
    ...Object.keys(document.parameters).map((name) => `param.${name}`),
    ...Object.keys(document.facts),
    ...Object.keys(document.ratings).map((key) => `rating.${key}`),
    ...history,
    ...raters,
    ...(document.raters ? ['raters.merged'] : []),
    ...keys('value', document.values),
    ...document.sections.flatMap((section) => [`section.${section.key}`, ...keys('indicator', section.indicators)]),
    ...keys('outcome', document.outcome),
    ...keys('line', document.pay),
    ...bandValues(document),
  ]);
}

/** Without a kind of period only the parameters that hold in all of them. */
function bindParameters(document: SchemeDocument, bench: Workbench, kind?: PeriodKind): void {
  const absent = new Set<string>();
  for (const [name, { value }] of Object.entries(document.parameters)) {
    const text = typeof value === 'string' ? value : kind && value[kind];
    // What is made of a parameter that this kind does not know is not known in it either.
    if (text === undefined || bench.namesIn(text).some((one) => absent.has(one))) {
      absent.add(`param.${name}`);
      continue;
    }
    const path: PathPart[] = ['parameters', name, 'value', ...(typeof value === 'string' || !kind ? [] : [kind])];
    const fixed = bench.for(`param.${name}`, () => bench.fixed(text, path));
    bench.constant(`param.${name}`, fixed, path);
  }
  for (const [name, table] of Object.entries(document.tables ?? {})) bench.bindTable(name, compileTable(table, ['tables', name], bench));
}
