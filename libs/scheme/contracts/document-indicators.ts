import { z } from 'zod';
import { zByKind, zConstant, zCount, zFormula, zKey, zName, zPeriods, zRatingKey, zTitle, zWord } from './document-words';

/* How things are scored: tables, methods, indicators, sections. */

export const zTable = z.discriminatedUnion('kind', [
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
  /** Each slice at the rate of its own tier, added up; nothing under the lowest `from`. */
  z.strictObject({
    kind: z.literal('marginal'),
    rows: z
      .array(z.strictObject({ from: zConstant, rate: zConstant }))
      .min(1)
      .max(50),
  }),
]);
export type TableDocument = z.infer<typeof zTable>;

export const zCase = z.strictObject({ key: zWord.optional(), when: zFormula, value: zFormula });

export const zMethod = z.discriminatedUnion('kind', [
  /** points × (actual ÷ target), at most `cap` (100 %), 0 under `floor`. */
  z.strictObject({ kind: z.literal('ratio'), actual: zFormula, target: zFormula, cap: zConstant.optional(), floor: zConstant.optional() }),
  /** points × (done ÷ due), at most 100 %; full where nothing was due. */
  z.strictObject({ kind: z.literal('share'), done: zFormula, due: zFormula }),
  /** Points by the share of cases answered within the agreed time, straight from `from` (0 %) to `fullAt` (100 %); full where there were none. */
  z.strictObject({
    kind: z.literal('sla'),
    met: zFormula,
    of: zFormula,
    /** For the explanation: 24. */
    withinHours: zCount.optional(),
    from: zConstant.optional(),
    fullAt: zConstant.optional(),
  }),
  /** Straight from no growth (0) to `fullAt` (all points); from 0 before any is full and none is none. */
  z.strictObject({ kind: z.literal('growth'), now: zFormula, before: zFormula, fullAt: zConstant }),
  /** points × max(0, of − each × count) ÷ of; `of` defaults to the points. */
  z.strictObject({ kind: z.literal('deduct'), count: zFormula, each: zConstant, of: zConstant.optional() }),
  /** each × count, at most the points. */
  z.strictObject({ kind: z.literal('bonus'), count: zFormula, each: zConstant }),
  /** points × max(0, 100 − each × (days + half days)) ÷ 100; a part of a day in proportion, each half day as one. */
  z.strictObject({ kind: z.literal('attendance'), days: zFormula, halfDays: zFormula.optional(), each: zConstant }),
  /** All points, or none after any occurrence. */
  z.strictObject({ kind: z.literal('any-takes-all'), count: zFormula }),
  /** The points less `each` per named item, never under 0. */
  z.strictObject({ kind: z.literal('items'), rating: zRatingKey, each: zConstant }),
  /** points × rating ÷ the most that the rating can be. */
  z.strictObject({ kind: z.literal('rating'), rating: zRatingKey }),
  /** Points as given by the reviewer in several lines, added. */
  z.strictObject({ kind: z.literal('rubric'), ratings: z.array(zRatingKey).min(1).max(20) }),
  /** points × the table's value for `of`. */
  z.strictObject({ kind: z.literal('tiers'), of: zFormula, table: zName }),
  /** points × what the word is worth. */
  z.strictObject({
    kind: z.literal('words'),
    of: zFormula,
    worth: z.record(zWord, zConstant),
    /** Of words that no rating names. */
    wordTitles: z.record(zWord, zTitle).optional(),
  }),
  /** All points when it holds now and held in each of the `periods` before. */
  z.strictObject({ kind: z.literal('consecutive'), now: zFormula, history: zName, each: zKey, periods: zCount }),
  /** points × Σ share × the group's mean ÷ the most of the scale, over the groups of `raters`. */
  z.strictObject({ kind: z.literal('raters'), line: zKey, shares: z.record(zKey, zConstant).optional() }),
  /** The first case that holds. */
  z.strictObject({ kind: z.literal('cases'), cases: z.array(zCase).min(1).max(20), otherwise: zFormula }),
  z.strictObject({ kind: z.literal('formula'), formula: zFormula }),
]);
export type MethodDocument = z.infer<typeof zMethod>;

const zIndicator = z.strictObject({
  key: zKey,
  title: zTitle,
  help: zTitle.optional(),
  /** The entry of the indicator library that it was picked from. */
  library: z.string().max(60).optional(),
  points: zByKind(zConstant),
  method: zMethod,
  /** The share of its points that goes into the section, rounded again; 100 % by default. Shown before weighting. */
  counts: zByKind(zConstant).optional(),
  mayBeNegative: z.boolean().optional(),
  /** No points while it holds, whatever the method found. */
  zeroWhen: zFormula.optional(),
  /** A list rating with `items: lines`: when it names this indicator, the points missing from it are taken twice, floor 0. */
  doubledBy: zRatingKey.optional(),
  periods: zPeriods,
});
export type IndicatorDocument = z.infer<typeof zIndicator>;

export const zSection = z.strictObject({
  key: zKey,
  title: zTitle,
  points: zByKind(zConstant).optional(),
  indicators: z.array(zIndicator).min(1).max(40),
  /** The share of it that goes into the score; `0%` shows it only. Its own score is shown before. */
  counts: zByKind(zConstant).optional(),
  /** Absent while it does not hold, over `employee.…` and `param.…`; reads as 0 then. */
  when: zFormula.optional(),
  periods: zPeriods,
});
export type SectionDocument = z.infer<typeof zSection>;
