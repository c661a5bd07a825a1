import { isPeriod, type Period } from '#kernel';
import { periodKind } from '#libs/calendar';
import type { Evaluation, EvaluationError, EvaluationInput, ExplanationNode, OutcomeValue } from '../contracts/evaluation';
import type { CompiledScheme } from './compile';
import { type Frame, newFrame } from './frame';
import { orderedErrors, readInput } from './inputs/input.policy';
import { roundedText } from './numbers';
import { isInParts, joinedParts, readParts, type ScoredPart } from './blocks/parts';
import type { Plan } from './plan';
import { type Score, scoreOf } from './scoring';

/**
 * What a scheme makes of a person's facts and ratings. Pure and deterministic: the same scheme and input give the same
 * bytes on any machine. All errors are in the result (schemes.md "Errors"); then there is no score and no amount.
 */
export function evaluate(scheme: CompiledScheme, input: EvaluationInput): Evaluation {
  if (typeof input.period !== 'string' || !isPeriod(input.period)) return failure([{ code: 'invalid-period', key: 'period' }]);
  const plan = scheme.plans[periodKind(input.period)];
  if (!plan) return failure([{ code: 'unsupported-period', key: 'period' }]);
  return isInParts(input) ? ofParts(scheme, plan, input, input.period) : ofOne(scheme, plan, input, input.period);
}

/** A cohort in one pass, in the order given and one at a time as asked for, so that 100 000 trees need not be held at once. */
export function* evaluateBatch(scheme: CompiledScheme, inputs: Iterable<EvaluationInput>): Generator<Evaluation, void, undefined> {
  for (const input of inputs) yield evaluate(scheme, input);
}

function ofOne(scheme: CompiledScheme, plan: Plan, input: EvaluationInput, period: Period): Evaluation {
  const frame = newFrame();
  const months = readInput(plan.input, period, input, frame);
  if (frame.errors.length > 0) return refused(frame.errors, plan);
  const scored = scoreOf(plan, frame, months);
  const evaluation = finished({ scheme, plan, frame, scored, period, until: input.until });
  // A division by zero is only found on the way.
  return frame.errors.length > 0 ? failure(orderedErrors(frame.errors)) : evaluation;
}

/** Each part is scored by itself; what follows the score is computed once, on their mean. */
function ofParts(scheme: CompiledScheme, plan: Plan, input: EvaluationInput, period: Period): Evaluation {
  const reading = readParts(input);
  if (!reading.ok) return failure(reading.errors);
  const parts: ScoredPart[] = [];
  const errors: EvaluationError[] = [];
  for (const { part, workingDays, ratings } of reading.parts) {
    const frame = newFrame();
    const months = readInput(plan.input, period, { ...input, ratings }, frame);
    if (frame.errors.length === 0) parts.push({ part, workingDays, ratings, frame, score: scoreOf(plan, frame, months) });
    errors.push(...frame.errors);
  }
  if (errors.length > 0) return refused(errors, plan);
  const { frame, scored } = joinedParts(plan, parts);
  const evaluation = finished({ scheme, plan, frame, scored, period, until: input.until });
  return frame.errors.length > 0 ? failure(orderedErrors(frame.errors)) : evaluation;
}

function refused(errors: readonly EvaluationError[], plan: Plan): Evaluation {
  return failure(orderedErrors(errors).map((error) => concerning(error, plan)));
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

interface Finishing {
  readonly scheme: CompiledScheme;
  readonly plan: Plan;
  readonly frame: Frame;
  readonly scored: Score;
  readonly period: Period;
  readonly until: EvaluationInput['until'];
}

const UNPAID = { lines: [], total: null };

function finished({ scheme, plan, frame, scored, period, until }: Finishing): Evaluation {
  const inputs: ExplanationNode[] = [...scored.nodes];
  const grade = plan.grade?.run(frame);
  if (grade) inputs.push(grade.node);
  const score = scored.points === null ? null : roundedText(scored.points);
  const explanation: ExplanationNode = { key: scheme.id, rule: 'scheme', value: score, params: { period }, inputs };
  const { sections } = scored;
  const reached = grade?.grade ?? null;
  if (until === 'score')
    return { score, grade: reached, sections, pay: UNPAID, outcome: {}, actions: [], explanation, errors: [], pending: true };
  for (const run of plan.after) inputs.push(run(frame));
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
  return { score, grade: reached, sections, pay: { lines: pay.lines, total: pay.total }, outcome, actions, explanation, errors: [] };
}
