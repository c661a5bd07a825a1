import { addFraction, compareFraction, type Fraction, multiplyFraction } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { SectionDocument } from '../../contracts/document';
import type { ExplanationNode, ScoredSection } from '../../contracts/evaluation';
import { forKind } from './by-kind';
import type { Frame } from '../frame';
import { absentNode, byKindPath, compileIndicator, counting, type IndicatorPlan, type Scored, shareOf } from './indicators';
import type { RatingKind } from '../inputs/ratings-input';
import { exactText, NONE, NOTHING, roundedText } from '../numbers';
import type { PathPart } from '../reading/scheme-text';
import type { Workbench } from '../workbench';

export interface SectionPlan {
  readonly key: string;
  /** What its indicators can give, by the share of the section that counts. */
  readonly points: Fraction;
  /** False while its condition does not hold: then it is worth nothing and not in the output. */
  readonly conditional: boolean;
  /** Adds up its indicators; every indicator is rounded the moment it is produced. */
  readonly run: (frame: Frame) => Scored & { readonly scored: ScoredSection | undefined };
}

export interface SectionInput {
  readonly section: SectionDocument;
  readonly path: readonly PathPart[];
  readonly kind: PeriodKind;
  readonly bench: Workbench;
  readonly ratings: ReadonlyMap<string, RatingKind>;
}

export function compileSection(input: SectionInput): SectionPlan {
  const { section, path, kind, bench, ratings } = input;
  const key = `section.${section.key}`;
  const when = section.when === undefined ? undefined : bench.for(key, () => bench.early(section.when ?? '', [...path, 'when']));
  const indicators: IndicatorPlan[] = [];
  section.indicators.forEach((indicator, index) => {
    if (indicator.periods && !indicator.periods.includes(kind)) return;
    indicators.push(bench.within(when, () => compileIndicator({ indicator, path: [...path, 'indicators', index], kind, bench, ratings })));
  });
  const points = indicators.reduce<Fraction>((sum, indicator) => addFraction(sum, indicator.points), NOTHING);
  checkPoints(input, points);
  const store = bench.rounded(key, path);
  const share = shareOf(section.counts, { path, kind, bench });
  const count = counting(key, share);
  const params = { points: exactText(points), ...(when && { when: when.text }) };
  return {
    key: section.key,
    points: share ? multiplyFraction(points, share) : points,
    conditional: when !== undefined,
    run(frame) {
      // What reads an absent section or one of its indicators reads 0: their slots are never written.
      if (when && !when.holds(frame))
        return { shown: NONE, counted: NONE, node: absentNode(key, when.text, when.inputs(frame)), scored: undefined };
      let sum = NONE;
      const inputs: ExplanationNode[] = [];
      const shownOf: { readonly key: string; readonly score: string }[] = [];
      for (const indicator of indicators) {
        const result = indicator.run(frame);
        sum = addFraction(sum, result.counted);
        inputs.push(result.node);
        shownOf.push({ key: indicator.key, score: roundedText(result.shown) });
      }
      store(frame, sum);
      const score = roundedText(sum);
      const node = { key, rule: 'sum', value: score, params, inputs };
      const scored = { key: section.key, score, indicators: shownOf };
      const { shown, counted, node: whole } = count({ points: sum, node });
      return { shown, counted, node: whole, scored };
    },
  };
}

function checkPoints({ section, path, kind, bench }: SectionInput, points: Fraction): void {
  const text = section.points === undefined ? undefined : forKind(section.points, kind);
  if (text === undefined) return;
  const at = byKindPath(section.points, [...path, 'points'], kind);
  const stated = bench.fixedNumber(text, at);
  if (compareFraction(stated, points) !== 0) bench.problem('points-do-not-sum', at, `${exactText(points)} ≠ ${exactText(stated)}`);
}
