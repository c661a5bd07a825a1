import { compiledTemplate, type SchemeTemplate } from '../../application/templates';
import type { Evaluation } from '../../contracts/evaluation';
import { evaluate, failure } from '../evaluate.policy';
import { readScoreInput } from './score-input';
import { TEMPLATE_EXAMPLES } from '../templates/worked-examples.test-kit';

function judged(template: SchemeTemplate, text: string): Evaluation {
  const reading = readScoreInput(text);
  return reading.ok ? evaluate(compiledTemplate(template), reading.input) : failure([reading.error]);
}

/** The example of a template with parts replaced by JSON text, so that numbers keep their digits. */
function exampleText(
  template: SchemeTemplate,
  change: { facts?: Record<string, string>; ratings?: Record<string, string>; without?: readonly string[]; top?: Record<string, string> },
): string {
  const members = (from: Readonly<Record<string, unknown>>, raw: Record<string, string> = {}) => {
    const texts = { ...Object.fromEntries(Object.entries(from).map(([key, value]) => [key, JSON.stringify(value)])), ...raw };
    return `{${Object.entries(texts)
      .filter(([key]) => !change.without?.includes(key))
      .map(([key, text]) => `${JSON.stringify(key)}:${text}`)
      .join(',')}}`;
  };
  const example = TEMPLATE_EXAMPLES[template];
  const top = {
    period: JSON.stringify(example.period),
    employee: JSON.stringify(example.employee ?? {}),
    history: JSON.stringify(example.history ?? []),
    facts: members(example.facts, change.facts),
    ratings: members(example.ratings, change.ratings),
    ...change.top,
  };
  return `{${Object.entries(top)
    .map(([key, text]) => `"${key}":${text}`)
    .join(',')}}`;
}

const codes = ({ errors }: Evaluation) => errors.map(({ code, key }) => `${code} ${key}`);

describe('inputs that can not be read are refused alone', () => {
  it.each([
    ['', 'invalid-json input'],
    ['{', 'invalid-json input'],
    ['{"a":1,}', 'invalid-json input'],
    ["{'a':1}", 'invalid-json input'],
    ['{"a":01}', 'invalid-json input'],
    ['{"a":NaN}', 'invalid-json input'],
    ['{"a":.5}', 'invalid-json input'],
    ['{"a":1} x', 'invalid-json input'],
    ['{"a":"\u0001"}', 'invalid-json input'],
    [`${'['.repeat(100)}${']'.repeat(100)}`, 'invalid-json input'],
    ['[]', 'invalid-input input'],
    ['null', 'invalid-input input'],
    ['12', 'invalid-input input'],
    ['{"facts":[]}', 'invalid-input facts'],
    ['{"facts":"x","ratings":3}', 'invalid-input facts'],
    ['{"ratings":3}', 'invalid-input ratings'],
    ['{"employee":"rep"}', 'invalid-input employee'],
    ['{"history":{}}', 'invalid-input history'],
    ['{}', 'invalid-period period'],
    ['{"period":null}', 'invalid-period period'],
    ['{"period":202610}', 'invalid-period period'],
    ['{"period":"2026-13"}', 'invalid-period period'],
    ['{"period":"2026-Q5"}', 'invalid-period period'],
    ['{"period":"2026-1"}', 'invalid-period period'],
    ['{"period":"26-10"}', 'invalid-period period'],
    ['{"period":"2026-Q1"}', 'unsupported-period period'],
  ])('%s → %s', (text, expected) => {
    const result = judged('weighted-70-20-10', text);
    expect(codes(result)).toEqual([expected]);
    expect(result).toMatchObject({ score: null, grade: null, pay: { lines: [], total: null }, actions: [] });
  });

  it('text of any length is read, also in escapes, or refused where it does not end', () => {
    const note = 'a'.repeat(12_000_000);
    const read = (text: string) => codes(judged('component-bonus', exampleText('component-bonus', { top: { note: text } })));
    expect([read(`"${note}"`), read(`"${'\\\\'.repeat(6_000_000)}"`)]).toEqual([[], []]);
    expect(['"', '"\\', '"\\"', `"${note}`].map(read)).toEqual(Array(4).fill(['invalid-json input']));
  });

  it.each(['"2026"', '"2026-Q4"'])('period %s is not one of template 4 or 13', (period) => {
    expect(codes(judged('result-times-behaviour', `{"period":${period}}`))).toEqual(['unsupported-period period']);
    expect(codes(judged('twelve-item-sheet', `{"period":${period}}`))).toEqual(['unsupported-period period']);
  });
});

describe('facts and ratings are judged one by one', () => {
  it.each<[Parameters<typeof exampleText>[1], string]>([
    [{ without: ['sales.amount'] }, 'missing-fact sales.amount'],
    [{ facts: { 'sales.amount': 'null' } }, 'missing-fact sales.amount'],
    [{ facts: { 'sales.amount': '""' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '"1e5"' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '"+5"' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '" 5"' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '"1,000"' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '"5."' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '".5"' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '"１２"' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '"1234567890123456"' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '"1.12345678901"' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '1234567890123456' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '1.12345678901' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '1.0000000000000001' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '123456789012345.6' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '1e400' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '1e-11' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '0.00000000000' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.target': '0.0000000000' } }, 'zero-target sales.target'],
    [{ facts: { 'sales.target': '0e99' } }, 'zero-target sales.target'],
    [{ facts: { 'sales.amount': 'true' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '[5]' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '{"value":"5"}' } }, 'invalid-number sales.amount'],
    [{ facts: { 'sales.amount': '-0.01' } }, 'negative-fact sales.amount'],
    [{ facts: { 'customers.new': '"-0.5"' } }, 'negative-fact customers.new'],
    [{ facts: { 'customers.new': '"2.5"' } }, 'not-whole customers.new'],
    [{ facts: { 'complaints.filed': '0.1' } }, 'not-whole complaints.filed'],
    [{ facts: { 'sales.target': '0' } }, 'zero-target sales.target'],
    [{ facts: { 'sales.target': '"-0.00"' } }, 'zero-target sales.target'],
    [{ facts: { 'customers.new_target': '0e5' } }, 'zero-target customers.new_target'],
    [{ facts: { 'customers.new_target': '-1' } }, 'negative-fact customers.new_target'],
    [{ without: ['knowledge'] }, 'missing-rating knowledge'],
    [{ ratings: { knowledge: '"excellent"' } }, 'invalid-number knowledge'],
    [{ ratings: { knowledge: '101' } }, 'out-of-range knowledge'],
    [{ ratings: { knowledge: '"100.01"' } }, 'out-of-range knowledge'],
    [{ ratings: { knowledge: '-1' } }, 'out-of-range knowledge'],
  ])('template 5 with %j → %s', (change, expected) => {
    expect(codes(judged('weighted-70-20-10', exampleText('weighted-70-20-10', change)))).toEqual([expected]);
  });

  it.each<[Parameters<typeof exampleText>[1], string]>([
    [{ ratings: { behaviour: '1.21' } }, 'out-of-range behaviour'],
    [{ without: ['behaviour'], ratings: { violations: '["accident"]' } }, 'missing-rating behaviour'],
    [{ ratings: { violations: '"accident"' } }, 'unknown-value violations'],
    [{ ratings: { violations: '{}' } }, 'unknown-value violations'],
    [{ ratings: { violations: '["theft"]' } }, 'unknown-value violations'],
    [{ ratings: { violations: '[1]' } }, 'unknown-value violations'],
    [{ ratings: { violations: '["accident","accident"]' } }, 'duplicate-item violations'],
    [{ ratings: { violations: '["accident","accident","theft"]' } }, 'unknown-value violations'],
  ])('template 4 with %j → %s', (change, expected) => {
    expect(codes(judged('result-times-behaviour', exampleText('result-times-behaviour', change)))).toEqual([expected]);
  });

  it.each<[Parameters<typeof exampleText>[1], string]>([
    [{ facts: { 'plans.done': '9' } }, 'inconsistent plans.done'],
    [{ facts: { 'requests.answered': '1', 'requests.received': '0' } }, 'inconsistent requests.answered'],
    [{ facts: { 'plans.due': '7.5' } }, 'not-whole plans.due'],
    [{ ratings: { discipline: '5.01' } }, 'out-of-range discipline'],
    [{ facts: { 'orders.weekly_target': '0' } }, 'zero-target orders.weekly_target'],
  ])('template 13 with %j → %s', (change, expected) => {
    expect(codes(judged('twelve-item-sheet', exampleText('twelve-item-sheet', change)))).toEqual([expected]);
  });

  it('all errors come together, one a key, sorted by key', () => {
    const text = exampleText('weighted-70-20-10', {
      without: ['sales.amount', 'analysis'],
      facts: { 'sales.target': '-0.5', 'absences.days': '"x"', 'pay.base': 'null' },
      ratings: { diligence: '1e3' },
    });
    expect(codes(judged('weighted-70-20-10', text))).toEqual([
      'invalid-number absences.days',
      'missing-rating analysis',
      'out-of-range diligence',
      'missing-fact pay.base',
      'missing-fact sales.amount',
      'negative-fact sales.target',
    ]);
  });

  it('what a template does not name is not read', () => {
    const text = exampleText('weighted-70-20-10', {
      facts: { 'unknown.thing': '"?"', __proto__: '1' },
      ratings: { other: '{}' },
      top: { history: '[{"period":"x"}]', employee: '{}', more: '1' },
    });
    expect(judged('weighted-70-20-10', text)).toMatchObject({ score: '88.80', errors: [] });
  });

  it('absent and null parts are empty', () => {
    expect(judged('weighted-70-20-10', exampleText('weighted-70-20-10', { top: { history: 'null', employee: 'null' } }))).toMatchObject({
      score: '88.80',
    });
  });

  it.each(['95000', '"95000"', '95000.00', '9.5e4', '950000e-1', '"0095000.0000000000"'])('%s is 95000', (amount) => {
    expect(judged('weighted-70-20-10', exampleText('weighted-70-20-10', { facts: { 'sales.amount': amount } }))).toMatchObject({
      score: '88.80',
      errors: [],
    });
  });

  it('an absent or null list of violations is empty, in any order of items it is the same', () => {
    const hash = (violations: string) =>
      JSON.stringify(judged('result-times-behaviour', exampleText('result-times-behaviour', { ratings: { violations } })));
    expect(hash('null')).toBe(hash('[]'));
    expect(hash('["accident","breach-of-law"]')).toBe(hash('["breach-of-law","accident"]'));
  });
});

describe('history of a roll-up', () => {
  const year = (history: string) => codes(judged('weighted-70-20-10', `{"period":"2026","history":${history}}`));

  it.each([
    ['[]', ['missing-history history']],
    ['[{"period":"2025-12","score":"80"}]', ['missing-history history']],
    ['[{"score":"80"}]', ['invalid-period history']],
    ['["2026-01"]', ['invalid-period history']],
    ['[null,{"period":"2026-01","score":"80"}]', ['invalid-period history']],
    ['[{"period":"2026-13","score":"80"},{"period":"2026-01","score":"80"}]', ['invalid-period history']],
    ['[{"period":"2026-01","score":"80"},{"period":"2026-01","score":"80"}]', ['duplicate-period history.2026-01']],
    ['[{"period":"2026-01"}]', ['missing-history history.2026-01.score']],
    ['[{"period":"2026-01","score":null}]', ['missing-history history.2026-01.score']],
    ['[{"period":"2026-01","score":"A"}]', ['invalid-number history.2026-01.score']],
    ['[{"period":"2026-01","score":"-0.01"}]', ['out-of-range history.2026-01.score']],
    [
      '[{"period":"x"},{"period":"2026-02","score":[]},{"period":"2026-01","score":-1}]',
      ['invalid-period history', 'out-of-range history.2026-01.score', 'invalid-number history.2026-02.score'],
    ],
    ['[{"period":"2025-12","score":"x"},{"period":"2025-12"},{"period":"2026-01","score":100.5}]', []],
  ])('%s → %j', (history, expected) => {
    expect(year(history)).toEqual(expected);
  });
});

describe('each template names what it is not given', () => {
  type Case = readonly [SchemeTemplate, Parameters<typeof exampleText>[1], readonly string[]];
  const month = (of: string, facts: string) => `{"period":"${of}","facts":${facts}}`;

  it.each<Case>([
    ['dimension-kpi', { facts: { 'complaints.in_time': '5' } }, ['inconsistent complaints.in_time']],
    ['dimension-kpi', { facts: { 'sales.existing': '110000.01' } }, ['inconsistent sales.existing']],
    ['dimension-kpi', { facts: { 'sales.existing': '110000.01', 'sales.amount': 'null' } }, ['missing-fact sales.amount']],
    [
      'dimension-kpi',
      { facts: { 'breaches.count': '0.5' }, ratings: { attitude: '10.01' } },
      ['out-of-range attitude', 'not-whole breaches.count'],
    ],
    ['three-aspect-rating', { top: { history: 'null' } }, []],
    ['three-aspect-rating', { top: { history: `[${month('2026-09', '{}')}]` } }, ['missing-fact history.2026-09.satisfaction.rate']],
    [
      'three-aspect-rating',
      { top: { history: `[${month('2026-09', '{"satisfaction.rate":101}')}]` } },
      ['out-of-range history.2026-09.satisfaction.rate'],
    ],
    ['three-aspect-rating', { top: { history: `[${month('2026-07', '{}')},{"period":"2026-08-01"}]` } }, ['invalid-period history']],
    [
      'three-aspect-rating',
      { top: { history: `[${month('2026-08', '{}')},${month('2026-08', '{}')},${month('2025-08', '{}')},${month('2025-08', '{}')}]` } },
      ['duplicate-period history.2026-08'],
    ],
    ['three-aspect-rating', { facts: { 'profit.target': '-5', 'profit.amount': '-6.5' } }, []],
    ['three-aspect-rating', { facts: { 'profit.target': '0' } }, []],
    ['three-aspect-rating', { facts: { 'satisfaction.target': '100.5' } }, ['out-of-range satisfaction.target']],
    [
      'three-aspect-rating',
      { ratings: { personal: '"great"', plus: '["teamwork","teamwork"]', minus: '"late"' } },
      ['unknown-value minus', 'unknown-value personal', 'duplicate-item plus'],
    ],
    ['component-bonus', { without: ['team_task', 'training.target'] }, ['missing-rating team_task']],
    [
      'component-bonus',
      { top: { period: '"2026"' } },
      ['missing-fact certificates.count', 'missing-fact training.attended', 'missing-fact training.target'],
    ],
    ['rank-bonus', { without: ['group.scores'] }, ['missing-fact group.scores']],
    ['rank-bonus', { facts: { 'group.scores': '"90"' } }, ['unknown-value group.scores']],
    ['rank-bonus', { facts: { 'group.scores': '[90,"x"]' } }, ['invalid-number group.scores']],
    ['rank-bonus', { facts: { 'group.scores': '[90,-1]' } }, ['negative-fact group.scores']],
    [
      'rank-bonus',
      { facts: { 'conversion.rate': '100.1', 'conversion.target': '0' } },
      ['out-of-range conversion.rate', 'zero-target conversion.target'],
    ],
    ['month-quarter-year', { facts: { 'days.served': '8' } }, ['missing-fact days.working']],
    ['month-quarter-year', { facts: { 'days.served': 'null', 'days.working': '22' } }, ['missing-fact days.served']],
    ['month-quarter-year', { facts: { 'days.served': '0', 'days.working': '0' } }, ['zero-target days.working']],
    ['month-quarter-year', { facts: { 'days.served': '23', 'days.working': '22' } }, ['inconsistent days.served']],
    [
      'month-quarter-year',
      { top: { period: '"2026-Q3"', history: '[]', facts: '{"days.served":"x"}' } },
      ['invalid-number days.served', 'missing-fact days.working', 'missing-history history'],
    ],
    ['four-grade', { without: ['satisfaction.rate', 'customers.new'] }, ['missing-fact customers.new', 'missing-fact satisfaction.rate']],
    ['four-grade', { top: { period: '"2026-10"', facts: '{"sales.amount":1,"sales.target":1}', ratings: '{}' } }, []],
    ['discipline-70-30', { top: { employee: '{}' } }, ['missing-attribute employee.role']],
    [
      'discipline-70-30',
      { top: { employee: '{"role":"boss"}' }, ratings: { repeated: '5', dealers: '5' } },
      ['unknown-value employee.role'],
    ],
    [
      'discipline-70-30',
      { top: { employee: '{"role":"boss"}' }, facts: { 'absences.full_days': '0.5' } },
      ['not-whole absences.full_days', 'unknown-value employee.role'],
    ],
    ['discipline-70-30', { ratings: { repeated: '["weekly_report_failed"]' } }, ['unknown-value repeated']],
    ['discipline-70-30', { ratings: { repeated: '["competence"]' } }, ['unknown-value repeated']],
    [
      'discipline-70-30',
      { ratings: { weekly_report_failed: 'null', weekly_plan: '10.5' } },
      ['out-of-range weekly_plan', 'missing-rating weekly_report_failed'],
    ],
    ['eighty-line', { ratings: { awards: '[{"amount":1,"reason":"x","approved_by":["a"]}]' } }, ['missing-approval awards']],
    ['eighty-line', { ratings: { awards: '[{"amount":0},{"amount":"x"}]' } }, ['out-of-range awards']],
    ['activity-discipline', { ratings: { exceptions: '["exam","other"]' } }, ['unknown-value exceptions']],
    ['activity-discipline', { facts: { 'quotes.in_time': '9' } }, ['inconsistent quotes.in_time']],
    [
      'activity-discipline',
      { facts: { 'group.sales': 'null', 'referrals.passed': '1.5' } },
      ['missing-fact group.sales', 'not-whole referrals.passed'],
    ],
    ['review-360', { without: ['manager.profit', 'self.profit'] }, ['missing-rating manager.profit', 'missing-rating self.profit']],
    [
      'review-360',
      { ratings: { 'peers.amount': '[1,2]', 'customers.amount': '"5"' } },
      ['unknown-value customers.amount', 'inconsistent peers'],
    ],
    [
      'showroom',
      { facts: { 'inspections.passed': '9', 'leads.target': '0' } },
      ['inconsistent inspections.passed', 'zero-target leads.target'],
    ],
  ])('%s with %j → %j', (template, change, expected) => {
    expect(codes(judged(template, exampleText(template, change)))).toEqual(expected);
  });
});
