import { multiplyFraction, signOf } from '#kernel';
import { joinedInputs } from '../node-inputs';
import { exactText, NOTHING } from '../../numbers';
import { type CompiledMethod, member, type MethodContext, type Of } from './method';

/* Methods that choose: by a table, by conditions, or as a formula says. */

export function tiersMethod(method: Of<'tiers'>, context: MethodContext): CompiledMethod {
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

export function casesMethod(method: Of<'cases'>, context: MethodContext): CompiledMethod {
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

/** The column of the history block holds a number per earlier period, above 0 where it held; a period that is not there did not. */
export function consecutiveMethod(method: Of<'consecutive'>, context: MethodContext): CompiledMethod {
  const { bench, path, points } = context;
  const now = bench.condition(method.now, [...path, 'now']);
  const history = bench.history.get(method.history);
  const column = history?.column(method.each);
  const needed = Number(method.periods);
  if (!history) bench.problem('unknown-name', [...path, 'history'], method.history);
  else if (!column) bench.problem('unknown-name', [...path, 'each'], method.each);
  else if (needed < 1 || needed > history.count) bench.problem('out-of-bounds', [...path, 'periods'], `1–${history.count}`);
  const there = bench.number(column ? `count(history.${method.history}.${method.each})` : '0', [...path, 'history']);
  const fixed = { points: exactText(points), periods: method.periods };
  const inputs = joinedInputs(now.inputs, there.inputs);
  return (frame) => {
    const holdsNow = now.run(frame);
    const earlier = column?.(frame) ?? [];
    let held = 0;
    while (held < needed && signOf(earlier[held] ?? NOTHING) > 0) held += 1;
    return {
      points: holdsNow && held === needed ? points : NOTHING,
      params: { ...fixed, now: String(holdsNow), held: String(held) },
      inputs: inputs(frame),
    };
  };
}

export function formulaMethod(method: Of<'formula'>, context: MethodContext): CompiledMethod {
  const plan = member(context, 'formula', method.formula);
  const params = { formula: plan.text };
  return (frame) => ({ points: plan.run(frame), params, inputs: plan.inputs(frame) });
}
