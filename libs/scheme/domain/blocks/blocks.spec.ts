import type { EvaluationInput } from '../../contracts/evaluation';
import { evaluate } from '../evaluate.policy';
import { count, evaluated, indicatorScheme, money, nodeOf, october, problemsOf, smallScheme } from './small-scheme.test-kit';

const scoreOf = (scheme: ReturnType<typeof smallScheme>, facts: EvaluationInput['facts'], more: Partial<EvaluationInput> = {}) =>
  evaluated(scheme, october(facts, more)).score;

describe('methods', () => {
  it('sla: straight from its start to where it is full, full where there were no cases', () => {
    const facts = { 'calls.met': count, 'calls.all': count };
    const sla = indicatorScheme({ kind: 'sla', met: 'calls.met', of: 'calls.all', withinHours: 24, from: '50%', fullAt: '90%' }, { facts });
    const at = (met: string, all: string) => scoreOf(sla, { 'calls.met': met, 'calls.all': all });
    expect([at('5', '10'), at('7', '10'), at('9', '10'), at('10', '10'), at('0', '10'), at('0', '0')]).toEqual([
      '0.00',
      '5.00',
      '10.00',
      '10.00',
      '0.00',
      '10.00',
    ]);
    const node = nodeOf(evaluated(sla, october({ 'calls.met': '7', 'calls.all': '10' })), 'indicator.it');
    expect(node.params).toEqual({ points: '10', from: '0.5', fullAt: '0.9', withinHours: '24', ratio: '0.7', missing: '0.2' });
  });

  it('bonus: each occurrence adds, at most the points', () => {
    const bonus = indicatorScheme({ kind: 'bonus', count: 'ideas.count', each: 3 }, { facts: { 'ideas.count': count } });
    const at = (ideas: string) => scoreOf(bonus, { 'ideas.count': ideas });
    expect([at('0'), at('2'), at('4')]).toEqual(['0.00', '6.00', '10.00']);
  });

  it('attendance: from 100, each half day as one, a part of a day in proportion, never under 0', () => {
    const facts = { 'absences.days': { unit: 'days' }, 'absences.half_days': count };
    const attendance = indicatorScheme(
      { kind: 'attendance', days: 'absences.days', halfDays: 'absences.half_days', each: 4 },
      { facts },
      { points: 100 },
    );
    const at = (days: string, halves: string) => scoreOf(attendance, { 'absences.days': days, 'absences.half_days': halves });
    expect([at('0', '0'), at('1', '1'), at('1.5', '0'), at('30', '0')]).toEqual(['100.00', '92.00', '94.00', '0.00']);
  });

  it('items: so many points per named item', () => {
    const items = indicatorScheme(
      { kind: 'items', rating: 'faults', each: 4 },
      { ratings: { faults: { type: 'list', items: ['a', 'b', 'c'], by: 'manager' } } },
    );
    const at = (faults: readonly string[]) => scoreOf(items, {}, { ratings: { faults } });
    expect([at([]), at(['a']), at(['c', 'a']), at(['a', 'b', 'c'])]).toEqual(['10.00', '6.00', '2.00', '0.00']);
  });

  it('words: each word has its worth, and the next better one is named', () => {
    const worth = { excellent: 1, good: 0.8, fail: 0.5 };
    const ratings = { conduct: { type: 'word', words: ['excellent', 'good', 'fail'], by: 'manager' } };
    const words = indicatorScheme({ kind: 'words', of: 'rating.conduct', worth }, { ratings });
    const good = evaluated(words, october({}, { ratings: { conduct: 'good' } }));
    expect(good.score).toBe('8.00');
    expect(nodeOf(good, 'indicator.it').params).toMatchObject({ word: 'good', share: '0.8', next: 'excellent', nextShare: '1' });
    expect(
      problemsOf({
        ratings,
        sections: [
          { key: 's', indicators: [{ key: 'it', points: 1, method: { kind: 'words', of: 'rating.conduct', worth: { good: 1 } } }] },
        ],
      }).length,
    ).toBe(2);
  });

  it('a word of a formula that nothing is said about is an error, never a silent 0', () => {
    const values = [{ key: 'w', kind: 'formula', formula: "if(sales.amount > 1, 'much', 'little')" }];
    const words = indicatorScheme({ kind: 'words', of: 'value.w', worth: { much: 1 } }, { facts: { 'sales.amount': money }, values });
    expect(scoreOf(words, { 'sales.amount': '2' })).toBe('10.00');
    expect(evaluate(words, october({ 'sales.amount': '1' })).errors).toEqual([{ code: 'unknown-value', key: 'indicator.it' }]);
  });

  it('consecutive: all points only when it holds now and held in each period before', () => {
    const history = {
      before: {
        count: 2,
        facts: { 'calls.rate': { title: { 'zh-CN': '率', en: 'Rate' }, unit: 'percent' } },
        incomplete: 'skip',
        each: [{ key: 'reached', title: { 'zh-CN': '达', en: 'Reached' }, formula: 'calls.rate >= 80' }],
      },
    };
    const scheme = indicatorScheme(
      { kind: 'consecutive', now: 'calls.rate >= 80', history: 'before', each: 'reached', periods: 2 },
      { facts: { 'calls.rate': { unit: 'percent' } }, history },
    );
    const at = (now: string, ...before: (readonly [string, string])[]) =>
      scoreOf(scheme, { 'calls.rate': now }, { history: before.map(([period, rate]) => ({ period, facts: { 'calls.rate': rate } })) });
    expect(at('80', ['2026-09', '80'], ['2026-08', '95'])).toBe('10.00');
    expect(at('79', ['2026-09', '80'], ['2026-08', '95'])).toBe('0.00');
    expect(at('80', ['2026-09', '79'], ['2026-08', '95'])).toBe('0.00');
    // A month that is not there did not hold, whatever lies before it.
    expect(at('80', ['2026-08', '95'], ['2026-07', '95'])).toBe('0.00');
  });

  it('raters: shares of absent groups go where the scheme says', () => {
    const raters = {
      lines: [{ key: 'work' }],
      from: 0,
      to: 100,
      groups: [
        { key: 'manager', by: 'manager', share: '60%', absent: 'block' },
        { key: 'peers', by: 'peers', share: '40%', many: true, least: 3, absent: { to: 'manager' } },
      ],
    };
    const scheme = indicatorScheme({ kind: 'raters', line: 'work' }, { raters });
    const three = evaluated(scheme, october({}, { ratings: { 'manager.work': '90', 'peers.work': ['60', '70', '80'] } }));
    expect(three.score).toBe('8.20');
    expect(nodeOf(three, 'raters.peers.work')).toMatchObject({ value: '70', params: { share: '0.4', stated: '0.4' } });
    const two = evaluated(scheme, october({}, { ratings: { 'manager.work': '90', 'peers.work': ['60', '70'] } }));
    expect(two.score).toBe('9.00');
    expect(nodeOf(two, 'raters.manager.work').params).toEqual({ share: '1', stated: '0.6' });
    expect(JSON.stringify(two.explanation)).not.toContain('"60"');
  });

  it('tiers by slices: each at its own rate', () => {
    const tables = {
      slices: {
        kind: 'marginal',
        rows: [
          { from: 0, rate: '1%' },
          { from: 1000, rate: '2%' },
        ],
      },
    };
    const scheme = smallScheme({
      facts: { 'sales.amount': money },
      tables,
      sections: [],
      score: 'none',
      pay: [{ key: 'commission', kind: 'commission', on: 'sales.amount', table: 'slices' }],
    });
    const paid = (amount: string) => evaluated(scheme, october({ 'sales.amount': amount })).pay.total;
    expect([paid('0'), paid('999'), paid('1000'), paid('1500')]).toEqual(['0.00', '9.99', '10.00', '20.00']);
    const node = nodeOf(evaluated(scheme, october({ 'sales.amount': '900' })), 'line.commission');
    expect(node.params).toEqual({ table: 'slices', on: '900', from: '0', nextFrom: '1000', nextValue: '0.02', missing: '100' });
  });
});

describe('indicators and sections', () => {
  const facts = { 'sales.amount': money, 'breaches.count': count };
  const formula = { kind: 'formula', formula: 'sales.amount' };

  it('voids, then doubles what is missing, after rounding and never below 0', () => {
    const ratings = { repeated: { type: 'list', items: 'lines', by: 'manager' } };
    const scheme = indicatorScheme(formula, { facts, ratings }, { zeroWhen: 'breaches.count > 1', doubledBy: 'repeated' });
    const at = (amount: string, breaches: string, repeated: readonly string[]) =>
      evaluated(scheme, october({ 'sales.amount': amount, 'breaches.count': breaches }, { ratings: { repeated } }));
    expect(at('7.335', '0', []).score).toBe('7.34');
    expect(at('7.335', '0', ['it']).score).toBe('4.68');
    expect(at('4', '0', ['it']).score).toBe('0.00');
    expect(at('10', '0', ['it']).score).toBe('10.00');
    expect(at('10', '2', []).score).toBe('0.00');
    expect(nodeOf(at('7.335', '0', ['it']), 'indicator.it')).toMatchObject({
      rule: 'doubled',
      value: '4.68',
      params: { applied: 'true', missing: '2.66' },
      inputs: [{ rule: 'zero-when', value: '7.34', inputs: [{ rule: 'formula', value: '7.34' }, {}] }, {}],
    });
  });

  it('counts a share of an indicator and of a section, shows all of it, and the sum adds up', () => {
    const scheme = smallScheme({
      facts,
      points: 100,
      sections: [
        { key: 'card', counts: '0%', indicators: [{ key: 'line', points: 40, method: formula }] },
        {
          key: 'both',
          points: 100,
          indicators: [
            { key: 'daily', points: 100, counts: '70%', method: { kind: 'formula', formula: 'section.card * 2' } },
            { key: 'rest', points: 100, counts: '30%', method: { kind: 'any-takes-all', count: 'breaches.count' } },
          ],
        },
      ],
    });
    const result = evaluated(scheme, october({ 'sales.amount': '33.335', 'breaches.count': '0' }));
    expect(result.score).toBe('76.68');
    expect(result.sections).toEqual([
      { key: 'card', score: '33.34', indicators: [{ key: 'line', score: '33.34' }] },
      {
        key: 'both',
        score: '76.68',
        indicators: [
          { key: 'daily', score: '66.68' },
          { key: 'rest', score: '100.00' },
        ],
      },
    ]);
    expect(nodeOf(result, 'score').inputs?.map(({ value }) => value)).toEqual(['0.00', '76.68']);
  });

  it('may go below 0 only where it says so', () => {
    const minus = { kind: 'formula', formula: '0 - sales.amount' };
    const scheme = smallScheme({
      facts,
      sections: [
        {
          key: 's',
          indicators: [
            { key: 'full', points: 10, method: { kind: 'any-takes-all', count: 'breaches.count' } },
            { key: 'floored', points: 0, method: minus },
            { key: 'minus', points: 0, method: minus, mayBeNegative: true },
          ],
        },
      ],
    });
    const at = (amount: string) => evaluated(scheme, october({ 'sales.amount': amount, 'breaches.count': '0' }));
    expect(at('4').score).toBe('6.00');
    expect(at('4').sections[0]?.indicators.map(({ score }) => score)).toEqual(['10.00', '0.00', '-4.00']);
    expect(at('40').score).toBe('0.00');
  });

  it('leaves out a section that is not the person’s: worth 0, not shown, its facts not asked, and the tree says why', () => {
    const scheme = smallScheme({
      facts,
      employee: { role: { words: ['rep', 'manager'] } },
      sections: [
        { key: 'all', indicators: [{ key: 'a', points: 10, method: { kind: 'any-takes-all', count: 'breaches.count' } }] },
        { key: 'reps', when: "employee.role = 'rep'", indicators: [{ key: 'b', points: 10, method: formula }] },
      ],
    });
    const manager = evaluated(scheme, october({ 'breaches.count': '0' }, { employee: { role: 'manager' } }));
    expect(manager.score).toBe('10.00');
    expect(manager.sections.map(({ key }) => key)).toEqual(['all']);
    expect(nodeOf(manager, 'section.reps')).toMatchObject({ rule: 'absent', value: '0.00', params: { formula: "employee.role = 'rep'" } });
    expect(scoreOf(scheme, { 'breaches.count': '0', 'sales.amount': '4' }, { employee: { role: 'rep' } })).toBe('14.00');
    expect(evaluate(scheme, october({ 'breaches.count': '0' }, { employee: { role: 'rep' } })).errors).toMatchObject([
      { code: 'missing-fact', key: 'sales.amount' },
    ]);
  });

  it('a modifier of a role leaves others alone and says so', () => {
    const scheme = smallScheme({
      facts,
      employee: { role: { words: ['rep', 'manager'] } },
      sections: [{ key: 's', indicators: [{ key: 'a', points: 10, method: formula }] }],
      modifiers: [{ key: 'extra', kind: 'add', value: 5, when: "employee.role = 'rep'" }],
    });
    expect(scoreOf(scheme, { 'sales.amount': '7' }, { employee: { role: 'rep' } })).toBe('12.00');
    const manager = evaluated(scheme, october({ 'sales.amount': '7' }, { employee: { role: 'manager' } }));
    expect(manager.score).toBe('7.00');
    expect(nodeOf(manager, 'modifier.extra')).toMatchObject({ rule: 'not-applied', value: '7.00' });
  });

  it('has points by kind of period', () => {
    const scheme = smallScheme({
      facts,
      periods: { month: { kind: 'scored' }, quarter: { kind: 'scored' } },
      points: { month: 100, quarter: 60 },
      sections: [
        {
          key: 's',
          indicators: [{ key: 'a', points: { month: 100, quarter: 60 }, method: { kind: 'any-takes-all', count: 'breaches.count' } }],
        },
      ],
    });
    expect(scoreOf(scheme, { 'breaches.count': '0' })).toBe('100.00');
    expect(scoreOf(scheme, { 'breaches.count': '0' }, { period: '2026-Q3' })).toBe('60.00');
  });
});
