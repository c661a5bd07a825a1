import { type Fraction, multiplyFraction, addFraction } from '#kernel';
import type { ModifierDocument } from '../contracts/document';
import type { ExplanationNode } from '../contracts/evaluation';
import type { Frame } from './frame';
import { exactText, fromHundredths, hundredthsText, NOTHING, toHundredths } from './numbers';
import { computing } from './problems';
import type { PathPart } from './scheme-text';
import type { Workbench } from './workbench';

export interface ScorePlan {
  /** From the base (sum of sections, or the roll-up) through every modifier to the score, rounded at each step and never below 0. */
  readonly run: (frame: Frame, base: bigint, baseNode: ExplanationNode) => { readonly hundredths: bigint; readonly node: ExplanationNode };
}

interface ModifierPlan {
  readonly key: string;
  readonly kind: ModifierDocument['kind'];
  readonly apply: (frame: Frame, score: Fraction) => Fraction;
  readonly inputs: (frame: Frame) => readonly ExplanationNode[];
  readonly params: (frame: Frame) => Readonly<Record<string, string>>;
}

export function compileScore(blocks: readonly { readonly block: ModifierDocument; readonly index: number }[], bench: Workbench): ScorePlan {
  const storeSum = bench.rounded('sum', ['sections']);
  const modifiers = blocks.map(({ block, index }) =>
    bench.for(`modifier.${block.key}`, () => compileModifier(block, ['modifiers', index], bench)),
  );
  const storeScore = bench.rounded('score', ['sections']);
  return {
    run(frame, base, baseNode) {
      storeSum(frame, base);
      let hundredths = base;
      let node = baseNode;
      for (const modifier of modifiers) {
        const name = `modifier.${modifier.key}`;
        const before = fromHundredths(hundredths);
        const changed = computing(frame, name, () => modifier.apply(frame, before)) ?? NOTHING;
        hundredths = toHundredths(changed);
        const value = hundredthsText(hundredths);
        const params = computing(frame, name, () => modifier.params(frame)) ?? {};
        node = { key: name, rule: modifier.kind, value, params, inputs: [node, ...modifier.inputs(frame)] };
      }
      if (hundredths < 0n) {
        hundredths = 0n;
        node = { key: 'floor', rule: 'floor', value: '0.00', inputs: [node] };
      }
      storeScore(frame, hundredths);
      // What nothing modified is the score itself: one node less between a reader and the facts.
      if (node === baseNode) return { hundredths, node: { ...baseNode, key: 'score' } };
      return { hundredths, node: { key: 'score', rule: 'modified', value: hundredthsText(hundredths), inputs: [node] } };
    },
  };
}

const NO_PARAMS: Readonly<Record<string, string>> = {};

function compileModifier(block: ModifierDocument, path: readonly PathPart[], bench: Workbench): ModifierPlan {
  if (block.kind === 'veto') {
    const when = bench.condition(block.when, [...path, 'when']);
    const applied = { applied: 'true', formula: when.text };
    const spared = { applied: 'false', formula: when.text };
    return {
      key: block.key,
      kind: block.kind,
      apply: (frame, score) => (when.run(frame) ? NOTHING : score),
      inputs: when.inputs,
      params: (frame) => (when.run(frame) ? applied : spared),
    };
  }
  const value = bench.number(block.value, [...path, 'value']);
  const combine = block.kind === 'coefficient' ? multiplyFraction : addFraction;
  return {
    key: block.key,
    kind: block.kind,
    apply: (frame, score) => combine(score, value.run(frame)),
    inputs: value.inputs,
    params: (frame) => ({ ...NO_PARAMS, by: exactText(value.run(frame)) }),
  };
}
