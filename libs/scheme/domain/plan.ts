import { addFraction, compareFraction, type Fraction } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { SchemeDocument } from '../contracts/document';
import type { ExplanationNode, ScoredSection } from '../contracts/evaluation';
import { compileBands, type GradePlan } from './bands';
import { compileScore, type ScorePlan } from './score';
import type { Frame } from './frame';
import type { FactSpec, RatingSpec } from './input.policy';
import { compileMethod, type CompiledMethod, type RatingRange } from './methods';
import { compilePay, type PayPlan } from './pay';
import { compileActions, compileOutcome, type ActionPlan, type OutcomePlan } from './outcome';
import { exactText, hundredthsText, NOTHING, ONE, toHundredths } from './numbers';
import { computing } from './problems';
import { compileValues, type ValuePlan } from './values';
import type { PathPart } from './scheme-text';
import type { Workbench } from './workbench';
import { forKind } from './by-kind';

export interface RollUpRule {
  readonly method: 'mean' | 'weighted-mean' | 'sum' | 'last';
}

/** All that is computed for one kind of period, in the order it is computed; nothing reads what comes after it. */
export interface Plan {
  readonly kind: PeriodKind;
  readonly rollUp: RollUpRule | undefined;
  readonly facts: readonly FactSpec[];
  readonly ratings: readonly RatingSpec[];
  /** What reads a fact (`sales.amount`) or rating (`rating.ability`). */
  readonly concerns: ReadonlyMap<string, readonly string[]>;
  readonly values: readonly ValuePlan[];
  readonly sections: readonly SectionPlan[];
  readonly score: ScorePlan | undefined;
  readonly grade: GradePlan | undefined;
  readonly outcome: readonly OutcomePlan[];
  readonly pay: PayPlan;
  readonly actions: readonly ActionPlan[];
}

export interface SectionPlan {
  readonly key: string;
  /** Adds up its indicators; every indicator is rounded the moment it is produced. */
  readonly run: (frame: Frame) => { readonly hundredths: bigint; readonly scored: ScoredSection; readonly node: ExplanationNode };
}

export interface PlanContext {
  readonly document: SchemeDocument;
  readonly kind: PeriodKind;
  readonly rule: NonNullable<SchemeDocument['periods'][PeriodKind]>;
  readonly bench: Workbench;
  readonly facts: readonly FactSpec[];
  readonly ratings: readonly RatingSpec[];
}

export function compilePlan(context: PlanContext): Plan {
  const { document, kind, rule, bench, facts, ratings } = context;
  const here = <T extends { readonly periods?: readonly PeriodKind[] | undefined }>(blocks: readonly T[] | undefined) =>
    (blocks ?? [])
      .map((block, index) => ({ block, index }))
      .filter(({ block }) => block.periods === undefined || block.periods.includes(kind));
  const rollUp = rule.kind === 'roll-up' ? { method: rule.method } : undefined;
  const values = rollUp ? [] : compileValues(here(document.values), bench);
  const sections = rollUp ? [] : compileSections(context, here(document.sections));
  const scored = document.score !== 'none';
  const score = scored ? compileScore(rollUp ? [] : here(document.modifiers), bench) : undefined;
  const grade = document.bands && compileBands(document.bands, bench);
  return {
    kind,
    rollUp,
    facts,
    ratings,
    concerns: bench.concerns,
    values,
    sections,
    score,
    grade,
    outcome: compileOutcome(here(document.outcome), bench),
    pay: compilePay(here(document.pay), bench),
    actions: compileActions(here(document.actions), bench),
  };
}

type Here<T> = readonly { readonly block: T; readonly index: number }[];

function compileSections(context: PlanContext, sections: Here<SchemeDocument['sections'][number]>): readonly SectionPlan[] {
  const { document, bench } = context;
  const ranges = ratingRanges(context.ratings);
  let total: Fraction = NOTHING;
  const plans = sections.map(({ block, index }) => {
    const { plan, points } = compileSection({ section: block, path: ['sections', index], context, ranges });
    total = addFraction(total, points);
    return plan;
  });
  if (document.points !== undefined && plans.length > 0) {
    const stated = bench.fixedNumber(forKind(document.points, context.kind) ?? '0', ['points']);
    if (compareFraction(stated, total) !== 0) bench.problem('points-do-not-sum', ['points'], `${exactText(total)} ≠ ${exactText(stated)}`);
  }
  return plans;
}

function ratingRanges(ratings: readonly RatingSpec[]): ReadonlyMap<string, RatingRange> {
  return new Map(ratings.map(({ key, kind }) => [key, { to: kind.type === 'points' ? kind.to : ONE }]));
}

interface SectionInput {
  readonly section: SchemeDocument['sections'][number];
  readonly path: readonly PathPart[];
  readonly context: PlanContext;
  readonly ranges: ReadonlyMap<string, RatingRange>;
}

function compileSection({ section, path, context, ranges }: SectionInput): { readonly plan: SectionPlan; readonly points: Fraction } {
  const { bench, kind } = context;
  let points: Fraction = NOTHING;
  const indicators: ((frame: Frame) => { readonly hundredths: bigint; readonly node: ExplanationNode })[] = [];
  const keys: string[] = [];
  section.indicators.forEach((indicator, index) => {
    if (indicator.periods && !indicator.periods.includes(kind)) return;
    const at = [...path, 'indicators', index];
    const worth = bench.fixedNumber(forKind(indicator.points, kind) ?? '0', [...at, 'points']);
    if (worth.num < 0n) bench.problem('negative-points', [...at, 'points']);
    points = addFraction(points, worth);
    const method = bench.for(`indicator.${indicator.key}`, () =>
      compileMethod(indicator.method, { bench, path: [...at, 'method'], points: worth, ratings: ranges }),
    );
    keys.push(indicator.key);
    indicators.push(indicatorPlan(indicator.key, indicator.method.kind, method, bench.rounded(`indicator.${indicator.key}`, at)));
  });
  if (section.points !== undefined) {
    const stated = bench.fixedNumber(forKind(section.points, kind) ?? '0', [...path, 'points']);
    if (compareFraction(stated, points) !== 0)
      bench.problem('points-do-not-sum', [...path, 'points'], `${exactText(points)} ≠ ${exactText(stated)}`);
  }
  const store = bench.rounded(`section.${section.key}`, path);
  const key = `section.${section.key}`;
  const params = { points: exactText(points) };
  const plan: SectionPlan = {
    key: section.key,
    run(frame) {
      const results = indicators.map((run) => run(frame));
      const hundredths = results.reduce((sum, result) => sum + result.hundredths, 0n);
      store(frame, hundredths);
      const score = hundredthsText(hundredths);
      const scored = {
        key: section.key,
        score,
        indicators: results.map((result, index) => ({ key: keys[index] ?? '', score: result.node.value ?? '' })),
      };
      return { hundredths, scored, node: { key, rule: 'sum', value: score, params, inputs: results.map((result) => result.node) } };
    },
  };
  return { plan, points };
}

function indicatorPlan(key: string, rule: string, method: CompiledMethod, store: (frame: Frame, hundredths: bigint) => void) {
  const name = `indicator.${key}`;
  return (frame: Frame) => {
    const result = computing(frame, name, () => method(frame));
    const rounded = result ? toHundredths(result.points) : 0n;
    const hundredths = rounded < 0n ? 0n : rounded;
    store(frame, hundredths);
    const node: ExplanationNode = {
      key: name,
      rule,
      value: hundredthsText(hundredths),
      ...(result && { params: result.params, inputs: result.inputs }),
    };
    return { hundredths, node };
  };
}
