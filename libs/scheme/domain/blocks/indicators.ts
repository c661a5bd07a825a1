import { compareFraction, type Fraction, maxFraction, multiplyFraction, subtractFraction } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { IndicatorDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import { forKind } from './by-kind';
import type { Frame } from '../frame';
import type { RatingKind } from '../inputs/ratings-input';
import { compileMethod } from './methods';
import type { CompiledMethod } from './methods/method';
import { exactText, isNegative, NONE, NOTHING, ONE, rounded, roundedText } from '../numbers';
import { computing } from '../problems';
import type { PathPart } from '../reading/scheme-text';
import type { Workbench } from '../workbench';

/** Points as they are shown, what of them counts in what is built on them, and how they came about. */
export interface Scored {
  readonly shown: Fraction;
  readonly counted: Fraction;
  /** Its value is what counts, so that the inputs of a sum add up to it. */
  readonly node: ExplanationNode;
}

export interface IndicatorPlan {
  readonly key: string;
  /** What it is worth to its section: its points, by the share of them that counts. */
  readonly points: Fraction;
  readonly run: (frame: Frame) => Scored;
}

export interface IndicatorInput {
  readonly indicator: IndicatorDocument;
  readonly path: readonly PathPart[];
  readonly kind: PeriodKind;
  readonly bench: Workbench;
  readonly ratings: ReadonlyMap<string, RatingKind>;
}

/** Computed, rounded, kept from falling below 0, voided, doubled, and last the share of it that counts: in this order. */
export function compileIndicator({ indicator, path, kind, bench, ratings }: IndicatorInput): IndicatorPlan {
  const name = `indicator.${indicator.key}`;
  const worth = pointsOf(indicator, { path, kind, bench });
  const run = bench.for(name, () => {
    const method = compileMethod(indicator.method, { bench, path: [...path, 'method'], points: worth, ratings });
    const produced = producing({ name, rule: indicator.method.kind, method, mayBeNegative: indicator.mayBeNegative ?? false });
    const voided = zeroWhen(indicator, { name, path, bench, run: produced });
    return doubled(indicator, { name, path, bench, worth, run: voided });
  });
  const store = bench.rounded(name, path);
  const share = shareOf(indicator.counts, { path, kind, bench });
  const count = counting(name, share);
  return {
    key: indicator.key,
    points: share ? multiplyFraction(worth, share) : worth,
    run(frame) {
      const produced = run(frame);
      store(frame, produced.points);
      return count(produced);
    },
  };
}

interface Place {
  readonly path: readonly PathPart[];
  readonly kind: PeriodKind;
  readonly bench: Workbench;
}

function pointsOf(indicator: IndicatorDocument, { path, kind, bench }: Place): Fraction {
  const text = forKind(indicator.points, kind);
  if (text === undefined) bench.problem('points-missing', [...path, 'points'], kind);
  const worth = text === undefined ? NOTHING : bench.fixedNumber(text, byKindPath(indicator.points, [...path, 'points'], kind));
  if (isNegative(worth)) bench.problem('negative-points', [...path, 'points']);
  return worth;
}

/** Where a text that may be given for each kind of period stands. */
export function byKindPath(value: unknown, path: readonly PathPart[], kind: PeriodKind): readonly PathPart[] {
  return typeof value === 'string' ? path : [...path, kind];
}

/** The share of an indicator or section that counts; undefined where all of it does. */
export function shareOf(counts: IndicatorDocument['counts'], { path, kind, bench }: Place): Fraction | undefined {
  const text = counts === undefined ? undefined : forKind(counts, kind);
  if (text === undefined) return undefined;
  const share = bench.fixedNumber(text, byKindPath(counts, [...path, 'counts'], kind));
  if (isNegative(share) || compareFraction(share, ONE) > 0) bench.problem('share-out-of-range', [...path, 'counts'], exactText(share));
  return share;
}

/** Wraps points in the share of them that counts, rounded again; without a share all of them do and nothing is wrapped. */
export function counting(key: string, share: Fraction | undefined): (points: Points) => Scored {
  if (!share || compareFraction(share, ONE) === 0) return ({ points, node }) => ({ shown: points, counted: points, node });
  const text = exactText(share);
  return ({ points, node }) => {
    const counted = rounded(multiplyFraction(points, share));
    const params = { share: text, of: roundedText(points) };
    return { shown: points, counted, node: { key, rule: 'counted', value: roundedText(counted), params, inputs: [node] } };
  };
}

export interface Points {
  /** Rounded. */
  readonly points: Fraction;
  readonly node: ExplanationNode;
}
type PointsRun = (frame: Frame) => Points;

interface Producing {
  readonly name: string;
  readonly rule: string;
  readonly method: CompiledMethod;
  readonly mayBeNegative: boolean;
}

/** Rounded the moment it is produced. */
function producing({ name, rule, method, mayBeNegative }: Producing): PointsRun {
  return (frame) => {
    const result = computing(frame, name, method);
    const exact = result ? rounded(result.points) : NONE;
    const points = isNegative(exact) && !mayBeNegative ? NONE : exact;
    const value = roundedText(points);
    const node = result ? { key: name, rule, value, params: result.params, inputs: result.inputs } : { key: name, rule, value };
    return { points, node };
  };
}

interface Wrapping {
  readonly name: string;
  readonly path: readonly PathPart[];
  readonly bench: Workbench;
  readonly run: PointsRun;
}

function zeroWhen(indicator: IndicatorDocument, { name, path, bench, run }: Wrapping): PointsRun {
  if (indicator.zeroWhen === undefined) return run;
  const when = bench.condition(indicator.zeroWhen, [...path, 'zeroWhen']);
  const [zeroed, kept] = [
    { formula: when.text, applied: 'true' },
    { formula: when.text, applied: 'false' },
  ];
  return (frame) => {
    const { points, node } = run(frame);
    const applies = computing(frame, name, when.run) ?? false;
    const left = applies ? NONE : points;
    const inputs = [node, ...when.inputs(frame)];
    return {
      points: left,
      node: { key: name, rule: 'zero-when', value: roundedText(left), params: applies ? zeroed : kept, inputs },
    };
  };
}

/** For not handing in repeatedly: the points missing from the line are taken a second time, never below 0 (templates.md 9). */
function doubled(indicator: IndicatorDocument, { name, path, bench, worth, run }: Wrapping & { readonly worth: Fraction }): PointsRun {
  if (indicator.doubledBy === undefined) return run;
  const named = bench.condition(`contains(rating.${indicator.doubledBy}, '${indicator.key}')`, [...path, 'doubledBy']);
  const full = rounded(worth);
  const rating = `rating.${indicator.doubledBy}`;
  return (frame) => {
    const { points, node } = run(frame);
    const missing = maxFraction(subtractFraction(full, points), NONE);
    const applies = computing(frame, name, named.run) ?? false;
    const left = applies ? maxFraction(subtractFraction(points, missing), NONE) : points;
    const params = { rating, applied: String(applies), missing: roundedText(missing) };
    return {
      points: left,
      node: { key: name, rule: 'doubled', value: roundedText(left), params, inputs: [node, ...named.inputs(frame)] },
    };
  };
}

/** For an indicator or section that is absent: worth nothing, and the reason why. */
export function absentNode(key: string, formula: string, inputs: readonly ExplanationNode[]): ExplanationNode {
  return { key, rule: 'absent', value: '0.00', params: { formula }, inputs };
}
