import { compiledTemplate, evaluate } from '#libs/scheme';
import { dependentPayLines, type TreeNode } from './pay-dependence.policy';

const line = (key: string, ...inputs: TreeNode[]): TreeNode => ({ key: `line.${key}`, rule: 'formula', inputs });
const fact = (key: string): TreeNode => ({ key, rule: 'fact' });
const score: TreeNode = {
  key: 'score',
  rule: 'sum',
  inputs: [{ key: 'attitude', rule: 'rating', inputs: [{ key: 'diligence', rule: 'rating' }] }],
};
const tree: TreeNode = {
  key: 'result',
  rule: 'all',
  inputs: [
    score,
    {
      key: 'pay',
      rule: 'total',
      inputs: [
        line('commission', fact('sales.amount')),
        line('bonus', { key: 'score', rule: 'reference' }),
        line('total', { key: 'line.bonus', rule: 'reference' }),
        line('unclear', { key: 'band.share', rule: 'reference' }),
      ],
    },
  ],
};

describe('what an appeal holds', () => {
  it('is what follows from the contested line, and what the tree does not tell', () => {
    expect(dependentPayLines(tree, ['attitude'])).toEqual(new Set(['bonus', 'total', 'unclear']));
    expect(dependentPayLines(tree, ['sales.amount'])).toEqual(new Set(['commission', 'unclear']));
  });
  it('is everything when nothing is known', () => {
    expect(dependentPayLines(null, ['attitude'])).toBe('all');
    expect(dependentPayLines(tree, [])).toBe('all');
    expect(dependentPayLines(tree, ['nowhere'])).toBe('all');
  });
  it('follows the tree of a real scheme from its bands to its pay', () => {
    const facts = {
      'sales.amount': '95000.00',
      'sales.target': '100000.00',
      'receivable.due': '100000.00',
      'receivable.collected': '90000.00',
      'customers.new': '3',
      'customers.new_target': '3',
      'complaints.filed': '1',
      'absences.days': '1',
      'pay.base': '5000.00',
      'pay.commission': '4000.00',
      'pay.deposit_held': '0',
    };
    const ratings = { knowledge: '80', analysis: '90', communication: '70', adaptability: '80', diligence: '90' };
    const { explanation, errors } = evaluate(compiledTemplate('weighted-70-20-10'), { period: '2026-10', facts, ratings });
    expect(errors).toEqual([]);
    expect(dependentPayLines(explanation, ['diligence'])).toEqual(new Set(['base', 'commission', 'deposit']));
    expect(dependentPayLines(explanation, ['pay.commission'])).toEqual(new Set(['commission', 'deposit']));
  });
});
