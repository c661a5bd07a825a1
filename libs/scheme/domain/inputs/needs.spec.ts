import { compiledTemplate } from '../../application/templates';
import { groupFindings } from '../blocks/group-limits.policy';
import { ratingLines, requiredFacts, validateRatings } from './needs.policy';
import { WEIGHTED_EXAMPLE } from '../templates/worked-examples.test-kit';

const weighted = compiledTemplate('weighted-70-20-10');
const behaviour = compiledTemplate('result-times-behaviour');

describe('what a scheme asks for', () => {
  it('are its facts in a month, none in a roll-up or a period it does not take', () => {
    const facts = requiredFacts(weighted, 'month');
    expect(facts.map(({ key }) => key)).toEqual(Object.keys(WEIGHTED_EXAMPLE.facts));
    expect(facts[4]).toEqual({
      key: 'customers.new',
      unit: 'count',
      whole: true,
      source: 'crm',
      title: { 'zh-CN': '新客户数', en: 'New customers' },
    });
    expect(requiredFacts(weighted, 'year')).toEqual([]);
    expect(requiredFacts(weighted, 'quarter')).toEqual([]);
  });

  it('are lines for the person and for the manager, whose rating counts', () => {
    const counts = (rater: 'self' | 'manager') => ratingLines(behaviour, 'month', rater).map(({ key, counts }) => [key, counts]);
    expect(counts('manager')).toEqual([
      ['behaviour', true],
      ['violations', true],
    ]);
    expect(counts('self')).toEqual([['behaviour', false]]);
    expect(ratingLines(behaviour, 'month', 'manager')[0]).toMatchObject({ type: 'points', from: '0', to: '1.2' });
    expect(ratingLines(behaviour, 'month', 'manager')[1]).toMatchObject({
      type: 'list',
      options: ['breach-of-law', 'serious-breach-of-rules', 'accident', 'serious-error'],
    });
  });

  it('a submission is checked by the codes of the error table', () => {
    const check = (ratings: Record<string, unknown>, complete = true, rater: 'self' | 'manager' = 'manager') =>
      validateRatings(behaviour, { kind: 'month', rater, ratings, complete }).map(({ code, key }) => `${code} ${key}`);
    expect(check({ behaviour: '0.9', violations: [] })).toEqual([]);
    expect(check({ behaviour: '1.3', violations: ['theft'], other: '1' })).toEqual([
      'out-of-range behaviour',
      'unknown-rating other',
      'unknown-value violations',
    ]);
    expect(check({})).toEqual(['missing-rating behaviour']);
    expect(check({}, false)).toEqual([]);
    expect(check({ behaviour: '0.9', violations: ['accident'] }, true, 'self')).toEqual(['unknown-rating violations']);
  });
});

describe('limits of a group', () => {
  const people = (department: string, count: number, outstanding: number) => [
    { department, grade: 'outstanding', people: outstanding },
    { department, grade: 'good', people: count - outstanding },
  ];

  it('at most 5 % of a department outstanding, cut to a whole number', () => {
    expect(groupFindings(behaviour, [...people('East', 40, 2), ...people('West', 20, 1)])).toEqual([]);
    expect(groupFindings(behaviour, [...people('West', 39, 2), ...people('East', 19, 1)])).toEqual([
      { code: 'grade-over-limit', grade: 'outstanding', department: 'East', people: 19, atMost: 0, have: 1 },
      { code: 'grade-over-limit', grade: 'outstanding', department: 'West', people: 39, atMost: 1, have: 2 },
    ]);
    expect(groupFindings(weighted, people('East', 3, 3))).toEqual([]);
  });
});
