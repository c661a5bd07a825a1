import type { EvaluationInput } from '../../contracts/evaluation';
import { distributionTargets } from './distribution.policy';
import { evaluate, evaluateBatch } from '../evaluate.policy';
import { type GradeCount, groupFindings } from './group-limits.policy';
import { count, evaluated, money, nodeOf, october, problemsOf, smallScheme } from './small-scheme.test-kit';

const facts = { 'sales.amount': money };
const sales = [{ key: 's', indicators: [{ key: 'sales', points: 100, method: { kind: 'formula', formula: 'sales.amount' } }] }];

describe('bands', () => {
  const bands = {
    word: "if(sales.amount > 10, 'top', if(sales.amount > 5, 'mid', if(sales.amount > 2, 'low', 'other')))",
    list: [
      { key: 'top', values: { rate: 3 } },
      { key: 'mid', values: { rate: 2 } },
      { key: 'low', values: { rate: 0 } },
    ],
  };
  const scheme = smallScheme({
    facts,
    sections: sales,
    bands,
    values: [{ key: 'twice', kind: 'formula', formula: 'band.rate * score', after: 'score' }],
    outcome: [{ key: 'twice', type: 'decimal', value: 'value.twice' }],
  });

  it('are found by a word, and the better one is named', () => {
    const mid = evaluated(scheme, october({ 'sales.amount': '6' }));
    expect(mid).toMatchObject({ grade: 'mid', outcome: { twice: '12' } });
    expect(nodeOf(mid, 'grade')).toMatchObject({ rule: 'band-by-word', value: 'mid', params: { word: 'mid', next: 'top' } });
  });

  it('a word that names none is an error', () => {
    expect(evaluate(scheme, october({ 'sales.amount': '1' })).errors).toEqual([{ code: 'unknown-value', key: 'grade' }]);
  });

  it('by word have no bounds, and are not by number as well', () => {
    const wrong = { ...bands, on: 'score', list: [{ key: 'top', from: 3 }, { key: 'mid' }] };
    expect(problemsOf({ facts, sections: sales, bands: wrong })).toEqual(
      expect.arrayContaining(['number-or-word bands.on', 'band-by-word-has-bound bands.list.0']),
    );
  });
});

describe('outcome and actions', () => {
  const scheme = smallScheme({
    facts,
    ratings: { marks: { type: 'list', items: ['a', 'b'], by: 'manager' } },
    sections: sales,
    outcome: [
      { key: 'honour', type: 'word', value: "'champion'", when: 'score >= 90' },
      {
        key: 'voided',
        type: 'list',
        items: [
          { word: 'first', when: 'score < 50' },
          { word: 'second', when: 'score < 20' },
        ],
      },
      { key: 'marks', type: 'list', value: 'rating.marks' },
    ],
    actions: [
      { key: 'talk', when: 'score < 50', periods: ['month'] },
      { key: 'praise', when: "contains(outcome.voided, 'first')" },
      { key: 'review', when: 'true', periods: ['year'] },
    ],
  });

  it('is null while its condition does not hold, and lists the words that hold in the order of the scheme', () => {
    const low = evaluated(scheme, october({ 'sales.amount': '10' }, { ratings: { marks: ['b', 'a'] } }));
    expect(low).toMatchObject({
      outcome: { honour: null, voided: ['first', 'second'], marks: ['a', 'b'] },
      actions: [{ key: 'talk' }, { key: 'praise' }],
    });
    expect(nodeOf(low, 'outcome.honour')).toMatchObject({
      rule: 'outcome-when',
      value: null,
      params: { applies: 'false', formula: 'score >= 90' },
    });
    expect(nodeOf(low, 'outcome.voided.second')).toMatchObject({ rule: 'condition', value: 'true' });
    expect(evaluated(scheme, october({ 'sales.amount': '90' }))).toMatchObject({
      outcome: { honour: 'champion', voided: [], marks: [] },
      actions: [],
    });
  });
});

describe('pay', () => {
  const tables = {
    rates: {
      kind: 'step',
      below: 0,
      rows: [
        { from: '80%', value: '1%' },
        { over: 1, value: '2.5%' },
      ],
    },
  };
  const commission = { key: 'commission', kind: 'commission', on: 'sales.amount', by: 'sales.amount / 1000', table: 'rates' };
  const paying = (pay: readonly object[], more: object = {}) => smallScheme({ facts, tables, sections: [], score: 'none', pay, ...more });

  it('commission on the whole by the rate reached; what was missing to the next tier is said', () => {
    const scheme = paying([commission]);
    const line = (amount: string) => {
      const result = evaluated(scheme, october({ 'sales.amount': amount }));
      return [result.pay.total, nodeOf(result, 'line.commission').params];
    };
    expect(line('799.99')).toEqual([
      '0.00',
      { table: 'rates', on: '799.99', by: '0.79999', rate: '0', nextFrom: '0.8', nextValue: '0.01', missing: '0.00001' },
    ]);
    expect(line('1000')).toEqual([
      '10.00',
      { table: 'rates', on: '1000', by: '1', rate: '0.01', from: '0.8', nextOver: '1', nextValue: '0.025', missing: '0' },
    ]);
    expect(line('1000.01')).toEqual(['25.00', { table: 'rates', on: '1000.01', by: '1.00001', rate: '0.025', over: '1' }]);
  });

  it('a voided line is there with 0.00, and says what it would have paid', () => {
    const result = evaluated(paying([{ ...commission, unless: 'sales.amount > 900' }]), october({ 'sales.amount': '1000' }));
    expect(result.pay).toEqual({ lines: [{ key: 'commission', amount: '0.00' }], total: '0.00' });
    expect(nodeOf(result, 'line.commission').params).toMatchObject({ voided: 'true', earned: '10.00', rate: '0.01' });
  });

  it('rounds as the line says', () => {
    const modes = ['half-up', 'half-even', 'up', 'down'].flatMap((mode) => [0, 1, 2].map((places) => ({ mode, places })));
    const pay = modes.map(({ mode, places }, index) => ({
      key: `l${index}`,
      kind: 'formula',
      formula: 'sales.amount',
      round: { places, mode },
    }));
    const scheme = paying(pay);
    const amounts = (amount: string) => evaluated(scheme, october({ 'sales.amount': amount })).pay.lines.map((line) => line.amount);
    expect(amounts('2.5')).toEqual(['3.00', '2.50', '2.50', '2.00', '2.50', '2.50', '3.00', '2.50', '2.50', '2.00', '2.50', '2.50']);
    expect(amounts('0.145')).toEqual(['0.00', '0.10', '0.15', '0.00', '0.10', '0.14', '1.00', '0.20', '0.15', '0.00', '0.10', '0.14']);
  });

  it('prizes go by place; those level share equally, cut down to the cent', () => {
    const scheme = smallScheme({
      facts: { 'group.others': { ...money, group: 'sales.amount' }, 'sales.amount': money },
      sections: sales,
      outcome: [
        { key: 'place', type: 'integer', value: '1 + ahead(group.others, sales.amount)' },
        { key: 'holders', type: 'integer', value: '1 + level(group.others, sales.amount)' },
      ],
      pay: [{ key: 'prize', kind: 'prize', place: 'outcome.place', holders: 'outcome.holders', prizes: [3000, 2000, 1000] }],
    });
    const prize = (own: string, others: readonly string[]) => {
      const result = evaluated(scheme, october({ 'sales.amount': own, 'group.others': others }));
      return [result.pay.total, nodeOf(result, 'line.prize').params];
    };
    expect(prize('96', ['96', '90', '88'])[0]).toBe('2500.00');
    expect(prize('90', ['96', '96', '88'])[0]).toBe('1000.00');
    expect(prize('5', ['9', '8', '5', '5'])).toEqual(['333.33', { prizes: '3000 2000 1000', place: '3', holders: '3', pool: '1000' }]);
    expect(prize('5', ['9', '8', '5', '5', '5', '5', '5'])[0]).toBe('166.66');
    expect(prize('5', ['9', '8', '7', '6'])).toEqual([
      '0.00',
      { prizes: '3000 2000 1000', place: '5', holders: '1', pool: '0', missing: '2' },
    ]);
    expect(prize('5', [])[0]).toBe('3000.00');
  });

  it('a table that does not fit the line is a problem', () => {
    expect(problemsOf({ facts, tables, sections: [], pay: [{ ...commission, by: undefined }] })).toEqual(['by-needed pay.0']);
    const marginal = { rates: { kind: 'marginal', rows: [{ from: 0, rate: '1%' }] } };
    expect(problemsOf({ facts, tables: marginal, sections: [], pay: [commission] })).toEqual(['marginal-takes-no-by pay.0.by']);
  });
});

describe('roll-ups', () => {
  const months = (...scores: (readonly [string, string])[]): Partial<EvaluationInput> => ({
    history: scores.map(([period, score]) => ({ period, score })),
  });
  const rolling = (rule: object, more: object = {}) =>
    smallScheme({
      periods: { month: { kind: 'scored' }, year: { kind: 'roll-up', of: 'month', ...rule } },
      facts,
      sections: sales,
      ...more,
    });
  const year = (scheme: ReturnType<typeof smallScheme>, history: Partial<EvaluationInput>, of = {}) =>
    evaluated(scheme, { period: '2026', facts: of, ratings: {}, ...history });

  it('through quarters: each formed and rounded, weighted by its months', () => {
    const scheme = rolling({ method: 'mean', through: 'quarter' });
    const result = year(scheme, months(['2026-06', '94.98'], ['2026-01', '80'], ['2026-03', '80.04'], ['2026-02', '80']));
    expect(result.score).toBe('83.75');
    expect(result.sections).toEqual([
      {
        key: 'quarters',
        score: '83.75',
        indicators: [
          { key: '2026-Q1', score: '80.01' },
          { key: '2026-Q2', score: '94.98' },
        ],
      },
    ]);
    expect(nodeOf(result, '2026-Q1')).toMatchObject({ rule: 'mean-of-months', value: '80.01', params: { months: '3' } });
  });

  it('weighted by month, a month without a weight counting once', () => {
    const scheme = rolling({ method: 'weighted-mean', weights: { 12: 2 } });
    expect(year(scheme, months(['2026-11', '60'], ['2026-12', '90'])).score).toBe('80.00');
    expect(
      problemsOf({ periods: { year: { kind: 'roll-up', of: 'month', method: 'weighted-mean', weights: { 1: 0 } } }, sections: [] }),
    ).toEqual(['not-above-zero periods.year.weights.1']);
  });

  it('reads facts, pays and acts only where blocks name its kind of period', () => {
    const scheme = rolling(
      { method: 'mean' },
      {
        facts: { ...facts, 'year.target': { ...money, periods: ['year'] }, 'year.amount': { ...money, periods: ['year'] } },
        values: [{ key: 'reached', kind: 'formula', formula: 'year.amount >= year.target', periods: ['year'] }],
        modifiers: [{ key: 'bonus', kind: 'add', value: 'if(value.reached, 5, 0)', periods: ['year'] }],
        pay: [{ key: 'p', kind: 'formula', formula: 'score', periods: ['year'] }],
        actions: [{ key: 'trip', when: 'value.reached', periods: ['year'] }],
      },
    );
    const reached = year(scheme, months(['2026-11', '60']), { 'year.amount': '5', 'year.target': '5' });
    expect(reached).toMatchObject({ score: '65.00', pay: { total: '65.00' }, actions: [{ key: 'trip' }], sections: [] });
    expect(evaluated(scheme, october({ 'sales.amount': '7' }))).toMatchObject({
      score: '7.00',
      pay: { lines: [], total: '0.00' },
      actions: [],
    });
  });

  it('adds what a section of its own kind of period scores, and the points of all kinds are those of scored ones', () => {
    const extra = {
      key: 'extra',
      periods: ['year'],
      indicators: [{ key: 'talks', points: 5, method: { kind: 'bonus', count: 'talks.count', each: 2 } }],
    };
    const scheme = rolling(
      { method: 'mean' },
      {
        points: 100,
        facts: { ...facts, 'talks.count': { ...count, periods: ['year'] } },
        sections: [{ ...sales[0], periods: ['month'] }, extra],
      },
    );
    const result = year(scheme, months(['2026-11', '60'], ['2026-10', '61']), { 'talks.count': '2' });
    expect(result.score).toBe('64.50');
    expect(nodeOf(result, 'score').inputs?.map(({ key, value }) => [key, value])).toEqual([
      ['roll-up', '60.50'],
      ['section.extra', '4.00'],
    ]);
  });
});

describe('stopping at the score', () => {
  const scheme = smallScheme({
    facts: { ...facts, 'group.scores': { unit: 'number', group: 'score' } },
    sections: sales,
    bands: { on: 'score', list: [{ key: 'A', from: 50 }, { key: 'B' }] },
    outcome: [{ key: 'place', type: 'integer', value: '1 + ahead(group.scores, score)' }],
    pay: [{ key: 'p', kind: 'formula', formula: 'score' }],
    actions: [{ key: 'talk', when: 'true' }],
  });

  it('gives score and grade without the group, and nothing that follows', () => {
    expect(evaluated(scheme, october({ 'sales.amount': '60' }, { until: 'score' }))).toMatchObject({
      score: '60.00',
      grade: 'A',
      pay: { lines: [], total: null },
      outcome: {},
      actions: [],
      pending: true,
    });
    expect(evaluate(scheme, october({ 'sales.amount': '60' })).errors).toMatchObject([{ code: 'missing-fact', key: 'group.scores' }]);
    expect(evaluated(scheme, october({ 'sales.amount': '60', 'group.scores': ['61'] }))).toMatchObject({
      outcome: { place: 2 },
      actions: [{ key: 'talk' }],
    });
  });

  it('so nothing up to the score may read the group', () => {
    const early = [{ key: 's', indicators: [{ key: 'i', points: 1, method: { kind: 'formula', formula: 'count(group.scores)' } }] }];
    expect(problemsOf({ facts: { 'group.scores': { unit: 'number', group: 'score' } }, sections: early })).toEqual([
      'group-fact-before-score facts.group.scores',
    ]);
  });
});

describe('a period in parts after a transfer', () => {
  const scheme = smallScheme({
    facts,
    ratings: { conduct: { type: 'points', to: 10, by: 'manager' }, word: { type: 'word', words: ['good', 'bad'], by: 'manager' } },
    sections: [...sales, { key: 'c', indicators: [{ key: 'conduct', points: 10, method: { kind: 'rating', rating: 'conduct' } }] }],
    bands: { on: 'score', list: [{ key: 'A', from: 20 }, { key: 'B' }] },
    outcome: [
      { key: 'conduct', type: 'decimal', value: 'rating.conduct' },
      { key: 'word', type: 'word', value: 'rating.word' },
    ],
    pay: [{ key: 'p', kind: 'formula', formula: 'score + sales.amount' }],
  });
  const parts = [
    { part: 'north', workingDays: '5', ratings: { conduct: '4', word: 'bad' } },
    { part: 'east', workingDays: '17', ratings: { conduct: '9.5', word: 'good' } },
  ];
  const split = (of: typeof parts) => evaluate(scheme, october({ 'sales.amount': '12' }, { parts: of }));

  it('is the mean of the parts’ rounded scores by working days; what follows is computed on it', () => {
    // (16.00 × 5 + 21.50 × 17) ÷ 22
    const result = split(parts);
    expect(result).toMatchObject({
      errors: [],
      score: '20.25',
      grade: 'A',
      outcome: { conduct: '8.25', word: 'good' },
      pay: { total: '32.25' },
    });
    expect(result.sections).toEqual([
      {
        key: 'parts',
        score: '20.25',
        indicators: [
          { key: 'east', score: '21.50' },
          { key: 'north', score: '16.00' },
        ],
      },
    ]);
    expect(nodeOf(result, 'part.north')).toMatchObject({ rule: 'part', value: '16.00', params: { workingDays: '5' } });
  });

  it('is the same whatever the order of the parts, and one part alone is its own score', () => {
    expect(JSON.stringify(split([...parts].reverse()))).toBe(JSON.stringify(split(parts)));
    expect(split(parts.slice(0, 1)).score).toBe('16.00');
  });

  it('names what is wrong with a part', () => {
    expect(split([{ part: 'north', workingDays: '0', ratings: { conduct: '4', word: 'bad' } }]).errors).toEqual([
      { code: 'out-of-range', key: 'parts.north' },
    ]);
    const bare = { part: 'south', workingDays: '3', ratings: { word: 'bad' } };
    expect(evaluate(scheme, october({ 'sales.amount': '12' }, { parts: [...parts, bare] })).errors).toMatchObject([
      { code: 'missing-rating', key: 'conduct' },
    ]);
  });
});

describe('forced distribution', () => {
  const shares = { A: '20%', B: '50%', C: '25%', D: '5%' };
  const list = [{ key: 'A', from: 90 }, { key: 'B', from: 75 }, { key: 'C', from: 60 }, { key: 'D' }];
  const scheme = (enabled: boolean, of: object = shares) =>
    smallScheme({
      facts,
      sections: sales,
      bands: { on: 'score', list },
      distribution: { enabled, per: 'department', atLeast: 20, shares: of },
    });
  const targets = (people: number) => distributionTargets(scheme(true), people)?.map((target) => target.people);

  it('has targets by largest remainder, equal remainders to the better grade', () => {
    expect(targets(30)).toEqual([6, 15, 8, 1]);
    expect(targets(20)).toEqual([4, 10, 5, 1]);
    expect(targets(22)).toEqual([4, 11, 6, 1]);
    expect(targets(19)).toBeUndefined();
    expect(distributionTargets(scheme(false), 30)).toBeUndefined();
  });

  it('is a finding for each grade off its target, per department of enough people', () => {
    const people = (department: string, of: Readonly<Record<string, number>>): GradeCount[] =>
      Object.entries(of).map(([grade, many]) => ({ department, grade, people: many }));
    const all = [
      ...people('West', { A: 8, B: 15, C: 6, D: 1 }),
      ...people('East', { A: 6, B: 15, C: 8, D: 1 }),
      ...people('Small', { A: 3 }),
    ];
    expect(groupFindings(scheme(true), all)).toEqual([
      { code: 'distribution-off-target', grade: 'A', department: 'West', people: 30, target: 6, have: 8 },
      { code: 'distribution-off-target', grade: 'C', department: 'West', people: 30, target: 8, have: 6 },
    ]);
    expect(groupFindings(scheme(false), all)).toEqual([]);
  });

  it('must add up, over grades that there are', () => {
    const wrong = { enabled: true, per: 'cycle', atLeast: 1, shares: { A: '20%', X: '80%' } };
    expect(problemsOf({ facts, sections: sales, bands: { on: 'score', list }, distribution: wrong })).toEqual([
      'shares-do-not-sum distribution.shares',
      'unknown-name distribution.shares.X',
    ]);
  });
});

it('a cohort in one pass gives the same bytes as one by one', () => {
  const scheme = smallScheme({
    facts: { ...facts, 'breaches.count': count },
    sections: sales,
    bands: { on: 'score', list: [{ key: 'A', from: 50 }, { key: 'B' }] },
  });
  const cohort = ['10', '50', 'x', '99.5'].map((amount) => october({ 'sales.amount': amount }));
  expect([...evaluateBatch(scheme, cohort)].map((one) => JSON.stringify(one))).toEqual(
    cohort.map((input) => JSON.stringify(evaluate(scheme, input))),
  );
});
