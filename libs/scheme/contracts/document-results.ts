import { z } from 'zod';
import { zConstant, zCount, zFactKey, zFormula, zKey, zName, zPeriods, zTitle, zWord } from './document-words';

/* What the score does: bands, distribution, outcome, pay and actions. */

/** From the best to the last; `from` includes the bound, `over` does not, the last has none. Bands by word have neither. */
const zBand = z.strictObject({
  key: zWord,
  title: zTitle,
  from: zConstant.optional(),
  over: zConstant.optional(),
  values: z.record(zName, zConstant).optional(),
});
export const zBands = z.strictObject({
  /** The number that falls into a band … */
  on: zFormula.optional(),
  /** … or the word that names it. */
  word: zFormula.optional(),
  list: z.array(zBand).min(1).max(20),
  valueTitles: z.record(zName, zTitle).optional(),
});
export type BandsDocument = z.infer<typeof zBands>;

/** Findings before publication about a group, never a silent change. */
export const zGroupLimit = z.strictObject({ grade: zWord, atMost: zConstant, per: z.enum(['department', 'cycle']) });

/** 强制分布: a target for calibration by largest remainder, equal remainders to the better grade. */
export const zDistribution = z.strictObject({
  enabled: z.boolean(),
  per: z.enum(['department', 'cycle']),
  /** Groups of fewer people have no target. */
  atLeast: zCount,
  shares: z.record(zWord, zConstant),
});
export type DistributionDocument = z.infer<typeof zDistribution>;

const outcomeBase = {
  key: zKey,
  title: zTitle,
  periods: zPeriods,
  /** Null while it does not hold. */
  when: zFormula.optional(),
};
/** Of the words that it can give, where nothing else in the scheme names them. */
const wordTitles = z.record(zWord, zTitle).optional();
export const zOutcomeBlock = z.discriminatedUnion('type', [
  z.strictObject({ ...outcomeBase, type: z.literal('integer'), value: zFormula }),
  z.strictObject({ ...outcomeBase, type: z.literal('decimal'), value: zFormula }),
  z.strictObject({ ...outcomeBase, type: z.literal('word'), value: zFormula, wordTitles }),
  /** The words whose condition holds, or the items of a list. */
  z.strictObject({
    ...outcomeBase,
    type: z.literal('list'),
    value: zFormula.optional(),
    items: z
      .array(z.strictObject({ word: zWord, when: zFormula }))
      .max(30)
      .optional(),
    wordTitles,
  }),
]);
export type OutcomeDocument = z.infer<typeof zOutcomeBlock>;

const roundingRule = z.strictObject({ places: z.enum(['0', '1', '2']), mode: z.enum(['half-up', 'half-even', 'up', 'down']) });
const lineBase = { key: zKey, title: zTitle, periods: zPeriods };
export const zPayLine = z.discriminatedUnion('kind', [
  z.strictObject({ ...lineBase, kind: z.literal('formula'), formula: zFormula, round: roundingRule.optional() }),
  /** A gate: the line is paid only while `unless` does not hold. */
  z.strictObject({ ...lineBase, kind: z.literal('gated'), formula: zFormula, unless: zFormula, round: roundingRule.optional() }),
  /** Commission by a table of rates over `by`: on the whole of `on` (`step`, `linear`), or each slice at its own rate (`marginal`, then `by` is not given). */
  z.strictObject({
    ...lineBase,
    kind: z.literal('commission'),
    on: zFormula,
    by: zFormula.optional(),
    table: zName,
    unless: zFormula.optional(),
    round: roundingRule.optional(),
  }),
  /** Prizes by place; those level share the prizes of the places they take up, each share cut down to the cent. */
  z.strictObject({ ...lineBase, kind: z.literal('prize'), place: zFormula, holders: zFormula, prizes: z.array(zConstant).min(1).max(50) }),
  /** 押金: withheld while `when` holds, at most what is missing to the ceiling and at most `atMost`. */
  z.strictObject({
    ...lineBase,
    kind: z.literal('deposit'),
    monthly: zConstant,
    ceiling: zConstant,
    held: zFactKey,
    atMost: zFormula,
    when: zFormula,
  }),
]);
export type PayLineDocument = z.infer<typeof zPayLine>;

export const zActionBlock = z.strictObject({ key: zWord, title: zTitle, when: zFormula, periods: zPeriods });
