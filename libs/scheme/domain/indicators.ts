import { type Fraction, multiplyFraction } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { IndicatorDocument } from '../contracts/document';
import type { ExplanationNode } from '../contracts/evaluation';
import { forKind } from './by-kind';
import type { Frame } from './frame';
import type { RatingKind } from './ratings-input';
import { compileMethod } from './methods';
import type { CompiledMethod } from './methods/method';
import { exactText, fromHundredths, hundredthsText, NOTHING, toHundredths } from './numbers';
import { computing } from './problems';
import type { PathPart } from './scheme-text';
import type { Workbench } from './workbench';

/** Points as they are shown, what of them counts in what is built on them, and how they came about. */
export interface Scored {
  readonly shown: bigint;
  readonly counted: bigint;
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
      const points = run(frame);
      store(frame, points.hundredths);
      return count(points);
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
  if (worth.num < 0n) bench.problem('negative-points', [...path, 'points']);
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
  if (share.num < 0n || share.num > share.den) bench.problem('share-out-of-range', [...path, 'counts'], exactText(share));
  return share;
}

/** Wraps points in the share of them that counts, rounded again; without a share all of them do and nothing is wrapped. */
export function counting(key: string, share: Fraction | undefined): (points: Points) => Scored {
  if (!share || share.num === share.den) return ({ hundredths, node }) => ({ shown: hundredths, counted: hundredths, node });
  const text = exactText(share);
  return ({ hundredths, node }) => {
    const counted = toHundredths(multiplyFraction(fromHundredths(hundredths), share));
    const params = { share: text, of: hundredthsText(hundredths) };
    return { shown: hundredths, counted, node: { key, rule: 'counted', value: hundredthsText(counted), params, inputs: [node] } };
  };
}

export interface Points {
  readonly hundredths: bigint;
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
    const result = computing(frame, name, () => method(frame));
    const rounded = result ? toHundredths(result.points) : 0n;
    const hundredths = rounded < 0n && !mayBeNegative ? 0n : rounded;
    const value = hundredthsText(hundredths);
    return { hundredths, node: { key: name, rule, value, ...(result && { params: result.params, inputs: result.inputs }) } };
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
    const { hundredths, node } = run(frame);
    const applies = computing(frame, name, () => when.run(frame)) ?? false;
    const left = applies ? 0n : hundredths;
    const inputs = [node, ...when.inputs(frame)];
    return {
      hundredths: left,
      node: { key: name, rule: 'zero-when', value: hundredthsText(left), params: applies ? zeroed : kept, inputs },
    };
  };
}

/** For not handing in repeatedly: the points missing from the line are taken a second time, never below 0 (templates.md 9). */
function doubled(indicator: IndicatorDocument, { name, path, bench, worth, run }: Wrapping & { readonly worth: Fraction }): PointsRun {
  if (indicator.doubledBy === undefined) return run;
  const named = bench.condition(`contains(rating.${indicator.doubledBy}, '${indicator.key}')`, [...path, 'doubledBy']);
  const full = toHundredths(worth);
  const rating = `rating.${indicator.doubledBy}`;
  return (frame) => {
    const { hundredths, node } = run(frame);
    const missing = full > hundredths ? full - hundredths : 0n;
    const applies = computing(frame, name, () => named.run(frame)) ?? false;
    const left = !applies ? hundredths : hundredths > missing ? hundredths - missing : 0n;
    const params = { rating, applied: String(applies), missing: hundredthsText(missing) };
    return {
      hundredths: left,
      node: { key: name, rule: 'doubled', value: hundredthsText(left), params, inputs: [node, ...named.inputs(frame)] },
    };
  };
}

/** For an indicator or section that is absent: worth nothing, and the reason why. */
export function absentNode(key: string, formula: string, inputs: readonly ExplanationNode[]): ExplanationNode {
  return { key, rule: 'absent', value: '0.00', params: { formula }, inputs };
}
