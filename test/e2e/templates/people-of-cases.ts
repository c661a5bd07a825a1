import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/* Who is in which cycle and what has to come out, told by the worked examples of the templates. */

const EXAMPLES = path.resolve(__dirname, '../../scheme-examples');
const zGiven = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const zExample = z.object({
  scheme: z.string(),
  input: z.object({
    period: z.string(),
    facts: zGiven,
    ratings: zGiven.default({}),
    history: z.array(z.object({ period: z.string(), facts: z.record(z.string(), z.string()).default({}) })).default([]),
  }),
  expected: z.looseObject({ actions: z.array(z.looseObject({ key: z.string() })).optional() }),
});

export type Given = z.infer<typeof zGiven>;
export type Facts = Readonly<Record<string, string>>;

export interface Award {
  readonly amount: string;
  readonly reason: string;
  readonly approvedBy: readonly string[];
}

/** What one person brings into a cycle, and what has to come out for them. */
export interface PersonCase {
  /** Number in people.csv. */
  readonly who: string;
  /** Recorded for the period of the cycle. */
  readonly facts: Facts;
  /** Recorded for earlier periods. */
  readonly before: readonly { readonly period: string; readonly facts: Facts }[];
  /** What the raters say; a line that is not named here is rated in full. */
  readonly ratings: Given;
  /** Colleagues who are asked about the person, in the order of the answers; who is asked beyond those stays silent. */
  readonly peers: readonly string[];
  /** Tasks about this person that nobody does: their deadlines do. */
  readonly undone: readonly string[];
  readonly awards: readonly Award[];
  /** As much of the published result as is known beforehand, as `test/scheme-examples` spell it. */
  readonly expected: Readonly<Record<string, unknown>>;
}

export interface CycleCase {
  readonly period: string;
  readonly people: readonly PersonCase[];
  readonly dayLengthMs?: number;
}

/** Cycles of one stage run at the same time; those of the next build on what they came to. */
export interface TemplateCase {
  readonly template: string;
  /** In words, what is shown beside the examples. */
  readonly shows: string;
  /** The node of which the first person of the first cycle is told what was missed; absent where there is no tier to miss. */
  readonly missed?: string;
  readonly stages: readonly (readonly CycleCase[])[];
}

/** What is otherwise than in the example. */
interface Taking extends Partial<Pick<PersonCase, 'expected' | 'peers' | 'undone' | 'awards'>> {
  /** `targets`: the facts stand there already, from the months of the period. Otherwise facts that replace those of the example. */
  readonly facts?: 'targets' | Facts;
}

function exampleOf(name: string): z.infer<typeof zExample> {
  return zExample.parse(JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8')));
}

/** Somebody with the facts, ratings and result of a worked example. The values of others come from the others themselves. */
export function like(who: string, name: string, { facts: taken, expected, ...more }: Taking = {}): PersonCase {
  const { input, expected: whole } = exampleOf(name);
  const own = Object.entries(input.facts).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []));
  const { actions } = whole;
  return {
    ...NOTHING,
    who,
    facts: taken === 'targets' ? Object.fromEntries(own.filter(([key]) => isTarget(key))) : { ...Object.fromEntries(own), ...taken },
    before: input.history.filter(({ facts }) => Object.keys(facts).length > 0),
    ratings: input.ratings,
    expected: expected ?? { ...whole, ...(actions ? { actions: actions.map(({ key }) => key) } : {}) },
    ...more,
  };
}

const NOTHING: Omit<PersonCase, 'who'> = { facts: {}, before: [], ratings: {}, peers: [], undone: [], awards: [], expected: {} };

/** Somebody beside the examples. */
export function other(who: string, more: Partial<PersonCase>): PersonCase {
  return { ...NOTHING, ...more, who };
}

export function exampleFacts(name: string): Facts {
  return like('', name).facts;
}

export function isTarget(key: string): boolean {
  return key.endsWith('.target') || key.endsWith('_target');
}
