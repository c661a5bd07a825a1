import { canonicalJson } from '#kernel';
import fc from 'fast-check';
import { compiledTemplate, loadScheme, SCHEME_TEMPLATES, templateText } from '../application/templates';
import type { EvaluationInput, ExplanationNode } from '../contracts/evaluation';
import { compileScheme } from './compile';
import { evaluate } from './evaluate.policy';
import { parseExactJson, JsonNumber, type ExactJson } from './inputs/exact-json';
import { explanationHash, explanationText } from './explanation';
import { readScheme, sourceOf, writeScheme } from './reading/scheme-text';
import { BEHAVIOUR_EXAMPLE, TEMPLATE_EXAMPLES, TWELVE_EXAMPLE, WEIGHTED_EXAMPLE } from './templates/worked-examples.test-kit';

const weighted = compiledTemplate('weighted-70-20-10');

const money = fc.integer({ min: 0, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2));
const target = fc.integer({ min: 1, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2));
const count = fc.integer({ min: 0, max: 20 }).map(String);
const rating = fc.integer({ min: 0, max: 1_000 }).map((tenths) => (tenths / 10).toFixed(1));

const inputs = fc.record({
  period: fc.constant('2026-10'),
  facts: fc.record({
    'sales.amount': money,
    'sales.target': target,
    'receivable.due': money,
    'receivable.collected': money,
    'customers.new': count,
    'customers.new_target': fc.integer({ min: 1, max: 9 }).map(String),
    'complaints.filed': count,
    'absences.days': fc.integer({ min: 0, max: 80 }).map((quarters) => String(quarters / 4)),
    'pay.base': money,
    'pay.commission': money,
    'pay.deposit_held': money,
  }),
  ratings: fc.record({ knowledge: rating, analysis: rating, communication: rating, adaptability: rating, diligence: rating }),
});

const decimalText = (units: bigint): string => `${units / 100n}.${String(units % 100n).padStart(2, '0')}`;

/** Independent of the product's arithmetic: cents as whole numbers. */
const hundredths = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(2, '0'));
  return text.startsWith('-') ? -size : size;
};

describe('evaluation', () => {
  it('gives the same bytes on repeat, whatever the order of facts', () => {
    fc.assert(
      fc.property(inputs, fc.func(fc.integer()), (input, order) => {
        const shuffled = Object.fromEntries(Object.entries(input.facts).sort(([a], [b]) => order(a) - order(b)));
        expect(JSON.stringify(evaluate(weighted, { ...input, facts: shuffled }))).toBe(JSON.stringify(evaluate(weighted, input)));
      }),
    );
  });

  it('adds up: indicators to sections to score, lines to total', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { score, sections, pay } = evaluate(weighted, input);
        for (const section of sections)
          expect(section.indicators.reduce((sum, one) => sum + hundredths(one.score), 0n)).toBe(hundredths(section.score));
        expect(sections.reduce((sum, one) => sum + hundredths(one.score), 0n)).toBe(hundredths(score ?? ''));
        expect(pay.lines.reduce((sum, one) => sum + hundredths(one.amount), 0n)).toBe(hundredths(pay.total ?? ''));
      }),
    );
  });

  it('stays within the declared range, always with a grade, and never pays below zero', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { score, grade, pay } = evaluate(weighted, input);
        expect(hundredths(score ?? '') >= 0n && hundredths(score ?? '') <= 10_000n).toBe(true);
        expect(['A', 'B', 'C', 'D', 'E']).toContain(grade);
        expect(hundredths(pay.total ?? '') >= 0n).toBe(true);
        expect(JSON.stringify(pay)).not.toContain('-0.00');
      }),
    );
  });

  it('never falls when sales rise', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 1, max: 1_000_000 }), (input, more) => {
        const raised = {
          ...input,
          facts: { ...input.facts, 'sales.amount': decimalText(hundredths(input.facts['sales.amount']) + BigInt(more)) },
        };
        const [before, after] = [evaluate(weighted, input).score, evaluate(weighted, raised).score];
        expect(hundredths(after ?? '') >= hundredths(before ?? '')).toBe(true);
      }),
    );
  });

  it('bands cover the whole line without gap: every score has exactly the grade of its band', () => {
    const grade = (score: string) =>
      evaluate(weighted, { period: '2026', facts: {}, ratings: {}, history: [{ period: '2026-01', score }] }).grade;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), (units) => {
        const expected = units >= 9_000 ? 'A' : units >= 8_000 ? 'B' : units >= 6_000 ? 'C' : units >= 5_000 ? 'D' : 'E';
        expect(grade((units / 100).toFixed(2))).toBe(expected);
      }),
    );
  });

  it('names errors whatever is thrown at it, and never throws', () => {
    fc.assert(
      fc.property(
        fc.object(),
        fc.object(),
        fc.array(fc.anything()),
        fc.constantFrom('2026-10', '2026', '2026-Q1', 'x'),
        (facts, ratings, history, period) => {
          const wild: Record<string, never> = facts as never;
          const result = evaluate(weighted, { period, facts: wild, ratings, history });
          expect(result.errors.length > 0 || result.score !== null).toBe(true);
        },
      ),
    );
  });
});

describe('a scheme text', () => {
  it.each(SCHEME_TEMPLATES)('%s serialised, read and evaluated again is the same', (template) => {
    const reading = readScheme(templateText(template));
    if (!reading.ok) throw new Error('unreadable');
    const again = readScheme(writeScheme(reading.source.document));
    expect(again).toMatchObject({ ok: true, source: { document: reading.source.document } });
    const [first, second] = [loadScheme(templateText(template)), compileScheme(sourceOf(reading.source.document))];
    if (!first.ok || !second.ok) throw new Error('does not compile');
    const example = TEMPLATE_EXAMPLES[template];
    expect(JSON.stringify(evaluate(second.scheme, example))).toBe(JSON.stringify(evaluate(first.scheme, example)));
  });
});

describe('explanations', () => {
  const leaves = (node: ExplanationNode): readonly ExplanationNode[] =>
    node.inputs && node.inputs.length > 0 ? node.inputs.flatMap(leaves) : [node];

  it('are written as canonical JSON', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { explanation } = evaluate(weighted, input);
        if (!explanation) throw new Error('no explanation');
        expect(explanationText(explanation)).toBe(canonicalJson(explanation));
      }),
    );
  });

  it('lead to every recorded fact with its event position', () => {
    let position = 100;
    const facts = Object.fromEntries(
      Object.entries(WEIGHTED_EXAMPLE.facts).map(([key, value]) => [key, { value, positions: [(position += 1)], factId: `fact-${key}` }]),
    );
    const { explanation } = evaluate(weighted, { ...WEIGHTED_EXAMPLE, facts });
    if (!explanation) throw new Error('no explanation');
    const found = new Map(
      leaves(explanation)
        .filter((leaf) => leaf.rule === 'fact')
        .map((leaf) => [leaf.key, leaf]),
    );
    for (const [key, { value, positions, factId }] of Object.entries(facts))
      expect(found.get(key)).toEqual({ key, rule: 'fact', value, positions, factId });
    expect(explanationText(explanation)).toBe(canonicalJson(explanation));
  });

  it('resolve every reference within the tree', () => {
    const { explanation } = evaluate(compiledTemplate('result-times-behaviour'), BEHAVIOUR_EXAMPLE);
    if (!explanation) throw new Error('no explanation');
    const keys = new Set<string>();
    const collect = (node: ExplanationNode): void => {
      if (node.rule !== 'reference') keys.add(node.key);
      node.inputs?.forEach(collect);
    };
    collect(explanation);
    for (const leaf of leaves(explanation)) expect(keys.has(leaf.key)).toBe(true);
  });

  it('have a hash that holds evaluator version 1 to its bytes', () => {
    const hashOf = (template: (typeof SCHEME_TEMPLATES)[number], input: EvaluationInput) => {
      const { explanation } = evaluate(compiledTemplate(template), input);
      return explanation && explanationHash(explanation);
    };
    expect(hashOf('weighted-70-20-10', WEIGHTED_EXAMPLE)).toMatchInlineSnapshot(
      `"5d2aaf4df183daeb873feadacfc565d696eb6c00bf6bd23a87a023a6abf9adc8"`,
    );
    expect(hashOf('result-times-behaviour', BEHAVIOUR_EXAMPLE)).toMatchInlineSnapshot(
      `"0cc1905cade290cc3a4d30c0a6300b7369e3b9660ae6b25f47f97f760cafd811"`,
    );
    expect(hashOf('twelve-item-sheet', TWELVE_EXAMPLE)).toMatchInlineSnapshot(
      `"f97240ece2657d70c0d21ab3f28fc51cfc8ad53d369545ced4148762a8bba09b"`,
    );
  });
});

describe('exact JSON', () => {
  const plain = (json: ExactJson): unknown => {
    if (json instanceof JsonNumber) return Number(json.source);
    if (Array.isArray(json)) return json.map(plain);
    if (typeof json === 'object' && json !== null)
      return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, plain(value)]));
    return json;
  };

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const parsed = parseExactJson(text);
        expect(parsed === undefined ? undefined : plain(parsed)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', '0', '.5', 'e1', 'true', 'nul', ' ', '\\', '"'), {
          maxLength: 12,
        }),
        (parts) => {
          const text = parts.join('');
          let expected = true;
          try {
            JSON.parse(text);
          } catch {
            expected = false;
          }
          expect(parseExactJson(text) !== undefined).toBe(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
