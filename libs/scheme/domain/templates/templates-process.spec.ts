import type { Evaluation } from '../../contracts/evaluation';
import { actionKeys, amounts, type Change, errors, points, scored } from './worked-examples.test-kit';

/* Templates 11 to 14: activity-discipline, review-360, twelve-item-sheet, showroom. */

describe('activity-discipline', () => {
  const compliance = (facts: Record<string, string>, exceptions?: readonly string[]) =>
    points(scored('11-month', { facts, ratings: { exceptions } }))['compliance'];
  const ALL = { 'quotes.in_time': '8', 'followups.recorded': '18' };

  it('passes each of eight checks whole or not', () => {
    expect(compliance(ALL)).toBe('25.00');
    for (const failing of [
      { 'prospects.complete': '4' },
      { 'leads.screened': '29' },
      { 'quotes.in_time': '7' },
      { 'deliveries.in_time': '2' },
      { 'contracts.checked': '1' },
      { 'training.exam': '79.99' },
      { 'deals.major': '1' },
      { 'followups.recorded': '17' },
    ])
      expect(compliance({ ...ALL, ...failing })).toBe('21.88');
  });

  it('passes what was not due, and more than the plan is no fault', () => {
    const nothing = {
      'quotes.due': '0',
      'quotes.in_time': '0',
      'deliveries.due': '0',
      'deliveries.in_time': '0',
      'followups.due': '0',
      'followups.recorded': '0',
    };
    expect(compliance({ ...nothing, 'contracts.signed': '0', 'contracts.checked': '0', 'leads.screened': '51' })).toBe('25.00');
  });

  it('counts an approved exception as passed, says so, and still asks for its facts', () => {
    expect(compliance({}, ['quotes', 'followups'])).toBe('25.00');
    expect(compliance({}, ['prospects'])).toBe('18.75');
    const result = scored('11-month', { ratings: { exceptions: ['quotes'] } });
    expect(JSON.stringify(result.explanation)).toContain('"key":"value.quotes","rule":"cases","value":"1","params":{"case":"exception"}');
    expect(errors('11-month', { facts: { 'quotes.due': undefined }, ratings: { exceptions: ['quotes'] } })).toEqual([
      'missing-fact quotes.due',
    ]);
    expect(errors('11-month', { ratings: { exceptions: ['quotes', 'quotes'] } })).toEqual(['duplicate-item exceptions']);
    expect(errors('11-month', { ratings: { exceptions: ['sales'] } })).toEqual(['unknown-value exceptions']);
  });

  it('ranks by sales', () => {
    const prize = (others: readonly string[]) => {
      const result = scored('11-month', { facts: { 'group.sales': others } });
      return [result.outcome['place'], result.outcome['holders'], amounts(result)['rank_bonus']];
    };
    expect(prize([])).toEqual([1, 1, '2000.00']);
    expect(prize(['120000', '110000', '90000.00'])).toEqual([3, 2, '250.00']);
    expect(prize(['120000', '110000', '90000.01'])).toEqual([4, 1, '0.00']);
  });

  it('asks for improvement under target and for focus under 80', () => {
    const actions = (facts: Record<string, string>) => actionKeys(scored('11-month', { facts }));
    expect(actions({ 'sales.amount': '100000', 'satisfaction.rate': '80' })).toEqual([]);
    expect(actions({ 'sales.amount': '99999.99', 'satisfaction.rate': '80' })).toEqual(['improvement-plan']);
    expect(actions({ 'sales.amount': '100000', 'satisfaction.rate': '79.99' })).toEqual(['focus-improvement']);
  });

  it('a year reads only its sales', () => {
    const year = (amount: string) => actionKeys(scored('11-year', { facts: { 'sales.amount': amount } }));
    expect(year('1199999.99')).toEqual([]);
    expect(year('1200000')).toEqual(['trip-or-training']);
    expect(errors('11-year', { facts: { 'sales.target': undefined, 'quotes.due': 'x' } })).toEqual(['missing-fact sales.target']);
  });

  it('names parts above their wholes', () => {
    expect(errors('11-month', { facts: { 'quotes.in_time': '9', 'deals.major_reported': '1', 'followups.recorded': '19' } })).toEqual([
      'inconsistent deals.major_reported',
      'inconsistent followups.recorded',
      'inconsistent quotes.in_time',
    ]);
  });
});

describe('review-360', () => {
  const LINES = ['amount', 'profit', 'customers', 'efficiency', 'ability', 'teamwork'];
  const all = (group: string, answer: unknown) => Object.fromEntries(LINES.map((line) => [`${group}.${line}`, answer]));
  const merged = (change: Change) => scored('12-quarter', change).outcome['merged'];

  it('gives the share of an absent group to the manager', () => {
    expect(merged({ ratings: all('self', undefined) })).toEqual(['self']);
    expect(merged({ ratings: all('customers', undefined) })).toEqual(['customers']);
    expect(merged({ ratings: all('peers', undefined) })).toEqual(['peers']);
    expect(merged({ ratings: { ...all('customers', []), ...all('peers', ['100', '100']), ...all('self', undefined) } })).toEqual([
      'self',
      'peers',
      'customers',
    ]);
    expect(
      scored('12-quarter', {
        ratings: { ...all('customers', []), ...all('peers', []), ...all('self', undefined), ...all('manager', '80') },
      }).score,
    ).toBe('80.00');
  });

  it('counts one customer, three peers and at most five', () => {
    expect(merged({ ratings: all('customers', ['80']) })).toEqual([]);
    const peers = (count: number) =>
      all(
        'peers',
        Array.from({ length: count }, () => '80'),
      );
    expect(merged({ ratings: peers(3) })).toEqual([]);
    expect(merged({ ratings: peers(5) })).toEqual([]);
    expect(errors('12-quarter', { ratings: peers(6) })).toEqual(['too-many-raters peers']);
  });

  it('takes the exact mean of a group', () => {
    const { score } = scored('12-quarter', {
      ratings: { ...all('manager', '0'), ...all('self', '0'), ...all('customers', ['0']), ...all('peers', ['100', '100', '0']) },
    });
    // 20 % of 66.666… of each line: 4.00 2.67 2.00 1.33 2.00 1.33
    expect(score).toBe('13.33');
  });

  it('asks for a self-review that was begun to be whole, and always for the manager', () => {
    expect(errors('12-quarter', { ratings: { ...all('self', undefined), 'self.amount': '90' } })).toEqual(
      LINES.filter((line) => line !== 'amount')
        .map((line) => `missing-rating self.${line}`)
        .sort(),
    );
    expect(errors('12-quarter', { ratings: { 'manager.profit': undefined } })).toEqual(['missing-rating manager.profit']);
    expect(errors('12-quarter', { ratings: all('manager', undefined) })).toHaveLength(6);
  });

  it('refuses lists of different length and answers outside 0 to 100', () => {
    expect(errors('12-quarter', { ratings: { 'peers.profit': ['80', '80'] } })).toEqual(['inconsistent peers']);
    expect(errors('12-quarter', { ratings: { 'customers.profit': ['80'] } })).toEqual(['inconsistent customers']);
    expect(
      errors('12-quarter', { ratings: { 'peers.profit': ['80', '101', '80'], 'customers.ability': '80', 'self.ability': '-1' } }),
    ).toEqual(['unknown-value customers.ability', 'out-of-range peers.profit', 'out-of-range self.ability']);
  });
});
const indicators = (result: Evaluation): [string, string][] =>
  result.sections.flatMap((section) => section.indicators.map(({ key, score }): [string, string] => [key, score]));

describe('twelve-item-sheet', () => {
  const sheet = (change?: Change) => scored('13-month', change);

  it('gives the worked example: 84.59', () => {
    const result = sheet();
    expect(indicators(result).map(([, score]) => score)).toEqual([
      '27.60',
      '3.75',
      '6.67',
      '9.50',
      '10.00',
      '8.75',
      '2.27',
      '3.00',
      '4.50',
      '4.38',
      '4.17',
    ]);
    expect(result).toMatchObject({ score: '84.59', grade: null, outcome: {}, actions: [], pay: { lines: [], total: '0.00' } });
  });

  it('growth from nothing is full with any sales and none without', () => {
    const growth = (amount: string, previous: string) =>
      Object.fromEntries(indicators(sheet({ facts: { 'sales.amount': amount, 'sales.previous': previous } })))['growth'];
    expect(growth('1', '0')).toBe('5.00');
    expect(growth('0', '0')).toBe('0.00');
    expect(growth('110', '100')).toBe('5.00');
    expect(growth('109.99', '100')).toBe('5.00');
    expect(growth('105', '100')).toBe('2.50');
    expect(growth('90', '100')).toBe('0.00');
  });

  it('nothing due is full, lost customers stop at 0', () => {
    const result = Object.fromEntries(
      indicators(
        sheet({
          facts: { 'plans.due': '0', 'plans.done': '0', 'requests.received': '0', 'requests.answered': '0', 'customers.lost': '9' },
        }),
      ),
    );
    expect(result).toMatchObject({ plans_and_reports: '5.00', requests: '5.00', lost_customers: '0.00' });
  });

  it('ratios are compared and multiplied exactly before they are rounded once', () => {
    const result = Object.fromEntries(indicators(sheet({ facts: { 'sales.amount': '99999.9999999999', 'sales.target': '100000' } })));
    expect(result['completion']).toBe('30.00');
  });
});

describe('twelve-item-sheet, refused', () => {
  it('names counts with decimals, parts above wholes and a rating above its line', () => {
    expect(
      errors('13-month', {
        facts: { 'visits.count': '1.5', 'visits.target': '1.5', 'plans.done': '9', 'orders.weekly': '0.5', 'orders.weekly_target': '0' },
        ratings: { discipline: '5.01' },
      }),
    ).toEqual([
      'out-of-range discipline',
      'not-whole orders.weekly',
      'zero-target orders.weekly_target',
      'inconsistent plans.done',
      'not-whole visits.count',
    ]);
  });
});

describe('showroom', () => {
  const of = (facts: Record<string, string>) => points(scored('14-month', { facts }));

  it('deducts and never goes under 0 in a line', () => {
    expect(of({ 'absences.days': '0.5' })['attendance']).toBe('19.00');
    expect(of({ 'absences.days': '11' })['attendance']).toBe('0.00');
    expect(of({ 'complaints.filed': '3' })['complaints']).toBe('0.00');
    expect(of({ 'uniform.breaches': '6' })['uniform']).toBe('0.00');
    expect(of({ 'inspections.made': '0', 'inspections.passed': '0' })['inspection']).toBe('10.00');
    expect(of({ 'leads.rate': '99', 'test_drives.rate': '30', 'deals.rate': '0' })).toMatchObject({
      leads_kept: '15.00',
      test_drives: '15.00',
      deals: '0.00',
    });
  });

  it('takes rates and their targets from 0 to 100', () => {
    expect(
      errors('14-month', { facts: { 'leads.target': '100.1', 'test_drives.target': '0', 'deals.rate': '101', 'inspections.passed': '9' } }),
    ).toEqual([
      'out-of-range deals.rate',
      'inconsistent inspections.passed',
      'out-of-range leads.target',
      'zero-target test_drives.target',
    ]);
  });
});
