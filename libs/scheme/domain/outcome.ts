import type { SchemeDocument } from '../contracts/document';
import type { ExplanationNode, OutcomeValue } from '../contracts/evaluation';
import type { Frame } from './frame';
import { isWholeFraction } from './numbers';
import { computing } from './problems';
import type { PathPart } from './scheme-text';
import type { Workbench } from './workbench';

type OutcomeDocument = NonNullable<SchemeDocument['outcome']>[number];
type ActionDocument = NonNullable<SchemeDocument['actions']>[number];

export interface OutcomePlan {
  readonly key: string;
  readonly run: (frame: Frame) => { readonly value: OutcomeValue; readonly node: ExplanationNode };
}

export interface ActionPlan {
  readonly key: string;
  readonly run: (frame: Frame) => { readonly taken: boolean; readonly node: ExplanationNode };
}

export function compileOutcome(
  blocks: readonly { readonly block: OutcomeDocument; readonly index: number }[],
  bench: Workbench,
): readonly OutcomePlan[] {
  return blocks.map(({ block, index }) => {
    const path: PathPart[] = ['outcome', index];
    const plan = bench.for(`outcome.${block.key}`, () => bench.formula(block.value ?? '0', [...path, 'value']));
    const wanted = block.type === 'word' ? 'word' : 'number';
    if (plan.compiled.type !== wanted) bench.problem('type-mismatch', [...path, 'value'], `${wanted}, not ${plan.compiled.type}`);
    const name = `outcome.${block.key}`;
    const { store } = bench.typed(name, plan.compiled.type, path);
    const params = { formula: plan.text };
    return {
      key: block.key,
      run(frame) {
        const text = computing(frame, name, () => store(frame, plan.compiled)) ?? null;
        const node = { key: name, rule: 'formula', value: text, params, inputs: plan.inputs(frame) };
        if (block.type !== 'integer' || text === null) return { value: text, node };
        const whole = plan.compiled.type === 'number' && isWholeFraction(plan.compiled.run(frame)) ? Number(text) : NaN;
        if (Number.isSafeInteger(whole)) return { value: whole, node };
        frame.errors.push({ code: 'not-whole', key: name });
        return { value: null, node };
      },
    };
  });
}

export function compileActions(
  blocks: readonly { readonly block: ActionDocument; readonly index: number }[],
  bench: Workbench,
): readonly ActionPlan[] {
  return blocks.map(({ block, index }) => {
    const name = `action.${block.key}`;
    const when = bench.for(name, () => bench.condition(block.when, ['actions', index, 'when']));
    const params = { formula: when.text };
    return {
      key: block.key,
      run(frame) {
        const taken = computing(frame, name, () => when.run(frame)) ?? false;
        return { taken, node: { key: name, rule: 'condition', value: String(taken), params, inputs: when.inputs(frame) } };
      },
    };
  });
}
