import { compareFraction, divideFraction, maxFraction, minFraction, multiplyFraction, signOf, subtractFraction } from '#kernel';
import { joinedInputs } from '../node-inputs';
import { exactText, isZero, NOTHING, ONE } from '../../numbers';
import { type CompiledMethod, constant, member, type MethodContext, type Of, quotient } from './method';

/* Methods that compare one amount with another. */

export function ratioMethod(method: Of<'ratio'>, context: MethodContext): CompiledMethod {
  const actual = member(context, 'actual', method.actual);
  const target = member(context, 'target', method.target);
  const cap = constant(context, 'cap', method.cap, ONE);
  const floor = constant(context, 'floor', method.floor, NOTHING);
  const { points } = context;
  const [most, highest, lowest] = [exactText(points), exactText(cap), exactText(floor)];
  const inputs = joinedInputs(actual.inputs, target.inputs);
  return (frame) => {
    const ratio = quotient(actual.run(frame), target.run(frame));
    const counted = compareFraction(ratio, floor) < 0 ? NOTHING : minFraction(ratio, cap);
    const text = exactText(ratio);
    const params =
      method.floor === undefined ? { points: most, cap: highest, ratio: text } : { points: most, cap: highest, floor: lowest, ratio: text };
    return { points: multiplyFraction(points, counted), params, inputs: inputs(frame) };
  };
}

export function shareMethod(method: Of<'share'>, context: MethodContext): CompiledMethod {
  const done = member(context, 'done', method.done);
  const due = member(context, 'due', method.due);
  const { points } = context;
  const most = exactText(points);
  const full = { points: most, nothingDue: 'true' };
  const inputs = joinedInputs(done.inputs, due.inputs);
  return (frame) => {
    const whole = due.run(frame);
    if (isZero(whole)) return { points, params: full, inputs: inputs(frame) };
    const share = quotient(done.run(frame), whole);
    const params = { points: most, ratio: exactText(share) };
    return { points: multiplyFraction(points, minFraction(share, ONE)), params, inputs: inputs(frame) };
  };
}

/** Straight from no points at `from` to all at `fullAt`; what is missing to `fullAt` stands in the params. */
export function slaMethod(method: Of<'sla'>, context: MethodContext): CompiledMethod {
  const met = member(context, 'met', method.met);
  const all = member(context, 'of', method.of);
  const from = constant(context, 'from', method.from, NOTHING);
  const fullAt = constant(context, 'fullAt', method.fullAt, ONE);
  if (compareFraction(fullAt, from) <= 0) context.bench.problem('rows-out-of-order', [...context.path, 'fullAt']);
  const { points } = context;
  const span = subtractFraction(fullAt, from);
  const fixed = {
    points: exactText(points),
    from: exactText(from),
    fullAt: exactText(fullAt),
    ...(method.withinHours !== undefined && { withinHours: method.withinHours }),
  };
  const read = joinedInputs(met.inputs, all.inputs);
  return (frame) => {
    const whole = all.run(frame);
    const inputs = read(frame);
    if (isZero(whole)) return { points, params: { ...fixed, nothingDue: 'true' }, inputs };
    const share = quotient(met.run(frame), whole);
    const counted = minFraction(maxFraction(divideFraction(subtractFraction(share, from), span), NOTHING), ONE);
    const missing = maxFraction(subtractFraction(fullAt, share), NOTHING);
    return {
      points: multiplyFraction(points, counted),
      params: { ...fixed, ratio: exactText(share), missing: exactText(missing) },
      inputs,
    };
  };
}

export function growthMethod(method: Of<'growth'>, context: MethodContext): CompiledMethod {
  const now = member(context, 'now', method.now);
  const before = member(context, 'before', method.before);
  const fullAt = constant(context, 'fullAt', method.fullAt, ONE);
  if (signOf(fullAt) <= 0) context.bench.problem('not-above-zero', [...context.path, 'fullAt']);
  const { points } = context;
  const fixed = { points: exactText(points), fullAt: exactText(fullAt) };
  const read = joinedInputs(now.inputs, before.inputs);
  return (frame) => {
    const [a, b] = [now.run(frame), before.run(frame)];
    const inputs = read(frame);
    if (isZero(b)) return { points: signOf(a) > 0 ? points : NOTHING, params: { ...fixed, fromNothing: 'true' }, inputs };
    const growth = quotient(subtractFraction(a, b), b);
    const share = minFraction(divideFraction(maxFraction(growth, NOTHING), fullAt), ONE);
    return { points: multiplyFraction(points, share), params: { ...fixed, growth: exactText(growth) }, inputs };
  };
}
