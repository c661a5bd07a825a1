import { z } from 'zod';

/*
 * The scheme language, version 1, as zod checks it. Storage format: a published YAML document must stay readable, so
 * members are added, never renamed; a block of a new kind is a new member of a union below.
 * Numbers come as the text they were written in (`40`, `0.05`, `120%`) or as a constant formula over `param.…`.
 */

/** Bounds of one scheme. */
export const SCHEME_LIMITS = {
  textChars: 120_000,
  /** An event holds the whole text and has a bound of its own. */
  textBytes: 200_000,
  facts: 150,
  ratings: 150,
  indicators: 100,
  parameters: 300,
  blocks: 60,
  text: 2_000,
} as const;

export const SCHEME_LANGUAGE = 1;

/** Stored in events with every result: short ASCII. */
const zKey = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/, 'not a key: letters, digits and _');
const zFactKey = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}(\.[A-Za-z][A-Za-z0-9_]{0,39}){1,3}$/, 'not a fact key such as sales.amount');
const zWord = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/, 'not a word: letters, digits and -');
/** Names only used inside the scheme may be Chinese. */
const zName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_]{0,59}$/u, 'not a name: letters, digits and _');
const zFormula = z.string().min(1).max(1_000);
/** A constant: a number, a percentage or a formula over parameters. */
const zConstant = z.string().min(1).max(200);

export const zTitle = z.strictObject({ 'zh-CN': z.string().min(1).max(SCHEME_LIMITS.text), en: z.string().min(1).max(SCHEME_LIMITS.text) });
export type Title = z.infer<typeof zTitle>;

const zPeriodKind = z.enum(['month', 'quarter', 'year']);
/** Kinds of period that a block is part of; absent: all that are scored (for bands, outcome and actions: all). */
const zPeriods = z.array(zPeriodKind).min(1).max(3).optional();

export const FACT_UNITS = ['money', 'count', 'days', 'percent', 'number'] as const;

const zFact = z.strictObject({
  title: zTitle,
  unit: z.enum(FACT_UNITS),
  /** Where it comes from, for the people who bring it: crm, payroll, attendance … */
  source: zWord.optional(),
  /** Days and numbers that are counted whole; counts always are, unless they are targets. */
  whole: z.boolean().optional(),
  /** Above 0; always so where the name ends in `target`. */
  positive: z.boolean().optional(),
  mayBeNegative: z.boolean().optional(),
  /** The whole that this part can't exceed. */
  partOf: zFactKey.optional(),
  periods: zPeriods,
});

const RATERS = ['self', 'manager', 'second', 'department', 'peers', 'customers'] as const;
export const zRater = z.enum(RATERS);
export type Rater = z.infer<typeof zRater>;

const ratingBase = {
  title: zTitle,
  help: zTitle.optional(),
  /** Whose rating counts. */
  by: zRater,
  /** Asked too, shown beside, not scored. */
  alsoBy: z.array(zRater).max(5).optional(),
  periods: zPeriods,
};
const zRating = z.discriminatedUnion('type', [
  z.strictObject({ ...ratingBase, type: z.literal('points'), from: zConstant.optional(), to: zConstant, whole: z.boolean().optional() }),
  z.strictObject({ ...ratingBase, type: z.literal('word'), words: z.array(zWord).min(1).max(20) }),
  z.strictObject({
    ...ratingBase,
    type: z.literal('list'),
    items: z.array(zWord).min(1).max(50),
    itemTitles: z.record(zWord, zTitle).optional(),
  }),
  z.strictObject({ ...ratingBase, type: z.literal('occurrences') }),
]);

const zPeriodRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scored') }),
  z.strictObject({ kind: z.literal('roll-up'), of: z.literal('month'), method: z.enum(['mean', 'sum', 'last']) }),
]);

const zTable = z.discriminatedUnion('kind', [
  /** The value of the highest bound reached; `below` under the lowest. */
  z.strictObject({
    kind: z.literal('step'),
    rows: z
      .array(z.strictObject({ from: zConstant.optional(), over: zConstant.optional(), value: zConstant }))
      .min(1)
      .max(50),
    below: zConstant,
  }),
  /** Straight between the points, level outside them. */
  z.strictObject({
    kind: z.literal('linear'),
    rows: z
      .array(z.strictObject({ at: zConstant, value: zConstant }))
      .min(2)
      .max(50),
  }),
]);

const zCase = z.strictObject({ key: zWord.optional(), when: zFormula, value: zFormula });

const zMethod = z.discriminatedUnion('kind', [
  /** points × (actual ÷ target), at most `cap` (100 %), 0 under `floor`. */
  z.strictObject({ kind: z.literal('ratio'), actual: zFormula, target: zFormula, cap: zConstant.optional(), floor: zConstant.optional() }),
  /** points × (done ÷ due), at most 100 %; full where nothing was due. */
  z.strictObject({ kind: z.literal('share'), done: zFormula, due: zFormula }),
  /** Straight from no growth (0) to `fullAt` (all points); from 0 before any is full and none is none. */
  z.strictObject({ kind: z.literal('growth'), now: zFormula, before: zFormula, fullAt: zConstant }),
  /** points × max(0, of − each × count) ÷ of; `of` defaults to the points. */
  z.strictObject({ kind: z.literal('deduct'), count: zFormula, each: zConstant, of: zConstant.optional() }),
  /** All points, or none after any occurrence. */
  z.strictObject({ kind: z.literal('any-takes-all'), count: zFormula }),
  /** points × rating ÷ the most that the rating can be. */
  z.strictObject({ kind: z.literal('rating'), rating: zKey }),
  /** Points as given by the reviewer in several lines, added. */
  z.strictObject({ kind: z.literal('rubric'), ratings: z.array(zKey).min(1).max(20) }),
  /** points × the table's value for `of`. */
  z.strictObject({ kind: z.literal('tiers'), of: zFormula, table: zName }),
  /** The first case that holds. */
  z.strictObject({ kind: z.literal('cases'), cases: z.array(zCase).min(1).max(20), otherwise: zFormula }),
  z.strictObject({ kind: z.literal('formula'), formula: zFormula }),
]);
export type MethodDocument = z.infer<typeof zMethod>;

const zIndicator = z.strictObject({
  key: zKey,
  title: zTitle,
  help: zTitle.optional(),
  points: zConstant,
  method: zMethod,
  periods: zPeriods,
});
const zSection = z.strictObject({
  key: zKey,
  title: zTitle,
  points: zConstant.optional(),
  indicators: z.array(zIndicator).min(1).max(40),
  periods: zPeriods,
});

/** A named value, exact and not rounded, for what follows it. */
const zValue = z.discriminatedUnion('kind', [
  z.strictObject({ key: zName, title: zTitle, kind: z.literal('formula'), formula: zFormula, periods: zPeriods }),
  z.strictObject({
    key: zName,
    title: zTitle,
    kind: z.literal('cases'),
    cases: z.array(zCase).min(1).max(20),
    otherwise: zFormula,
    periods: zPeriods,
  }),
]);

const zModifier = z.discriminatedUnion('kind', [
  /** score × value */
  z.strictObject({ key: zKey, title: zTitle, kind: z.literal('coefficient'), value: zFormula, periods: zPeriods }),
  /** score + value */
  z.strictObject({ key: zKey, title: zTitle, kind: z.literal('add'), value: zFormula, periods: zPeriods }),
  /** 一票否决: the score is 0 when it holds. */
  z.strictObject({ key: zKey, title: zTitle, kind: z.literal('veto'), when: zFormula, periods: zPeriods }),
]);

/** From the best to the last; `from` includes the bound, `over` does not, the last has none. */
const zBand = z.strictObject({
  key: zWord,
  title: zTitle,
  from: zConstant.optional(),
  over: zConstant.optional(),
  values: z.record(zName, zConstant).optional(),
});
const zBands = z.strictObject({ on: zFormula, list: z.array(zBand).min(1).max(20), valueTitles: z.record(zName, zTitle).optional() });

const zOutcome = z.strictObject({
  key: zKey,
  title: zTitle,
  type: z.enum(['integer', 'decimal', 'word']),
  value: zFormula,
  periods: zPeriods,
});

const roundingRule = z.strictObject({ places: z.enum(['0', '1', '2']), mode: z.enum(['half-up', 'down']) });
const zPayLine = z.discriminatedUnion('kind', [
  z.strictObject({
    key: zKey,
    title: zTitle,
    kind: z.literal('formula'),
    formula: zFormula,
    round: roundingRule.optional(),
    periods: zPeriods,
  }),
  /** A gate: the line is paid only while `unless` does not hold. */
  z.strictObject({
    key: zKey,
    title: zTitle,
    kind: z.literal('gated'),
    formula: zFormula,
    unless: zFormula,
    round: roundingRule.optional(),
    periods: zPeriods,
  }),
  /** 押金: withheld while `when` holds, at most what is missing to the ceiling and at most `atMost`. */
  z.strictObject({
    key: zKey,
    title: zTitle,
    kind: z.literal('deposit'),
    monthly: zConstant,
    ceiling: zConstant,
    held: zFactKey,
    atMost: zFormula,
    when: zFormula,
    periods: zPeriods,
  }),
]);

const zAction = z.strictObject({ key: zWord, title: zTitle, when: zFormula, periods: zPeriods });

/** Who a step belongs to, as a relation to the person appraised. */
const zReviewStep = z.strictObject({
  step: z.enum(['self-review', 'manager-review', 'second-review']),
  by: z.enum(['self', 'direct-manager', 'manager-of-manager', 'planning', 'sales-vp', 'hr', 'general-manager']),
  title: zTitle.optional(),
  /** When nobody did it in time: by facts alone, the manager instead, or wait. */
  late: z.enum(['facts-alone', 'manager-substitutes', 'hold']),
});

const zDayNumber = z.string().regex(/^([1-9]|[12]\d|3[01])$/, 'not a day of the month');
const zDayCount = z.string().regex(/^([1-9]\d{0,2})$/, 'not a number of days');
const zPhase = z.enum(['self-review', 'manager-review', 'second-review', 'publication', 'confirmation', 'appeals', 'payout']);
/** A phase's end: days of the month after the period, by one such day, or working days after the phase before or a named one. */
const zScheduleEntry = z.discriminatedUnion('kind', [
  z.strictObject({ phase: zPhase, kind: z.literal('days'), first: zDayNumber, last: zDayNumber }),
  z.strictObject({ phase: zPhase, kind: z.literal('by-day'), day: zDayNumber }),
  z.strictObject({ phase: zPhase, kind: z.literal('working-days'), days: zDayCount, after: zPhase.optional() }),
]);

const zAppeal = z.strictObject({
  open: z.boolean(),
  fileWithinDays: zDayCount,
  triageDays: zDayCount,
  factOwnerDays: zDayCount,
  decideWithinDays: zDayCount,
  panelOf: z.enum(['3', '5']),
});

/** Findings before publication about a group, never a silent change. */
const zGroupLimit = z.strictObject({ grade: zWord, atMost: zConstant, per: z.enum(['department', 'cycle']) });

export const zSchemeDocument = z.strictObject({
  language: z.literal(String(SCHEME_LANGUAGE)),
  id: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, 'not an id: lower case letters, digits and -'),
  title: zTitle,
  help: zTitle.optional(),
  /** The template it was made from. */
  template: z.string().max(60).optional(),
  reviewAfterMonths: z
    .string()
    .regex(/^[1-9]\d?$/)
    .optional(),
  parameters: z.record(
    zName,
    z.strictObject({
      value: zConstant,
      title: zTitle.optional(),
      unit: z.enum([...FACT_UNITS, 'points', 'share']).optional(),
      stated: z.boolean().optional(),
    }),
  ),
  facts: z.record(zFactKey, zFact),
  ratings: z.record(zKey, zRating),
  periods: z.strictObject({ month: zPeriodRule.optional(), quarter: zPeriodRule.optional(), year: zPeriodRule.optional() }),
  tables: z.record(zName, zTable).optional(),
  values: z.array(zValue).max(SCHEME_LIMITS.blocks).optional(),
  sections: z.array(zSection).max(30),
  /** What the points of all sections add up to; checked when given. */
  points: zConstant.optional(),
  modifiers: z.array(zModifier).max(SCHEME_LIMITS.blocks).optional(),
  /** `none`: a scheme that only pays. */
  score: z.enum(['sum', 'none']).optional(),
  bands: zBands.optional(),
  groupLimits: z.array(zGroupLimit).max(10).optional(),
  outcome: z.array(zOutcome).max(SCHEME_LIMITS.blocks).optional(),
  pay: z.array(zPayLine).max(SCHEME_LIMITS.blocks).optional(),
  actions: z.array(zAction).max(SCHEME_LIMITS.blocks).optional(),
  review: z.array(zReviewStep).min(1).max(10),
  schedule: z.strictObject({
    month: z.array(zScheduleEntry).min(1).max(10).optional(),
    quarter: z.array(zScheduleEntry).min(1).max(10).optional(),
    year: z.array(zScheduleEntry).min(1).max(10).optional(),
  }),
  appeal: zAppeal.optional(),
});

export type SchemeDocument = z.infer<typeof zSchemeDocument>;
export type FactDocument = z.infer<typeof zFact>;
export type RatingDocument = z.infer<typeof zRating>;
export type TableDocument = z.infer<typeof zTable>;
export type PayLineDocument = z.infer<typeof zPayLine>;
export type ValueDocument = z.infer<typeof zValue>;
export type ModifierDocument = z.infer<typeof zModifier>;
export type BandsDocument = z.infer<typeof zBands>;
export type ScheduleEntry = z.infer<typeof zScheduleEntry>;
export type SchemePhase = z.infer<typeof zPhase>;
