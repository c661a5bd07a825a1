import { compiledTemplate } from '../../application/templates';
import { evaluate } from '../evaluate.policy';
import { actionKeys, amounts, errors, months, points, scored, workedExample } from './worked-examples.test-kit';

/* Templates 6 and 7, 10: rank-bonus, month-quarter-year, eighty-line. */

describe('rank-bonus', () => {
  it('caps completion at 120 %, conversion at its target, and is at most 110.00', () => {
    const most = scored('06-month', { facts: { 'sales.amount': '999999', 'conversion.rate': '99', 'satisfaction.rate': '100' } });
    expect(points(most)).toEqual({ completion: '60.00', conversion: '30.00', satisfaction: '20.00' });
    expect(most).toMatchObject({ score: '110.00', grade: null });
  });

  it.each([
    ['100', '0', '90.00', '1500.00'],
    ['99.95', '0', '89.99', '1000.00'],
    ['50', '0', '80.00', '1000.00'],
    ['49.95', '0', '79.99', '500.00'],
    ['50', '20', '60.00', '500.00'],
    ['49.95', '20', '59.99', '0.00'],
  ])('satisfaction %s (and %s points of conversion given up): %s pays a performance bonus of %s', (rate, without, score, bonus) => {
    const conversion = without === '0' ? '20' : '6.6666666667';
    const rest = { 'sales.amount': '80000', 'conversion.rate': conversion, 'group.scores': [] };
    const result = scored('06-month', { facts: { ...rest, 'satisfaction.rate': rate } });
    expect([result.score, amounts(result)['performance_bonus']]).toEqual([score, bonus]);
  });

  it.each([
    ['79999.99', '0.00'],
    ['80000', '500.00'],
    ['99999.99', '500.00'],
    ['100000', '1000.00'],
    ['119999.99', '1000.00'],
    ['120000', '2000.00'],
  ])('sales of %s of 100000 pay a sales bonus of %s', (amount, bonus) => {
    expect(amounts(scored('06-month', { facts: { 'sales.amount': amount } }))['sales_bonus']).toBe(bonus);
  });

  it('gives the first prize to a person alone, and shares the prizes of the places taken up', () => {
    const prize = (...others: readonly string[]) => {
      const result = scored('06-month', { facts: { 'group.scores': others } });
      return [result.outcome['place'], result.outcome['holders'], amounts(result)['rank_bonus']];
    };
    expect(prize()).toEqual([1, 1, '3000.00']);
    expect(prize('98.60', '98.6')).toEqual([1, 3, '2000.00']);
    expect(prize('98.60', '98.60', '98.60', '98.60')).toEqual([1, 5, '1200.00']);
    expect(prize('98.61', '98.60')).toEqual([2, 2, '1500.00']);
    expect(prize('98.6000000001')).toEqual([2, 1, '2000.00']);
    expect(prize('99', '99', '99')).toEqual([4, 1, '0.00']);
  });

  it('names what is wrong with the list of the others', () => {
    expect(errors('06-month', { facts: { 'group.scores': undefined } })).toEqual(['missing-fact group.scores']);
    expect(errors('06-month', { facts: { 'group.scores': '98.60' } })).toEqual(['unknown-value group.scores']);
    expect(errors('06-month', { facts: { 'group.scores': ['90', '1e2'] } })).toEqual(['invalid-number group.scores']);
    expect(errors('06-month', { facts: { 'group.scores': ['90', '-1'] } })).toEqual(['negative-fact group.scores']);
    expect(errors('06-month', { facts: { 'conversion.rate': '100.01', 'conversion.target': '0' } })).toEqual([
      'out-of-range conversion.rate',
      'zero-target conversion.target',
    ]);
  });
});

describe('month-quarter-year', () => {
  const of = (key: string, facts: Record<string, string>) => points(scored('07-month', { facts }))[key];

  it('is full where there was nobody to keep, and caps shares at their targets', () => {
    expect(of('retained_customers', { 'customers.existing': '0', 'customers.retained': '0' })).toBe('10.00');
    expect(of('market_share', { 'share.rate': '30' })).toBe('10.00');
    expect(of('amount', { 'sales.amount': '100000.01' })).toBe('40.00');
  });

  it('pays by grade and kind of period', () => {
    const bonus = (name: string, scores: Record<string, string>) => {
      const { grade, pay } = scored(name, { history: months('2026', scores) });
      return [grade, pay.total];
    };
    expect(bonus('07-quarter', { '07': '90.00' })).toEqual(['A', '2000.00']);
    expect(bonus('07-quarter', { '07': '89.99' })).toEqual(['B', '1200.00']);
    expect(bonus('07-quarter', { '09': '79.99' })).toEqual(['C', '600.00']);
    expect(bonus('07-quarter', { '08': '59.99' })).toEqual(['D', '0.00']);
    expect(bonus('07-year', { '01': '90.00' })).toEqual(['A', '8000.00']);
    expect(bonus('07-year', { '12': '60.00' })).toEqual(['C', '2400.00']);
    expect(bonus('07-year', { '12': '0' })).toEqual(['D', '0.00']);
  });

  it('makes who has an A in a year a candidate for promotion, and nobody in a month', () => {
    expect(actionKeys(scored('07-year', { history: months('2026', { '01': '90.00' }) }))).toEqual(['promotion-candidate']);
    expect(actionKeys(scored('07-joined'))).toEqual([]);
  });

  it('rounds the mean of a quarter once and weighs quarters by their months with a score', () => {
    // (84.005 → as given) the mean of 84.00 and 84.01 is 84.005: half up.
    expect(scored('07-quarter', { history: months('2026', { '07': '84.00', '08': '84.01' }) }).score).toBe('84.01');
    const year = scored('07-year', { history: months('2026', { '01': '80.00', '02': '80.01', '10': '95.00' }) });
    expect(year.sections[0]?.indicators).toEqual([
      { key: '2026-Q1', score: '80.01' },
      { key: '2026-Q4', score: '95.00' },
    ]);
    expect(year.score).toBe('85.01');
  });

  it('pro-rates only the bonus by days served, in any kind of period', () => {
    const served = { 'days.served': '0', 'days.working': '22' };
    expect(scored('07-month', { facts: served })).toMatchObject({ score: '84.08', pay: { total: '0.00' } });
    expect(scored('07-month', { facts: { 'days.served': '11.5', 'days.working': '23' } }).pay.total).toBe('300.00');
    expect(scored('07-year', { facts: { 'days.served': '125', 'days.working': '250' } }).pay.total).toBe('2400.00');
  });

  it('takes both days or neither', () => {
    expect(errors('07-month', { facts: { 'days.served': '8' } })).toEqual(['missing-fact days.working']);
    expect(errors('07-quarter', { facts: { 'days.working': '8' } })).toEqual(['missing-fact days.served']);
    expect(errors('07-month', { facts: { 'days.served': '8', 'days.working': '0' } })).toEqual(['zero-target days.working']);
    expect(errors('07-month', { facts: { 'days.served': '22.1', 'days.working': '22' } })).toEqual(['inconsistent days.served']);
    expect(errors('07-month', { facts: { 'days.served': null, 'days.working': null } })).toEqual([]);
  });

  it('reads no fact of the month in a roll-up, and only months of its period', () => {
    expect(errors('07-quarter', { facts: { 'sales.target': '0' } })).toEqual([]);
    expect(errors('07-quarter', { history: months('2026', { '06': '90' }) })).toEqual(['missing-history history']);
    expect(errors('07-year', { history: months('2025', { '12': '90' }) })).toEqual(['missing-history history']);
    expect(errors('07-year', { history: [...months('2026', { '01': '90' }), ...months('2026', { '01': '91' })] })).toEqual([
      'duplicate-period history.2026-01',
    ]);
  });
});

describe('eighty-line', () => {
  it('pays the bonus base in proportion from 80 % on, without a cap', () => {
    const bonus = (amount: string) => amounts(scored('10-month', { facts: { 'sales.amount': amount } }))['completion_bonus'];
    expect(bonus('79999.99')).toBe('0.00');
    expect(bonus('80000')).toBe('800.00');
    expect(bonus('250000')).toBe('2500.00');
    expect(bonus('80000.50')).toBe('800.01');
  });

  it('asks for improvement under 80 % in a month and for a talk always', () => {
    expect(actionKeys(scored('10-month', { facts: { 'sales.amount': '79999.99' } }))).toEqual(['talk', 'improvement-plan']);
    expect(actionKeys(scored('10-month', { facts: { 'sales.amount': '80000' } }))).toEqual(['talk']);
  });

  it('honours all on the first place, by kind of period', () => {
    const honour = (name: string, others: readonly string[]) => scored(name, { facts: { 'group.scores': others } }).outcome;
    expect(honour('10-month', ['96.00'])).toEqual({ place: 1, holders: 2, honour: 'monthly-champion' });
    expect(honour('10-quarter', [])).toEqual({ place: 1, holders: 1, honour: 'quarterly-star' });
    expect(honour('10-year', ['90.00', '90'])).toEqual({ place: 1, holders: 3, honour: 'annual-master' });
    expect(honour('10-month', ['96.01'])['honour']).toBeNull();
  });

  it('pays prizes in quarter and year, shared among those level', () => {
    const prize = (name: string, others: readonly string[]) => amounts(scored(name, { facts: { 'group.scores': others } }))['rank_bonus'];
    expect(prize('10-quarter', [])).toBe('3000.00');
    expect(prize('10-quarter', ['95', '94', '92.53'])).toBe('500.00');
    expect(prize('10-quarter', ['95', '94', '93'])).toBe('0.00');
    expect(prize('10-year', ['90.00', '90.00'])).toBe('6333.33');
  });

  it('gives leave, health check and a course to places 1 to 3 of a year', () => {
    const year = (others: readonly string[]) => actionKeys(scored('10-year', { facts: { 'group.scores': others } }));
    expect(year(['95', '94'])).toEqual(['talk', 'extra-leave', 'health-check-upgrade', 'course-or-exchange']);
    expect(year(['95', '94', '93'])).toEqual(['talk']);
  });

  describe('fast track', () => {
    const quarter = (others: readonly string[], earlier: readonly (readonly [string, string | undefined, string | undefined])[]) =>
      actionKeys(
        scored('10-quarter', {
          facts: { 'group.scores': others },
          history: [
            ...months('2026', { '10': '96.00', '11': '91.50', '12': '90.10' }),
            ...earlier.map(([period, place, of]) => ({ period, facts: { 'rank.place': place, 'rank.of': of } })),
          ],
        }),
      ).includes('promotion-fast-track');
    const Q2 = ['2026-Q2', '1', '9'] as const;
    const Q3 = ['2026-Q3', '2', '20'] as const;

    it('is for three quarters in a row in the top tenth, at least the first', () => {
      expect(quarter([], [Q2, Q3])).toBe(true);
      expect(quarter([], [Q3])).toBe(false);
      expect(quarter([], [Q2, ['2026-Q3', '2', '19']])).toBe(false);
      expect(quarter([], [Q2, ['2026-Q1', '1', '5']])).toBe(false);
      expect(quarter(['99'], [Q2, Q3])).toBe(false);
      const twenty = (ahead: number) => Array.from({ length: 19 }, (_, index) => (index < ahead ? '99' : '50'));
      expect(quarter(twenty(1), [Q2, Q3])).toBe(true);
      expect(quarter(twenty(2), [Q2, Q3])).toBe(false);
    });

    it('does not count a quarter without both numbers', () => {
      expect(quarter([], [Q2, ['2026-Q3', '1', undefined]])).toBe(false);
      expect(quarter([], [['2026-Q2', undefined, '9'], Q3])).toBe(false);
    });
  });

  describe('special awards', () => {
    const award = (amount: unknown, reason: unknown = '展会', approved_by: unknown = ['a', 'b']) => ({ amount, reason, approved_by });
    const paid = (awards: unknown, name = '10-month') => amounts(scored(name, { ratings: { awards } }))['special_award'];
    const refused = (awards: unknown) => errors('10-month', { ratings: { awards } });

    it('are added, each to the cent, at any time', () => {
      expect(paid([award('100.005'), award('0.004', 'x', ['a', 'b', 'c'])])).toBe('100.01');
      expect(paid([award('500')], '10-quarter')).toBe('500.00');
      expect(paid([award('500')], '10-year')).toBe('500.00');
      expect(paid([])).toBe('0.00');
    });

    it('are refused by the first thing that is wrong with the first of them', () => {
      expect(refused('x')).toEqual(['unknown-value awards']);
      expect(refused([award('1e3', '', [])])).toEqual(['invalid-number awards']);
      expect(refused([award('0', '', [])])).toEqual(['out-of-range awards']);
      expect(refused([award('-5')])).toEqual(['out-of-range awards']);
      expect(refused([award('5', undefined, []), award('x')])).toEqual(['missing-approval awards']);
      expect(refused([award('5', '', ['a', 'b'])])).toEqual(['missing-reason awards']);
      expect(refused([award('5', '  ', ['a', 'b'])])).toEqual(['missing-reason awards']);
      expect(refused([award('5', 'r', ['a'])])).toEqual(['missing-approval awards']);
      expect(refused([award('5', 'r', ['a', 'a'])])).toEqual(['missing-approval awards']);
      expect(refused([award('5', 'r', 'a b')])).toEqual(['missing-approval awards']);
      expect(refused([award('5', null, ['a']), award('5')])).toEqual(['missing-reason awards']);
    });
  });
});

describe.each([
  ['06-month', 'group.scores', '98.60', 3, 0, 1],
  ['10-quarter', 'group.scores', '92.53', 5, 1, 0],
  ['10-year', 'group.scores', '90.00', 3, 1, 1],
  ['11-month', 'group.sales', '90000', 3, 1, 1],
] as const)('%s, ranked with many', (name, fact, at, of, ahead, level) => {
  const { scheme, input } = workedExample(name);
  const alone = Object.fromEntries(Object.entries(input.facts).filter(([key]) => key !== fact));
  const full = evaluate(compiledTemplate(scheme), input);

  it('is scored before anybody is placed', () => {
    const scoredOnly = evaluate(compiledTemplate(scheme), { ...input, facts: alone, until: 'score' });
    expect(scoredOnly).toMatchObject({ score: full.score, grade: full.grade, errors: [], outcome: {}, actions: [] });
    expect(scoredOnly.pay).toEqual({ lines: [], total: null });
  });

  it('pays the same by a standing as by the list of the others', () => {
    const placed = evaluate(compiledTemplate(scheme), { ...input, facts: { ...alone, [fact]: { standing: { of, ahead, level, at } } } });
    expect({ ...placed, explanation: null }).toEqual({ ...full, explanation: null });
  });
});
