import { z } from 'zod';

/* The words that every block of a scheme is written in: keys, names, formulas, constants, titles. */

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
export const zKey = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/, 'not a key: letters, digits and _');
/** A rating's line; lines of rater groups are `peers.amount`. */
export const zRatingKey = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}(\.[A-Za-z][A-Za-z0-9_]{0,39})?$/, 'not a rating key: letters, digits and _');
export const zFactKey = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}(\.[A-Za-z][A-Za-z0-9_]{0,39}){1,3}$/, 'not a fact key such as sales.amount');
export const zWord = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/, 'not a word: letters, digits, _ and -');
/** Names only used inside the scheme may be Chinese. */
export const zName = z.string().regex(/^[\p{L}_][\p{L}\p{N}_]{0,59}$/u, 'not a name: letters, digits and _');
export const zFormula = z.string().min(1).max(1_000);
/** A constant: a number, a percentage or a formula over parameters. */
export const zConstant = z.string().min(1).max(200);

export const zTitle = z.strictObject({ 'zh-CN': z.string().min(1).max(SCHEME_LIMITS.text), en: z.string().min(1).max(SCHEME_LIMITS.text) });
export type Title = z.infer<typeof zTitle>;

export const zPeriodKind = z.enum(['month', 'quarter', 'year']);
/** Kinds of period that a block is part of; absent: all that are scored (for bands, outcome and actions: all). */
export const zPeriods = z.array(zPeriodKind).min(1).max(3).optional();

/** One for all kinds of period, or one for each. */
export function zByKind<T extends z.ZodType>(of: T) {
  return z.union([of, z.strictObject({ month: of.optional(), quarter: of.optional(), year: of.optional() })]);
}

export const FACT_UNITS = ['money', 'count', 'days', 'percent', 'number'] as const;
export const zUnit = z.enum(FACT_UNITS);

export const zDayCount = z.string().regex(/^([1-9]\d{0,2})$/, 'not a number of days');
export const zCount = z.string().regex(/^(0|[1-9]\d{0,4})$/, 'not a whole number');
