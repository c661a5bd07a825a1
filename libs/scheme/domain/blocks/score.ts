import { type Fraction, multiplyFraction, addFraction } from '#kernel';
import type { ModifierDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import type { Here } from './by-kind';
import type { Frame } from '../frame';
import type { Points } from './indicators';
import { exactText, isNegative, NONE, NOTHING, rounded, roundedText } from '../numbers';
import { computing } from '../problems';
import type { PathPart } from '../reading/scheme-text';
import type { Workbench } from '../workbench';

export interface ScorePlan {
  /** From the base (sum of sections, or the roll-up) through every modifier to the score, rounded at each step and never below 0. */
  readonly run: (frame: Frame, base: Fraction, baseNode: ExplanationNode) => Points;
  /** A score formed elsewhere, such as the mean of parts, for what follows to read. */
  readonly put: (frame: Frame, points: Fraction) => void;
}

interface Changed {
  readonly score: Fraction;
  readonly rule: string;
  readonly params: Readonly<Record<string, string>>;
  readonly inputs: readonly ExplanationNode[];
}

interface ModifierPlan {
  readonly name: string;
  readonly apply: (frame: Frame, score: Fraction) => Changed;
}

export function compileScore(blocks: Here<ModifierDocument>, bench: Workbench): ScorePlan {
  const storeSum = bench.rounded('sum', ['sections']);
  const modifiers = blocks.map(({ block, index }) =>
    bench.for(`modifier.${block.key}`, () => compileModifier(block, ['modifiers', index], bench)),
  );
  const storeScore = bench.rounded('score', ['sections']);
  return {
    run(frame, base, baseNode) {
      storeSum(frame, base);
      let points = base;
      let node = baseNode;
      for (const { name, apply } of modifiers) {
        const before = points;
        const changed = computing(frame, name, () => apply(frame, before));
        points = changed ? rounded(changed.score) : NONE;
        const { rule, params, inputs } = changed ?? { rule: 'error', params: {}, inputs: [] };
        node = { key: name, rule, value: roundedText(points), params, inputs: [node, ...inputs] };
      }
      if (isNegative(points)) {
        points = NONE;
        node = { key: 'floor', rule: 'floor', value: '0.00', inputs: [node] };
      }
      storeScore(frame, points);
      // What nothing modified is the score itself: one node less between a reader and the facts.
      if (node === baseNode) return { points, node: { ...baseNode, key: 'score' } };
      return { points, node: { key: 'score', rule: 'modified', value: roundedText(points), inputs: [node] } };
    },
    put(frame, points) {
      storeSum(frame, points);
      storeScore(frame, points);
    },
  };
}

function compileModifier(block: ModifierDocument, path: readonly PathPart[], bench: Workbench): ModifierPlan {
  const name = `modifier.${block.key}`;
  if (block.kind === 'veto') return { name, apply: vetoOf(block, path, bench) };
  const when = block.when === undefined ? undefined : bench.early(block.when, [...path, 'when']);
  const value = bench.within(when, () => bench.number(block.value, [...path, 'value']));
  const combine = block.kind === 'coefficient' ? multiplyFraction : addFraction;
  const change = (frame: Frame, score: Fraction): Changed => {
    const by = value.run(frame);
    return { score: combine(score, by), rule: block.kind, params: { by: exactText(by) }, inputs: value.inputs(frame) };
  };
  if (!when) return { name, apply: change };
  const left = { formula: when.text, applied: 'false' };
  return {
    name,
    apply: (frame, score) =>
      when.holds(frame) ? change(frame, score) : { score, rule: 'not-applied', params: left, inputs: when.inputs(frame) },
  };
}

function vetoOf(block: Extract<ModifierDocument, { kind: 'veto' }>, path: readonly PathPart[], bench: Workbench): ModifierPlan['apply'] {
  const when = bench.condition(block.when, [...path, 'when']);
  const applied = { applied: 'true', formula: when.text };
  const spared = { applied: 'false', formula: when.text };
  return (frame, score) => {
    const vetoed = when.run(frame);
    return { score: vetoed ? NOTHING : score, rule: block.kind, params: vetoed ? applied : spared, inputs: when.inputs(frame) };
  };
}
