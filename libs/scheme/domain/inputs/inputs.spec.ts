import { period } from '#kernel';
import type { EvaluationInput } from '../../contracts/evaluation';
import { evaluate } from '../evaluate.policy';
import { errorsOf, inputsScheme as scheme, MONTH, nodeOf, QUARTER, scored } from './inputs.test-kit';
import { groupFacts, ratingLines, requiredFacts, requiredHistory, reviewSteps } from './needs.policy';

describe('attributes of the person', () => {
  it('decide which sections and ratings there are', () => {
    expect(scored(MONTH)).toMatchObject({ score: '62.00', errors: [] });
    expect(scored(MONTH).sections.map(({ key }) => key)).toEqual(['all', 'card']);
    const service = scored(MONTH, {
      employee: { role: 'service' },
      ratings: { late: '0', personal: 'not asked' },
      facts: { 'calls.count': 'x' },
    });
    expect(service).toMatchObject({ score: '60.00', errors: [] });
    expect(service.sections.map(({ key }) => key)).toEqual(['all', 'service']);
  });

  it.each<[unknown, string]>([
    [{}, 'missing-attribute employee.role'],
    [null, 'missing-attribute employee.role'],
    [{ role: null }, 'missing-attribute employee.role'],
    [{ role: 'director' }, 'unknown-value employee.role'],
    [{ role: ['rep'] }, 'unknown-value employee.role'],
    ['rep', 'invalid-input employee'],
  ])('%j → %s, and nothing that depends on it is read', (employee, expected) => {
    const ratings = { personal: 'x', late: 'x', repeated: 'x' };
    expect(errorsOf(MONTH, { employee, ratings, facts: { 'calls.count': 'x' } })).toEqual([expected]);
  });

  it('are not asked where nothing reads them', () => {
    expect(scored(QUARTER).errors).toEqual([]);
  });

  it('decide what is asked of a person, in review and ratings', () => {
    const keys = (employee?: Record<string, string>) => ratingLines(scheme, 'month', 'manager', employee).map(({ key }) => key);
    expect(keys({ role: 'rep' })).toEqual(['personal', 'minus', 'awards', 'repeated']);
    expect(keys({ role: 'service' })).toEqual(['late', 'minus', 'awards', 'repeated']);
    expect(keys()).toEqual(['personal', 'late', 'minus', 'awards', 'repeated']);
    const options = (employee?: Record<string, string>) =>
      ratingLines(scheme, 'month', 'manager', employee).find(({ key }) => key === 'repeated')?.options;
    expect([options({ role: 'rep' }), options({ role: 'service' }), options()]).toEqual([['calls'], ['lateness'], ['calls', 'lateness']]);
    expect(reviewSteps(scheme, 'month', { role: 'rep', site: 'north' }).map(({ step }) => step)).toEqual(['manager-review']);
    expect(reviewSteps(scheme, 'month', { role: 'rep', site: 'south' }).map(({ step }) => step)).toEqual([
      'manager-review',
      'second-review',
    ]);
    expect(requiredFacts(scheme, 'month', { role: 'service' }).map(({ key }) => key)).not.toContain('calls.count');
  });
});

describe('facts', () => {
  it('are needed only where something of that kind of period reads them', () => {
    const facts = requiredFacts(scheme, 'month');
    expect(facts.map(({ key }) => key)).toEqual(['sales.amount', 'sales.existing', 'calls.count', 'days.served', 'days.working']);
    expect(facts.map(({ optional }) => optional)).toEqual([undefined, undefined, undefined, 'served', 'served']);
    expect(requiredFacts(scheme, 'quarter')).toEqual([]);
    expect(requiredFacts(scheme, 'year').map(({ key }) => key)).toEqual(['year.only']);
    expect(errorsOf({ period: '2026', facts: {}, ratings: {} }, { history: [{ period: '2026-01', score: '1' }] })).toEqual([
      'missing-fact year.only',
    ]);
  });

  it('that are optional are there all or none', () => {
    const served = (facts: Record<string, unknown>) => scored(MONTH, { facts }).outcome['served'];
    expect([served({}), served({ 'days.served': null })]).toEqual(['1', '1']);
    expect(served({ 'days.served': '8', 'days.working': '22' })).toBe('4/11');
    expect(errorsOf(MONTH, { facts: { 'days.served': '8' } })).toEqual(['missing-fact days.working']);
    expect(errorsOf(MONTH, { facts: { 'days.working': '22' } })).toEqual(['missing-fact days.served']);
    expect(errorsOf(MONTH, { facts: { 'days.working': '0', 'days.served': '0' } })).toEqual(['zero-target days.working']);
    expect(errorsOf(MONTH, { facts: { 'days.working': '20', 'days.served': '21' } })).toEqual(['inconsistent days.served']);
  });

  it('about the group give the place, with those level beside', () => {
    expect(scored(MONTH).outcome).toMatchObject({ place: 2, holders: 2 });
    expect(scored(MONTH, { facts: { 'group.scores': [] } }).outcome).toMatchObject({ place: 1, holders: 1 });
    expect(groupFacts(scheme, 'month')).toMatchObject([{ key: 'group.scores', of: 'score' }]);
  });

  it.each<[unknown, string]>([
    [null, 'missing-fact'],
    ['70', 'unknown-value'],
    [{ standing: { of: 1, ahead: 0, level: 0, at: '62' } }, 'unknown-value'],
    [{ value: [] }, 'unknown-value'],
    [['70', 'x'], 'invalid-number'],
    [['70', null], 'invalid-number'],
    [['-1', '70'], 'negative-fact'],
    [['-1', 'x'], 'invalid-number'],
  ])('about the group given as %j → %s', (group, code) => {
    expect(errorsOf(MONTH, { facts: { 'group.scores': group } })).toEqual([`${code} group.scores`]);
  });

  it('about a large group may be where one score stands in it, which says nothing of other scores', () => {
    const input: EvaluationInput = { ...MONTH, facts: { ...MONTH.facts } };
    const standing = (at: string) =>
      evaluate(scheme, { ...input, facts: { ...input.facts, 'group.scores': { standing: { of: 99_999, ahead: 41, level: 2, at } } } });
    expect(standing('62').outcome).toMatchObject({ place: 42, holders: 3 });
    expect(standing('62.01').errors.map(({ code, key }) => `${code} ${key}`)).toEqual([
      'unknown-standing value.holders',
      'unknown-standing value.place',
    ]);
    expect(nodeOf(standing('62.00').explanation, 'group.scores')).toEqual({
      key: 'group.scores',
      rule: 'standing',
      value: '99999',
      params: { ahead: '41', level: '2', at: '62' },
    });
  });

  it('about the group are not read while only the score is asked', () => {
    const input: EvaluationInput = { ...MONTH, facts: { ...MONTH.facts, 'group.scores': null }, until: 'score' };
    expect(evaluate(scheme, input)).toMatchObject({
      score: '62.00',
      errors: [],
      pending: true,
      outcome: {},
      actions: [],
      pay: { lines: [] },
    });
  });
});

describe('earlier periods', () => {
  const entry = (period: string, rate: unknown) => ({ period, facts: { 'satisfaction.rate': rate } });

  it('are those right before, in any order; one that is not there makes the list short', () => {
    const average = (history: unknown) => scored(MONTH, { history }).outcome['average'];
    expect(average([entry('2026-08', '80'), entry('2026-09', '85')])).toBe('82.5');
    expect(average([entry('2026-09', '85'), entry('2026-07', 'unread'), entry('2026-08', '80')])).toBe('82.5');
    expect(average([entry('2026-09', '85')])).toBe('85');
    expect([average([]), average(null)]).toEqual(['0', '0']);
    expect(
      nodeOf(scored(MONTH, { history: [entry('2026-09', '85'), entry('2026-08', '80')] }).explanation, 'history.before.satisfaction.rate'),
    ).toEqual({
      key: 'history.before.satisfaction.rate',
      rule: 'history',
      value: '80 85',
      inputs: [
        { key: 'history.2026-08.satisfaction.rate', rule: 'fact', value: '80' },
        { key: 'history.2026-09.satisfaction.rate', rule: 'fact', value: '85' },
      ],
    });
  });

  it.each<[unknown[], string[]]>([
    [[{ period: '2026-09' }], ['missing-fact history.2026-09.satisfaction.rate']],
    [[{ period: '2026-09', facts: null }], ['missing-fact history.2026-09.satisfaction.rate']],
    [[{ period: '2026-09', facts: 7 }], ['missing-fact history.2026-09.satisfaction.rate']],
    [[entry('2026-09', null)], ['missing-fact history.2026-09.satisfaction.rate']],
    [[entry('2026-09', 'x')], ['invalid-number history.2026-09.satisfaction.rate']],
    [[entry('2026-09', { value: '5' })], ['invalid-number history.2026-09.satisfaction.rate']],
    [[entry('2026-09', '-1')], ['negative-fact history.2026-09.satisfaction.rate']],
    [[entry('2026-09', '100.01')], ['out-of-range history.2026-09.satisfaction.rate']],
    [[entry('2026-09', '1'), entry('2026-09', '1')], ['duplicate-period history.2026-09']],
    [[entry('2026-07', '1'), entry('2026-07', 'x')], []],
    [[entry('2026-7', '1')], ['invalid-period history']],
    [
      ['2026-09', entry('2026-08', 'x')],
      ['invalid-period history', 'invalid-number history.2026-08.satisfaction.rate'],
    ],
  ])('%j → %j', (history, expected) => {
    expect(errorsOf(MONTH, { history })).toEqual(expected);
  });

  it('that are incomplete may count as not there, and have something computed of each', () => {
    const rank = (period: string, facts: object) => ({ period, facts });
    const top = (...history: unknown[]) => scored(QUARTER, { history }).outcome;
    expect(top(rank('2026-Q2', { 'rank.place': 2, 'rank.of': 29 }), rank('2026-Q1', { 'rank.place': 3, 'rank.of': 29 }))).toMatchObject({
      top: '1',
      quarters: 2,
    });
    expect(top(rank('2026-Q2', { 'rank.place': 1 }), rank('2026-Q1', { 'rank.place': 1, 'rank.of': 4 }))).toMatchObject({
      top: '1',
      quarters: 1,
    });
    expect(top(rank('2025-Q4', { 'rank.place': 1, 'rank.of': 'x' }))).toMatchObject({ quarters: 0 });
    expect(errorsOf(QUARTER, { history: [rank('2026-Q2', { 'rank.place': '1.5', 'rank.of': '4' })] })).toEqual([
      'not-whole history.2026-Q2.rank.place',
    ]);
  });

  it('that are needed are named, with what is read of them', () => {
    const needed = (of: Parameters<typeof requiredHistory>[1]) =>
      requiredHistory(scheme, of).map((one) => [one.period, one.score, one.facts.map(({ key }) => key)]);
    expect(needed(period('2026-01'))).toEqual([
      ['2025-11', false, ['satisfaction.rate']],
      ['2025-12', false, ['satisfaction.rate']],
    ]);
    expect(needed(period('2026-Q1'))).toEqual([
      ['2025-Q3', false, ['rank.place', 'rank.of']],
      ['2025-Q4', false, ['rank.place', 'rank.of']],
    ]);
    expect(needed(period('2026'))).toHaveLength(12);
  });
});
