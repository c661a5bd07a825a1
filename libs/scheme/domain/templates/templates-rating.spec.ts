import { actionKeys, amounts, errors, months, points, scored } from './worked-examples.test-kit';

/* Templates 1 to 3: dimension-kpi, three-aspect-rating, component-bonus. */

describe('dimension-kpi', () => {
  const of = (key: string, facts: Record<string, string>) => points(scored('01-month', { facts }))[key];

  it('caps completion at 120 %, collections at 100 %, and nothing stops at 70', () => {
    expect(of('completion', { 'sales.amount': '119999.99' })).toBe('36.00');
    expect(of('completion', { 'sales.amount': '500000' })).toBe('36.00');
    expect(of('collections', { 'receivable.collected': '250000' })).toBe('10.00');
    expect(of('new_customers', { 'customers.new': '50' })).toBe('6.00');
  });

  it('gives the collections bonus strictly above 95 % of what was due, and only when something was', () => {
    expect(of('collections_bonus', { 'receivable.collected': '95000' })).toBe('0.00');
    expect(of('collections_bonus', { 'receivable.collected': '95000.01' })).toBe('2.00');
    expect(of('collections_bonus', { 'receivable.due': '0', 'receivable.collected': '5' })).toBe('0.00');
    expect(of('collections', { 'receivable.due': '0', 'receivable.collected': '0' })).toBe('10.00');
  });

  it('looks at expense multiplied out: 3 % included, nothing spent on nothing sold is full', () => {
    expect(of('expense', { 'expense.amount': '3300' })).toBe('5.00');
    expect(of('expense', { 'expense.amount': '3300.01' })).toBe('0.00');
    const nothing = { 'sales.amount': '0', 'sales.existing': '0' };
    expect(of('expense', { ...nothing, 'expense.amount': '0' })).toBe('5.00');
    expect(of('expense', { ...nothing, 'expense.amount': '0.01' })).toBe('0.00');
  });

  it('knows growth from nothing, none and full', () => {
    expect(of('growth', { 'sales.previous': '0' })).toBe('5.00');
    expect(of('growth', { 'sales.previous': '104761.90' })).toBe('2.50');
    expect(of('growth', { 'sales.previous': '110000' })).toBe('0.00');
    expect(of('growth', { 'sales.previous': '200000' })).toBe('0.00');
    expect(of('existing_growth', { 'sales.existing_previous': '0' })).toBe('4.00');
    expect(of('existing_growth', { 'sales.existing': '0', 'sales.existing_previous': '0' })).toBe('0.00');
  });

  it('is full where nothing was due, and rounds the two halves of information once', () => {
    expect(of('complaints', { 'complaints.filed': '0', 'complaints.in_time': '0' })).toBe('5.00');
    expect(of('information', { 'reports.due': '0', 'reports.on_time': '0', 'reports.accurate': '0' })).toBe('2.00');
    expect(of('information', { 'reports.due': '3', 'reports.on_time': '1', 'reports.accurate': '1' })).toBe('0.67');
    expect(of('compliance', { 'breaches.count': '7' })).toBe('0.00');
  });

  it('adds the three ability ratings before it rounds', () => {
    const ratings = { market_knowledge: '6.333', product_knowledge: '6.333', basic_skills: '4.333' };
    expect(points(scored('01-month', { ratings }))['ability']).toBe('17.00');
  });

  it.each([
    ['79999.99', '0', '0.00'],
    ['80000', '1', '800.00'],
    ['99999.99', '1', '1000.00'],
    ['100000', '2', '2000.00'],
    ['119999.99', '2', '2400.00'],
    ['120000', '2.5', '3000.00'],
  ])('sales of %s of 100000 pay %s %% of the whole amount: %s', (amount, rate, commission) => {
    const result = scored('01-month', { facts: { 'sales.amount': amount, 'expense.amount': '2500.01' } });
    expect(result.outcome).toEqual({ commission_rate: rate, voided: [] });
    expect(amounts(result)).toEqual({ commission, expense_reward: '0.00' });
  });

  it('voids the commission over 5 % of sales and rewards up to 2 %', () => {
    const paid = (expense: string) => amounts(scored('01-month', { facts: { 'expense.amount': expense } }));
    expect(paid('5500')).toEqual({ commission: '2200.00', expense_reward: '0.00' });
    expect(paid('5500.01')).toEqual({ commission: '0.00', expense_reward: '0.00' });
    expect(paid('2200.01')).toEqual({ commission: '2200.00', expense_reward: '0.00' });
    expect(paid('2200')).toEqual({ commission: '2200.00', expense_reward: '220.00' });
  });

  it('rewards a tenth of the commission as paid, to the cent', () => {
    const result = scored('01-month', { facts: { 'sales.amount': '100000.25', 'expense.amount': '0' } });
    expect(amounts(result)).toEqual({ commission: '2000.01', expense_reward: '200.00' });
  });

  it('names parts above their wholes, zero targets and ratings out of their range', () => {
    expect(errors('01-month', { facts: { 'complaints.in_time': '5', 'reports.accurate': '5', 'sales.existing': '110000.01' } })).toEqual([
      'inconsistent complaints.in_time',
      'inconsistent reports.accurate',
      'inconsistent sales.existing',
    ]);
    expect(
      errors('01-quarter', {
        facts: { 'sales.target': '0', 'customers.new_target': '0.00' },
        ratings: { attitude: '10.01', basic_skills: null },
      }),
    ).toEqual(['out-of-range attitude', 'missing-rating basic_skills', 'zero-target customers.new_target', 'zero-target sales.target']);
  });
});

describe('three-aspect-rating', () => {
  const aspects = (change: Parameters<typeof scored>[1]) => scored('02-month', change).outcome;
  const earlier = (...rates: readonly (string | null)[]) =>
    rates.map((rate, index) => ({ period: `2026-0${String(9 - index)}`, facts: { 'satisfaction.rate': rate } }));

  it('is excellent in performance from 110 % with every target met, equality included', () => {
    expect(aspects({ facts: { 'sales.amount': '110000' } })['performance']).toBe('excellent');
    expect(aspects({ facts: { 'sales.amount': '109999.99' } })['performance']).toBe('good');
    expect(aspects({ facts: { 'sales.amount': '100000' } })['performance']).toBe('good');
    expect(aspects({ facts: { 'sales.amount': '99999.99' } })['performance']).toBe('fail');
    for (const missed of [{ 'customers.count': '19' }, { 'satisfaction.target': '86.01' }, { 'profit.amount': '7999.99' }])
      expect(aspects({ facts: missed })['performance']).toBe('fail');
    expect(aspects({ facts: { 'profit.amount': '-5', 'profit.target': '-5' } })['performance']).toBe('excellent');
    expect(aspects({ facts: { 'profit.amount': '0', 'profit.target': '0' } })['performance']).toBe('excellent');
  });

  it('is excellent in service from 85 in all three months, good from 80', () => {
    expect(aspects({ history: earlier('85', '85') })['service']).toBe('excellent');
    expect(aspects({ history: earlier('85', '84.99') })['service']).toBe('good');
    expect(aspects({ history: earlier('80', '80') })['service']).toBe('good');
    expect(aspects({ history: earlier('79.99', '95') })['service']).toBe('fail');
    expect(aspects({ facts: { 'satisfaction.rate': '79.99' }, history: earlier('95', '95') })['service']).toBe('fail');
  });

  it('is at best good with a short history, judged on the months there', () => {
    expect(aspects({ history: [] })['service']).toBe('good');
    expect(aspects({ history: earlier('99') })['service']).toBe('good');
    expect(aspects({ history: earlier('79') })['service']).toBe('fail');
    expect(aspects({ history: [{ period: '2026-07', facts: { 'satisfaction.rate': 'unread' } }, { period: '2026-Q2' }] })['service']).toBe(
      'good',
    );
  });

  it('names an entry that is there without the rate', () => {
    expect(errors('02-month', { history: earlier(null, '85') })).toEqual(['missing-fact history.2026-09.satisfaction.rate']);
    expect(errors('02-month', { history: [{ period: '2026-08' }] })).toEqual(['missing-fact history.2026-08.satisfaction.rate']);
    expect(errors('02-month', { history: [{ period: 'x' }] })).toEqual(['invalid-period history']);
    expect(errors('02-month', { history: [...earlier('85'), ...earlier('85')] })).toEqual(['duplicate-period history.2026-09']);
    expect(errors('02-month', { history: earlier('100.01', 'x') })).toEqual([
      'invalid-number history.2026-08.satisfaction.rate',
      'out-of-range history.2026-09.satisfaction.rate',
    ]);
  });

  it('counts plus items once and every minus entry, without a cap and never under 0', () => {
    const all = scored('02-month', { ratings: { plus: ['customer-care', 'teamwork', 'self-improvement'], minus: ['迟到', '迟到'] } });
    expect(points(all)).toMatchObject({ plus: '6.00', minus: '-4.00' });
    expect(all.score).toBe('92.00');
    const most = {
      history: earlier('85', '85'),
      ratings: { personal: 'excellent', plus: ['customer-care', 'teamwork', 'self-improvement'] },
    };
    expect(scored('02-month', most)).toMatchObject({ score: '106.00', grade: 'excellent' });
    expect(scored('02-month', { ratings: { minus: Array.from({ length: 60 }, () => 'late') } }).score).toBe('0.00');
    expect(scored('02-month', { ratings: { plus: undefined, minus: undefined } }).score).toBe('90.00');
  });

  it('grades by the lowest of the three', () => {
    expect(scored('02-month', { ratings: { personal: 'fail' } })).toMatchObject({ grade: 'fail', score: '86.00' });
    expect(scored('02-month', { facts: { 'sales.amount': '1' } })).toMatchObject({ grade: 'fail', score: '67.00' });
  });

  it('names what is no such word or item', () => {
    expect(errors('02-month', { ratings: { personal: 'great', plus: ['teamwork', 'teamwork'], minus: 'late' } })).toEqual([
      'unknown-value minus',
      'unknown-value personal',
      'duplicate-item plus',
    ]);
    expect(errors('02-month', { ratings: { personal: undefined, plus: ['kindness'] } })).toEqual([
      'missing-rating personal',
      'unknown-value plus',
    ]);
  });
});

describe('component-bonus', () => {
  const paid = (change: Parameters<typeof scored>[1]) => amounts(scored('03-month', change));

  it('pays each component by itself', () => {
    expect(paid({ facts: { 'sales.amount': '100000' } })).toMatchObject({ sales_bonus: '2000.00' });
    expect(paid({ facts: { 'sales.amount': '99999.99' } })).toMatchObject({ sales_bonus: '0.00', new_customer_bonus: '1500.00' });
    expect(paid({ facts: { 'customers.new': '5' } })).toMatchObject({ new_customer_bonus: '1300.00' });
    expect(paid({ facts: { 'customers.new': '4' } })).toMatchObject({ new_customer_bonus: '0.00' });
    expect(paid({ facts: { 'satisfaction.rate': '90' } })).toMatchObject({ satisfaction_bonus: '500.00' });
    expect(paid({ facts: { 'satisfaction.rate': '89.9999' } })).toMatchObject({ satisfaction_bonus: '0.00' });
    expect(paid({ ratings: { team_task: 'excellent' } })).toMatchObject({ team_bonus: '800.00' });
    expect(paid({ ratings: { team_task: 'fail' } })).toMatchObject({ team_bonus: '0.00' });
  });

  it('rounds a line half up once', () => {
    expect(paid({ facts: { 'sales.amount': '100000.25', 'customers.new_sales': '30000.50' } })).toEqual({
      sales_bonus: '2000.01',
      new_customer_bonus: '1500.01',
      satisfaction_bonus: '500.00',
      team_bonus: '0.00',
    });
  });

  it('pays growth in a year when training reached its target or a certificate was earned', () => {
    const growth = (attended: string, certificates: string) =>
      scored('03-year', { facts: { 'training.attended': attended, 'certificates.count': certificates } }).pay;
    expect(growth('3', '0').total).toBe('300.00');
    expect(growth('2', '0')).toEqual({ lines: [{ key: 'growth_bonus', amount: '0.00' }], total: '0.00' });
    expect(growth('0', '2').total).toBe('300.00');
  });

  it('reads in a month what a month needs and in a year what a year needs', () => {
    expect(errors('03-month', { facts: { 'training.target': '0' } })).toEqual([]);
    expect(errors('03-month', { ratings: { team_task: null } })).toEqual(['missing-rating team_task']);
    expect(errors('03-year', { facts: { 'training.target': '0', 'certificates.count': '1.5' }, ratings: { team_task: 'x' } })).toEqual([
      'not-whole certificates.count',
      'zero-target training.target',
    ]);
    expect(actionKeys(scored('03-year'))).toEqual([]);
    expect(scored('03-year', { history: months('2026', { '01': 'unread' }) }).score).toBeNull();
  });
});
