import type { OutcomeDocument, SchemeDocument } from '../../contracts/document';
import type { ExplanationNode, OutcomeValue } from '../../contracts/evaluation';
import type { Here } from './by-kind';
import type { Frame } from '../frame';
import { isWholeFraction } from '../numbers';
import { computing } from '../problems';
import type { PathPart } from '../reading/scheme-text';
import type { FormulaPlan, Workbench } from '../workbench';

type ActionDocument = NonNullable<SchemeDocument['actions']>[number];
type Of<Type extends OutcomeDocument['type']> = Extract<OutcomeDocument, { type: Type }>;

interface OutcomeResult {
  readonly value: OutcomeValue;
  readonly node: ExplanationNode;
}
type OutcomeRun = (frame: Frame) => OutcomeResult;

export interface OutcomePlan {
  readonly key: string;
  readonly run: OutcomeRun;
}

export interface ActionPlan {
  readonly key: string;
  readonly run: (frame: Frame) => { readonly taken: boolean; readonly node: ExplanationNode };
}

export function compileOutcome(blocks: Here<OutcomeDocument>, bench: Workbench): readonly OutcomePlan[] {
  return blocks.map(({ block, index }) => {
    const path: PathPart[] = ['outcome', index];
    const name = `outcome.${block.key}`;
    const when = block.when;
    const condition = when === undefined ? undefined : bench.for(name, () => bench.condition(when, [...path, 'when']));
    const run = block.type === 'list' ? listOutcome(block, path, bench) : singleOutcome(block, path, bench);
    return { key: block.key, run: condition ? conditional(name, condition, run) : run };
  });
}

/** Null while the condition does not hold. */
function conditional(name: string, when: FormulaPlan<'boolean'>, run: OutcomeRun): OutcomeRun {
  const [given, none] = [
    { formula: when.text, applies: 'true' },
    { formula: when.text, applies: 'false' },
  ];
  return (frame) => {
    const applies = computing(frame, name, when.run) ?? false;
    if (!applies) return { value: null, node: { key: name, rule: 'outcome-when', value: null, params: none, inputs: when.inputs(frame) } };
    const { value, node } = run(frame);
    const inputs = [node, ...when.inputs(frame)];
    return { value, node: { key: name, rule: 'outcome-when', value: node.value, params: given, inputs } };
  };
}

function singleOutcome(block: Exclude<OutcomeDocument, { type: 'list' }>, path: readonly PathPart[], bench: Workbench): OutcomeRun {
  const name = `outcome.${block.key}`;
  const plan = bench.for(name, () => bench.formula(block.value, [...path, 'value']));
  const wanted = block.type === 'word' ? 'word' : 'number';
  if (plan.compiled.type !== wanted) bench.problem('type-mismatch', [...path, 'value'], `${wanted}, not ${plan.compiled.type}`);
  const { store } = bench.typed(name, plan.compiled.type, path);
  const params = { formula: plan.text };
  const computed = (frame: Frame): string => store(frame, plan.compiled);
  return (frame) => {
    const text = computing(frame, name, computed) ?? null;
    const node = { key: name, rule: 'formula', value: text, params, inputs: plan.inputs(frame) };
    if (block.type !== 'integer' || text === null) return { value: text, node };
    const whole = plan.compiled.type === 'number' && isWholeFraction(plan.compiled.run(frame)) ? Number(text) : NaN;
    if (Number.isSafeInteger(whole)) return { value: whole, node };
    frame.errors.push({ code: 'not-whole', key: name });
    return { value: null, node };
  };
}

/** The words whose condition holds, in the order of the scheme, or the items of a list. */
function listOutcome(block: Of<'list'>, path: readonly PathPart[], bench: Workbench): OutcomeRun {
  const name = `outcome.${block.key}`;
  if ((block.value === undefined) === (block.items === undefined)) bench.problem('value-or-items', path);
  if (block.value !== undefined) return listOfFormula(block.value, { name, path, bench });
  const items = (block.items ?? []).map(({ word, when }, index) => ({
    word,
    when: bench.for(name, () => bench.condition(when, [...path, 'items', index, 'when'])),
  }));
  const store = bindList(name, path, bench);
  return (frame) => {
    const nodes = items.map(({ word, when }): ExplanationNode => {
      const holds = computing(frame, name, when.run) ?? false;
      const params = { formula: when.text, word };
      return { key: `${name}.${word}`, rule: 'condition', value: String(holds), params, inputs: when.inputs(frame) };
    });
    const value = items.filter((_, index) => nodes[index]?.value === 'true').map(({ word }) => word);
    store(frame, value);
    return { value, node: { key: name, rule: 'items-that-hold', value: value.join(' '), inputs: nodes } };
  };
}

function listOfFormula(
  formula: string,
  { name, path, bench }: { readonly name: string; readonly path: readonly PathPart[]; readonly bench: Workbench },
): OutcomeRun {
  const plan = bench.for(name, () => bench.list(formula, [...path, 'value']));
  const store = bindList(name, path, bench);
  const params = { formula: plan.text };
  return (frame) => {
    const value = computing(frame, name, plan.run) ?? [];
    store(frame, value);
    return { value, node: { key: name, rule: 'formula', value: value.join(' '), params, inputs: plan.inputs(frame) } };
  };
}

function bindList(name: string, path: readonly PathPart[], bench: Workbench): (frame: Frame, items: readonly string[]) => void {
  const { store } = bench.typed(name, 'list', path);
  return (frame, items) => {
    store(frame, { type: 'list', run: () => items });
  };
}

export function compileActions(blocks: Here<ActionDocument>, bench: Workbench): readonly ActionPlan[] {
  return blocks.map(({ block, index }) => {
    const name = `action.${block.key}`;
    const when = bench.for(name, () => bench.condition(block.when, ['actions', index, 'when']));
    const params = { formula: when.text };
    return {
      key: block.key,
      run(frame) {
        const taken = computing(frame, name, when.run) ?? false;
        return { taken, node: { key: name, rule: 'condition', value: String(taken), params, inputs: when.inputs(frame) } };
      },
    };
  });
}
