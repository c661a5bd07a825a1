import { compareFraction, type Fraction, signOf } from '#kernel';
import type { EvaluationError, EvaluationInput, ExplanationNode, PartInput } from '../../contracts/evaluation';
import { type Frame, newFrame } from '../frame';
import { exactText, NONE, NOTHING, readNumber, rounded, roundedText } from '../numbers';
import type { Plan } from '../plan';
import { weightedMean } from './roll-up';
import type { Leaf } from '../workbench';
import type { Score } from '../scoring';

/* A period split by a transfer: scored part by part, each with its own ratings, the score weighted by working days. */

/** More transfers than a year has months is no split. */
const MOST_PARTS = 12;

export interface Part {
  readonly part: string;
  readonly workingDays: Fraction;
  readonly ratings: PartInput['ratings'];
}

type PartsReading =
  { readonly ok: true; readonly parts: readonly Part[] } | { readonly ok: false; readonly errors: readonly EvaluationError[] };

export function isInParts(input: EvaluationInput): boolean {
  return input.parts !== undefined && input.parts.length > 0;
}

/** Working days are above 0 and no part is named twice; in the order of their names, so that the order given changes nothing. */
export function readParts(input: EvaluationInput): PartsReading {
  const errors: EvaluationError[] = [];
  const parts: Part[] = [];
  const given = input.parts ?? [];
  if (given.length > MOST_PARTS) return { ok: false, errors: [{ code: 'invalid-input', key: 'parts' }] };
  for (const { part, workingDays, ratings } of given) {
    const days = readNumber(workingDays);
    if (!days) errors.push({ code: 'invalid-number', key: `parts.${part}` });
    else if (signOf(days) <= 0) errors.push({ code: 'out-of-range', key: `parts.${part}` });
    else if (parts.some((other) => other.part === part)) errors.push({ code: 'duplicate-item', key: `parts.${part}` });
    else parts.push({ part, workingDays: days, ratings });
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, parts: parts.sort((a, b) => (a.part < b.part ? -1 : 1)) };
}

/** What a part came to by itself. */
export interface ScoredPart extends Part {
  readonly frame: Frame;
  readonly score: Score;
}

/** All parts as one: the mean of their rounded scores weighted by working days, rounded; and what follows the score reads. */
export function joinedParts(plan: Plan, parts: readonly ScoredPart[]): { readonly frame: Frame; readonly scored: Score } {
  const frame = joinedFrame(plan, parts);
  if (!plan.score) return { frame, scored: { sections: [], points: null, nodes: [partsNode('parts', null, parts)] } };
  const points = rounded(weightedMean(parts.map(({ score, workingDays }) => ({ value: score.points ?? NONE, weight: workingDays }))));
  plan.score.put(frame, points);
  const score = roundedText(points);
  const section = { key: 'parts', score, indicators: parts.map((part) => ({ key: part.part, score: scoreText(part) ?? '' })) };
  return { frame, scored: { sections: [section], points, nodes: [partsNode('score', score, parts)] } };
}

const scoreText = ({ score }: ScoredPart): string | null => (score.points === null ? null : roundedText(score.points));

function partsNode(key: string, value: string | null, parts: readonly ScoredPart[]): ExplanationNode {
  const inputs = parts.map((part): ExplanationNode => ({
    key: `part.${part.part}`,
    rule: 'part',
    value: scoreText(part),
    params: { workingDays: exactText(part.workingDays) },
    inputs: part.score.nodes,
  }));
  return { key, rule: 'mean-of-parts', value, inputs };
}

/**
 * What outcome, pay and actions read besides the score: a number is the mean of the parts weighted by working days; words,
 * conditions and lists are those of the part with the most working days. Facts are the same in every part.
 */
function joinedFrame(plan: Plan, parts: readonly ScoredPart[]): Frame {
  const main = parts.reduce((most, part) => (compareFraction(part.workingDays, most.workingDays) > 0 ? part : most), parts[0] ?? EMPTY);
  const { numbers, leaves, words, flags, lists, numberLists, conditions, earlier } = main.frame;
  const frame: Frame = {
    numbers: [...numbers],
    leaves: [...leaves],
    words: [...words],
    flags: [...flags],
    lists: [...lists],
    numberLists: [...numberLists],
    conditions: [...conditions],
    earlier: [...earlier],
    // Those of one part refer to its own numbers.
    references: [],
    errors: [],
  };
  const means = new Map<number, Fraction>();
  numbers.forEach((value, slot) => {
    const values = parts.map((part) => ({ value: part.frame.numbers[slot] ?? NOTHING, weight: part.workingDays }));
    if (values.every((other) => compareFraction(other.value, value) === 0)) return;
    const mean = weightedMean(values);
    means.set(slot, mean);
    frame.numbers[slot] = mean;
  });
  for (const { slot, leaf } of numberLeaves(plan)) {
    const [mean, one] = [means.get(slot), leaves[leaf]];
    if (!mean || !one) continue;
    const inputs = parts.flatMap((part) => part.frame.leaves[leaf] ?? []);
    frame.leaves[leaf] = { key: one.key, rule: 'mean-of-parts', value: exactText(mean), inputs };
  }
  return frame;
}

/** Leaves that a number was read from, which may differ from part to part. */
function numberLeaves({ input }: Plan): readonly Leaf[] {
  const ratings = input.ratings.filter(({ kind: { type } }) => type === 'points' || type === 'occurrences' || type === 'entries');
  return [...ratings, ...(input.raters?.plan.groups.flatMap(({ means }) => means) ?? [])];
}

const EMPTY: ScoredPart = {
  part: '',
  workingDays: NOTHING,
  ratings: {},
  frame: newFrame(),
  score: { sections: [], points: null, nodes: [] },
};
