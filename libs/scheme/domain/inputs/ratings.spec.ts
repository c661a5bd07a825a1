import { errorsOf, inputsScheme as scheme, MONTH, nodeOf, QUARTER, scored } from './inputs.test-kit';
import { ratingLines, validateRatings } from './needs.policy';

describe('ratings', () => {
  it('count entries whose words stay out of the explanation', () => {
    const result = scored(MONTH, { ratings: { minus: ['late for Mr. Li', 'late for Mr. Li'], harm: ['3', '1.5'] } });
    expect(result.sections[0]?.indicators).toContainEqual({ key: 'marks', score: '-8.50' });
    expect(JSON.stringify(result)).not.toContain('Li');
    expect(nodeOf(result.explanation, 'rating.minus')).toEqual({ key: 'rating.minus', rule: 'rating', value: '2' });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ minus: 'x' }, 'unknown-value minus'],
    [{ minus: [1] }, 'unknown-value minus'],
    [{ minus: [''] }, 'unknown-value minus'],
    [{ harm: 3 }, 'unknown-value harm'],
    [{ harm: ['x', '11'] }, 'invalid-number harm'],
    [{ harm: ['11'] }, 'out-of-range harm'],
    [{ harm: ['0.5'] }, 'out-of-range harm'],
    [{ personal: null }, 'missing-rating personal'],
    [{ personal: ['good'] }, 'unknown-value personal'],
    [{ repeated: ['lateness'] }, 'unknown-value repeated'],
    [{ repeated: ['calls', 'calls'] }, 'duplicate-item repeated'],
    [{ awards: {} }, 'unknown-value awards'],
  ])('%j → %s', (ratings, expected) => {
    expect(errorsOf(MONTH, { ratings })).toEqual([expected]);
  });

  it('of another card are not asked', () => {
    expect(errorsOf(MONTH, { ratings: { late: 'x', unread: 'x' } })).toEqual([]);
    expect(errorsOf(MONTH, { employee: { role: 'service' }, ratings: { personal: 'x' } })).toEqual(['missing-rating late']);
  });

  const award = (change: object = {}) => ({ amount: '500', reason: 'Project', approved_by: ['a', 'b'], ...change });

  it('award sums, each to the cent', () => {
    const paid = (awards: unknown) => scored(MONTH, { ratings: { awards } }).pay.total;
    expect([paid(undefined), paid([]), paid([award(), award({ amount: '0.005' })])]).toEqual(['0.00', '0.00', '500.01']);
    expect(JSON.stringify(scored(MONTH, { ratings: { awards: [award()] } }))).not.toContain('Project');
  });

  it.each<[readonly unknown[], string]>([
    [[5], 'invalid-number'],
    [[award({ amount: undefined })], 'invalid-number'],
    [[award({ amount: '1e3', reason: '', approved_by: [] })], 'invalid-number'],
    [[award({ amount: '0', reason: '' })], 'out-of-range'],
    [[award({ amount: '-5' })], 'out-of-range'],
    [[award({ reason: ' ', approved_by: ['a'] })], 'missing-reason'],
    [[award({ reason: null })], 'missing-reason'],
    [[award({ approved_by: ['a', 'a'] })], 'missing-approval'],
    [[award({ approved_by: ['a', ''] })], 'missing-approval'],
    [[award({ approved_by: ['a', ' a '] })], 'missing-approval'],
    [[award({ approved_by: 'a, b' })], 'missing-approval'],
    [[award(), award({ approved_by: [] }), award({ amount: 'x' })], 'missing-approval'],
  ])('of awards %j the first problem counts: %s', (awards, code) => {
    expect(errorsOf(MONTH, { ratings: { awards } })).toEqual([`${code} awards`]);
  });
});

describe('groups of raters', () => {
  const merged = (change: Record<string, unknown>) => {
    const result = scored(QUARTER, { ratings: change });
    return [result.score, result.outcome['merged']];
  };
  const without = (...groups: readonly string[]) =>
    Object.fromEntries(
      Object.keys(QUARTER.ratings)
        .filter((key) => groups.some((group) => key.startsWith(`${group}.`)))
        .map((key) => [key, null]),
    );

  it('count by their shares, each by its exact mean', () => {
    // 60 × (0.5·80 + 0.1·100 + 0.2·80 + 0.2·50) ÷ 100 = 45.60; 40 × (0.5·90 + 0.1·100 + 0.2·70 + 0.2·100) ÷ 100 = 35.60
    expect(merged({})).toEqual(['81.20', []]);
  });

  it('that are absent or too small go to the manager', () => {
    expect(merged(without('self'))).toEqual(['79.60', ['self']]);
    expect(merged({ 'peers.amount': ['0', '0'], 'peers.ability': ['0', '0'] })).toEqual(['82.80', ['peers']]);
    expect(merged(without('self', 'peers', 'customers'))).toEqual(['84.00', ['self', 'peers', 'customers']]);
  });

  it('show no answer one by one', () => {
    const { explanation } = scored(QUARTER, { ratings: { 'peers.amount': ['71', '82', '93'] } });
    expect(nodeOf(explanation, 'rating.peers.amount')).toEqual({
      key: 'rating.peers.amount',
      rule: 'mean-of-raters',
      value: '82',
      params: { raters: '3' },
    });
    expect(JSON.stringify(scored(QUARTER, { ratings: { 'peers.amount': ['71.5', '94.5'], 'peers.ability': ['1', '2'] } }))).not.toMatch(
      /71\.5|94\.5/,
    );
  });

  const six = ['1', '2', '3', '4', '5', '6'];
  it.each<[Record<string, unknown>, readonly string[]]>([
    [{ 'manager.amount': null }, ['missing-rating manager.amount']],
    [without('manager'), ['missing-rating manager.ability', 'missing-rating manager.amount']],
    [{ 'manager.amount': '100.5' }, ['out-of-range manager.amount']],
    [{ 'self.amount': null }, ['missing-rating self.amount']],
    [{ 'self.ability': 'x' }, ['invalid-number self.ability']],
    [{ 'peers.amount': '70' }, ['unknown-value peers.amount']],
    [{ 'peers.amount': ['70', '80', 'x'] }, ['invalid-number peers.amount']],
    [{ 'peers.amount': ['70', '80', '101'] }, ['out-of-range peers.amount']],
    [{ 'peers.amount': ['70', '80'] }, ['inconsistent peers']],
    [{ 'peers.amount': null }, ['inconsistent peers']],
    [{ 'customers.amount': [] }, ['inconsistent customers']],
    [{ 'peers.amount': six, 'peers.ability': six }, ['too-many-raters peers']],
    [{ 'peers.amount': six }, ['inconsistent peers']],
    [{ 'peers.other': 'x', 'customers.other': 'x' }, []],
  ])('%j → %j', (ratings, expected) => {
    expect(errorsOf(QUARTER, { ratings })).toEqual(expected);
  });

  it('answer every line once each', () => {
    const lines = ratingLines(scheme, 'quarter', 'peers');
    expect(lines.map(({ key, type, from, to, group }) => [key, type, from, to, group])).toEqual([
      ['peers.amount', 'points', '0', '100', 'peers'],
      ['peers.ability', 'points', '0', '100', 'peers'],
    ]);
    const check = (ratings: Record<string, unknown>, complete = true) =>
      validateRatings(scheme, { kind: 'quarter', rater: 'peers', ratings, complete }).map(({ code, key }) => `${code} ${key}`);
    expect(check({ 'peers.amount': '5', 'peers.ability': '100' })).toEqual([]);
    expect(check({ 'peers.amount': ['5'], 'self.amount': '5' })).toEqual([
      'missing-rating peers.ability',
      'invalid-number peers.amount',
      'unknown-rating self.amount',
    ]);
    expect(check({}, false)).toEqual([]);
  });
});

describe('what departments fill in', () => {
  it('is theirs alone', () => {
    expect(ratingLines(scheme, 'month', 'department')).toMatchObject([
      { key: 'harm', type: 'numbers', from: '1', to: '10', department: 'Service' },
    ]);
    const check = (department: string, ratings: Record<string, unknown>) =>
      validateRatings(scheme, { kind: 'month', rater: 'department', department, ratings, complete: true }).map(
        ({ code, key }) => `${code} ${key}`,
      );
    expect(check('Service', { harm: ['11'] })).toEqual(['out-of-range harm']);
    expect(check('Finance', { harm: ['11'] })).toEqual(['unknown-rating harm']);
  });
});

describe('the order of keys in an input', () => {
  it('changes nothing', () => {
    const reversed = <T>(record: Record<string, T>): Record<string, T> => Object.fromEntries(Object.entries(record).reverse());
    const history = [
      { period: '2026-09', facts: { 'satisfaction.rate': '85' } },
      { period: '2026-08', facts: { 'satisfaction.rate': '80' } },
    ];
    const turned = { ...MONTH, facts: { ...reversed(MONTH.facts), 'group.scores': ['10.5', '70', '62'] }, history: [...history].reverse() };
    expect(JSON.stringify(scored(turned))).toBe(JSON.stringify(scored({ ...MONTH, history })));
    expect(JSON.stringify(scored({ ...QUARTER, ratings: reversed(QUARTER.ratings) }))).toBe(JSON.stringify(scored(QUARTER)));
  });
});
