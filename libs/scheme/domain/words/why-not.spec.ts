import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isPeriod } from '#kernel';
import { periodKind } from '#libs/calendar';
import { compiledTemplate } from '../../application/templates';
import type { ExplanationNode } from '../../contracts/evaluation';
import { evaluate } from '../evaluate.policy';
import type { Language } from './titles';
import { varied } from '../templates/varied-inputs.test-kit';
import { whyNot } from './why-not';
import { type Change, workedExample } from '../templates/worked-examples.test-kit';

const EXAMPLES = readdirSync(join(__dirname, '..', '..', '..', '..', 'test', 'scheme-examples')).map((file) => file.replace(/\.json$/, ''));

function explained(name: string, change: Change = {}): ExplanationNode {
  const { scheme, input } = workedExample(name);
  const facts = Object.fromEntries(Object.entries({ ...input.facts, ...change.facts }).map(([key, value]) => [key, { value }]));
  const { explanation, errors } = evaluate(compiledTemplate(scheme), { ...input, facts, ratings: { ...input.ratings, ...change.ratings } });
  if (!explanation) throw new Error(JSON.stringify(errors));
  return explanation;
}

function said(name: string, change: Change = {}, language: Language = 'en'): readonly string[] {
  return whyNot(explained(name, change), compiledTemplate(workedExample(name).scheme), language).map(({ sentence }) => sentence);
}

describe('why not', () => {
  it('says how far the next band is, in points of the score', () => {
    expect(said('05-under-a')).toContain('Grade: 0.01 points short of Excellent (A)');
    expect(said('05-month')).toContain('Grade: 1.2 points short of Excellent (A)');
    expect(said('05-month', {}, 'zh-CN')).toContain('等级：距优秀（A）还差 1.2 分');
  });

  it('says what of the underlying amount would have reached the next tier', () => {
    expect(said('01-month', { facts: { 'sales.amount': '118000' } })).toContain(
      'Commission: Sales of 2,000.00 more would have reached the tier of 2.5 % (from 120 %)',
    );
    expect(said('01-month', { facts: { 'sales.amount': '118000' } }, 'zh-CN')).toContain(
      '提成：销售额再多 2,000.00 即可达到 2.5 % 档（120 % 起）',
    );
    expect(said('06-88')).toContain('Performance bonus: Score is 88; 2 points short of the tier of 1,500.00, which begins at 90');
  });

  it('says what voided a line, and by how much', () => {
    expect(said('01-expense-voids')).toEqual(
      expect.arrayContaining([
        'Commission: void, because Expense too high',
        'Commission: Sales expense is 5,500.01, needed is at most 5,500; 0.01 less would have done',
      ]),
    );
  });

  it('says why a line pays nothing', () => {
    expect(said('03-month')).toContain('Team bonus: Team task is Good; it takes "Excellent"');
    expect(said('10-under-eighty')).toContain('Completion bonus: Sales is 79,990, needed is at least 80,000; 10 more would have done');
    expect(said('11-month', { facts: { 'referrals.passed': '0' } })).toContain(
      'Referral bonus: nothing is due, because Referred colleagues who passed probation is 0',
    );
    expect(said('05-under-d')).toContain('Deposit: none is withheld for this result');
  });

  it('says how far the next prize is', () => {
    expect(said('06-88')).toContain('Rank bonus: place 4; 1 place short of place 3, which has a prize of 1,000');
  });

  it('gives the reason for an action taken, and what it takes for one that was not', () => {
    expect(said('05-under-d')).toEqual(
      expect.arrayContaining(['Improvement plan: because Grade = "Poor"', 'Observation period: Grade is Poor (E); it takes "To improve"']),
    );
    expect(said('11-month')).toContain('Improvement plan: because Sales < Sales target');
    expect(said('10-month')).toContain('Improvement plan: no: Sales is 104,000; it takes less than 80,000, 24,000 less');
  });

  it('says what a better word or case would have taken', () => {
    expect(said('02-month')).toEqual(
      expect.arrayContaining([
        'Service: the next better is "Excellent", which counts for 100 %',
        'Service: for "Excellent": Lowest satisfaction of this month and the two before that are there is 84 %, needed is at least 85 %; 1 percentage point more would have done',
      ]),
    );
    expect(said('11-month')).toContain('Quotes in time: for "passed": Quotes in time is 7, needed is at least 8; 1 more would have done');
  });

  it('is exact: what is said to be missing is what was missing', () => {
    const lines = whyNot(explained('06-88', { facts: { 'sales.amount': '100000.01' } }), compiledTemplate('rank-bonus'), 'en');
    expect(lines.find(({ key }) => key === 'line.sales_bonus')).toMatchObject({ kind: 'missed', missing: '19999.99' });
  });

  it('says nothing of what was cut out of a tree', () => {
    const tree = explained('01-month');
    const cut = { ...tree, inputs: (tree.inputs ?? []).filter(({ key }) => key !== 'pay') };
    const lines = whyNot(cut, compiledTemplate('dimension-kpi'), 'en');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter(({ key }) => key.startsWith('line.'))).toEqual([]);
  });
});

it.each(EXAMPLES)('%s: no keys and no codes in either language, whatever the input', (name) => {
  const { scheme, input } = workedExample(name);
  const compiled = compiledTemplate(scheme);
  const plan = isPeriod(input.period) ? compiled.plans[periodKind(input.period)] : undefined;
  if (!plan) throw new Error(`${name} is for no period of its scheme`);
  for (let seed = 0; seed < 30; seed += 1) {
    const { explanation } = evaluate(compiled, varied(input, plan, seed));
    if (!explanation) continue;
    for (const { sentence } of whyNot(explanation, compiled, 'en'))
      expect(sentence).not.toMatch(/undefined|null|NaN|[a-z]+_[a-z]+|\b[a-z]+\.[a-z]+|\p{Script=Han}/u);
    for (const { sentence } of whyNot(explanation, compiled, 'zh-CN')) expect(sentence).not.toMatch(/[a-z]{2,}/);
  }
});
