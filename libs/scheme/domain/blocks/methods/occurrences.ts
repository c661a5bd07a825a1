import { addFraction, divideFraction, maxFraction, minFraction, multiplyFraction, signOf, subtractFraction, wholeFraction } from '#kernel';
import { joinedInputs } from '../node-inputs';
import { exactText, NOTHING } from '../../numbers';
import { type CompiledMethod, constant, member, type MethodContext, type Of } from './method';

/* Methods that count: what each occurrence, day or named item takes or adds. */

export function deductMethod(method: Of<'deduct'>, context: MethodContext): CompiledMethod {
  const count = member(context, 'count', method.count);
  const { points } = context;
  const each = constant(context, 'each', method.each, NOTHING);
  const of = constant(context, 'of', method.of, points);
  if (signOf(of) <= 0) context.bench.problem('not-above-zero', [...context.path, method.of === undefined ? 'each' : 'of']);
  const fixed = { points: exactText(points), each: exactText(each), of: exactText(of) };
  return (frame) => {
    const left = maxFraction(subtractFraction(of, multiplyFraction(each, count.run(frame))), NOTHING);
    return {
      points: multiplyFraction(points, divideFraction(left, of)),
      params: { points: fixed.points, each: fixed.each, of: fixed.of, left: exactText(left) },
      inputs: count.inputs(frame),
    };
  };
}

/** `missing`: what was not earned of the most there is. */
export function bonusMethod(method: Of<'bonus'>, context: MethodContext): CompiledMethod {
  const count = member(context, 'count', method.count);
  const { points } = context;
  const each = constant(context, 'each', method.each, NOTHING);
  const fixed = { points: exactText(points), each: exactText(each) };
  return (frame) => {
    const earned = multiplyFraction(each, count.run(frame));
    const missing = exactText(maxFraction(subtractFraction(points, earned), NOTHING));
    const params = { points: fixed.points, each: fixed.each, earned: exactText(earned), missing };
    return { points: minFraction(earned, points), params, inputs: count.inputs(frame) };
  };
}

const HUNDRED = wholeFraction(100);

/** Points are weighted after the deduction from 100; each half day counts as one, a part of a day in proportion (templates.md 5, 9, 14). */
export function attendanceMethod(method: Of<'attendance'>, context: MethodContext): CompiledMethod {
  const days = member(context, 'days', method.days);
  const halves = method.halfDays === undefined ? undefined : member(context, 'halfDays', method.halfDays);
  const { points } = context;
  const each = constant(context, 'each', method.each, NOTHING);
  const fixed = { points: exactText(points), each: exactText(each), of: '100' };
  const inputs = joinedInputs(days.inputs, halves?.inputs);
  return (frame) => {
    const counted = halves ? addFraction(days.run(frame), halves.run(frame)) : days.run(frame);
    const left = maxFraction(subtractFraction(HUNDRED, multiplyFraction(each, counted)), NOTHING);
    return {
      points: divideFraction(multiplyFraction(points, left), HUNDRED),
      params: { ...fixed, counted: exactText(counted), left: exactText(left) },
      inputs: inputs(frame),
    };
  };
}

export function anyMethod(method: Of<'any-takes-all'>, context: MethodContext): CompiledMethod {
  const count = member(context, 'count', method.count);
  const { points } = context;
  const params = { points: exactText(points) };
  return (frame) => ({ points: signOf(count.run(frame)) > 0 ? NOTHING : points, params, inputs: count.inputs(frame) });
}

export function itemsMethod(method: Of<'items'>, context: MethodContext): CompiledMethod {
  const named = member(context, 'rating', `count(rating.${method.rating})`);
  const { points } = context;
  const each = constant(context, 'each', method.each, NOTHING);
  const fixed = { points: exactText(points), each: exactText(each) };
  return (frame) => {
    const count = named.run(frame);
    const left = maxFraction(subtractFraction(points, multiplyFraction(each, count)), NOTHING);
    return { points: left, params: { ...fixed, items: exactText(count), left: exactText(left) }, inputs: named.inputs(frame) };
  };
}
