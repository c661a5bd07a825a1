import { period } from '#kernel';
import { compiledTemplate } from '../../application/templates';
import { factWindows } from './fact-windows.policy';
import { factsRead, ranksPeople } from './facts-read.policy';
import { stepsAsked } from './steps-asked.policy';

const previousOf = (metric: string): string | undefined => (metric === 'sales.previous' ? 'sales.amount' : undefined);

describe('what a result can stand on', () => {
  it('names facts of the period, and of the period before where a fact is another’s earlier value', () => {
    const windows = factWindows(compiledTemplate('month-quarter-year'), period('2026-10'), previousOf);
    const of = (key: string) =>
      windows.filter((window) => window.key === key).map(({ metric, period: at, isHistory }) => [metric, at, isHistory]);
    expect(of('sales.amount')).toEqual([['sales.amount', '2026-10', false]]);
    expect(of('sales.previous')).toEqual([
      ['sales.previous', '2026-10', false],
      ['sales.amount', '2026-09', false],
    ]);
  });

  it('names facts of earlier periods that a condition goes back to', () => {
    const windows = factWindows(compiledTemplate('three-aspect-rating'), period('2026-10'), previousOf);
    expect(windows.filter(({ isHistory }) => isHistory).map(({ metric, period: at }) => [metric, at])).toEqual([
      ['satisfaction.rate', '2026-08'],
      ['satisfaction.rate', '2026-09'],
    ]);
  });

  it('tells people’s own facts from what others are ranked by', () => {
    const { own, groups } = factsRead(compiledTemplate('activity-discipline'), 'month');
    expect(groups).toEqual([{ key: 'group.sales', of: { fact: 'sales.amount' } }]);
    expect(own).toContain('sales.amount');
    expect(own).not.toContain('group.sales');
    expect(ranksPeople(compiledTemplate('activity-discipline'), 'year')).toBe(false);
    expect(ranksPeople(compiledTemplate('eighty-line'), 'quarter')).toBe(true);
    expect(ranksPeople(compiledTemplate('weighted-70-20-10'), 'month')).toBe(false);
  });
});

describe('the steps of a period', () => {
  it('are all that the scheme names where the period is scored', () => {
    expect(stepsAsked(compiledTemplate('weighted-70-20-10'), 'month')).toEqual({
      steps: ['self-review', 'manager-review', 'second-review'],
      missing: [],
    });
  });

  it('are those in which something is filled in, and the approval, where it is made of its months', () => {
    expect(stepsAsked(compiledTemplate('weighted-70-20-10'), 'year')).toEqual({ steps: ['second-review'], missing: [] });
    // Special awards are given at any time.
    expect(stepsAsked(compiledTemplate('eighty-line'), 'quarter').steps).toContain('manager-review');
  });
});
