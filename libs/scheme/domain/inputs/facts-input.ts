import { compareFraction, type Fraction } from '#kernel';
import type { FactDocument, SchemeDocument } from '../../contracts/document';
import type { EvaluationInput, ExplanationNode, StandingInput } from '../../contracts/evaluation';
import { factLeaf, factRules, type FactRules, factValue, isFactInput, originLeaf, own, writtenText } from './fact-rules';
import { ListedNumbers, type NumberList, StandingNumbers } from '../formula/number-list';
import { type Frame, numberAt, numbersText } from '../frame';
import { exactText, readNumber } from '../numbers';
import { isRead, joined, type Under, underOf } from './readings';
import type { PathPart } from '../reading/scheme-text';
import type { Reading, Workbench } from '../workbench';

/** A fact that the scheme names for a kind of period. */
export interface FactSpec extends FactRules {
  readonly key: string;
  readonly slot: number;
  readonly leaf: number;
  /** A list of the other people's values. */
  readonly list: boolean;
  readonly partOf: string | undefined;
  /** The name of the facts that are there all or none, and the flag that says whether this one is. */
  readonly optional: { readonly name: string; readonly flag: number } | undefined;
  readonly under: Under;
}

export interface FactsPlan {
  /** Only what something reads, in the order of the scheme. */
  readonly specs: readonly FactSpec[];
  readonly parts: readonly { readonly part: FactSpec; readonly whole: FactSpec }[];
  /** Facts that are there all or none. */
  readonly pairs: readonly (readonly FactSpec[])[];
}

/** First parts of names that mean something else in formulas. */
const RESERVED: ReadonlySet<string> = new Set([
  'param',
  'rating',
  'value',
  'indicator',
  'section',
  'modifier',
  'band',
  'line',
  'outcome',
  'action',
  'history',
  'employee',
  'raters',
]);

export function bindFacts(
  facts: readonly (readonly [string, FactDocument])[],
  all: SchemeDocument['facts'],
  bench: Workbench,
): readonly FactSpec[] {
  return facts.map(([key, fact]) => {
    const path: PathPart[] = ['facts', key];
    if (RESERVED.has(key.split('.')[0] ?? '')) bench.problem('reserved-name', path, key);
    if (fact.partOf !== undefined && !Object.hasOwn(all, fact.partOf)) bench.problem('unknown-name', [...path, 'partOf'], fact.partOf);
    const list = fact.group !== undefined;
    if (list && fact.group !== 'score' && fact.group !== undefined && !Object.hasOwn(all, fact.group))
      bench.problem('unknown-name', [...path, 'group'], fact.group);
    if (list && (fact.partOf !== undefined || fact.optional !== undefined)) bench.problem('not-for-groups', path, key);
    const flag = fact.optional === undefined ? undefined : bench.slot('boolean');
    const presence = flag === undefined ? {} : { presence: (frame: Frame) => frame.flags[flag] ?? false };
    const leaf = bench.leaf(key, list ? 'numbers' : 'number', path, presence);
    const optional = fact.optional === undefined || flag === undefined ? undefined : { name: fact.optional, flag };
    return { key, ...leaf, list, ...factRules(key, fact), partOf: fact.partOf, optional, under: undefined };
  });
}

/** Leaves out what nothing reads; a part brings its whole along, and one of an optional pair the others. */
export function factsPlan(bound: readonly FactSpec[], bench: Workbench): FactsPlan {
  const readings = new Map<string, Reading>();
  const byKey = new Map(bound.map((spec) => [spec.key, spec]));
  const add = (spec: FactSpec, reading: Reading): void => {
    const known = readings.get(spec.key);
    const both = joined(known, reading);
    if (!both || (known?.always === both.always && known.under.size === both.under.size)) return;
    readings.set(spec.key, both);
    const whole = spec.partOf === undefined ? undefined : byKey.get(spec.partOf);
    if (whole) add(whole, both);
    if (spec.optional) for (const other of bound) if (other.optional?.name === spec.optional.name && other !== spec) add(other, both);
  };
  for (const spec of bound) {
    const reading = bench.reading(spec.key);
    if (reading) add(spec, reading);
  }
  const specs = bound.flatMap((spec): FactSpec[] => {
    const reading = readings.get(spec.key);
    return reading ? [{ ...spec, under: underOf(reading) }] : [];
  });
  const pairs = new Map<string, FactSpec[]>();
  for (const spec of specs) if (spec.optional) pairs.set(spec.optional.name, [...(pairs.get(spec.optional.name) ?? []), spec]);
  const parts = specs.flatMap((part) => {
    const whole = part.partOf === undefined ? undefined : specs.find((spec) => spec.key === part.partOf);
    return whole ? [{ part, whole }] : [];
  });
  return { specs, parts, pairs: [...pairs.values()] };
}

/** Reads every fact of the plan into the frame, with all errors in it; the order of facts in the input plays no part. */
export function readFacts(plan: FactsPlan, facts: EvaluationInput['facts'], frame: Frame, until: EvaluationInput['until']): void {
  for (const spec of plan.specs) {
    if (!isRead(spec.under, frame)) continue;
    if (spec.list) {
      if (until === 'score') frame.leaves[spec.leaf] = { key: spec.key, rule: 'fact', value: null };
      else readGroup(spec, own(facts, spec.key), frame);
    } else if (!spec.optional) readFact(spec, own(facts, spec.key), frame);
  }
  for (const pair of plan.pairs) readPair(pair, facts, frame);
  for (const { part, whole } of plan.parts) {
    if (!frame.leaves[part.leaf] || !frame.leaves[whole.leaf] || isAbsent(part, frame) || isAbsent(whole, frame)) continue;
    if (compareFraction(numberAt(frame, part.slot), numberAt(frame, whole.slot)) > 0)
      frame.errors.push({ code: 'inconsistent', key: part.key });
  }
}

function readFact(spec: FactSpec, given: unknown, frame: Frame): void {
  const origin = isFactInput(given) ? given : undefined;
  const raw = origin ? origin.value : given;
  const value = raw === undefined || raw === null ? 'missing-fact' : factValue(spec, raw);
  if (typeof value === 'string') {
    frame.errors.push({ code: value, key: spec.key });
    return;
  }
  frame.numbers[spec.slot] = value;
  frame.leaves[spec.leaf] = factLeaf(spec.key, writtenText(raw, value), origin);
}

const isAbsent = (spec: FactSpec, frame: Frame): boolean => spec.optional !== undefined && !frame.flags[spec.optional.flag];

/** All of them or none; one alone makes the others missing. */
function readPair(pair: readonly FactSpec[], facts: EvaluationInput['facts'], frame: Frame): void {
  const read = pair.filter((spec) => isRead(spec.under, frame));
  const there = read.some(({ key }) => {
    const given = own(facts, key);
    const raw = isFactInput(given) ? given.value : given;
    return raw !== undefined && raw !== null;
  });
  for (const spec of read) {
    if (spec.optional) frame.flags[spec.optional.flag] = there;
    if (there) readFact(spec, own(facts, spec.key), frame);
    else frame.leaves[spec.leaf] = { key: spec.key, rule: 'fact', value: null };
  }
}

function isStanding(raw: unknown): raw is StandingInput {
  if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, 'standing')) return false;
  const standing: unknown = Reflect.get(raw, 'standing');
  return typeof standing === 'object' && standing !== null;
}

/** The other people's values: a list, or where one value stands among them. */
function readGroup(spec: FactSpec, given: unknown, frame: Frame): void {
  const origin = isFactInput(given) || isStanding(given) ? given : undefined;
  const raw = isFactInput(given) ? given.value : given;
  const list = isStanding(given) ? standingOf(given.standing) : raw === undefined || raw === null ? 'missing-fact' : listOf(spec, raw);
  if (typeof list === 'string') {
    frame.errors.push({ code: list, key: spec.key });
    return;
  }
  frame.numberLists[spec.slot] = list;
  frame.leaves[spec.leaf] = originLeaf(groupLeaf(spec.key, list), origin);
}

function groupLeaf(key: string, list: NumberList): ExplanationNode {
  const value = numbersText(list);
  if (!(list instanceof StandingNumbers)) return { key, rule: 'fact', value, params: { of: String(list.size) } };
  const { ahead, level, at } = list.standing;
  return { key, rule: 'standing', value, params: { ahead: String(ahead), level: String(level), at: exactText(at) } };
}

/** In the order of the error table, whichever item breaks a rule first. */
const ITEM_CODES = ['invalid-number', 'negative-fact', 'not-whole', 'zero-target', 'out-of-range'];

function listOf(rules: FactRules, raw: unknown): NumberList | string {
  if (!Array.isArray(raw)) return 'unknown-value';
  const values: Fraction[] = [];
  const broken = new Set<string>();
  for (const item of raw as readonly unknown[]) {
    const value = factValue(rules, item);
    if (typeof value === 'string') broken.add(value);
    else values.push(value);
  }
  const code = ITEM_CODES.find((one) => broken.has(one));
  // From the highest down, so that the order they were given in changes nothing.
  return code ?? new ListedNumbers(values.sort((a, b) => compareFraction(b, a)));
}

function standingOf(standing: StandingInput['standing']): NumberList | string {
  const { of, ahead, level } = standing;
  const at = readNumber(standing.at);
  const counts = [of, ahead, level].every((count) => Number.isSafeInteger(count) && count >= 0);
  return at && counts && ahead + level <= of ? new StandingNumbers(of, { ahead, level, at }) : 'unknown-value';
}
