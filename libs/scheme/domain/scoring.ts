import { addFraction, type Fraction } from '#kernel';
import type { ExplanationNode, ScoredSection } from '../contracts/evaluation';
import type { Frame } from './frame';
import type { MonthScore } from './inputs/history-input';
import { NONE, roundedText } from './numbers';
import type { Plan } from './plan';
import type { Base } from './blocks/roll-up';

/** All up to the score. */
export interface Score {
  readonly sections: readonly ScoredSection[];
  /** Null where the scheme has no score. */
  readonly points: Fraction | null;
  readonly nodes: readonly ExplanationNode[];
}

/** Runs values, sections or roll-up, and modifiers over what was read. */
export function scoreOf(plan: Plan, frame: Frame, months: readonly MonthScore[]): Score {
  const nodes: ExplanationNode[] = plan.values.map((run) => run(frame));
  const base = plan.rollUp ? rolledUp(plan, plan.rollUp(months), frame) : summed(plan, frame);
  const score = plan.score?.run(frame, base.points, base.node);
  if (score) nodes.push(score.node);
  return { sections: base.sections, points: score ? score.points : null, nodes };
}

function summed(plan: Plan, frame: Frame): Base {
  let points = NONE;
  const inputs: ExplanationNode[] = [];
  const sections: ScoredSection[] = [];
  for (const section of plan.sections) {
    const { counted, node, scored } = section.run(frame);
    points = addFraction(points, counted);
    inputs.push(node);
    if (scored) sections.push(scored);
  }
  return { points, node: { key: 'sum', rule: 'sum', value: roundedText(points), inputs }, sections };
}

/** Sections that name a roll-up's kind of period are added to what its months give. */
function rolledUp(plan: Plan, base: Base, frame: Frame): Base {
  if (plan.sections.length === 0) return base;
  const own = summed(plan, frame);
  const points = addFraction(base.points, own.points);
  const inputs = [base.node, ...(own.node.inputs ?? [])];
  return {
    points,
    node: { key: 'sum', rule: 'sum', value: roundedText(points), inputs },
    sections: [...base.sections, ...own.sections],
  };
}
