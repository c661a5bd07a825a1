import type { Period } from '#kernel';
import { monthsOf, periodBefore, periodKind, type PeriodKind } from '#libs/calendar';
import type { EmployeeAttributeDocument, Rater, RatingDocument, ReviewStepDocument, Title } from '../../contracts/document';
import type { EvaluationError, EvaluationInput } from '../../contracts/evaluation';
import type { CompiledScheme } from '../compile';
import { factRules } from './fact-rules';
import type { Frame } from '../frame';
import { decidedFor, type InputPlan, orderedErrors } from './input.policy';
import { exactText } from '../numbers';
import type { Plan } from '../plan';
import type { RatersPlan } from './raters';
import { isAsked, type JudgedKind, linesOf, pointsValue, type RatingKind, readRating, type RatingSpec } from './ratings-input';
import { isRead } from './readings';

/** A fact that has to be there before a period of this kind can be scored. */
export interface RequiredFact {
  readonly key: string;
  readonly unit: 'money' | 'count' | 'days' | 'percent' | 'number';
  readonly whole: boolean;
  readonly source: string | null;
  readonly title: Title;
  /** Absent where it has to be there; with the facts of the same name it is there, or none of them is. */
  readonly optional?: string;
}

type Employee = EvaluationInput['employee'];

/** What is asked where nobody is named: everything that some person is asked. */
function decided(plan: Plan, employee: Employee): Frame | undefined {
  return employee === undefined ? undefined : decidedFor(plan.input, employee);
}

/**
 * In the order of the scheme; none for a roll-up that reads no facts or a kind of period that the scheme does not take.
 * Facts about the group are not among them: they are made when everyone has been scored. With the attributes of a person
 * only what is read for that person.
 */
export function requiredFacts(scheme: CompiledScheme, kind: PeriodKind, employee?: Employee): readonly RequiredFact[] {
  const plan = scheme.plans[kind];
  if (!plan) return [];
  const frame = decided(plan, employee);
  const needed: RequiredFact[] = [];
  for (const { key, whole, list, optional, under } of plan.input.facts.specs) {
    const fact = scheme.document.facts[key];
    if (!fact || list || (frame && !isRead(under, frame))) continue;
    const { unit, source, title } = fact;
    needed.push({ key, unit, whole, source: source ?? null, title, ...(optional && { optional: optional.name }) });
  }
  return needed;
}

/** An earlier period that a period reads: its score, or facts of it; an entry may be missing only where the scheme says so. */
export interface RequiredHistory {
  readonly period: Period;
  readonly score: boolean;
  readonly facts: readonly Pick<RequiredFact, 'key' | 'unit' | 'whole' | 'title'>[];
}

/** In calendar order, each period once. */
export function requiredHistory(scheme: CompiledScheme, period: Period, employee?: Employee): readonly RequiredHistory[] {
  const plan = scheme.plans[periodKind(period)];
  if (!plan) return [];
  const frame = decided(plan, employee);
  const needed = new Map<Period, { score: boolean; facts: Map<string, RequiredHistory['facts'][number]> }>();
  const at = (of: Period) => {
    const entry = needed.get(of) ?? { score: false, facts: new Map<string, RequiredHistory['facts'][number]>() };
    needed.set(of, entry);
    return entry;
  };
  if (plan.input.months) for (const month of monthsOf(period)) at(month).score = true;
  for (const { plan: block, under } of plan.input.history) {
    if (frame && !isRead(under, frame)) continue;
    for (const [key, fact] of Object.entries(scheme.document.history?.[block.name]?.facts ?? {}))
      for (let back = 1; back <= block.count; back += 1)
        at(periodBefore(period, back)).facts.set(key, { key, unit: fact.unit, whole: factRules(key, fact).whole, title: fact.title });
  }
  return [...needed]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([of, { score, facts }]) => ({ period: of, score, facts: [...facts.values()] }));
}

/** A fact about the others who are ranked: their scores, or their values of the fact named. */
export interface RequiredGroupFact {
  readonly key: string;
  readonly of: string;
  readonly title: Title;
}

export function groupFacts(scheme: CompiledScheme, kind: PeriodKind): readonly RequiredGroupFact[] {
  return (scheme.plans[kind]?.input.facts.specs ?? []).flatMap(({ key }) => {
    const fact = scheme.document.facts[key];
    return fact?.group === undefined ? [] : [{ key, of: fact.group, title: fact.title }];
  });
}

export interface EmployeeAttribute {
  readonly key: string;
  readonly title: Title;
  readonly words: readonly string[];
  readonly wordTitles: Readonly<Record<string, Title>>;
  /** What of the organisation it is read from; null when it is entered. */
  readonly from: NonNullable<EmployeeAttributeDocument['from']> | null;
}

/** Every attribute that the scheme names. */
export function employeeAttributes(scheme: CompiledScheme): readonly EmployeeAttribute[] {
  return Object.entries(scheme.document.employee ?? {}).map(([key, { title, words, wordTitles, from }]) => ({
    key,
    title,
    words,
    wordTitles: wordTitles ?? {},
    from: from ?? null,
  }));
}

/** What the organisation says of a person, by what attributes are read from. */
export type OrganisationTexts = Readonly<Partial<Record<NonNullable<EmployeeAttributeDocument['from']>, string>>>;

/** The words of a person's attributes, from the organisation's texts: one that means the word, or the word itself. What fits none is left out. */
export function employeeFrom(scheme: CompiledScheme, texts: OrganisationTexts): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  for (const [key, { words, from, means }] of Object.entries(scheme.document.employee ?? {})) {
    const text = from === undefined ? undefined : texts[from];
    if (text === undefined) continue;
    const word = words.find((one) => means?.[one]?.includes(text)) ?? words.find((one) => one === text);
    if (word !== undefined) attributes[key] = word;
  }
  return attributes;
}

/** The steps of the review that are for a person, in order; without attributes all steps. */
export function reviewSteps(scheme: CompiledScheme, kind: PeriodKind, employee?: Employee): readonly ReviewStepDocument[] {
  const plan = scheme.plans[kind];
  const frame = plan && decided(plan, employee);
  if (!plan || !frame) return scheme.document.review;
  return scheme.document.review.filter((_, index) => plan.input.review[index]?.holds(frame) ?? true);
}

/** A line that a person fills in: in a self-review, or when scoring. */
export interface RatingLine {
  readonly key: string;
  readonly title: Title;
  readonly help: Title | null;
  readonly type: Exclude<RatingKind['type'], 'lines'>;
  /** False where it is asked and shown, but another's rating counts. */
  readonly counts: boolean;
  /** Points and numbers: lowest and highest as exact decimals. */
  readonly from: string | null;
  readonly to: string | null;
  readonly whole: boolean;
  /** Words or list items to choose from. */
  readonly options: readonly string[];
  readonly optionTitles: Readonly<Record<string, Title>>;
  /** With `by: department`: the department whose rating it is. */
  readonly department: string | null;
  /** Awards: how many different people have to approve each. */
  readonly approvals: number | null;
  /** A line of a group of raters: the group; each of its raters answers it once. */
  readonly group: string | null;
}

/** The lines that a rater fills in for a kind of period, in the order of the scheme; with attributes those asked of that person. */
export function ratingLines(scheme: CompiledScheme, kind: PeriodKind, rater: Rater, employee?: Employee): readonly RatingLine[] {
  const plan = scheme.plans[kind];
  if (!plan) return [];
  const frame = decided(plan, employee);
  const lines: RatingLine[] = [];
  for (const spec of plan.input.ratings) {
    const rating = scheme.document.ratings[spec.key];
    if (!rating || (rating.by !== rater && !rating.alsoBy?.includes(rater)) || (frame && !isAsked(spec, frame))) continue;
    lines.push(ratingLine(scheme, { spec, rating, kind: judgedKind(spec, frame), counts: rating.by === rater }));
  }
  return [...lines, ...raterLines(scheme, plan.input, { rater, frame })];
}

interface LineParts {
  readonly spec: RatingSpec;
  readonly rating: RatingDocument;
  readonly kind: JudgedKind;
  readonly counts: boolean;
}

/** While the person is not known, a list of lines takes those of every section. */
function judgedKind({ kind }: RatingSpec, frame: Frame | undefined): JudgedKind {
  if (kind.type !== 'lines') return kind;
  return { type: 'list', items: frame ? linesOf(kind.sections, frame) : kind.sections.flatMap(({ keys }) => keys) };
}

function ratingLine(scheme: CompiledScheme, { spec, rating, kind, counts }: LineParts): RatingLine {
  const ranged = kind.type === 'points' || kind.type === 'numbers';
  return {
    key: spec.key,
    title: rating.title,
    help: rating.help ?? null,
    type: kind.type,
    counts,
    from: ranged ? exactText(kind.from) : null,
    to: ranged ? exactText(kind.to) : null,
    whole: kind.type === 'occurrences' || (kind.type === 'points' && kind.whole),
    options: kind.type === 'word' ? kind.words : kind.type === 'list' ? kind.items : [],
    optionTitles: optionTitles(scheme, rating),
    department: rating.department ?? null,
    approvals: kind.type === 'awards' ? kind.approvals : null,
    group: null,
  };
}

function optionTitles(scheme: CompiledScheme, rating: RatingDocument): Readonly<Record<string, Title>> {
  if (rating.type === 'word') return rating.wordTitles ?? {};
  if (rating.type !== 'list') return {};
  if (rating.items !== 'lines') return rating.itemTitles ?? {};
  const indicators = scheme.document.sections.flatMap((section) => section.indicators.map(({ key, title }) => [key, title] as const));
  return { ...Object.fromEntries(indicators), ...rating.itemTitles };
}

function raterLines(
  scheme: CompiledScheme,
  { raters }: InputPlan,
  { rater, frame }: { readonly rater: Rater; readonly frame: Frame | undefined },
): readonly RatingLine[] {
  const document = scheme.document.raters;
  if (!raters || !document || (frame && !isRead(raters.under, frame))) return [];
  return document.groups
    .filter(({ by }) => by === rater)
    .flatMap((group) =>
      document.lines.map(({ key, title, help }): RatingLine => ({
        key: `${group.key}.${key}`,
        title,
        help: help ?? null,
        type: 'points',
        counts: true,
        from: exactText(raters.plan.from),
        to: exactText(raters.plan.to),
        whole: false,
        options: [],
        optionTitles: {},
        department: null,
        approvals: null,
        group: group.key,
      })),
    );
}

export interface RatingsToCheck {
  readonly kind: PeriodKind;
  readonly rater: Rater;
  readonly ratings: Readonly<Record<string, unknown>>;
  /** False for a draft: then a missing line is no error. */
  readonly complete: boolean;
  /** The attributes of the person rated. */
  readonly employee?: Employee;
  /** Of a `department` rater: only its own lines; absent for all. */
  readonly department?: string;
}

/** All that is wrong with one rater's submission, by the codes of the error table, and `unknown-rating` for a line that isn't theirs. */
export function validateRatings(scheme: CompiledScheme, submission: RatingsToCheck): readonly EvaluationError[] {
  const { kind, rater, ratings, complete, employee, department } = submission;
  const plan = scheme.plans[kind];
  const lines = new Map(
    ratingLines(scheme, kind, rater, employee)
      .filter((line) => department === undefined || line.department === null || line.department === department)
      .map((line) => [line.key, line]),
  );
  const frame = plan && decided(plan, employee);
  const errors: EvaluationError[] = [];
  const judge = (key: string, codeOf: (raw: unknown) => string | undefined): void => {
    if (!lines.has(key)) return;
    const code = codeOf(Object.hasOwn(ratings, key) ? ratings[key] : undefined);
    if (code !== undefined && (complete || code !== 'missing-rating')) errors.push({ code, key });
  };
  for (const spec of plan?.input.ratings ?? []) judge(spec.key, (raw) => codeOf(readRating(judgedKind(spec, frame), raw)));
  const raters = plan?.input.raters?.plan;
  if (raters) for (const { key, group } of lines.values()) if (group !== null) judge(key, (raw) => answerCode(raters, raw));
  for (const key of Object.keys(ratings)) if (!lines.has(key)) errors.push({ code: 'unknown-rating', key });
  return orderedErrors(errors);
}

function codeOf(reading: ReturnType<typeof readRating>): string | undefined {
  return reading.type === 'error' ? reading.code : undefined;
}

function answerCode(raters: RatersPlan, raw: unknown): string | undefined {
  const value = raw === undefined || raw === null ? 'missing-rating' : pointsValue(raw, raters);
  return typeof value === 'string' ? value : undefined;
}
