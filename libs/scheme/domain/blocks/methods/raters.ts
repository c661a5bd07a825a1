import { addFraction, divideFraction, type Fraction, multiplyFraction } from '#kernel';
import type { ExplanationNode } from '../../../contracts/evaluation';
import { exactText, NOTHING } from '../../numbers';
import type { RaterGroup, RatersPlan } from '../../inputs/raters';
import type { CompiledMethod, MethodContext, Of } from './method';

/** points × Σ share × the group's exact mean ÷ the most of the scale, rounded once (templates.md 12). */
export function ratersMethod(method: Of<'raters'>, context: MethodContext): CompiledMethod {
  const { bench, path, points } = context;
  const nothing: CompiledMethod = () => ({ points: NOTHING, params: {}, inputs: [] });
  const { raters } = bench;
  if (!raters) {
    bench.problem('unknown-name', path, 'raters');
    return nothing;
  }
  const line = raters.line(method.line);
  if (!line) {
    bench.problem('unknown-name', [...path, 'line'], method.line);
    return nothing;
  }
  const stated = statedShares(method, raters, context);
  const whole = (stated ?? raters.groups.map(({ share }) => share)).reduce(addFraction, NOTHING);
  if (whole.num !== whole.den) bench.problem('shares-do-not-sum', stated ? [...path, 'shares'] : ['raters', 'groups'], exactText(whole));
  const fixed = { points: exactText(points), line: method.line, to: exactText(raters.to) };
  return (frame) => {
    const shares = raters.shares(frame, stated);
    const inputs: ExplanationNode[] = [];
    let sum: Fraction = NOTHING;
    raters.groups.forEach((group, index) => {
      const share = shares[index] ?? NOTHING;
      sum = addFraction(sum, multiplyFraction(share, line.mean(frame, index)));
      inputs.push(groupNode({ group, line: method.line, share, stated: stated?.[index] ?? group.share, mean: line.node(frame, index) }));
    });
    return { points: divideFraction(multiplyFraction(points, sum), raters.to), params: { ...fixed, mean: exactText(sum) }, inputs };
  };
}

/** An indicator may weigh the groups in its own way; a group that it does not name has no share. */
function statedShares(method: Of<'raters'>, raters: RatersPlan, { bench, path }: MethodContext): readonly Fraction[] | undefined {
  const { shares } = method;
  if (!shares) return undefined;
  for (const key of Object.keys(shares))
    if (!raters.groups.some((group) => group.key === key)) bench.problem('unknown-name', [...path, 'shares', key], key);
  return raters.groups.map(({ key }) => {
    const text = shares[key];
    return text === undefined ? NOTHING : bench.fixedNumber(text, [...path, 'shares', key]);
  });
}

interface GroupOfLine {
  readonly group: RaterGroup;
  readonly line: string;
  readonly share: Fraction;
  readonly stated: Fraction;
  readonly mean: ExplanationNode;
}

/** What a group brings to a line: its share as it came out beside the one stated, so that a reader sees what was merged. */
function groupNode({ group, line, share, stated, mean }: GroupOfLine): ExplanationNode {
  return {
    key: `raters.${group.key}.${line}`,
    rule: 'rater-group',
    value: mean.value,
    params: { share: exactText(share), stated: exactText(stated) },
    inputs: [mean],
  };
}
