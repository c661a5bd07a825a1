import { z } from 'zod';
import {
  SCHEME_LANGUAGE,
  SCHEME_LIMITS,
  zByKind,
  zConstant,
  zFactKey,
  zFormula,
  zKey,
  zName,
  zPeriodKind,
  zPeriods,
  zRatingKey,
  zTitle,
  zUnit,
} from './document-words';
import { zEmployeeAttribute, zFact, zHistory, zRaters, zRating } from './document-inputs';
import { zCase, zSection, zTable } from './document-indicators';
import { zActionBlock, zBands, zDistribution, zGroupLimit, zOutcomeBlock, zPayLine } from './document-results';
import { zAppealTerms, zReviewStep, zSchedule } from './document-flow';

/*
 * The scheme language, version 1, as zod checks it. Storage format: a published YAML document must stay readable, so
 * members are added, never renamed; a block of a new kind is a new member of a union.
 * Numbers come as the text they were written in (`40`, `0.05`, `120%`) or as a constant formula over `param.…`.
 * Order of evaluation: history and employee → facts → ratings → values → sections → modifiers → score → bands → values
 * after the score → outcome → pay → actions. Nothing reads what is computed after it.
 */

const zPeriodRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scored') }),
  z.strictObject({
    kind: z.literal('roll-up'),
    of: z.literal('month'),
    method: z.enum(['mean', 'weighted-mean', 'sum', 'last']),
    /** Quarters are formed and rounded first; the mean of them is weighted by their number of months with a score. */
    through: z.literal('quarter').optional(),
    /** For `weighted-mean`: the weight of each month of the year, `1` to `12`; a month without one weighs 1. */
    weights: z.record(z.string().regex(/^([1-9]|1[0-2])$/), zConstant).optional(),
  }),
]);

/** A named value, exact and not rounded, for what follows it; `after: score` may read score, grade and `band.…`. */
const valueBase = { key: zName, title: zTitle, periods: zPeriods, after: z.literal('score').optional() };
const zValue = z.discriminatedUnion('kind', [
  z.strictObject({ ...valueBase, kind: z.literal('formula'), formula: zFormula }),
  z.strictObject({ ...valueBase, kind: z.literal('cases'), cases: z.array(zCase).min(1).max(20), otherwise: zFormula }),
]);

const modifierBase = { key: zKey, title: zTitle, periods: zPeriods, when: zFormula.optional() };
const zModifier = z.discriminatedUnion('kind', [
  /** score × value */
  z.strictObject({ ...modifierBase, kind: z.literal('coefficient'), value: zFormula }),
  /** score + value */
  z.strictObject({ ...modifierBase, kind: z.literal('add'), value: zFormula }),
  /** 一票否决: the score is 0 when it holds. */
  z.strictObject({ key: zKey, title: zTitle, periods: zPeriods, kind: z.literal('veto'), when: zFormula }),
]);

export const zSchemeDocument = z.strictObject({
  language: z.literal(String(SCHEME_LANGUAGE)),
  id: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, 'not an id: lower case letters, digits and -'),
  title: zTitle,
  help: zTitle.optional(),
  /** The template it was made from. */
  template: z.string().max(60).optional(),
  /** Where wages are paid, for rules of law that the checker knows. */
  jurisdiction: z.enum(['CN', 'other']).optional(),
  reviewAfterMonths: z
    .string()
    .regex(/^[1-9]\d?$/)
    .optional(),
  parameters: z.record(
    zName,
    z.strictObject({
      /** One value, or one for each kind of period: then the parameter is only known in those. */
      value: zByKind(zConstant),
      title: zTitle.optional(),
      unit: z.enum([...zUnit.options, 'points', 'share']).optional(),
      /** Stated by the scheme that the template follows. */
      stated: z.boolean().optional(),
      /** A number that no formula reads: it says how these facts or ratings are counted, for the people who bring them. */
      describes: z
        .array(z.union([zFactKey, zRatingKey]))
        .min(1)
        .max(10)
        .optional(),
    }),
  ),
  /** Attributes of the person that formulas read as `employee.<key>`. */
  employee: z.record(zKey, zEmployeeAttribute).optional(),
  /** What the indicator library does not bring, or what this scheme says otherwise. Facts of library indicators come by themselves. */
  facts: z.record(zFactKey, zFact),
  history: z.record(zName, zHistory).optional(),
  ratings: z.record(zRatingKey, zRating),
  raters: zRaters.optional(),
  periods: z.strictObject({ month: zPeriodRule.optional(), quarter: zPeriodRule.optional(), year: zPeriodRule.optional() }),
  /** Each of these kinds of period pays the same results: over the same time a person is in a cycle of one of them alone. */
  exclusivePeriods: z.array(zPeriodKind).min(2).max(3).optional(),
  tables: z.record(zName, zTable).optional(),
  values: z.array(zValue).max(SCHEME_LIMITS.blocks).optional(),
  sections: z.array(zSection).max(30),
  /** What the points of all sections add up to; checked when given. */
  points: zByKind(zConstant).optional(),
  modifiers: z.array(zModifier).max(SCHEME_LIMITS.blocks).optional(),
  /** `none`: a scheme that only pays. */
  score: z.enum(['sum', 'none']).optional(),
  bands: zBands.optional(),
  groupLimits: z.array(zGroupLimit).max(10).optional(),
  distribution: zDistribution.optional(),
  outcome: z.array(zOutcomeBlock).max(SCHEME_LIMITS.blocks).optional(),
  pay: z.array(zPayLine).max(SCHEME_LIMITS.blocks).optional(),
  actions: z.array(zActionBlock).max(SCHEME_LIMITS.blocks).optional(),
  review: z.array(zReviewStep).min(1).max(20),
  schedule: zSchedule,
  appeal: zAppealTerms.optional(),
});

export type SchemeDocument = z.infer<typeof zSchemeDocument>;
export type PeriodRuleDocument = z.infer<typeof zPeriodRule>;
export type ValueDocument = z.infer<typeof zValue>;
export type ModifierDocument = z.infer<typeof zModifier>;
export type { Title } from './document-words';
export { FACT_UNITS, SCHEME_LANGUAGE, SCHEME_LIMITS, zTitle } from './document-words';
export type { EmployeeAttributeDocument, FactDocument, HistoryDocument, Rater, RatersDocument, RatingDocument } from './document-inputs';
export { zRater } from './document-inputs';
export type { IndicatorDocument, MethodDocument, SectionDocument, TableDocument } from './document-indicators';
export type { BandsDocument, DistributionDocument, OutcomeDocument, PayLineDocument } from './document-results';
export type { ReviewStepDocument, ScheduleEntry, SchemePhase } from './document-flow';
