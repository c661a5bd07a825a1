import { type Fraction, isPeriod, type Period } from '#kernel';
import { monthsOf, periodKind } from '#libs/calendar';
import type { HistoryDocument } from '../../contracts/document';
import type { EvaluationError, ExplanationNode } from '../../contracts/evaluation';
import { factLeaf, factRules, type FactRules, factValue, isFactInput, writtenText } from './fact-rules';
import { type Compiled, compileExpression, namesIn } from '../formula/compile';
import { FormulaProblem } from '../formula/lexer';
import { ListedNumbers } from '../formula/number-list';
import { parseFormula } from '../formula/parser';
import { type Frame, newFrame, numbersText } from '../frame';
import { exactText, isNegative, NOTHING, ONE, readNumber } from '../numbers';
import { isRead, joined, type Under, underOf } from './readings';
import type { PathPart } from '../reading/scheme-text';
import type { Leaf, Reading, Workbench } from '../workbench';

/** Earlier periods that one block may look back. */
const MOST_PERIODS = 60;

/** What is known of one earlier period: its facts, then what is computed from them. */
type Columns = readonly Fraction[];

interface EachPlan {
  readonly key: string;
  readonly text: string;
  readonly run: (columns: Columns) => Fraction;
  /** The columns it reads. */
  readonly reads: readonly number[];
}

/** A block of earlier periods of the same kind. */
export interface HistoryPlan {
  readonly name: string;
  /** Its place in `frame.earlier`. */
  readonly index: number;
  readonly count: number;
  readonly skips: boolean;
  readonly facts: readonly { readonly key: string; readonly rules: FactRules }[];
  readonly each: readonly EachPlan[];
  /** Facts, then `each`, with where their lists are kept. */
  readonly columns: readonly (Leaf & { readonly key: string })[];
  /** The values of a column, the latest period first, undefined where a period is not there; undefined for no such column. */
  readonly column: (key: string) => ((frame: Frame) => readonly (Fraction | undefined)[]) | undefined;
}

export function bindHistory(blocks: readonly (readonly [string, HistoryDocument])[], bench: Workbench): readonly HistoryPlan[] {
  return blocks.map(([name, block], index) => {
    const path: PathPart[] = ['history', name];
    const count = Number(block.count);
    if (count < 1 || count > MOST_PERIODS) bench.problem('out-of-bounds', [...path, 'count'], `1–${MOST_PERIODS}`);
    const facts = Object.entries(block.facts).map(([key, fact]) => ({ key, rules: factRules(key, fact) }));
    const each: EachPlan[] = [];
    const keys = facts.map(({ key }) => key);
    for (const [position, one] of (block.each ?? []).entries()) {
      each.push(eachPlan(one, { path: [...path, 'each', position, 'formula'], keys, bench }));
      keys.push(one.key);
    }
    const columns = keys.map((key) => ({ key, ...bench.leaf(`history.${name}.${key}`, 'numbers', path) }));
    const plan: HistoryPlan = {
      name,
      index,
      count,
      skips: block.incomplete === 'skip',
      facts,
      each,
      columns,
      column(key) {
        const at = keys.indexOf(key);
        if (at < 0) return undefined;
        bench.note([`history.${name}.${key}`]);
        return (frame) => (frame.earlier[index] ?? []).map((values) => values?.[at]);
      },
    };
    bench.history.set(name, plan);
    return plan;
  });
}

/** Computed for one earlier period at a time, from its facts, what stands before it, and parameters; a condition is 1 or 0. */
function eachPlan(
  one: { readonly key: string; readonly formula: string },
  { path, keys, bench }: { readonly path: readonly PathPart[]; readonly keys: readonly string[]; readonly bench: Workbench },
): EachPlan {
  const known = [...keys];
  const name = (text: string): Compiled<Columns> | undefined => {
    const at = known.indexOf(text);
    if (at >= 0) return { type: 'number', run: (columns) => columns[at] ?? NOTHING };
    const parameter = text.startsWith('param.') ? bench.name(text) : undefined;
    if (parameter?.type !== 'number') return undefined;
    const value = parameter.run(newFrame());
    return { type: 'number', run: () => value };
  };
  const nothing: EachPlan = { key: one.key, text: one.formula, run: () => NOTHING, reads: [] };
  const compile = (): EachPlan => {
    const expression = parseFormula(one.formula);
    const compiled = compileExpression<Columns>(expression, { name, table: (table) => bench.table(table) });
    const reads = namesIn(expression).flatMap((text) => (known.includes(text) ? [known.indexOf(text)] : []));
    if (compiled.type === 'number') return { ...nothing, run: compiled.run, reads };
    if (compiled.type === 'boolean') return { ...nothing, run: (columns) => (compiled.run(columns) ? ONE : NOTHING), reads };
    throw new FormulaProblem('type-mismatch', expression.at, `number, not ${compiled.type}`);
  };
  return bench.guard(path, nothing, compile, 'own');
}

export interface NeededHistory {
  readonly plan: HistoryPlan;
  readonly under: Under;
}

/** Leaves out blocks that nothing reads. */
export function historyPlan(bound: readonly HistoryPlan[], bench: Workbench): readonly NeededHistory[] {
  return bound.flatMap((plan) => {
    const reading = plan.columns
      .map(({ key }) => bench.reading(`history.${plan.name}.${key}`))
      .reduce<Reading | undefined>((all, one) => joined(all, one), undefined);
    return reading ? [{ plan, under: underOf(reading) }] : [];
  });
}

export interface MonthScore {
  readonly period: Period;
  readonly score: Fraction;
}

/** The entries of a history by their period; an entry without a valid one spoils it, and is named once. */
function entriesByPeriod(history: readonly unknown[], errors: EvaluationError[]): ReadonlyMap<Period, readonly unknown[]> {
  const entries = new Map<Period, unknown[]>();
  let invalid = false;
  for (const entry of history) {
    const of = memberOf(entry, 'period');
    if (typeof of !== 'string' || !isPeriod(of)) invalid = true;
    else entries.set(of, [...(entries.get(of) ?? []), entry]);
  }
  if (invalid) errors.push({ code: 'invalid-period', key: 'history' });
  return entries;
}

/** What a kind of period reads of the history: blocks of earlier periods, and for a roll-up the scores of its months. */
export interface HistoryNeeds {
  readonly blocks: readonly NeededHistory[];
  readonly months: boolean;
}

/** Reads what is needed into the frame; returns the months of a roll-up. Entries that are not needed are not read beyond their period. */
export function readHistory(needs: HistoryNeeds, of: Period, history: readonly unknown[], frame: Frame): readonly MonthScore[] {
  const blocks = needs.blocks.filter(({ under }) => isRead(under, frame));
  if (blocks.length === 0 && !needs.months) return [];
  const entries = entriesByPeriod(history, frame.errors);
  for (const { plan } of blocks) readBlock(plan, of, entries, frame);
  return needs.months ? readMonths(of, entries, frame.errors) : [];
}

function theOnly(period: Period, entries: ReadonlyMap<Period, readonly unknown[]>, errors: EvaluationError[]): unknown {
  const found = entries.get(period);
  if (!found || found.length === 1) return found?.[0];
  errors.push({ code: 'duplicate-period', key: `history.${period}` });
  return undefined;
}

/** How many periods of the same kind lie between; a period of another kind is nowhere. */
function distance(from: Period, to: Period): number | undefined {
  const kind = periodKind(from);
  if (periodKind(to) !== kind) return undefined;
  const ordinal = (of: Period): number =>
    kind === 'year' ? Number(of) : Number(of.slice(0, 4)) * (kind === 'month' ? 12 : 4) + Number(of.slice(kind === 'month' ? 5 : 6));
  return ordinal(to) - ordinal(from);
}

interface Entry {
  readonly period: Period;
  readonly values: Columns;
  readonly nodes: readonly ExplanationNode[];
}

function readBlock(plan: HistoryPlan, of: Period, all: ReadonlyMap<Period, readonly unknown[]>, frame: Frame): void {
  const latestFirst: (Entry | undefined)[] = Array.from({ length: plan.count }, () => undefined);
  for (const period of all.keys()) {
    const back = distance(period, of);
    if (back === undefined || back < 1 || back > plan.count) continue;
    const entry = theOnly(period, all, frame.errors);
    if (entry !== undefined) latestFirst[back - 1] = readEntry(plan, period, memberOf(entry, 'facts'), frame);
  }
  frame.earlier[plan.index] = latestFirst.map((entry) => entry?.values);
  const inOrder = latestFirst.filter((entry) => entry !== undefined).reverse();
  plan.columns.forEach(({ key, slot, leaf }, column) => {
    const list = new ListedNumbers(inOrder.map(({ values }) => values[column] ?? NOTHING));
    frame.numberLists[slot] = list;
    const inputs = inOrder.flatMap(({ nodes }) => nodes[column] ?? []);
    frame.leaves[leaf] = { key: `history.${plan.name}.${key}`, rule: 'history', value: numbersText(list), inputs };
  });
}

/** The columns of one earlier period; undefined when something is wrong with it or it does not count. */
function readEntry(plan: HistoryPlan, period: Period, facts: unknown, frame: Frame): Entry | undefined {
  const given = plan.facts.map(({ key, rules }) => {
    const fact = memberOf(facts, key);
    const origin = isFactInput(fact) ? fact : undefined;
    return { key: `history.${period}.${key}`, rules, origin, raw: origin ? origin.value : fact };
  });
  if (plan.skips && given.some(({ raw }) => raw === undefined || raw === null)) return undefined;
  const values: Fraction[] = [];
  const nodes: ExplanationNode[] = [];
  for (const { key, rules, origin, raw } of given) {
    const value = raw === undefined || raw === null ? 'missing-fact' : factValue(rules, raw);
    if (typeof value === 'string') {
      frame.errors.push({ code: value, key });
      continue;
    }
    values.push(value);
    nodes.push(factLeaf(key, writtenText(raw, value), origin));
  }
  if (values.length < given.length) return undefined;
  for (const one of plan.each) if (!computeEach(one, period, { values, nodes }, frame.errors)) return undefined;
  return { period, values, nodes };
}

function computeEach(
  { key, text, run, reads }: EachPlan,
  period: Period,
  { values, nodes }: { readonly values: Fraction[]; readonly nodes: ExplanationNode[] },
  errors: EvaluationError[],
): boolean {
  const name = `history.${period}.${key}`;
  try {
    const value = run(values);
    const inputs = reads.flatMap((column) => nodes[column] ?? []);
    values.push(value);
    nodes.push({ key: name, rule: 'formula', value: exactText(value), params: { formula: text }, inputs });
    return true;
  } catch (error) {
    if (!(error instanceof FormulaProblem)) throw error;
    errors.push({ code: error.code, key: name });
    return false;
  }
}

/** The scores of the months of a period that are there, in calendar order. */
function readMonths(of: Period, entries: ReadonlyMap<Period, readonly unknown[]>, errors: EvaluationError[]): readonly MonthScore[] {
  const there = monthsOf(of).filter((month) => entries.has(month));
  if (there.length === 0) errors.push({ code: 'missing-history', key: 'history' });
  const scores: MonthScore[] = [];
  for (const month of there) {
    const entry = theOnly(month, entries, errors);
    if (entry === undefined) continue;
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
