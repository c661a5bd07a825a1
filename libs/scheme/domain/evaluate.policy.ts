import { addFraction, type Fraction, isPeriod, type Period } from '#kernel';
import { periodKind } from '#libs/calendar';
import type { Evaluation, EvaluationError, EvaluationInput, ExplanationNode, OutcomeValue, ScoredSection } from '../contracts/evaluation';
import type { CompiledScheme } from './compile';
import { type Frame, newFrame } from './frame';
import { type MonthScore, orderedErrors, readFacts, readMonthScores, readRatings } from './input.policy';
import { exactText, hundredthsText, NOTHING, toHundredths } from './numbers';
import type { Plan, RollUpRule } from './plan';

/**
 * What a scheme makes of a person's facts and ratings. Pure and deterministic: the same scheme and input give the same
 * bytes on any machine. All errors are in the result (schemes.md "Errors"); then there is no score and no amount.
 */
export function evaluate(scheme: CompiledScheme, input: EvaluationInput): Evaluation {
  if (typeof input.period !== 'string' || !isPeriod(input.period)) return failure([{ code: 'invalid-period', key: 'period' }]);
  const plan = scheme.plans[periodKind(input.period)];
  if (!plan) return failure([{ code: 'unsupported-period', key: 'period' }]);
  const frame = newFrame();
  readFacts(plan.facts, input.facts, frame);
  readRatings(plan.ratings, input.ratings, frame);
  const months = plan.rollUp ? readMonthScores(input.period, input.history ?? [], frame.errors) : [];
  if (frame.errors.length > 0) return failure(orderedErrors(frame.errors).map((error) => concerning(error, plan)));
  const evaluation = computed({ scheme, plan, frame, months, period: input.period });
  // A division by zero is only found on the way.
  return frame.errors.length > 0 ? failure(orderedErrors(frame.errors)) : evaluation;
}

/** Names the indicators and lines that can't be computed, so that HR sees what an error stops. */
function concerning(error: EvaluationError, plan: Plan): EvaluationError {
  const concerns = plan.concerns.get(error.key) ?? plan.concerns.get(`rating.${error.key}`);
  return concerns ? { ...error, concerns } : error;
}

/** Exit 2: no score, no amounts, the errors alone. */
export function failure(errors: readonly EvaluationError[]): Evaluation {
  return { score: null, grade: null, sections: [], pay: { lines: [], total: null }, outcome: {}, actions: [], explanation: null, errors };
}

interface Computation {
  readonly scheme: CompiledScheme;
  readonly plan: Plan;
  readonly frame: Frame;
  readonly months: readonly MonthScore[];
  readonly period: Period;
}

function computed({ scheme, plan, frame, months, period }: Computation): Evaluation {
  const inputs: ExplanationNode[] = plan.values.map((run) => run(frame));
  const base = plan.rollUp ? rolledUp(plan.rollUp, months) : summed(plan, frame);
  const score = plan.score?.run(frame, base.hundredths, base.node);
  if (score) inputs.push(score.node);
  const grade = plan.grade?.run(frame);
  if (grade) inputs.push(grade.node);
  const outcome: Record<string, OutcomeValue> = {};
  for (const { key, run } of plan.outcome) {
    const result = run(frame);
    outcome[key] = result.value;
    inputs.push(result.node);
  }
  const pay = plan.pay.run(frame);
  inputs.push(pay.node);
  const actions: { key: string }[] = [];
  for (const { key, run } of plan.actions) {
    const result = run(frame);
    if (result.taken) actions.push({ key });
    inputs.push(result.node);
  }
  const text = score ? hundredthsText(score.hundredths) : null;
  return {
    score: text,
    grade: grade?.grade ?? null,
    sections: base.sections,
    pay: { lines: pay.lines, total: pay.total },
    outcome,
    actions,
    explanation: { key: scheme.id, rule: 'scheme', value: text, params: { period }, inputs },
    errors: [],
  };
}

interface Base {
  readonly hundredths: bigint;
  readonly node: ExplanationNode;
  readonly sections: readonly ScoredSection[];
}

function summed(plan: Plan, frame: Frame): Base {
  const results = plan.sections.map((section) => section.run(frame));
  const hundredths = results.reduce((sum, result) => sum + result.hundredths, 0n);
  const node: ExplanationNode = {
    key: 'sum',
    rule: 'sum',
    value: hundredthsText(hundredths),
    inputs: results.map((result) => result.node),
  };
  return { hundredths, node, sections: results.map((result) => result.scored) };
}

const ROLL_UP_RULES = {
  mean: 'mean-of-months',
  'weighted-mean': 'weighted-mean-of-months',
  sum: 'sum-of-months',
  last: 'last-month',
} as const;

/** The months of the period that are there, each counting the same; the result is rounded once. */
function rolledUp(rule: RollUpRule, months: readonly MonthScore[]): Base {
  const sum = months.reduce<Fraction>((total, month) => addFraction(total, month.score), NOTHING);
  const last = months.at(-1)?.score ?? NOTHING;
  const mean = { num: sum.num, den: sum.den * BigInt(Math.max(months.length, 1)) };
  const exact = rule.method === 'mean' ? mean : rule.method === 'sum' ? sum : last;
  const hundredths = toHundredths(exact);
  const inputs = months.map((month): ExplanationNode => ({
    key: `history.${month.period}.score`,
    rule: 'month',
    value: exactText(month.score),
  }));
  const node: ExplanationNode = {
    key: 'roll-up',
    rule: ROLL_UP_RULES[rule.method],
    value: hundredthsText(hundredths),
    params: { months: String(months.length) },
    inputs,
  };
  return { hundredths, node, sections: [] };
}
