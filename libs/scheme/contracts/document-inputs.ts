import { z } from 'zod';
import { zConstant, zCount, zFactKey, zFormula, zKey, zName, zPeriods, zTitle, zUnit, zWord } from './document-words';

/* What goes in: attributes, facts, history, ratings and the groups of raters. */

export const zEmployeeAttribute = z.strictObject({
  title: zTitle,
  /** The words it can be; any other is `unknown-value`, none `missing-attribute`. */
  words: z.array(zWord).min(1).max(30),
  wordTitles: z.record(zWord, zTitle).optional(),
  /** What of the organisation it is read from, and which texts there mean which word. */
  from: z.enum(['position', 'department', 'team', 'region', 'site']).optional(),
  means: z.record(zWord, z.array(z.string().min(1).max(120)).min(1).max(30)).optional(),
});
export type EmployeeAttributeDocument = z.infer<typeof zEmployeeAttribute>;

export const zFact = z.strictObject({
  title: zTitle,
  unit: zUnit,
  /** Where it comes from, for the people who bring it: crm, payroll, attendance … */
  source: zWord.optional(),
  /** Whose fact it is: the person's own, or that of the unit the person stands in. */
  of: z.enum(['person', 'team', 'department', 'region', 'company']).optional(),
  /** A list: the other ranked people's scores, or their values of a fact. */
  group: z.union([z.literal('score'), zFactKey]).optional(),
  /** Days and numbers that are counted whole; counts always are, unless they are targets. */
  whole: z.boolean().optional(),
  /** Above 0; always so where the name ends in `target`. */
  positive: z.boolean().optional(),
  mayBeNegative: z.boolean().optional(),
  /** The whole that this part can't exceed. */
  partOf: zFactKey.optional(),
  /** Facts of the same name here are there all or none; `has(…)` asks. */
  optional: zName.optional(),
  periods: zPeriods,
});
export type FactDocument = z.infer<typeof zFact>;

/** Earlier periods of the same kind; lists of numbers named `history.<name>.<fact or each key>`, one number per period that is there. */
export const zHistory = z.strictObject({
  /** How many periods right before this one. */
  count: zCount,
  facts: z.record(
    zFactKey,
    z.strictObject({ title: zTitle, unit: zUnit, whole: z.boolean().optional(), positive: z.boolean().optional() }),
  ),
  /** An entry that lacks a fact: `missing-fact`, or as if the period were not there. */
  incomplete: z.enum(['error', 'skip']),
  /** Computed for every entry from its facts. */
  each: z
    .array(z.strictObject({ key: zKey, title: zTitle, formula: zFormula }))
    .max(10)
    .optional(),
  periods: zPeriods,
});
export type HistoryDocument = z.infer<typeof zHistory>;

const RATERS = ['self', 'manager', 'second', 'department', 'peers', 'customers'] as const;
export const zRater = z.enum(RATERS);
export type Rater = z.infer<typeof zRater>;

const ratingBase = {
  title: zTitle,
  help: zTitle.optional(),
  /** Whose rating counts. */
  by: zRater,
  /** With `by: department`: the department, by its name in the organisation. */
  department: z.string().min(1).max(120).optional(),
  /** Asked too, shown beside, not scored. */
  alsoBy: z.array(zRater).max(5).optional(),
  periods: zPeriods,
  /** Only asked while it holds, over `employee.…` and `param.…`; a rating not asked reads as 0, no word or no items. */
  when: zFormula.optional(),
};
export const zRating = z.discriminatedUnion('type', [
  z.strictObject({ ...ratingBase, type: z.literal('points'), from: zConstant.optional(), to: zConstant, whole: z.boolean().optional() }),
  z.strictObject({
    ...ratingBase,
    type: z.literal('word'),
    words: z.array(zWord).min(1).max(20),
    wordTitles: z.record(zWord, zTitle).optional(),
  }),
  z.strictObject({
    ...ratingBase,
    type: z.literal('list'),
    /** `lines`: the keys of the indicators that this list can double, in the sections that apply. */
    items: z.union([z.array(zWord).min(1).max(50), z.literal('lines')]),
    itemTitles: z.record(zWord, zTitle).optional(),
  }),
  /** Free words, one an occurrence; repeats count. A formula reads how many. */
  z.strictObject({ ...ratingBase, type: z.literal('entries') }),
  z.strictObject({ ...ratingBase, type: z.literal('occurrences') }),
  /** A list of numbers, each in the range; may be absent. */
  z.strictObject({ ...ratingBase, type: z.literal('numbers'), from: zConstant, to: zConstant }),
  /** Awards `{ amount, reason, approved_by: [two people or more] }`; a formula reads the amounts, each to the cent. */
  z.strictObject({ ...ratingBase, type: z.literal('awards'), approvals: zCount.optional() }),
]);
export type RatingDocument = z.infer<typeof zRating>;

/** 360: every rater answers every line; ratings are `<group>.<line>`. */
export const zRaters = z.strictObject({
  lines: z
    .array(z.strictObject({ key: zKey, title: zTitle, help: zTitle.optional() }))
    .min(1)
    .max(40),
  from: zConstant,
  to: zConstant,
  groups: z
    .array(
      z.strictObject({
        key: zKey,
        title: zTitle,
        by: zRater,
        share: zConstant,
        /** Many answer: a list per line, one answer a rater, in the same order. */
        many: z.boolean().optional(),
        least: zCount.optional(),
        most: zCount.optional(),
        /** Fewer than `least`, or nobody: an error, spread over the others, or to that group. */
        absent: z.union([z.literal('block'), z.literal('reweigh'), z.strictObject({ to: zKey })]),
        /** Answers are only ever shown together, never one by one. */
        anonymous: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(8),
  periods: zPeriods,
});
export type RatersDocument = z.infer<typeof zRaters>;
