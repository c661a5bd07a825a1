import type { Period } from '#kernel';
import type { EvaluationError, EvaluationInput } from '../../contracts/evaluation';
import { type EmployeeSpec, readEmployee } from './employee-input';
import { type FactsPlan, readFacts } from './facts-input';
import { type Frame, newFrame } from '../frame';
import { type MonthScore, type NeededHistory, readHistory } from './history-input';
import { readRaters, type RatersPlan } from './raters';
import { type RatingSpec, readRatings } from './ratings-input';
import type { Under } from './readings';
import type { EarlyCondition } from '../workbench';

export type { FactSpec } from './facts-input';
export type { MonthScore } from './history-input';
export type { RatingKind, RatingSpec } from './ratings-input';

/** All that a kind of period reads of an input; what nothing reads is not in it. */
export interface InputPlan {
  readonly employee: readonly EmployeeSpec[];
  readonly conditions: readonly EarlyCondition[];
  readonly facts: FactsPlan;
  readonly history: readonly NeededHistory[];
  readonly ratings: readonly RatingSpec[];
  readonly raters: { readonly plan: RatersPlan; readonly under: Under } | undefined;
  /** A roll-up reads the scores of its months. */
  readonly months: boolean;
  /** Whether each step of the review is for the person; undefined where it is for everybody. Not read when scoring. */
  readonly review: readonly (EarlyCondition | undefined)[];
  /** Every attribute, also those that only the review asks. */
  readonly attributes: readonly EmployeeSpec[];
}

/** What is asked of a person is decided by attributes alone; what an attribute in error decides does not hold. */
export function decidedFor(plan: InputPlan, employee: EvaluationInput['employee']): Frame {
  const frame = newFrame();
  const review = plan.review.flatMap((condition) => condition ?? []);
  readEmployee(plan.attributes, [...plan.conditions, ...review], employee, frame);
  return frame;
}

/**
 * Reads everything of the input into the frame, with all errors in it; the months of a roll-up are returned. Attributes
 * come first: what is only needed under a condition over an attribute in error is not read.
 */
export function readInput(plan: InputPlan, period: Period, input: EvaluationInput, frame: Frame): readonly MonthScore[] {
  readEmployee(plan.employee, plan.conditions, input.employee, frame);
  readFacts(plan.facts, input.facts, frame, input.until);
  readRatings(plan.ratings, input.ratings, frame);
  if (plan.raters) readRaters(plan.raters, input.ratings, frame);
  return readHistory({ blocks: plan.history, months: plan.months }, period, input.history ?? [], frame);
}

/** One per key, the first of the table that holds, sorted by key in code points. */
export function orderedErrors(errors: readonly EvaluationError[]): readonly EvaluationError[] {
  const first = new Map<string, EvaluationError>();
  for (const error of errors) if (!first.has(error.key)) first.set(error.key, error);
  return [...first.values()].sort((a, b) => compareCodePoints(a.key, b.key));
}

function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
