import { addFraction, compareFraction, divideFraction, type Fraction, multiplyFraction, signOf } from '#kernel';
import type { RatersDocument } from '../../contracts/document';
import type { EvaluationInput, ExplanationNode } from '../../contracts/evaluation';
import { own } from './fact-rules';
import { ListedNumbers } from '../formula/number-list';
import { type Frame, flagAt, leafAt, numberAt } from '../frame';
import { exactText, isNegative, NOTHING } from '../numbers';
import { numbersIn, pointsValue } from './ratings-input';
import { isRead, joined, type Under, underOf } from './readings';
import type { PathPart } from '../reading/scheme-text';
import type { Leaf, Reading, Workbench } from '../workbench';

/* 360: groups of raters who answer the same lines. Source: templates.md "12 review-360". */

export interface RaterGroup {
  readonly key: string;
  readonly share: Fraction;
  readonly many: boolean;
  readonly least: number;
  readonly most: number | undefined;
  /** Nobody, or fewer than `least`: an error, spread over the others, or to the group at that index. */
  readonly absent: 'block' | 'reweigh' | number;
  /** The flag that says whether its answers count. */
  readonly there: number;
  /** By line: where its exact mean is kept, and its node. */
  readonly means: readonly Leaf[];
  /** By line, where many answer: the list of answers. */
  readonly lists: readonly Leaf[];
}

export interface RatersPlan {
  readonly lines: readonly string[];
  readonly from: Fraction;
  readonly to: Fraction;
  readonly groups: readonly RaterGroup[];
  readonly merged: Leaf;
  /**
   * What each group counts for, in the order of the groups: the stated shares (the scheme's own by default), with those of
   * absent groups moved to others, so that they always add up to the same.
   */
  readonly shares: (frame: Frame, stated?: readonly Fraction[]) => readonly Fraction[];
  /** One line's reading, for the block that scores it; undefined for a line that is not asked. */
  readonly line: (key: string) => RaterLine | undefined;
}

export interface RaterLine {
  /** The group's exact mean; 0 while its answers don't count. */
  readonly mean: (frame: Frame, group: number) => Fraction;
  /** The mean as a node; answers never stand in it one by one. */
  readonly node: (frame: Frame, group: number) => ExplanationNode;
}

export function bindRaters(document: RatersDocument, bench: Workbench): RatersPlan {
  const path: PathPart[] = ['raters'];
  const [from, to] = [bench.fixedNumber(document.from, [...path, 'from']), bench.fixedNumber(document.to, [...path, 'to'])];
  if (compareFraction(from, to) >= 0 || isNegative(from)) bench.problem('empty-range', path);
  const lines = document.lines.map(({ key }) => key);
  lines.forEach((key, index) => {
    if (lines.indexOf(key) !== index) bench.problem('duplicate-name', [...path, 'lines', index], key);
  });
  const groups = document.groups.map((group, index) => bindGroup(document, group, { index, lines, bench }));
  const names = document.groups.map(({ key }) => key);
  const merged = bench.leaf('raters.merged', 'list', path);
  const plan: RatersPlan = {
    lines,
    from,
    to,
    groups,
    merged,
    shares: (frame, stated) => effectiveShares(groups, frame, stated ?? groups.map(({ share }) => share)),
    line(key) {
      const at = lines.indexOf(key);
      if (at < 0) return undefined;
      bench.note(names.map((name) => `rating.${name}.${key}`));
      return {
        mean: (frame, group) => numberAt(frame, groups[group]?.means[at]?.slot ?? -1),
        node: (frame, group) => leafAt(frame, groups[group]?.means[at]?.leaf ?? -1),
      };
    },
  };
  bench.raters = plan;
  return plan;
}

interface GroupContext {
  readonly index: number;
  readonly lines: readonly string[];
  readonly bench: Workbench;
}

function bindGroup(document: RatersDocument, group: RatersDocument['groups'][number], { index, lines, bench }: GroupContext): RaterGroup {
  const path: PathPart[] = ['raters', 'groups', index];
  const { absent, key } = group;
  const others = document.groups.map((other) => other.key);
  if (others.indexOf(key) !== index) bench.problem('duplicate-name', path, key);
  const many = group.many ?? false;
  const to = typeof absent === 'string' ? -1 : others.indexOf(absent.to);
  if (typeof absent !== 'string' && (to < 0 || to === index)) bench.problem('unknown-name', [...path, 'absent', 'to'], absent.to);
  if (!many && (group.least !== undefined || group.most !== undefined)) bench.problem('only-for-many', path, key);
  const share = bench.fixedNumber(group.share, [...path, 'share']);
  if (isNegative(share)) bench.problem('negative-points', [...path, 'share']);
  const bound = lines.map((line) => bench.leaf(`rating.${key}.${line}`, many ? 'numbers' : 'number', path));
  return {
    key,
    share,
    many,
    least: Math.max(Number(group.least ?? '1'), 1),
    most: group.most === undefined ? undefined : Number(group.most),
    absent: typeof absent === 'string' ? absent : to,
    there: bench.slot('boolean'),
    means: many ? bound.map(({ leaf }) => ({ slot: bench.slot('number'), leaf })) : bound,
    lists: many ? bound : [],
  };
}

/** Undefined when nothing reads the raters. */
export function ratersPlan(bound: RatersPlan, bench: Workbench): { readonly plan: RatersPlan; readonly under: Under } | undefined {
  const names = bound.groups.flatMap(({ key }) => bound.lines.map((line) => `rating.${key}.${line}`));
  const reading = ['raters.merged', ...names]
    .map((name) => bench.reading(name))
    .reduce<Reading | undefined>((all, one) => joined(all, one), undefined);
  return reading && { plan: bound, under: underOf(reading) };
}

/** Reads every answer, with all errors in it; then which groups count and which are merged. */
export function readRaters(
  { plan, under }: { readonly plan: RatersPlan; readonly under: Under },
  ratings: EvaluationInput['ratings'],
  frame: Frame,
): void {
  if (!isRead(under, frame)) return;
  for (const group of plan.groups)
    frame.flags[group.there] = group.many ? readMany(plan, group, ratings, frame) : readOne(plan, group, ratings, frame);
  const [first] = plan.groups;
  // Nobody to whom a share could go.
  if (first && !plan.groups.some((group) => flagAt(frame, group.there)))
    for (const line of plan.lines) frame.errors.push({ code: 'missing-rating', key: `${first.key}.${line}` });
  const { merged } = plan;
  const absent = plan.groups.filter((group) => !flagAt(frame, group.there)).map(({ key }) => key);
  frame.lists[merged.slot] = absent;
  frame.leaves[merged.leaf] = { key: 'raters.merged', rule: 'merged', value: absent.join(' ') };
  for (const group of plan.groups) if (!flagAt(frame, group.there)) absentLeaves(plan, group, frame);
}

const given = (raw: unknown): boolean => raw !== undefined && raw !== null;

/** One person's answers: none at all is an absent group, one that was begun must be whole. */
function readOne(plan: RatersPlan, group: RaterGroup, ratings: EvaluationInput['ratings'], frame: Frame): boolean {
  const answers = plan.lines.map((line) => ({ key: `${group.key}.${line}`, raw: own(ratings, `${group.key}.${line}`) }));
  if (group.absent !== 'block' && !answers.some(({ raw }) => given(raw))) return false;
  answers.forEach(({ key, raw }, index) => {
    const value = given(raw) ? pointsValue(raw, plan) : 'missing-rating';
    const mean = group.means[index];
    if (typeof value === 'string') frame.errors.push({ code: value, key });
    else if (mean) {
      frame.numbers[mean.slot] = value;
      frame.leaves[mean.leaf] = { key: `rating.${key}`, rule: 'rating', value: exactText(value) };
    }
  });
  return true;
}

/** Many people's answers, one a rater in each list and in the same order; fewer than `least` don't count. */
function readMany(plan: RatersPlan, group: RaterGroup, ratings: EvaluationInput['ratings'], frame: Frame): boolean {
  const sizes: number[] = [];
  plan.lines.forEach((line, index) => {
    const key = `${group.key}.${line}`;
    const raw = own(ratings, key) ?? [];
    if (!Array.isArray(raw)) {
      frame.errors.push({ code: 'unknown-value', key });
      return;
    }
    sizes.push(raw.length);
    const values = numbersIn(raw, plan);
    if (typeof values === 'string') frame.errors.push({ code: values, key });
    else storeMean(group, index, { key, values }, frame);
  });
  const most = Math.max(0, ...sizes);
  if (sizes.some((size) => size !== most)) frame.errors.push({ code: 'inconsistent', key: group.key });
  else if (group.most !== undefined && most > group.most) frame.errors.push({ code: 'too-many-raters', key: group.key });
  if (most >= group.least) return true;
  if (group.absent === 'block') for (const line of plan.lines) frame.errors.push({ code: 'missing-rating', key: `${group.key}.${line}` });
  return false;
}

function storeMean(
  group: RaterGroup,
  index: number,
  { key, values }: { readonly key: string; readonly values: readonly Fraction[] },
  frame: Frame,
): void {
  const [mean, list] = [group.means[index], group.lists[index]];
  if (!mean || !list || values.length === 0) return;
  const answers = new ListedNumbers(values);
  const exact = answers.avg();
  frame.numberLists[list.slot] = answers;
  frame.numbers[mean.slot] = exact;
  frame.leaves[mean.leaf] = {
    key: `rating.${key}`,
    rule: 'mean-of-raters',
    value: exactText(exact),
    params: { raters: String(values.length) },
  };
}

/** What an absent group answered stands nowhere: of two peers each would know the other's answer. */
function absentLeaves(plan: RatersPlan, group: RaterGroup, frame: Frame): void {
  plan.lines.forEach((line, index) => {
    const [mean, list] = [group.means[index], group.lists[index]];
    if (mean) {
      frame.numbers[mean.slot] = NOTHING;
      frame.leaves[mean.leaf] = { key: `rating.${group.key}.${line}`, rule: 'merged', value: null };
    }
    if (list) frame.numberLists[list.slot] = new ListedNumbers([]);
  });
}

/** Shares of absent groups go to the group they name, on to whom that one names if it is absent too, or over all that are there. */
function effectiveShares(groups: readonly RaterGroup[], frame: Frame, stated: readonly Fraction[]): readonly Fraction[] {
  const there = groups.map((group) => flagAt(frame, group.there));
  const shares = groups.map((_, index) => (there[index] ? (stated[index] ?? NOTHING) : NOTHING));
  groups.forEach((_, index) => {
    if (there[index]) return;
    const heir = heirOf(groups, there, index);
    if (heir !== undefined) shares[heir] = addFraction(shares[heir] ?? NOTHING, stated[index] ?? NOTHING);
  });
  const sum = (of: readonly Fraction[]): Fraction => of.reduce((total, share) => addFraction(total, share), NOTHING);
  const [left, whole] = [sum(shares), sum(groups.map((_, index) => stated[index] ?? NOTHING))];
  if (signOf(left) === 0 || compareFraction(whole, left) === 0) return shares;
  const factor = divideFraction(whole, left);
  return shares.map((share) => multiplyFraction(share, factor));
}

/** The group that an absent one's share goes to; undefined when it is spread over all. */
function heirOf(groups: readonly RaterGroup[], there: readonly boolean[], from: number): number | undefined {
  const seen = new Set<number>();
  let at = from;
  while (!there[at]) {
    const absent = groups[at]?.absent;
    if (typeof absent !== 'number' || seen.has(at)) return undefined;
    seen.add(at);
    at = absent;
  }
  return at;
}
