import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { compiledTemplate, SCHEME_TEMPLATES, type SchemeTemplate } from '../../application/templates';
import type { Evaluation, EvaluationInput } from '../../contracts/evaluation';
import { evaluate } from '../evaluate.policy';

/* The worked examples of the templates (test/scheme-examples), as inputs that specs change a little. */

const FOLDER = join(__dirname, '..', '..', '..', '..', 'test', 'scheme-examples');

const zExample = z.strictObject({
  about: z.string(),
  scheme: z.enum(SCHEME_TEMPLATES),
  input: z.strictObject({
    period: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    ratings: z.record(z.string(), z.unknown()),
    employee: z.record(z.string(), z.string()).default({}),
    history: z.array(z.unknown()).default([]),
  }),
  expected: z.object({}),
});

/** By its file name, such as `05-month`. */
export function workedExample(name: string): z.infer<typeof zExample> {
  return zExample.parse(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')));
}

/** One for each template, in the first kind of period that it takes. */
export const TEMPLATE_EXAMPLES: Readonly<Record<SchemeTemplate, EvaluationInput>> = {
  'dimension-kpi': workedExample('01-month').input,
  'three-aspect-rating': workedExample('02-month').input,
  'component-bonus': workedExample('03-month').input,
  'result-times-behaviour': workedExample('04-month').input,
  'weighted-70-20-10': workedExample('05-month').input,
  'rank-bonus': workedExample('06-month').input,
  'month-quarter-year': workedExample('07-month').input,
  'four-grade': workedExample('08-quarter').input,
  'discipline-70-30': workedExample('09-rep').input,
  'eighty-line': workedExample('10-month').input,
  'activity-discipline': workedExample('11-month').input,
  'review-360': workedExample('12-quarter').input,
  'twelve-item-sheet': workedExample('13-month').input,
  showroom: workedExample('14-month').input,
};

/** Template 5: 88.80, grade B, 8400.00. */
export const WEIGHTED_EXAMPLE = TEMPLATE_EXAMPLES['weighted-70-20-10'];
/** Template 4: 120.00 × 0.85 = 102.00; 3060.00. */
export const BEHAVIOUR_EXAMPLE = TEMPLATE_EXAMPLES['result-times-behaviour'];
/** Template 13: 84.59. */
export const TWELVE_EXAMPLE = TEMPLATE_EXAMPLES['twelve-item-sheet'];

/** What a test changes in an example; a fact or rating given as undefined is taken away. */
export interface Change {
  readonly period?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly ratings?: Readonly<Record<string, unknown>>;
  readonly employee?: Readonly<Record<string, unknown>>;
  readonly history?: readonly unknown[];
}

function changed(example: EvaluationInput, { facts, ratings, ...rest }: Change): EvaluationInput {
  const values = Object.entries({ ...example.facts, ...facts }).filter(([, value]) => value !== undefined);
  return {
    ...example,
    ...rest,
    facts: Object.fromEntries(values.map(([key, value]) => [key, { value }])),
    ratings: Object.fromEntries(Object.entries({ ...example.ratings, ...ratings }).filter(([, value]) => value !== undefined)),
  };
}

/** Evaluates a changed example. Thrown when it has errors: they are expected by `errors` only. */
export function scored(name: string, change: Change = {}): Evaluation {
  const { scheme, input } = workedExample(name);
  const result = evaluate(compiledTemplate(scheme), changed(input, change));
  if (result.errors.length > 0) throw new Error(errorTexts(result).join(', '));
  return result;
}

/** `missing-fact sales.amount`, in the order they are reported. */
export function errors(name: string, change: Change): readonly string[] {
  const { scheme, input } = workedExample(name);
  return errorTexts(evaluate(compiledTemplate(scheme), changed(input, change)));
}

const errorTexts = (result: Evaluation) => result.errors.map(({ code, key }) => `${code} ${key}`);

/** Points of each indicator by key. */
export function points(result: Evaluation): Readonly<Record<string, string>> {
  return Object.fromEntries(result.sections.flatMap((section) => section.indicators.map(({ key, score }) => [key, score])));
}

/** Amounts of each pay line by key. */
export function amounts(result: Evaluation): Readonly<Record<string, string>> {
  return Object.fromEntries(result.pay.lines.map(({ key, amount }) => [key, amount]));
}

export const actionKeys = (result: Evaluation): readonly string[] => result.actions.map(({ key }) => key);

/** History of month scores: `months('2026', { '01': '80.00' })`. */
export function months(year: string, scores: Readonly<Record<string, string>>): readonly unknown[] {
  return Object.entries(scores).map(([month, score]) => ({ period: `${year}-${month}`, score }));
}
