import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadScheme, templateText } from '../../application/templates';
import { SCHEME_LIMITS } from '../../contracts/document';
import { evaluate } from '../evaluate.policy';

/** A whole scheme that takes nothing from the library. */
const TEMPLATE = readFileSync(join(__dirname, '..', '..', '..', '..', 'test', 'schemes', 'written-out.yaml'), 'utf8');
const BEHAVIOUR = templateText('result-times-behaviour');

/** Line of the first text that holds `part`, from 1. */
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

function problems(text: string): readonly string[] {
  const loading = loadScheme(text);
  return loading.ok ? [] : loading.problems.map(({ code, path, line }) => `${line} ${code} ${path}`.trimEnd());
}

function changed(from: string, to: string, text = TEMPLATE): string {
  if (!text.includes(from)) throw new Error(`not in the template: ${from}`);
  return text.replace(from, to);
}

describe('a scheme that is no scheme is refused with line and path', () => {
  it.each([
    ['not YAML', 'a: [', 'invalid-yaml'],
    ['two documents', `${TEMPLATE}\n---\na: 1`, 'invalid-yaml'],
    ['a member twice', `${TEMPLATE}\nid: other`, 'invalid-yaml'],
    ['an alias', 'a: &x [1]\nb: *x', 'alias-in-scheme'],
    ['a merge of many', 'a: &a [x,x]\nb: &b [*a,*a]', 'alias-in-scheme'],
    ['too deep', '['.repeat(40) + ']'.repeat(40), 'invalid-yaml'],
    ['too long', '#'.repeat(SCHEME_LIMITS.textChars + 1), 'scheme-too-long'],
  ])('%s', (_what, text, code) => {
    expect(problems(text)[0]).toContain(code);
  });

  it.each([
    ['empty', ''],
    ['a list', '- a'],
    ['a word', 'scheme'],
  ])('%s', (_what, text) => {
    expect(problems(text).length).toBeGreaterThan(0);
  });

  it('an unknown member, with its line', () => {
    const text = changed('reviewAfterMonths: 12', 'reviewAfterMonths: 12\ncolour: red');
    expect(problems(text)[0]).toMatch(/^\d+ unknown-member/);
  });

  it('another language version', () => {
    expect(problems(changed('language: 1', 'language: 2'))).toEqual([`${lineOf(TEMPLATE, 'language: 1')} invalid-shape language`]);
  });

  it.each<[string, string, string]>([
    ['actual: sales.amount', 'actual: sales.amout', 'unknown-name sections.0.indicators.0.method.actual'],
    ['actual: sales.amount', 'actual: sales.amount +', 'formula-syntax sections.0.indicators.0.method.actual'],
    ['actual: sales.amount', 'actual: grade', 'circular-reference sections.0.indicators.0.method.actual'],
    ['actual: sales.amount', 'actual: score', 'circular-reference sections.0.indicators.0.method.actual'],
    ['{ kind: ratio, actual: sales.amount,', '{ kind: magic, actual: sales.amount,', 'invalid-shape sections.0.indicators.0.method.kind'],
    ['cap: 100%', 'cap: sales.target', 'unknown-name sections.0.indicators.0.method.cap'],
    ['points: param.completion_points', 'points: -1', 'negative-points sections.0.indicators.0.points'],
    ['rating: knowledge }', 'rating: nothing }', 'unknown-name sections.1.indicators.0.method.rating'],
    ['rating: knowledge }', "rating: 'a b' }", 'invalid-shape sections.1.indicators.0.method.rating'],
    ['of: 100 }', 'of: 0 }', 'not-above-zero sections.2.indicators.0.method.of'],
    ['completion_points: { value: 40,', 'completion_points: { value: 41,', 'points-do-not-sum sections.0.points'],
    ['completion_points: { value: 40,', 'completion_points: { value: sales.amount,', 'unknown-name parameters.completion_points.value'],
    ['points: 100\nsections', 'points: 99\nsections', 'points-do-not-sum points'],
    ['grade_b_from: { value: 80,', 'grade_b_from: { value: 95,', 'bands-out-of-order bands.list.1'],
    ['grade_b_from: { value: 80,', 'grade_b_from: { value: 90,', 'bands-out-of-order bands.list.1'],
    ['from: param.grade_b_from', 'title2: x', 'unknown-member bands.list.1.title2'],
    ['from: param.grade_b_from', 'help: x', 'unknown-member bands.list.1.help'],
    ['      from: param.grade_b_from\n', '', 'one-bound-needed bands.list.1'],
    ['- key: E\n', '- key: E\n      from: 1\n', 'last-band-has-bound bands.list.4'],
    ['- key: E\n', '- key: D\n', 'duplicate-name bands.list.4'],
    ['on: score\n', 'on: "\'A\'"\n', 'type-mismatch bands.on'],
    ['level_change: param.level_b, ', '', 'band-value-missing bands.list.1'],
    ['type: integer, value: band.level_change', 'type: integer, value: "\'x\'"', 'type-mismatch outcome.0.value'],
    ['formula: pay.base * band.base_share / 100', 'formula: pay.base * line.commission', 'used-before-computed pay.0.formula'],
    ["when: grade = 'D'", 'when: score', 'type-mismatch actions.0.when'],
    ["when: grade = 'D'", "when: grade > 'D'", 'type-mismatch actions.0.when'],
    ['held: pay.deposit_held', 'held: pay.deposit', 'unknown-name pay.2.held'],
    ['to: 100, by: manager, alsoBy: [self] }', 'to: 0, by: manager }', 'empty-range ratings.knowledge'],
    ['to: 100, by: manager, alsoBy: [self] }', 'to: 100, by: nobody }', 'invalid-shape ratings.knowledge.by'],
    ['sales.amount: {', 'line.amount: {', 'reserved-name facts.line.amount'],
    ['sales.amount: {', 'sales: {', 'invalid-shape facts.sales'],
    ['sales.amount: {', '销售.额: {', 'invalid-shape facts.销售.额'],
    ['unit: money, source: crm }', 'unit: yen, source: crm }', 'invalid-shape facts.sales.amount.unit'],
    ['first: 1, last: 4', 'first: 0, last: 4', 'invalid-shape schedule.month.0.first'],
    ['first: 1, last: 4', 'first: 1, last: 32', 'invalid-shape schedule.month.0.last'],
    ['panelOf: 3', 'panelOf: 2', 'invalid-shape appeal.panelOf'],
  ])('%s → %s', (from, to, expected) => {
    const text = changed(from, to);
    expect(problems(text).some((problem) => problem.includes(expected))).toBe(true);
  });

  it('says line and column of the very name that is unknown, inside the formula', () => {
    const text = changed('formula: pay.base * band.base_share / 100', 'formula: pay.base * band.no_such / 100');
    const loading = loadScheme(text);
    if (loading.ok) throw new Error('expected a problem');
    const line = lineOf(text, 'band.no_such');
    const column = (text.split('\n')[line - 1] ?? '').indexOf('band.no_such') + 1;
    expect(loading.problems).toEqual([{ code: 'unknown-name', path: 'pay.0.formula', line, column, detail: 'band.no_such' }]);
  });

  it('tells all problems at once, each once, by place', () => {
    const text = changed('on: score', 'on: scor', changed('actual: sales.amount', 'actual: sales.amout'));
    const found = problems(text);
    expect(found).toHaveLength(2);
    expect(found[0]).toContain('sections.0');
    expect(found[1]).toContain('bands.on');
  });

  it('needs words as words in values that differ by case', () => {
    expect(
      problems(changed('otherwise: rating.behaviour', 'otherwise: "\'x\'"', BEHAVIOUR)).some((problem) =>
        problem.includes('type-mismatch'),
      ),
    ).toBe(true);
  });
});

describe('the language beyond the three templates', () => {
  const SCHEME = `
language: 1
id: trial
title: { zh-CN: 试, en: Trial }
parameters: { 满分: { value: 20 }, best: { value: 3 } }
facts:
  sales.amount: { title: { zh-CN: 额, en: Sales }, unit: money }
  sales.target: { title: { zh-CN: 标, en: Target }, unit: money }
  expense.amount: { title: { zh-CN: 费, en: Expense }, unit: money }
  satisfaction.rate: { title: { zh-CN: 满意, en: Satisfaction }, unit: percent }
ratings:
  team: { title: { zh-CN: 团队, en: Team }, type: word, words: [excellent, good, fail], by: manager }
  market: { title: { zh-CN: 市场, en: Market }, type: points, to: 7, by: manager }
  product: { title: { zh-CN: 产品, en: Product }, type: points, to: 7, by: manager }
  late: { title: { zh-CN: 迟到, en: Late }, type: occurrences, by: manager }
periods: { quarter: { kind: scored }, year: { kind: roll-up, of: month, method: sum } }
tables:
  commission: { kind: step, below: 0, rows: [{ from: 80%, value: 1% }, { from: 100%, value: 2% }, { over: 120%, value: 2.5% }] }
  linear: { kind: linear, rows: [{ at: 0, value: 0 }, { at: 50, value: 10% }, { at: 100, value: 100% }] }
values:
  - { key: 完成率, title: { zh-CN: 完成率, en: Completion }, kind: formula, formula: sales.amount / sales.target }
  - { key: voided, title: { zh-CN: 否决, en: Void }, kind: formula, formula: expense.amount > 5% * sales.amount }
sections:
  - key: all
    title: { zh-CN: 全部, en: All }
    indicators:
      - { key: completion, title: { zh-CN: a, en: a }, points: 50, method: { kind: ratio, actual: sales.amount, target: sales.target, cap: 120%, floor: 50% } }
      - { key: satisfaction, title: { zh-CN: b, en: b }, points: param.满分, method: { kind: tiers, of: satisfaction.rate, table: linear } }
      - { key: ability, title: { zh-CN: c, en: c }, points: 14, method: { kind: rubric, ratings: [market, product] } }
      - key: teamwork
        title: { zh-CN: d, en: d }
        points: 10
        method: { kind: cases, cases: [{ key: best, when: "rating.team = 'excellent'", value: 10 }, { when: "rating.team = 'good'", value: 8 }], otherwise: 0 }
      - { key: bonus, title: { zh-CN: e, en: e }, points: 2, method: { kind: formula, formula: "if(value.完成率 > 1, 2, 0) - rating.late" } }
modifiers:
  - { key: plus, title: { zh-CN: 加分, en: Plus }, kind: add, value: 2 }
  - { key: veto, title: { zh-CN: 否决, en: Veto }, kind: veto, when: rating.late > param.best }
pay:
  - { key: commission, title: { zh-CN: 提成, en: Commission }, kind: gated, periods: [quarter], formula: "lookup('commission', value.完成率) * sales.amount", unless: value.voided }
  - { key: whole, title: { zh-CN: 整, en: Whole }, kind: formula, periods: [quarter], formula: line.commission / 7, round: { places: 0, mode: down } }
review: [{ step: manager-review, by: direct-manager, late: hold }]
schedule: {}
`;
  const facts = { 'sales.amount': '110000', 'sales.target': '100000', 'expense.amount': '5500', 'satisfaction.rate': '75' };
  const ratings = { team: 'good', market: '6', product: '5.5', late: '1' };
  const loading = loadScheme(SCHEME);
  const run = (change: { facts?: object; ratings?: object } = {}) => {
    if (!loading.ok) throw new Error(JSON.stringify(loading.problems));
    return evaluate(loading.scheme, {
      period: '2026-Q3',
      facts: { ...facts, ...change.facts },
      ratings: { ...ratings, ...change.ratings },
    });
  };
  const points = (change?: Parameters<typeof run>[0]) =>
    Object.fromEntries(run(change).sections[0]?.indicators.map(({ key, score }) => [key, score]) ?? []);

  it('scores by tiers, rubrics, cases and formulas with Chinese names', () => {
    expect(points()).toEqual({ completion: '55.00', satisfaction: '11.00', ability: '11.50', teamwork: '8.00', bonus: '1.00' });
    expect(run()).toMatchObject({ score: '88.50', grade: null });
  });

  it('knows floor and cap of a ratio, and no indicator goes below 0', () => {
    expect(points({ facts: { 'sales.amount': '49999.99' }, ratings: { late: '2' } })).toMatchObject({ completion: '0.00', bonus: '0.00' });
    expect(points({ facts: { 'sales.amount': '300000' } })).toMatchObject({ completion: '60.00' });
  });

  it('reads linear tables between and beyond their points', () => {
    const at = (rate: string) => points({ facts: { 'satisfaction.rate': rate } })['satisfaction'];
    expect([at('0'), at('25'), at('50'), at('100')]).toEqual(['0.00', '1.00', '2.00', '20.00']);
  });

  it('reads step tables with bounds included or left out', () => {
    const paid = (amount: string) => run({ facts: { 'sales.amount': amount, 'expense.amount': '0' } }).pay.lines[0]?.amount;
    expect([paid('79999.99'), paid('80000'), paid('99999.99'), paid('120000'), paid('120000.01')]).toEqual([
      '0.00',
      '800.00',
      '1000.00',
      '2400.00',
      '3000.00',
    ]);
  });

  it('a gate voids one line, rounding is the line’s own', () => {
    expect(run().pay).toEqual({
      lines: [
        { key: 'commission', amount: '2200.00' },
        { key: 'whole', amount: '314.00' },
      ],
      total: '2514.00',
    });
    expect(run({ facts: { 'expense.amount': '5500.01' } }).pay.lines[0]?.amount).toBe('0.00');
  });

  it('one veto zeroes the score', () => {
    expect(run({ ratings: { late: '3' } }).score).not.toBe('0.00');
    expect(run({ ratings: { late: '4' } }).score).toBe('0.00');
  });

  it('judges words and occurrences', () => {
    const errors = (change: object) => run({ ratings: change }).errors.map(({ code, key }) => `${code} ${key}`);
    expect(errors({ team: 'great' })).toEqual(['unknown-value team']);
    expect(errors({ team: null })).toEqual(['missing-rating team']);
    expect(errors({ late: '1.5' })).toEqual(['not-whole late']);
    expect(errors({ late: '-1' })).toEqual(['out-of-range late']);
  });

  it('a year may be the sum of its months', () => {
    if (!loading.ok) throw new Error('does not compile');
    expect(
      evaluate(loading.scheme, {
        period: '2026',
        facts: {},
        ratings: {},
        history: [
          { period: '2026-01', score: '1.005' },
          { period: '2026-02', score: '2' },
        ],
      }).score,
    ).toBe('3.01');
  });

  it('a division by zero is an error of its node, beside which the rest is judged', () => {
    const text = SCHEME.replace('formula: line.commission / 7', 'formula: line.commission / (sales.amount - 110000)');
    const divided = loadScheme(text);
    if (!divided.ok) throw new Error('does not compile');
    const result = evaluate(divided.scheme, { period: '2026-Q3', facts, ratings });
    expect(result.errors).toEqual([{ code: 'division-by-zero', key: 'line.whole' }]);
    expect(result).toMatchObject({ score: null, pay: { lines: [], total: null }, actions: [] });
  });
});
