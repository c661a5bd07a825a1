import { addFraction, divideFraction, type Fraction, multiplyFraction, signOf, wholeFraction } from '#kernel';
import type { PeriodRuleDocument } from '../../contracts/document';
import type { ExplanationNode, ScoredSection } from '../../contracts/evaluation';
import type { MonthScore } from '../inputs/input.policy';
import { exactText, isZero, NOTHING, ONE, rounded, roundedText } from '../numbers';
import type { PathPart } from '../reading/scheme-text';
import type { Workbench } from '../workbench';

/** What a score is built on: the rounded points before modifiers, how they came about, and the sections shown. */
export interface Base {
  readonly points: Fraction;
  readonly node: ExplanationNode;
  readonly sections: readonly ScoredSection[];
}

/** Forms the score of a period from the scores of its months that are there, in calendar order; at least one. */
export type RollUp = (months: readonly MonthScore[]) => Base;

type RollUpDocument = Extract<PeriodRuleDocument, { kind: 'roll-up' }>;
type Method = RollUpDocument['method'];
/** How much a month weighs, by its number in the year. */
type Weight = (month: MonthScore) => Fraction;

const RULES: Readonly<Record<Method, string>> = {
  mean: 'mean-of-months',
  'weighted-mean': 'weighted-mean-of-months',
  sum: 'sum-of-months',
  last: 'last-month',
};

export function compileRollUp(rule: RollUpDocument, kind: string, bench: Workbench): RollUp {
  const path: PathPart[] = ['periods', kind];
  const weights = new Map<number, Fraction>();
  for (const [month, text] of Object.entries(rule.weights ?? {})) {
    const weight = bench.fixedNumber(text, [...path, 'weights', month]);
    if (signOf(weight) <= 0) bench.problem('not-above-zero', [...path, 'weights', month]);
    weights.set(Number(month), weight);
  }
  if (rule.weights && rule.method !== 'weighted-mean') bench.problem('weights-not-used', [...path, 'weights'], rule.method);
  if (rule.through && kind !== 'year') bench.problem('through-only-in-a-year', [...path, 'through']);
  const weight: Weight = (month) => weights.get(Number(month.period.slice(5))) ?? ONE;
  return rule.through ? throughQuarters(rule.method, weight) : (months) => ({ ...formed(rule.method, months, weight), sections: [] });
}

/** One number of the months, rounded once. */
function formed(method: Method, months: readonly MonthScore[], weight: Weight, key = 'roll-up'): Omit<Base, 'sections'> {
  const points = rounded(combined(method, months, weight));
  const inputs = months.map((month): ExplanationNode => ({
    key: `history.${month.period}.score`,
    rule: 'month',
    value: exactText(month.score),
    ...(method === 'weighted-mean' && { params: { weight: exactText(weight(month)) } }),
  }));
  const params = { months: String(months.length) };
  return { points, node: { key, rule: RULES[method], value: roundedText(points), params, inputs } };
}

function combined(method: Method, months: readonly MonthScore[], weight: Weight): Fraction {
  if (method === 'last') return months.at(-1)?.score ?? NOTHING;
  if (method === 'weighted-mean') return weightedMean(months.map((month) => ({ value: month.score, weight: weight(month) })));
  const sum = months.reduce<Fraction>((total, month) => addFraction(total, month.score), NOTHING);
  return method === 'sum' ? sum : divideFraction(sum, wholeFraction(Math.max(months.length, 1)));
}

/** Exact; 0 of nothing. */
export function weightedMean(values: readonly { readonly value: Fraction; readonly weight: Fraction }[]): Fraction {
  let [sum, weights] = [NOTHING, NOTHING];
  for (const { value, weight } of values) {
    sum = addFraction(sum, multiplyFraction(value, weight));
    weights = addFraction(weights, weight);
  }
  return isZero(weights) ? NOTHING : divideFraction(sum, weights);
}

/** Quarters are formed and rounded first; their mean is weighted by their number of months with a score (templates.md 7). */
function throughQuarters(method: Method, weight: Weight): RollUp {
  return (months) => {
    const quarters = [...quartersOf(months)].map(([key, of]) => ({ key, count: of.length, ...formed(method, of, weight, key) }));
    const mean = weightedMean(quarters.map((one) => ({ value: one.points, weight: wholeFraction(one.count) })));
    const points = rounded(mean);
    const score = roundedText(points);
    const params = { months: String(months.length), quarters: String(quarters.length) };
    return {
      points,
      node: { key: 'roll-up', rule: 'mean-of-quarters', value: score, params, inputs: quarters.map((one) => one.node) },
      sections: [{ key: 'quarters', score, indicators: quarters.map((one) => ({ key: one.key, score: roundedText(one.points) })) }],
    };
  };
}

/** By `2026-Q1`, in calendar order like the months. */
function quartersOf(months: readonly MonthScore[]): ReadonlyMap<string, readonly MonthScore[]> {
  const quarters = new Map<string, MonthScore[]>();
  for (const month of months) {
    const key = `${month.period.slice(0, 4)}-Q${Math.ceil(Number(month.period.slice(5)) / 3)}`;
    const quarter = quarters.get(key);
    if (quarter) quarter.push(month);
    else quarters.set(key, [month]);
  }
  return quarters;
}
