import fc from 'fast-check';
import { compiledTemplate, SCHEME_TEMPLATES } from '../../application/templates';
import type { EvaluationInput } from '../../contracts/evaluation';
import { evaluate } from '../evaluate.policy';
import { readScoreInput } from './score-input';
import { TEMPLATE_EXAMPLES } from '../templates/worked-examples.test-kit';

/* What no input can do, for every template from its worked example. */

const CODES = new Set([
  'invalid-period',
  'duplicate-period',
  'missing-fact',
  'missing-rating',
  'missing-attribute',
  'missing-history',
  'unknown-value',
  'invalid-number',
  'negative-fact',
  'not-whole',
  'zero-target',
  'out-of-range',
  'duplicate-item',
  'inconsistent',
  'missing-reason',
  'missing-approval',
  'too-many-raters',
]);

const pieces = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'x',
    '0',
    '-1',
    '1.5',
    '101',
    '1e3',
    true,
    [],
    {},
    ['x', 'x'],
    ['1', '-1'],
    { value: '5' },
    { standing: null },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** The example with some members replaced, added or in another order. */
const changed = (example: EvaluationInput) =>
  fc
    .record({
      facts: fc.dictionary(fc.constantFrom(...Object.keys(example.facts), 'other.fact', '__proto__'), pieces, { maxKeys: 3 }),
      ratings: fc.dictionary(fc.constantFrom('other', ...Object.keys(example.ratings)), pieces, { maxKeys: 3 }),
      employee: fc.option(fc.dictionary(fc.constantFrom('role'), pieces), { nil: example.employee ?? {} }),
      history: fc.array(
        fc.oneof(
          pieces,
          fc.record({
            period: fc.constantFrom('2026-09', '2026-08', '2026-Q2', '2026-Q1', '2025', 'x'),
            score: pieces,
            facts: fc.dictionary(fc.constantFrom('satisfaction.rate', 'rank.place', 'rank.of'), pieces),
          }),
        ),
        { maxLength: 4 },
      ),
      period: fc.constantFrom(example.period, '2026-10', '2026-Q3', '2026'),
    })
    .map(({ facts, ratings, ...rest }) =>
      JSON.stringify({ ...rest, facts: { ...example.facts, ...facts }, ratings: { ...example.ratings, ...ratings } }),
    );

describe.each(SCHEME_TEMPLATES)('%s', (template) => {
  const scheme = compiledTemplate(template);
  const example = TEMPLATE_EXAMPLES[template];

  it('scores or names errors of the table, one a key and sorted, whatever it is given', () => {
    fc.assert(
      fc.property(changed(example), (text) => {
        const reading = readScoreInput(text);
        if (!reading.ok) return;
        const result = evaluate(scheme, reading.input);
        const keys = result.errors.map(({ key }) => key);
        expect(keys).toEqual([...new Set(keys)].sort());
        const outer = result.errors.some(({ code }) => code === 'unsupported-period');
        if (!outer) for (const { code } of result.errors) expect(CODES).toContain(code);
        if (keys.length > 0) expect(result).toMatchObject({ score: null, grade: null, pay: { lines: [], total: null }, actions: [] });
        else expect(result.explanation).not.toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same bytes whatever the order of what it is given', () => {
    const shuffled = <T>(record: Readonly<Record<string, T>>, order: (key: string) => number): Record<string, T> =>
      Object.fromEntries(Object.entries(record).sort(([a], [b]) => order(a) - order(b)));
    const expected = JSON.stringify(evaluate(scheme, example));
    fc.assert(
      fc.property(fc.func(fc.integer()), (order) => {
        const history = [...(example.history ?? [])].sort((a, b) => order(JSON.stringify(a)) - order(JSON.stringify(b)));
        const input = { ...example, facts: shuffled(example.facts, order), ratings: shuffled(example.ratings, order), history };
        expect(JSON.stringify(evaluate(scheme, input))).toBe(expected);
      }),
      { numRuns: 10 },
    );
  });
});
