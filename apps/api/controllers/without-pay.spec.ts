import type { ExplanationNode } from '#libs/scheme';
import { withoutPay } from './without-pay';

const node = (key: string, ...inputs: ExplanationNode[]): ExplanationNode => ({ key, rule: 'any', value: '1', inputs });

const explained = node(
  'scheme',
  node('value.tenure_pay', node('payroll.tenure')),
  node('score', node('section.results', node('sales.amount'))),
  node('grade', node('score')),
  node('outcome.level_change', node('band.level_change')),
  node('outcome.commission_share', node('band.commission_share')),
  node(
    'pay',
    node('line.commission', node('pay.commission'), node('band.commission_share'), node('grade')),
    node('line.tenure', node('value.tenure_pay')),
  ),
  node('action.plan', node('grade')),
);

describe('a score for those who may not see pay', () => {
  const { tree, showsFact, showsOutcome } = withoutPay(explained);
  const shown = JSON.stringify(tree);

  it('has neither pay nor what only pay is made of', () => {
    for (const key of ['"pay"', 'line.', 'pay.commission', 'commission_share', 'tenure']) expect(shown).not.toContain(key);
    expect(['pay.commission', 'payroll.tenure'].filter(showsFact)).toEqual([]);
    expect(showsOutcome('commission_share')).toBe(false);
  });

  it('has everything that score, grade and follow-ups rest on', () => {
    for (const key of ['sales.amount', 'grade', 'outcome.level_change', 'action.plan']) expect(shown).toContain(key);
    expect(['sales.amount', 'not.in.the.tree'].filter(showsFact)).toHaveLength(2);
    expect(showsOutcome('level_change')).toBe(true);
  });

  it('shows no outcome where nothing tells which of them are pay', () => {
    expect(withoutPay(null)).toMatchObject({ tree: null });
    expect(withoutPay(null).showsOutcome('level_change')).toBe(false);
  });
});
