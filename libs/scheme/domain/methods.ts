import {
  addFraction,
  compareFraction,
  divideFraction,
  type Fraction,
  maxFraction,
  minFraction,
  multiplyFraction,
  subtractFraction,
} from '#kernel';
import type { MethodDocument } from '../contracts/document';
import type { ExplanationNode } from '../contracts/evaluation';
import { FormulaProblem } from './formula/lexer';
import type { Frame } from './frame';
import { exactText, isZero, NOTHING, ONE } from './numbers';
import type { PathPart } from './scheme-text';
import type { FormulaPlan, Workbench } from './workbench';

/** What an indicator's method found: its points before rounding, and how. */
export interface MethodResult {
  readonly points: Fraction;
  readonly params: Readonly<Record<string, string>>;
  readonly inputs: readonly ExplanationNode[];
}
export type CompiledMethod = (frame: Frame) => MethodResult;

/** What a rating line is worth, for methods that scale it. */
export interface RatingRange {
  readonly to: Fraction;
}

export interface MethodContext {
  readonly bench: Workbench;
  readonly path: readonly PathPart[];
  readonly points: Fraction;
  readonly ratings: ReadonlyMap<string, RatingRange>;
}

type Of<Kind extends MethodDocument['kind']> = Extract<MethodDocument, { kind: Kind }>;

export function compileMethod(method: MethodDocument, context: MethodContext): CompiledMethod {
  switch (method.kind) {
    case 'ratio':
      return ratioMethod(method, context);
    case 'share':
      return shareMethod(method, context);
    case 'growth':
      return growthMethod(method, context);
    case 'deduct':
      return deductMethod(method, context);
    case 'any-takes-all':
      return anyMethod(method, context);
    case 'rating':
      return ratingMethod(method, context);
    case 'rubric':
      return rubricMethod(method, context);
    case 'tiers':
      return tiersMethod(method, context);
    case 'cases':
      return casesMethod(method, context);
    case 'formula': {
      const plan = context.bench.number(method.formula, [...context.path, 'formula']);
      const params = { formula: plan.text };
      return (frame) => ({ points: plan.run(frame), params, inputs: plan.inputs(frame) });
    }
    default:
      context.bench.problem('not-supported-yet', context.path, method.kind);
      return () => ({ points: NOTHING, params: {}, inputs: [] });
  }
}

const member = (context: MethodContext, name: string, text: string): FormulaPlan<'number'> =>
  context.bench.number(text, [...context.path, name]);
const constant = (context: MethodContext, name: string, text: string | undefined, otherwise: Fraction): Fraction =>
  text === undefined ? otherwise : context.bench.fixedNumber(text, [...context.path, name]);

function quotient(part: Fraction, whole: Fraction): Fraction {
  if (whole.num <= 0n) throw new FormulaProblem('division-by-zero', 0, '÷');
  return divideFraction(part, whole);
}

function ratioMethod(method: Of<'ratio'>, context: MethodContext): CompiledMethod {
  const actual = member(context, 'actual', method.actual);
  const target = member(context, 'target', method.target);
  const cap = constant(context, 'cap', method.cap, ONE);
  const floor = constant(context, 'floor', method.floor, NOTHING);
  const { points } = context;
  const fixed = { points: exactText(points), cap: exactText(cap), ...(method.floor !== undefined && { floor: exactText(floor) }) };
  return (frame) => {
    const ratio = quotient(actual.run(frame), target.run(frame));
    const counted = compareFraction(ratio, floor) < 0 ? NOTHING : minFraction(ratio, cap);
    return {
      points: multiplyFraction(points, counted),
      params: { ...fixed, ratio: exactText(ratio) },
      inputs: [...actual.inputs(frame), ...target.inputs(frame)],
    };
  };
}

function shareMethod(method: Of<'share'>, context: MethodContext): CompiledMethod {
  const done = member(context, 'done', method.done);
  const due = member(context, 'due', method.due);
  const { points } = context;
  const fixed = { points: exactText(points) };
  return (frame) => {
    const whole = due.run(frame);
    const inputs = [...done.inputs(frame), ...due.inputs(frame)];
    if (isZero(whole)) return { points, params: { ...fixed, nothingDue: 'true' }, inputs };
    const share = quotient(done.run(frame), whole);
    return { points: multiplyFraction(points, minFraction(share, ONE)), params: { ...fixed, ratio: exactText(share) }, inputs };
  };
}

function growthMethod(method: Of<'growth'>, context: MethodContext): CompiledMethod {
  const now = member(context, 'now', method.now);
  const before = member(context, 'before', method.before);
  const fullAt = constant(context, 'fullAt', method.fullAt, ONE);
  if (fullAt.num <= 0n) context.bench.problem('not-above-zero', [...context.path, 'fullAt']);
  const { points } = context;
  const fixed = { points: exactText(points), fullAt: exactText(fullAt) };
  return (frame) => {
    const [a, b] = [now.run(frame), before.run(frame)];
    const inputs = [...now.inputs(frame), ...before.inputs(frame)];
    if (isZero(b)) return { points: a.num > 0n ? points : NOTHING, params: { ...fixed, fromNothing: 'true' }, inputs };
    const growth = quotient(subtractFraction(a, b), b);
    const share = minFraction(divideFraction(maxFraction(growth, NOTHING), fullAt), ONE);
    return { points: multiplyFraction(points, share), params: { ...fixed, growth: exactText(growth) }, inputs };
  };
}

function deductMethod(method: Of<'deduct'>, context: MethodContext): CompiledMethod {
  const count = member(context, 'count', method.count);
  const { points } = context;
  const each = constant(context, 'each', method.each, NOTHING);
  const of = constant(context, 'of', method.of, points);
  if (of.num <= 0n) context.bench.problem('not-above-zero', [...context.path, method.of === undefined ? 'each' : 'of']);
  const params = { points: exactText(points), each: exactText(each), of: exactText(of) };
  return (frame) => {
    const left = maxFraction(subtractFraction(of, multiplyFraction(each, count.run(frame))), NOTHING);
    return {
      points: multiplyFraction(points, divideFraction(left, of)),
      params: { ...params, left: exactText(left) },
      inputs: count.inputs(frame),
    };
  };
}

function anyMethod(method: Of<'any-takes-all'>, context: MethodContext): CompiledMethod {
  const count = member(context, 'count', method.count);
  const { points } = context;
  const params = { points: exactText(points) };
  return (frame) => ({ points: count.run(frame).num > 0n ? NOTHING : points, params, inputs: count.inputs(frame) });
}

function ratingMethod(method: Of<'rating'>, context: MethodContext): CompiledMethod {
  const rating = member(context, 'rating', `rating.${method.rating}`);
  const range = context.ratings.get(method.rating);
  const most = range && range.to.num > 0n ? range.to : ONE;
  const { points } = context;
  const params = { points: exactText(points), of: exactText(most) };
  return (frame) => ({ points: divideFraction(multiplyFraction(points, rating.run(frame)), most), params, inputs: rating.inputs(frame) });
}

function rubricMethod(method: Of<'rubric'>, context: MethodContext): CompiledMethod {
  const plans = method.ratings.map((key, index) => context.bench.number(`rating.${key}`, [...context.path, 'ratings', index]));
  const params = { points: exactText(context.points) };
  return (frame) => ({
    points: plans.reduce((sum, plan) => addFraction(sum, plan.run(frame)), NOTHING),
    params,
    inputs: plans.flatMap((plan) => plan.inputs(frame)),
  });
}

function tiersMethod(method: Of<'tiers'>, context: MethodContext): CompiledMethod {
  const of = member(context, 'of', method.of);
  const table = context.bench.table(method.table);
  if (!table) context.bench.problem('unknown-name', [...context.path, 'table'], method.table);
  const { points } = context;
  const fixed = { points: exactText(points), table: method.table };
  return (frame) => {
    const value = of.run(frame);
    const share = table ? table(value) : NOTHING;
    return {
      points: multiplyFraction(points, share),
      params: { ...fixed, of: exactText(value), share: exactText(share) },
      inputs: of.inputs(frame),
    };
  };
}

function casesMethod(method: Of<'cases'>, context: MethodContext): CompiledMethod {
  const cases = method.cases.map((one, index) => ({
    key: one.key ?? String(index + 1),
    when: context.bench.condition(one.when, [...context.path, 'cases', index, 'when']),
    value: context.bench.number(one.value, [...context.path, 'cases', index, 'value']),
  }));
  const otherwise = context.bench.number(method.otherwise, [...context.path, 'otherwise']);
  const points = exactText(context.points);
  return (frame) => {
    const held = cases.find((one) => one.when.run(frame));
    const value = held?.value ?? otherwise;
    const inputs = [...(held ? held.when.inputs(frame) : cases.flatMap((one) => one.when.inputs(frame))), ...value.inputs(frame)];
    return { points: value.run(frame), params: { points, case: held?.key ?? 'otherwise' }, inputs };
  };
}
