import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiledTemplate, type Evaluation, evaluate, readScoreInput, SCHEME_TEMPLATES } from '#libs/scheme';

/*
 * Random inputs around the bounds of every template, with results worked out by a second program that knows only the rules
 * of the templates, exact fractions and nothing of this one: what both say is not an accident of either.
 */

interface Case {
  readonly input: object;
  readonly expected: {
    readonly score: string | null;
    readonly grade: string | null;
    /** In order, `[key, points]`; not given where the template leaves the lines of a roll-up open. */
    readonly indicators?: readonly (readonly [string, string])[];
    readonly pay: readonly (readonly [string, string])[];
    readonly total: string;
    readonly outcome: object;
    readonly actions: readonly string[];
  };
}

function evaluated(template: (typeof SCHEME_TEMPLATES)[number], input: object): Evaluation {
  const reading = readScoreInput(JSON.stringify(input));
  if (!reading.ok) throw new Error(reading.error.code);
  return evaluate(compiledTemplate(template), reading.input);
}

describe.each(SCHEME_TEMPLATES)('%s', (template) => {
  const cases: readonly Case[] = JSON.parse(readFileSync(join(__dirname, `${template}.json`), 'utf8'));

  it.each(cases.map(({ input, expected }, index): [number, Case] => [index, { input, expected }]))(
    'case %d',
    (_index, { input, expected }) => {
      const { score, grade, sections, pay, outcome, actions, errors } = evaluated(template, input);
      expect(errors).toEqual([]);
      const indicators = sections.flatMap((section) => section.indicators.map(({ key, score: points }) => [key, points]));
      expect({
        score,
        grade,
        ...(expected.indicators && { indicators }),
        pay: pay.lines.map(({ key, amount }) => [key, amount]),
        total: pay.total,
        outcome,
        actions: actions.map(({ key }) => key),
      }).toEqual(expected);
    },
  );
});
