import { compiledTemplate, SCHEME_TEMPLATES, type SchemeTemplate, templateText } from '../application/templates';
import type { Evaluation, EvaluationInput } from '../contracts/evaluation';
import { evaluate } from './evaluate.policy';
import { BEHAVIOUR_EXAMPLE, TWELVE_EXAMPLE, WEIGHTED_EXAMPLE } from './worked-examples';

type Change = {
  readonly facts?: Record<string, string>;
  readonly ratings?: Record<string, unknown>;
  readonly period?: string;
  readonly history?: readonly unknown[];
};

function scored(template: SchemeTemplate, example: EvaluationInput, change: Change = {}): Evaluation {
  const input = { ...example, ...change, facts: { ...example.facts, ...change.facts }, ratings: { ...example.ratings, ...change.ratings } };
  const result = evaluate(compiledTemplate(template), input);
  expect(result.errors).toEqual([]);
  return result;
}

const indicators = (result: Evaluation): [string, string][] =>
  result.sections.flatMap((section) => section.indicators.map(({ key, score }): [string, string] => [key, score]));
const amounts = (result: Evaluation) => result.pay.lines.map(({ key, amount }) => [key, amount]);

it('every template compiles and names itself', () => {
  for (const template of SCHEME_TEMPLATES) {
    expect(compiledTemplate(template).id).toBe(template);
    expect(templateText(template)).toContain('zh-CN');
  }
});

describe('weighted-70-20-10', () => {
  const weighted = (change?: Change) => scored('weighted-70-20-10', WEIGHTED_EXAMPLE, change);
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
  const behaved = (change?: Change) => scored('result-times-behaviour', BEHAVIOUR_EXAMPLE, change);

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

describe('twelve-item-sheet', () => {
  const sheet = (change?: Change) => scored('twelve-item-sheet', TWELVE_EXAMPLE, change);

  it('gives the worked example: 84.59', () => {
    const result = sheet();
    expect(indicators(result).map(([, score]) => score)).toEqual([
      '27.60',
      '3.75',
      '6.67',
      '9.50',
      '10.00',
      '8.75',
      '2.27',
      '3.00',
      '4.50',
      '4.38',
      '4.17',
    ]);
    expect(result).toMatchObject({ score: '84.59', grade: null, outcome: {}, actions: [], pay: { lines: [], total: '0.00' } });
  });

  it('growth from nothing is full with any sales and none without', () => {
    const growth = (amount: string, previous: string) =>
      Object.fromEntries(indicators(sheet({ facts: { 'sales.amount': amount, 'sales.previous': previous } })))['growth'];
    expect(growth('1', '0')).toBe('5.00');
    expect(growth('0', '0')).toBe('0.00');
    expect(growth('110', '100')).toBe('5.00');
    expect(growth('109.99', '100')).toBe('5.00');
    expect(growth('105', '100')).toBe('2.50');
    expect(growth('90', '100')).toBe('0.00');
  });

  it('nothing due is full, lost customers stop at 0', () => {
    const result = Object.fromEntries(
      indicators(
        sheet({
          facts: { 'plans.due': '0', 'plans.done': '0', 'requests.received': '0', 'requests.answered': '0', 'customers.lost': '9' },
        }),
      ),
    );
    expect(result).toMatchObject({ plans_and_reports: '5.00', requests: '5.00', lost_customers: '0.00' });
  });

  it('ratios are compared and multiplied exactly before they are rounded once', () => {
    const result = Object.fromEntries(indicators(sheet({ facts: { 'sales.amount': '99999.9999999999', 'sales.target': '100000' } })));
    expect(result['completion']).toBe('30.00');
  });
});
