import { addFraction, compareFraction, type Fraction } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { PeriodRuleDocument, SchemeDocument } from '../contracts/document';
import { compileBands, type GradePlan } from './blocks/bands';
import { blocksOf, forKind, namedBlocksOf } from './blocks/by-kind';
import { byKindPath } from './blocks/indicators';
import type { InputPlan } from './inputs/input.policy';
import { exactText, isZero, NOTHING } from './numbers';
import { type ActionPlan, compileActions, compileOutcome, type OutcomePlan } from './blocks/outcome';
import { compilePay, type PayPlan } from './blocks/pay';
import type { RatingSpec } from './inputs/ratings-input';
import { compileRollUp, type RollUp } from './blocks/roll-up';
import { compileScore, type ScorePlan } from './blocks/score';
import { compileSection, type SectionPlan } from './blocks/sections';
import type { Table } from './blocks/table';
import { compileValues, type ValuePlan } from './blocks/values';
import type { Workbench } from './workbench';

/** All that is computed for one kind of period, in the order it is computed; nothing reads what comes after it. */
export interface Plan extends Blocks {
  /** What of an input is read for it. */
  readonly input: InputPlan;
}

export interface Blocks {
  readonly kind: PeriodKind;
  readonly rollUp: RollUp | undefined;
  /** What reads a fact (`sales.amount`) or rating (`rating.ability`). */
  readonly concerns: ReadonlyMap<string, readonly string[]>;
  readonly values: readonly ValuePlan[];
  readonly sections: readonly SectionPlan[];
  readonly score: ScorePlan | undefined;
  readonly grade: GradePlan | undefined;
  /** Values that read the score, grade or band. */
  readonly after: readonly ValuePlan[];
  readonly outcome: readonly OutcomePlan[];
  readonly pay: PayPlan;
  readonly actions: readonly ActionPlan[];
  /** For asking afterwards which tier of a table a value reached and what was missing to the next. */
  readonly table: (name: string) => Table | undefined;
}

export interface PlanContext {
  readonly document: SchemeDocument;
  readonly kind: PeriodKind;
  readonly rule: PeriodRuleDocument;
  readonly bench: Workbench;
  /** Ratings of the kind of period, as far as methods ask what they can be. */
  readonly ratings: readonly Pick<RatingSpec, 'key' | 'kind'>[];
}

/** Compiled in the order of evaluation: a block only knows the names of what is computed before it. */
export function compileBlocks(context: PlanContext): Blocks {
  const { document, kind, rule, bench } = context;
  const rollUp = rule.kind === 'roll-up' ? compileRollUp(rule, kind, bench) : undefined;
  const making = rollUp ? namedBlocksOf : blocksOf;
  const values = compileValues(
    making(document.values, kind).filter(({ block }) => block.after === undefined),
    bench,
  );
  const sections = compileSections(context);
  const score = document.score === 'none' ? undefined : compileScore(making(document.modifiers, kind), bench);
  const grade = document.bands && compileBands(document.bands, bench);
  refuseGroupFactsBeforeScore(context);
  const after = blocksOf(document.values, kind).filter(({ block }) => block.after !== undefined);
  return {
    kind,
    rollUp,
    concerns: bench.concerns,
    values,
    sections,
    score,
    grade,
    after: compileValues(after, bench),
    outcome: compileOutcome(blocksOf(document.outcome, kind), bench),
    pay: compilePay(blocksOf(document.pay, kind), bench),
    actions: compileActions(blocksOf(document.actions, kind), bench),
    table: (name) => bench.table(name),
  };
}

/** The group is ranked by what is computed up to the score, so nothing up to there can read it. */
function refuseGroupFactsBeforeScore({ document, bench }: PlanContext): void {
  for (const [key, fact] of Object.entries(document.facts)) {
    const readers = fact.group === undefined ? undefined : bench.concerns.get(key);
    if (readers && readers.length > 0) bench.problem('group-fact-before-score', ['facts', key], readers.join(' '));
  }
}

function compileSections({ document, kind, rule, bench, ratings }: PlanContext): readonly SectionPlan[] {
  const blocks = (rule.kind === 'roll-up' ? namedBlocksOf : blocksOf)(document.sections, kind);
  const byLine = new Map(ratings.map(({ key, kind: of }) => [key, of]));
  const plans = blocks.map(({ block, index }) =>
    compileSection({ section: block, path: ['sections', index], kind, bench, ratings: byLine }),
  );
  const text = statedPoints(document.points, kind, rule.kind === 'roll-up');
  // Which conditional sections a person has is only known when scored; their sum is looked at by the checker.
  if (plans.some(({ conditional, points }) => conditional && !isZero(points))) return plans;
  if (text === undefined || plans.length === 0) return plans;
  const total = plans.reduce<Fraction>((sum, { points }) => addFraction(sum, points), NOTHING);
  const path = byKindPath(document.points, ['points'], kind);
  const stated = bench.fixedNumber(text, path);
  if (compareFraction(stated, total) !== 0) bench.problem('points-do-not-sum', path, `${exactText(total)} ≠ ${exactText(stated)}`);
  return plans;
}

/** One sum for all kinds of period is that of those that are scored: what a roll-up adds to its months has its own. */
function statedPoints(points: SchemeDocument['points'], kind: PeriodKind, rollUp: boolean): string | undefined {
  if (points === undefined || (rollUp && typeof points === 'string')) return undefined;
  return forKind(points, kind);
}
