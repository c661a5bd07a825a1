import { compiledTemplate } from '../../application/templates';
import type { Evaluation } from '../../contracts/evaluation';
import { evaluate } from '../evaluate.policy';
import { type Change, errors, scored } from './worked-examples.test-kit';

/* Templates 4 and 5: result-times-behaviour, weighted-70-20-10. */

const indicators = (result: Evaluation): [string, string][] =>
  result.sections.flatMap((section) => section.indicators.map(({ key, score }): [string, string] => [key, score]));
const amounts = (result: Evaluation) => result.pay.lines.map(({ key, amount }) => [key, amount]);

describe('weighted-70-20-10', () => {
  const weighted = (change?: Change) => scored('05-month', change);
  /** Completion chosen so that the other 56 points of the example stay: 33.99 of 40 and so on. */
  const withScore = (sales: string, rest: Change = {}) =>
    weighted({
      ...rest,
      facts: { 'complaints.filed': '0', 'absences.days': '0', 'receivable.due': '0', ...rest.facts, 'sales.amount': sales },
    });

  it('gives the worked example: 88.80, B, 5000.00 + 3600.00 − 200.00', () => {
    const result = weighted();
    expect(result).toMatchObject({ score: '88.80', grade: 'B', outcome: { level_change: 1, commission_share: '90' }, actions: [] });
    expect(indicators(result)).toEqual([
      ['completion', '38.00'],
      ['collections', '13.50'],
      ['new_customers', '15.00'],
      ['knowledge', '4.00'],
      ['analysis', '4.50'],
      ['communication', '3.50'],
      ['adaptability', '4.00'],
      ['attendance', '3.60'],
      ['diligence', '2.70'],
      ['service_awareness', '0.00'],
    ]);
    expect(amounts(result)).toEqual([
      ['base', '5000.00'],
      ['commission', '3600.00'],
      ['deposit', '-200.00'],
    ]);
    expect(result.pay.total).toBe('8400.00');
  });

  it('89.99 with commission 4000.55 and 2400 held pays 8600.50', () => {
    // 38.xx + 15 + 15 + 16 + 4 + 2.7 + 0 = 89.99 needs completion 37.29 of 40.
    const result = withScore('93225', { facts: { 'complaints.filed': '1', 'pay.commission': '4000.55', 'pay.deposit_held': '2400' } });
    expect(result).toMatchObject({ score: '89.99', grade: 'B', pay: { total: '8600.50' } });
    expect(amounts(result)).toEqual([
      ['base', '5000.00'],
      ['commission', '3600.50'],
      ['deposit', '0.00'],
    ]);
  });

  it('49.99 with base 5000.05 pays 3000.03 and withholds nothing', () => {
    // 0.29 + 15 + 15 + 16 + 1 + 2.7 + 0 = 49.99
    const result = withScore('725', { facts: { 'complaints.filed': '1', 'pay.base': '5000.05', 'absences.days': '7.5' } });
    expect(result).toMatchObject({
      score: '49.99',
      grade: 'E',
      outcome: { level_change: 0, commission_share: '0' },
      actions: [{ key: 'improvement-plan' }],
    });
    expect(amounts(result)).toEqual([
      ['base', '3000.03'],
      ['commission', '0.00'],
      ['deposit', '0.00'],
    ]);
    expect(result.pay.total).toBe('3000.03');
  });

  it('bands include their lower bound', () => {
    // 15 + 15 + 16 + 4 + 2.7 + 3 = 55.70 beside completion
    const at = (sales: string, ratings?: Record<string, string>) => {
      const { score, grade } = withScore(sales, ratings ? { ratings } : {});
      return [score, grade];
    };
    expect(at('85750')).toEqual(['90.00', 'A']);
    expect(at('85725')).toEqual(['89.99', 'B']);
    expect(at('60750')).toEqual(['80.00', 'B']);
    expect(at('60725')).toEqual(['79.99', 'C']);
    expect(at('10750')).toEqual(['60.00', 'C']);
    expect(at('10725')).toEqual(['59.99', 'D']);
  });

  it('D takes an observation period and still withholds', () => {
    const result = withScore('10725');
    expect(result).toMatchObject({
      grade: 'D',
      outcome: { level_change: -1, commission_share: '0' },
      actions: [{ key: 'observation-period' }],
    });
    expect(amounts(result)).toEqual([
      ['base', '5000.00'],
      ['commission', '0.00'],
      ['deposit', '-200.00'],
    ]);
  });

  it('the deposit is at most what is missing to the ceiling and what is paid', () => {
    const deposit = (facts: Record<string, string>) => weighted({ facts }).pay.lines[2]?.amount;
    expect(deposit({ 'pay.deposit_held': '2300' })).toBe('-100.00');
    expect(deposit({ 'pay.deposit_held': '2399.99' })).toBe('-0.01');
    expect(deposit({ 'pay.deposit_held': '9000' })).toBe('0.00');
    expect(deposit({ 'pay.base': '50', 'pay.commission': '10' })).toBe('-59.00');
    expect(deposit({ 'pay.base': '0', 'pay.commission': '0' })).toBe('0.00');
  });

  it('ratios are capped at 100 %, attendance counts a part of a day and stops at 0, nothing due is full', () => {
    const result = weighted({
      facts: { 'sales.amount': '250000', 'receivable.due': '0', 'receivable.collected': '7', 'absences.days': '0.25' },
    });
    expect(Object.fromEntries(indicators(result))).toMatchObject({ completion: '40.00', collections: '15.00', attendance: '3.90' });
    expect(Object.fromEntries(indicators(weighted({ facts: { 'absences.days': '31' } })))).toMatchObject({ attendance: '0.00' });
  });

  it('a year is the mean of the months that are there, with the same bands and without pay', () => {
    const history = [
      { period: '2026-03', score: '90.00' },
      { period: '2026-01', score: '80.00' },
      { period: '2025-12', score: 'unread' },
      { period: '2026-02', score: '84.08', facts: {} },
      { period: '2026-Q1' },
      { period: '2026' },
    ];
    const result = evaluate(compiledTemplate('weighted-70-20-10'), { period: '2026', facts: {}, ratings: {}, history });
    expect(result).toMatchObject({
      score: '84.69',
      grade: 'B',
      outcome: { level_change: 1, commission_share: '90' },
      actions: [],
      errors: [],
    });
    expect(result.pay).toEqual({ lines: [], total: '0.00' });
    expect(result.sections).toEqual([]);
  });

  it('a year ending in E asks for the improvement plan', () => {
    const result = evaluate(compiledTemplate('weighted-70-20-10'), {
      period: '2026',
      facts: {},
      ratings: {},
      history: [{ period: '2026-01', score: '49.994' }],
    });
    expect(result).toMatchObject({ score: '49.99', grade: 'E', actions: [{ key: 'improvement-plan' }] });
  });
});

describe('result-times-behaviour', () => {
  const behaved = (change?: Change) => scored('04-month', change);

  it('96000 of 80000 × 0.85 is 102.00 and pays 3060.00 of base 3000', () => {
    const result = behaved();
    expect(result).toMatchObject({
      score: '102.00',
      grade: 'good',
      outcome: { coefficient: '0.85' },
      actions: [],
      pay: { total: '3060.00' },
    });
    expect(indicators(result)).toEqual([['result', '120.00']]);
    expect(amounts(result)).toEqual([['performance_pay', '3060.00']]);
  });

  it('one violation sets score and pay to zero', () => {
    expect(behaved({ ratings: { violations: ['accident'] } })).toMatchObject({
      score: '0.00',
      grade: 'not-passed',
      outcome: { coefficient: '0' },
      pay: { total: '0.00' },
    });
  });

  it('2 of 3 × 0.95 is 63.34 and pays 6334.00 of base 10000', () => {
    const result = behaved({
      facts: { 'revenue.amount': '2', 'revenue.target': '3', 'pay.performance_base': '10000' },
      ratings: { behaviour: '0.95' },
    });
    expect(result).toMatchObject({ score: '63.34', pay: { total: '6334.00' } });
    expect(indicators(result)).toEqual([['result', '66.67']]);
  });

  it('the result is capped at 150', () => {
    expect(indicators(behaved({ facts: { 'revenue.amount': '400000' } }))).toEqual([['result', '150.00']]);
  });

  it.each([
    ['0', 'not-passed'],
    ['0.5999999999', 'not-passed'],
    ['0.6', 'pass'],
    ['0.7999', 'pass'],
    ['0.8', 'good'],
    ['0.9999999999', 'good'],
    ['1', 'excellent'],
    ['1.00', 'excellent'],
    ['1.0000000001', 'outstanding'],
    ['1.2', 'outstanding'],
  ])('coefficient %s is %s', (behaviour, grade) => {
    expect(behaved({ ratings: { behaviour } }).grade).toBe(grade);
  });
});

describe('result-times-behaviour, refused', () => {
  it('asks for the coefficient beside a violation, from 0 to 1.2, and knows four violations', () => {
    expect(errors('04-violation', { ratings: { behaviour: undefined } })).toEqual(['missing-rating behaviour']);
    expect(errors('04-month', { ratings: { behaviour: '1.2000000001', violations: ['speeding'] } })).toEqual([
      'out-of-range behaviour',
      'unknown-value violations',
    ]);
    expect(errors('04-month', { ratings: { behaviour: '-0.1', violations: ['accident', 'accident'] } })).toEqual([
      'out-of-range behaviour',
      'duplicate-item violations',
    ]);
    expect(errors('04-month', { facts: { 'revenue.target': '0', 'revenue.amount': '-1' } })).toEqual([
      'negative-fact revenue.amount',
      'zero-target revenue.target',
    ]);
    expect(errors('04-month', { period: '2026-Q4' })).toEqual(['unsupported-period period']);
  });
});

describe('weighted-70-20-10, refused', () => {
  it('names what is missing, whole or out of range', () => {
    expect(
      errors('05-month', {
        facts: { 'customers.new': '2.5', 'customers.new_target': '2.5', 'complaints.filed': '-1', 'absences.days': 'x' },
        ratings: { knowledge: '100.01', analysis: null },
      }),
    ).toEqual([
      'invalid-number absences.days',
      'missing-rating analysis',
      'negative-fact complaints.filed',
      'not-whole customers.new',
      'out-of-range knowledge',
    ]);
  });

  it('asks for a month at least in a year, each with its score', () => {
    expect(errors('05-year', { history: [] })).toEqual(['missing-history history']);
    expect(
      errors('05-year', { history: [{ period: '2026-01' }, { period: '2026-02', score: '-1' }, { period: '2026-03', score: 'x' }] }),
    ).toEqual(['missing-history history.2026-01.score', 'out-of-range history.2026-02.score', 'invalid-number history.2026-03.score']);
    expect(errors('05-month', { period: '2026-Q4' })).toEqual(['unsupported-period period']);
  });
});
