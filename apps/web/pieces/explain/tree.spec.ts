import { completionIn, treeOf } from './tree';

const line = (depth: number, key: string) => ({ depth, key, title: key, value: '1', sentence: key });

describe('the completion that is ranked, in the tree of a score', () => {
  it('is the line that is made of the sales and their target', () => {
    const tree = treeOf([
      line(0, 'scheme'),
      line(1, 'score'),
      line(2, 'indicator.growth'),
      line(3, 'sales.amount'),
      line(2, 'indicator.completion'),
      line(3, 'sales.amount'),
      line(3, 'sales.target'),
    ]);
    expect(completionIn(tree)?.key).toBe('indicator.completion');
  });

  it('may be of the revenue, and may not be there at all', () => {
    expect(completionIn(treeOf([line(0, 'score'), line(1, 'revenue.amount'), line(1, 'revenue.target')]))?.key).toBe('score');
    expect(completionIn(treeOf([line(0, 'score'), line(1, 'rating.knowledge')]))).toBeUndefined();
    expect(completionIn(undefined)).toBeUndefined();
  });
});
