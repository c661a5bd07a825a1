import type { ValueDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import type { Compiled } from '../formula/compile';
import type { Frame } from '../frame';
import { joinedInputs } from './node-inputs';
import { computing } from '../problems';
import type { PathPart } from '../reading/scheme-text';
import type { AnyFormulaPlan, Workbench } from '../workbench';

/** Computes a named value, stores it for what follows, and explains it. */
export type ValuePlan = (frame: Frame) => ExplanationNode;

export function compileValues(
  blocks: readonly { readonly block: ValueDocument; readonly index: number }[],
  bench: Workbench,
): readonly ValuePlan[] {
  return blocks.map(({ block, index }) => {
    const path: PathPart[] = ['values', index];
    return bench.for(`value.${block.key}`, () =>
      block.kind === 'formula' ? formulaValue(block, path, bench) : casesValue(block, path, bench),
    );
  });
}

function formulaValue(block: Extract<ValueDocument, { kind: 'formula' }>, path: readonly PathPart[], bench: Workbench): ValuePlan {
  const plan = bench.formula(block.formula, [...path, 'formula']);
  const name = `value.${block.key}`;
  const { store } = bench.typed(name, plan.compiled.type, path);
  const params = { formula: plan.text };
  return (frame) => ({
    key: name,
    rule: 'formula',
    value: computing(frame, name, () => store(frame, plan.compiled)) ?? null,
    params,
    inputs: plan.inputs(frame),
  });
}

function casesValue(block: Extract<ValueDocument, { kind: 'cases' }>, path: readonly PathPart[], bench: Workbench): ValuePlan {
  const cases = block.cases.map((one, index) => ({
    key: one.key ?? String(index + 1),
    when: bench.condition(one.when, [...path, 'cases', index, 'when']),
    value: bench.formula(one.value, [...path, 'cases', index, 'value']),
  }));
  const otherwise = bench.formula(block.otherwise, [...path, 'otherwise']);
  const { type } = otherwise.compiled;
  cases.forEach((one, index) => {
    if (one.value.compiled.type !== type)
      bench.problem('type-mismatch', [...path, 'cases', index, 'value'], `${type}, not ${one.value.compiled.type}`);
  });
  const name = `value.${block.key}`;
  const { store } = bench.typed(name, type, path);
  const looked = joinedInputs(...cases.map((one) => one.when.inputs));
  return (frame) => {
    const chosen = computing(frame, name, () => choose(frame, cases, otherwise, store));
    // Both the conditions looked at and the value taken, so that a reader sees why this case and no other.
    const inputs = [...looked(frame), ...(chosen?.plan ?? otherwise).inputs(frame)];
    return { key: name, rule: 'cases', value: chosen?.text ?? null, params: { case: chosen?.key ?? '' }, inputs };
  };
}

interface ValueCase {
  readonly key: string;
  readonly when: { readonly run: (frame: Frame) => boolean };
  readonly value: AnyFormulaPlan;
}

function choose(
  frame: Frame,
  cases: readonly ValueCase[],
  otherwise: AnyFormulaPlan,
  store: (frame: Frame, from: Compiled<Frame>) => string,
) {
  const held = cases.find((one) => one.when.run(frame));
  const plan = held?.value ?? otherwise;
  return { key: held?.key ?? 'otherwise', plan, text: store(frame, plan.compiled) };
}
