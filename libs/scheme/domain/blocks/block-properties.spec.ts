import { type Fraction } from '#kernel';
import fc from 'fast-check';
import { compiledTemplate, SCHEME_TEMPLATES } from '../../application/templates';
import type { EvaluationInput } from '../../contracts/evaluation';
import type { CompiledScheme } from '../compile';
import { type GradeShare, largestRemainder } from './distribution.policy';
import { evaluate, evaluateBatch } from '../evaluate.policy';
import { count, evaluated, indicatorScheme, money, october, smallScheme } from './small-scheme.test-kit';
import { TEMPLATE_EXAMPLES } from '../templates/worked-examples.test-kit';

/* What holds of every block whatever the numbers. Expectations are in whole cents, apart from the product's arithmetic. */

const cents = (text: string | null | undefined): bigint => {
  if (text === null || text === undefined) throw new Error('no number');
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(2, '0'));
  return negative ? -size : size;
};
const text = (hundredths: number): string => `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
const amount = fc.integer({ min: 0, max: 20_000_000 }).map(text);
const above0 = fc.integer({ min: 1, max: 20_000_000 }).map(text);
const few = fc.integer({ min: 0, max: 40 }).map(String);

describe('points of methods that only go one way', () => {
  const two = { 'a.value': money, 'b.value': { ...money, positive: true } };
  const rising = {
    kind: 'step',
    below: '5%',
    rows: [
      { from: 10, value: '20%' },
      { over: 500, value: '20%' },
      { from: 90000, value: '100%' },
    ],
  };
  const straight = {
    kind: 'linear',
    rows: [
      { at: 0, value: 0 },
      { at: 1000, value: '80%' },
      { at: 50000, value: '100%' },
    ],
  };
  const growing: Readonly<Record<string, CompiledScheme>> = {
    ratio: indicatorScheme({ kind: 'ratio', actual: 'a.value', target: 'b.value', cap: '120%', floor: '10%' }, { facts: two }),
    share: indicatorScheme({ kind: 'share', done: 'a.value', due: 'b.value' }, { facts: two }),
    sla: indicatorScheme({ kind: 'sla', met: 'a.value', of: 'b.value', from: '30%', fullAt: '90%' }, { facts: two }),
    growth: indicatorScheme({ kind: 'growth', now: 'a.value', before: 'b.value', fullAt: '10%' }, { facts: two }),
    bonus: indicatorScheme({ kind: 'bonus', count: 'a.value', each: '0.01' }, { facts: two }),
    tiers: indicatorScheme({ kind: 'tiers', of: 'a.value', table: 't' }, { facts: two, tables: { t: rising } }),
    straight: indicatorScheme({ kind: 'tiers', of: 'a.value', table: 't' }, { facts: two, tables: { t: straight } }),
  };
  const falling: Readonly<Record<string, CompiledScheme>> = {
    deduct: indicatorScheme({ kind: 'deduct', count: 'a.value', each: '0.003' }, { facts: two }),
    attendance: indicatorScheme({ kind: 'attendance', days: 'a.value', each: '0.01' }, { facts: two }),
    any: indicatorScheme({ kind: 'any-takes-all', count: 'a.value' }, { facts: two }),
  };
  const pointsOf = (scheme: CompiledScheme, a: string, b: string): bigint =>
    cents(evaluated(scheme, october({ 'a.value': a, 'b.value': b })).score);
  const most = (kind: string): bigint => (kind === 'ratio' ? 1_200n : 1_000n);

  it.each(Object.keys(growing))('%s never falls when more is done, and stays between 0 and its most', (kind) => {
    const scheme = growing[kind];
    if (!scheme) throw new Error(kind);
    fc.assert(
      fc.property(amount, above0, fc.integer({ min: 1, max: 5_000_000 }), (a, b, more) => {
        const [before, after] = [pointsOf(scheme, a, b), pointsOf(scheme, text(Number(cents(a)) + more), b)];
        expect(after >= before && before >= 0n && after <= most(kind)).toBe(true);
      }),
    );
  });

  it.each(Object.keys(falling))('%s never rises with more occurrences, and stays between 0 and its points', (kind) => {
    const scheme = falling[kind];
    if (!scheme) throw new Error(kind);
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 5_000_000 }), (a, more) => {
        const [before, after] = [pointsOf(scheme, a, '1'), pointsOf(scheme, text(Number(cents(a)) + more), '1')];
        expect(after <= before && before <= 1_000n && after >= 0n).toBe(true);
      }),
    );
  });
});

describe('sums', () => {
  const scheme = smallScheme({
    facts: { 'a.value': money, 'b.value': { ...money, positive: true }, 'c.count': count, 'pay.held': money },
    ratings: { again: { type: 'list', items: 'lines', by: 'manager' } },
    tables: {
      whole: {
        kind: 'step',
        below: 0,
        rows: [
          { from: '80%', value: '1.3%' },
          { over: 1, value: '2.7%' },
        ],
      },
      slices: {
        kind: 'marginal',
        rows: [
          { from: 100, rate: '0.33%' },
          { from: 5000, rate: '1%' },
        ],
      },
    },
    sections: [
      {
        key: 'shown',
        counts: '0%',
        indicators: [{ key: 'x', points: 9, method: { kind: 'ratio', actual: 'a.value', target: 'b.value' } }],
      },
      {
        key: 'one',
        indicators: [
          { key: 'y', points: 33, counts: '33%', method: { kind: 'ratio', actual: 'a.value', target: 'b.value' }, doubledBy: 'again' },
          { key: 'z', points: 11, method: { kind: 'deduct', count: 'c.count', each: 0.7 }, zeroWhen: 'c.count > 30', doubledBy: 'again' },
        ],
      },
      { key: 'two', counts: '12.5%', indicators: [{ key: 'w', points: 77, method: { kind: 'attendance', days: 'c.count', each: 3.3 } }] },
    ],
    pay: [
      { key: 'whole', kind: 'commission', on: 'a.value', by: 'a.value / b.value', table: 'whole', unless: 'c.count > 20' },
      { key: 'slices', kind: 'commission', on: 'a.value', table: 'slices', round: { places: 1, mode: 'half-even' } },
      { key: 'third', kind: 'formula', formula: 'score * a.value / 3', round: { places: 0, mode: 'up' } },
      { key: 'gated', kind: 'gated', formula: 'line.third / 7', unless: 'c.count > 5', round: { places: 2, mode: 'down' } },
      { key: 'deposit', kind: 'deposit', monthly: 200, ceiling: 2400, held: 'pay.held', atMost: 'line.whole', when: 'c.count > 1' },
    ],
  });
  const inputs = fc
    .record({ a: amount, b: above0, c: few, held: amount, again: fc.subarray(['y', 'z']) })
    .map(({ a, b, c, held, again }) => october({ 'a.value': a, 'b.value': b, 'c.count': c, 'pay.held': held }, { ratings: { again } }));

  it('lines add up to the total, every line is there, and no deposit takes more than there is', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { pay } = evaluated(scheme, input);
        expect(pay.lines.map(({ key }) => key)).toEqual(['whole', 'slices', 'third', 'gated', 'deposit']);
        expect(pay.lines.reduce((sum, line) => sum + cents(line.amount), 0n)).toBe(cents(pay.total));
        const [whole, , , , deposit] = pay.lines;
        expect(cents(deposit?.amount) <= 0n && cents(deposit?.amount) + cents(whole?.amount) >= 0n).toBe(true);
      }),
    );
  });

  it('what counts of indicators and sections adds up to the score, each share rounded again', () => {
    const half = (units: bigint, parts: bigint): bigint => (units * parts * 2n + 1_000n) / 2_000n;
    fc.assert(
      fc.property(inputs, (input) => {
        const { sections, score } = evaluated(scheme, input);
        const shown = new Map(
          sections.flatMap(
            (section) =>
              [[section.key, cents(section.score)], ...section.indicators.map((one) => [one.key, cents(one.score)] as const)] as const,
          ),
        );
        const at = (key: string): bigint => shown.get(key) ?? -1n;
        expect(at('one')).toBe(half(at('y'), 330n) + at('z'));
        expect(cents(score)).toBe(at('one') + half(at('two'), 125n));
      }),
    );
  });

  it('the same bytes on repeat, in a cohort, and whatever the order of facts', () => {
    fc.assert(
      fc.property(fc.array(inputs, { maxLength: 5 }), (cohort) => {
        const turned = cohort.map((input) => ({ ...input, facts: Object.fromEntries(Object.entries(input.facts).reverse()) }));
        expect(JSON.stringify([...evaluateBatch(scheme, turned)])).toBe(JSON.stringify(cohort.map((input) => evaluate(scheme, input))));
      }),
    );
  });
});

describe('bands', () => {
  const bound = fc.record({ at: fc.integer({ min: 0, max: 12_000 }), inclusive: fc.boolean() });
  it('cover the line without gap: every score is in the first band that it reaches', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(bound, { selector: ({ at }) => at, minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 12_500 }), { maxLength: 30 }),
        (bounds, scores) => {
          const sorted = [...bounds].sort((a, b) => b.at - a.at);
          const list = sorted.map(({ at, inclusive }, index) => ({ key: `b${index}`, [inclusive ? 'from' : 'over']: text(at) }));
          const scheme = smallScheme({
            facts: { 'a.value': money },
            sections: [{ key: 's', indicators: [{ key: 'i', points: 125, method: { kind: 'formula', formula: 'a.value' } }] }],
            bands: { on: 'score', list: [...list, { key: 'last' }] },
          });
          for (const score of [...scores, ...bounds.map(({ at }) => at)]) {
            const first = sorted.findIndex(({ at, inclusive }) => score > at || (inclusive && score === at));
            expect(evaluated(scheme, october({ 'a.value': text(score) })).grade).toBe(first === -1 ? 'last' : `b${first}`);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('quotas', () => {
  const parts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 9 }).filter((all) => all.some((one) => one > 0));

  it('add up to any number of people, each within one of its exact share, better grades never behind level ones', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 5_000 }), (of, people) => {
        const whole = BigInt(of.reduce((sum, one) => sum + one, 0));
        const shares = of.map((one, index): GradeShare => ({
          grade: `g${index}`,
          share: { num: BigInt(one), den: whole } satisfies Fraction,
        }));
        const targets = largestRemainder(shares, people);
        expect(targets.reduce((sum, target) => sum + target.people, 0)).toBe(people);
        targets.forEach((target, index) => {
          const exact = BigInt(of[index] ?? 0) * BigInt(people);
          const off = BigInt(target.people) * whole - exact;
          expect(off > -whole && off < whole).toBe(true);
          const before = targets.findIndex((_, other) => other < index && of[other] === of[index]);
          if (before !== -1) expect((targets[before]?.people ?? 0) >= target.people).toBe(true);
        });
      }),
    );
  });
});

describe('prizes', () => {
  const scheme = smallScheme({
    facts: { 'sales.amount': money, 'group.sales': { ...money, group: 'sales.amount' } },
    sections: [],
    score: 'none',
    outcome: [
      { key: 'place', type: 'integer', value: '1 + ahead(group.sales, sales.amount)' },
      { key: 'holders', type: 'integer', value: '1 + level(group.sales, sales.amount)' },
    ],
    pay: [{ key: 'prize', kind: 'prize', place: 'outcome.place', holders: 'outcome.holders', prizes: [3000, 2000, 1000, 500.5] }],
  });
  // Few different values, so that many are level.
  const groups = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 14 });
  const prizeOf = (group: readonly number[], index: number, standing: boolean): bigint => {
    const at = group[index] ?? 0;
    const others = group.filter((_, other) => other !== index);
    const inWords = {
      standing: {
        of: others.length,
        ahead: others.filter((one) => one > at).length,
        level: others.filter((one) => one === at).length,
        at: String(at),
      },
    };
    return cents(
      evaluated(scheme, october({ 'sales.amount': String(at), 'group.sales': standing ? inWords : others.map(String) })).pay.total,
    );
  };

  it('never overdraw the pool, are level for those level, and never less for who is ahead', () => {
    fc.assert(
      fc.property(groups, (group) => {
        const prizes = group.map((_, index) => prizeOf(group, index, false));
        const pool = [300_000n, 200_000n, 100_000n, 50_050n].slice(0, group.length).reduce((sum, one) => sum + one, 0n);
        const paid = prizes.reduce((sum, one) => sum + one, 0n);
        // What is cut off is less than a cent for each.
        expect(paid <= pool && pool - paid < BigInt(group.length)).toBe(true);
        group.forEach((value, index) => {
          group.forEach((other, at) => {
            if (value === other) expect(prizes[index]).toBe(prizes[at]);
            if (value > other) expect((prizes[index] ?? 0n) >= (prizes[at] ?? 0n)).toBe(true);
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  it('are the same by a standing as by the list of the others', () => {
    fc.assert(
      fc.property(groups, fc.nat(), (group, pick) => {
        const index = pick % group.length;
        expect(prizeOf(group, index, true)).toBe(prizeOf(group, index, false));
      }),
      { numRuns: 60 },
    );
  });
});

describe('parts of a period', () => {
  const scheme = indicatorScheme({ kind: 'rating', rating: 'r' }, { ratings: { r: { type: 'points', to: 10, by: 'manager' } } });
  const part = fc.record({ days: fc.integer({ min: 1, max: 60 }), points: fc.integer({ min: 0, max: 1_000 }) });

  it('in any order give the same bytes, and the exact mean of their scores by days, rounded once', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.func(fc.integer()), (all, order) => {
        const parts = all.map(({ days, points }, index) => ({
          part: `u${index}`,
          workingDays: text(days * 50),
          ratings: { r: text(points) },
        }));
        const result = evaluated(scheme, october({}, { parts }));
        const shuffled = [...parts].sort((a, b) => order(a.part) - order(b.part));
        expect(JSON.stringify(evaluate(scheme, october({}, { parts: shuffled })))).toBe(JSON.stringify(result));
        const days = BigInt(all.reduce((sum, one) => sum + one.days, 0));
        const sum = all.reduce((total, one) => total + BigInt(one.days * one.points), 0n);
        expect(cents(result.score)).toBe((2n * sum + days) / (2n * days));
      }),
    );
  });
});

describe('every template', () => {
  /** Its worked example with every plain number of facts and ratings changed a little, so far as that is allowed. */
  const shaken = (example: EvaluationInput, by: readonly number[]): EvaluationInput => {
    let at = 0;
    const shake = (value: unknown): unknown => {
      at += 1;
      const off = by[at % by.length] ?? 0;
      return typeof value === 'string' && /^\d+$/.test(value) ? String(Math.max(1, Number(value) - off)) : value;
    };
    const facts = Object.fromEntries(Object.entries(example.facts).map(([key, value]) => [key, shake(value)])) as EvaluationInput['facts'];
    return { ...example, facts };
  };

  it.each(SCHEME_TEMPLATES)('%s adds up, stays at or above 0 and gives the same bytes on repeat', (template) => {
    const scheme = compiledTemplate(template);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 7 }), (by) => {
        const input = shaken(TEMPLATE_EXAMPLES[template], by);
        const result = evaluate(scheme, input);
        const again = evaluate(scheme, { ...input, facts: Object.fromEntries(Object.entries(input.facts).reverse()) });
        expect(JSON.stringify(again)).toBe(JSON.stringify(result));
        if (result.errors.length > 0) return;
        expect(result.pay.lines.reduce((sum, line) => sum + cents(line.amount), 0n)).toBe(cents(result.pay.total));
        if (result.score !== null) expect(cents(result.score) >= 0n).toBe(true);
        const reached = evaluate(scheme, { ...input, until: 'score' });
        expect(reached).toMatchObject({ score: result.score, grade: result.grade, sections: result.sections, errors: [], pending: true });
      }),
      { numRuns: 40 },
    );
  });
});
