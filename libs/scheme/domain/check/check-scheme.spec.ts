import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEME_TEMPLATES, templateText } from '../../application/templates';
import { hasWords } from '../words/problem-words';
import { checkScheme } from './check-scheme';
import type { SchemeFinding } from './finding';

const SCHEME = `language: 1
id: trial
title: { zh-CN: 试, en: Trial }
jurisdiction: CN
parameters: { best: { value: 3 }, share: { value: 85%, unit: share }, price: { value: 20, unit: money } }
employee:
  role: { title: { zh-CN: 岗位, en: Role }, words: [rep, lead] }
facts:
  sales.amount: { title: { zh-CN: 额, en: Sales }, unit: money }
  sales.target: { title: { zh-CN: 标, en: Target }, unit: money }
  sales.existing: { title: { zh-CN: 老, en: Existing }, unit: money, partOf: sales.amount }
  customers.new: { title: { zh-CN: 新, en: New }, unit: count }
  satisfaction.rate: { title: { zh-CN: 满意, en: Satisfaction }, unit: percent }
  group.scores: { title: { zh-CN: 组, en: Others }, unit: number, group: score }
  days.served: { title: { zh-CN: 天, en: Served }, unit: days, optional: joined }
  days.working: { title: { zh-CN: 日, en: Working }, unit: days, optional: joined, positive: true }
ratings:
  team: { title: { zh-CN: 团队, en: Team }, type: word, words: [excellent, good, fail], by: manager }
  late: { title: { zh-CN: 迟到, en: Late }, type: occurrences, by: manager }
periods: { month: { kind: scored } }
tables:
  commission: { kind: step, below: 0, rows: [{ from: 80%, value: 1% }, { from: 100%, value: 2% }] }
values:
  - { key: completion, title: { zh-CN: 完成率, en: Completion }, kind: formula, formula: "min(sales.amount / sales.target, 120%)" }
  - { key: joined, title: { zh-CN: 在岗, en: Served }, kind: formula, formula: "if(has(days.served), days.served / days.working, 1)" }
sections:
  - key: all
    title: { zh-CN: 全部, en: All }
    indicators:
      - { key: completion, title: { zh-CN: a, en: a }, points: 80, method: { kind: ratio, actual: sales.amount, target: sales.target } }
      - { key: satisfaction, title: { zh-CN: b, en: b }, points: 10, method: { kind: formula, formula: satisfaction.rate / 10 } }
      - { key: team, title: { zh-CN: c, en: c }, points: 10, method: { kind: words, of: rating.team, worth: { excellent: 100%, good: 80%, fail: 0% } } }
      - { key: fresh, title: { zh-CN: d, en: d }, points: 0, method: { kind: any-takes-all, count: rating.late + customers.new } }
values_end: none
bands:
  list:
    - { key: A, title: { zh-CN: 优, en: Good }, from: 90, values: { bonus: 1000 } }
    - { key: B, title: { zh-CN: 良, en: Fair }, from: 60, values: { bonus: 500 } }
    - { key: C, title: { zh-CN: 差, en: Poor }, values: { bonus: 0 } }
distribution: { enabled: true, per: department, atLeast: 20, shares: { A: 20%, B: 70%, C: 10% } }
outcome:
  - { key: lead, title: { zh-CN: 领, en: Lead }, type: word, value: "if(employee.role = 'lead', 'yes', 'no')" }
pay:
  - { key: commission, title: { zh-CN: 提成, en: Commission }, kind: commission, on: sales.amount, by: value.completion, table: commission }
  - { key: fresh, title: { zh-CN: 新客, en: New }, kind: formula, formula: "param.price * customers.new + 1% * (sales.amount - sales.existing) + 0 * sales.existing" }
  - { key: bonus, title: { zh-CN: 奖金, en: Bonus }, kind: formula, formula: "if(contains(raters_none, 'x'), 0, 1) * band.bonus * value.joined" }
  - { key: rank, title: { zh-CN: 名次, en: Rank }, kind: prize, place: "1 + ahead(group.scores, score)", holders: "1 + level(group.scores, score)", prizes: [300, 200] }
actions:
  - { key: talk, title: { zh-CN: 谈话, en: Talk }, when: grade = 'C' or param.best > 5 or satisfaction.rate < 50 }
review:
  - { step: self-review, by: self, late: facts-alone }
  - { step: manager-review, by: direct-manager, late: hold }
  - { step: second-review, by: hr, late: hold }
schedule:
  month:
    - { phase: self-review, kind: days, first: 1, last: 4 }
    - { phase: manager-review, kind: days, first: 1, last: 9 }
    - { phase: second-review, kind: working-days, days: 2, after: manager-review }
    - { phase: publication, kind: working-days, days: 3, after: manager-review }
    - { phase: confirmation, kind: working-days, days: 5, after: publication }
    - { phase: appeals, kind: working-days, days: 5, after: publication }
    - { phase: payout, kind: working-days, days: 3, after: confirmation }
appeal: { open: true, fileWithinDays: 5, triageDays: 2, factOwnerDays: 2, decideWithinDays: 10, panelOf: 3 }
`
  .replace('values_end: none\n', '')
  .replace("if(contains(raters_none, 'x'), 0, 1) * ", '')
  .replace('param.best > 5 or ', 'rating.late > param.best or 100 * param.share < satisfaction.rate or ');

function changed(from: string, to: string, text = SCHEME): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

const told = (findings: readonly SchemeFinding[]) =>
  findings.map(({ severity, code, path, detail }) => `${severity} ${code} ${path} ${detail}`.trim());
const after = (from: string, to: string, text = SCHEME) => told(checkScheme(changed(from, to, text)));

/** Stated by the forms that the templates follow: a deposit, and a report by the 8th that October's holidays overtake. */
const MEANT: ReadonlySet<string> = new Set([
  'weighted-70-20-10 deposit-forbidden-by-law pay.2.monthly',
  'discipline-70-30 windows-backwards schedule.month.2',
]);

describe('a scheme with nothing to say about', () => {
  it('has no findings', () => {
    expect(told(checkScheme(SCHEME))).toEqual([]);
  });

  it.each(SCHEME_TEMPLATES)('%s has no errors, and only warnings that are meant', (template) => {
    const unexpected = checkScheme(templateText(template)).filter(({ code, path }) => !MEANT.has(`${template} ${code} ${path}`));
    expect(told(unexpected)).toEqual([]);
  });

  it('the deposit of the 70-20-10 template is named with the law', () => {
    const [deposit] = checkScheme(templateText('weighted-70-20-10')).filter(({ code }) => code === 'deposit-forbidden-by-law');
    expect(deposit).toMatchObject({ severity: 'warning', path: expect.stringMatching(/^pay\.\d+\.monthly$/) });
    expect(deposit?.sentence.en).toContain('article 9');
    expect(deposit?.sentence['zh-CN']).toContain('第九条');
  });
});

describe('a finding', () => {
  it('has a place, a path and a sentence in both languages', () => {
    const text = changed('satisfaction.rate / 10', 'satisfaction.rte / 10');
    const line = text.split('\n').findIndex((one) => one.includes('satisfaction.rte')) + 1;
    const column = (text.split('\n')[line - 1] ?? '').indexOf('satisfaction.rte') + 1;
    expect(checkScheme(text)[0]).toEqual({
      severity: 'error',
      code: 'unknown-name',
      path: 'sections.0.indicators.1.method.formula',
      line,
      column,
      detail: 'satisfaction.rte',
      sentence: {
        'zh-CN': '“satisfaction.rte”没有定义：既没有在方案中声明，也不在指标库中。',
        en: '“satisfaction.rte” is not known: neither this scheme declares it nor the library has it.',
      },
    });
  });

  it('every code of the reader, the compiler and the checker has words in both languages', () => {
    const codes = new Set(sources(join(__dirname, '..')).flatMap((text) => [...text.matchAll(CODES)].map(([, code]) => code ?? '')));
    expect(codes.size).toBeGreaterThan(60);
    expect([...codes].filter((code) => !hasWords(code) && !OF_EVALUATION.has(code))).toEqual([]);
  });
});

/** Told of an input, never of a scheme. */
const OF_EVALUATION: ReadonlySet<string> = new Set(['standing-of-another']);
const CODES = /(?:\bproblem|\bwrong|\.warning|\.error|\.warn|\bunused|FormulaProblem)\(\s*'([a-z]+(?:-[a-z]+)+)'/gu;

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(?<!\.spec)\.ts$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('what nothing reaches', () => {
  it('a tier above the most that the value can be', () => {
    expect(after('{ from: 100%, value: 2% }', '{ from: 100%, value: 2% }, { from: 150%, value: 3% }')).toEqual([
      'warning unreachable-tier tables.commission.rows.2',
    ]);
    expect(after('{ from: 100%, value: 2% }', '{ from: 100%, value: 2% }, { over: 120%, value: 3% }')).toHaveLength(1);
    expect(after('{ from: 100%, value: 2% }', '{ from: 100%, value: 2% }, { from: 120%, value: 3% }')).toEqual([]);
  });

  it('a band above the most that a score can be', () => {
    expect(
      after('- { key: A, title: { zh-CN: 优, en: Good }, from: 90', '- { key: A, title: { zh-CN: 优, en: Good }, from: 100.01'),
    ).toEqual(['warning unreachable-band bands.list.0 A']);
    expect(after('- { key: A, title: { zh-CN: 优, en: Good }, from: 90', '- { key: A, title: { zh-CN: 优, en: Good }, from: 100')).toEqual(
      [],
    );
  });

  it('a case that those before it take', () => {
    const cases = (first: string, second: string) =>
      after(
        `{ kind: formula, formula: satisfaction.rate / 10 }`,
        `{ kind: cases, cases: [{ when: ${first}, value: 10 }, { when: ${second}, value: 5 }], otherwise: 0 }`,
      );
    expect(cases('satisfaction.rate >= 80', 'satisfaction.rate >= 90')).toEqual([
      'warning unreachable-case sections.0.indicators.1.method.cases.1.when',
    ]);
    expect(cases('satisfaction.rate >= 90', 'satisfaction.rate >= 80')).toEqual([]);
    expect(cases('satisfaction.rate > 100', 'satisfaction.rate >= 80')).toHaveLength(1);
    expect(cases('sales.amount / sales.target >= 1', 'sales.amount / sales.target > 1')).toHaveLength(1);
  });

  it('a word that is none of those it can be', () => {
    expect(after(`employee.role = 'lead'`, `employee.role = 'leed'`)).toContain('warning unknown-word outcome.0.value leed');
    expect(after(`grade = 'C'`, `grade = 'D'`)).toContain('warning unknown-word actions.0.when D');
  });

  it('an action that never comes about', () => {
    expect(
      after(
        'satisfaction.rate < 50',
        `satisfaction.rate < 50 }
  - { key: praise, title: { zh-CN: 表扬, en: Praise }, when: satisfaction.rate > 100`,
      ),
    ).toEqual(['warning never-happens actions.1.when']);
  });
});

describe('units', () => {
  it.each([
    ['adding money to a rate', 'satisfaction.rate / 10', 'satisfaction.rate + sales.amount', 'percent money'],
    ['comparing a count with money', 'rating.late > param.best', 'customers.new > sales.target', 'count money'],
    ['a rate of 0 to 100 with a share', '100 * param.share < satisfaction.rate', 'param.share < satisfaction.rate', 'share percent'],
  ])('%s', (_what, from, to, detail) => {
    expect(
      after(from, to)
        .filter((one) => one.includes('mixed-units'))
        .map((one) => one.split(' ').slice(-2).join(' ')),
    ).toEqual([detail]);
  });

  it('a pay line that is no money', () => {
    expect(after('param.price * customers.new + 1% * (sales.amount - sales.existing) + 0 * sales.existing', 'customers.new')).toContain(
      'warning pay-not-money pay.1.formula count',
    );
  });
});

describe('pay', () => {
  it('may not be negative; a part taken from its whole is not', () => {
    expect(after('sales.amount - sales.existing', 'sales.amount - sales.target')).toEqual([
      'warning pay-may-be-negative pay.1.formula fresh',
    ]);
    expect(after('sales.amount - sales.existing', 'max(0, sales.amount - sales.target)')).toEqual([]);
    expect(after('(sales.amount - sales.existing)', 'if(sales.amount > sales.target, sales.amount - sales.target, 0)')).toEqual([]);
  });

  it('by place needs what the others have', () => {
    expect(after('place: "1 + ahead(group.scores, score)"', 'place: "1 + rating.late"')).toEqual([
      'warning prize-without-group pay.3.place rank',
    ]);
  });

  it('is not paid again in a roll-up', () => {
    const year = changed('{ month: { kind: scored } }', '{ month: { kind: scored }, year: { kind: roll-up, of: month, method: mean } }');
    const everyYear = changed('en: Sales }, unit: money }', 'en: Sales }, unit: money, periods: [month, year] }', year);
    const monthly = everyYear.slice(0, everyYear.indexOf('pay:\n')) + everyYear.slice(everyYear.indexOf('review:\n'));
    const paid = (periods: string) =>
      after(
        'review:\n',
        `pay:\n  - { key: extra, title: { zh-CN: 另, en: Extra }, ${periods}kind: formula, formula: 1% * sales.amount }\nreview:\n`,
        monthly,
      ).filter((one) => one.includes('paid-twice'));
    expect(paid('periods: [month], ')).toEqual([]);
    expect(paid('')).toEqual(['warning paid-twice pay.0 sales.amount']);
  });

  it('is not paid again in another kind of period that a person can be on as well', () => {
    const both = changed('{ month: { kind: scored } }', '{ month: { kind: scored }, quarter: { kind: scored } }');
    const paid = (exclusive: string) =>
      after('review:\n', `${exclusive}review:\n`, both).filter((one) => one.includes('paid-twice') || one.includes('exclusive'));
    expect(paid('')).toEqual(expect.arrayContaining([expect.stringMatching(/^warning paid-twice pay\.\d /)]));
    expect(paid('exclusivePeriods: [month, quarter]\n')).toEqual([]);
    expect(paid('exclusivePeriods: [month, month]\n')).toEqual(['error exclusive-period-twice exclusivePeriods.1 month']);
    expect(paid('exclusivePeriods: [month, year]\n')).toEqual(['error exclusive-period-not-scored exclusivePeriods.1 year']);
  });

  it('withholds no deposit where the law forbids it', () => {
    const deposit = (monthly: string, text = SCHEME) =>
      after(
        'pay:\n',
        `pay:\n  - { key: held, title: { zh-CN: 押, en: Held }, kind: deposit, monthly: ${monthly}, ceiling: 100, held: sales.amount, atMost: sales.amount, when: score > 1 }\n`,
        text,
      );
    expect(deposit('20')).toEqual(['warning deposit-forbidden-by-law pay.0.monthly 20']);
    expect(deposit('0')).toEqual([]);
    expect(deposit('20', changed('jurisdiction: CN', 'jurisdiction: other'))).toEqual([]);
  });
});

describe('what is declared', () => {
  it('and read by nothing', () => {
    expect(after('facts:\n', 'facts:\n  spare.fact: { title: { zh-CN: 余, en: Spare }, unit: money }\n')).toEqual([
      'warning unused-fact facts.spare.fact spare.fact',
    ]);
    expect(after('parameters: {', 'parameters: { spare: { value: 1 },')).toEqual(['warning unused-parameter parameters.spare param.spare']);
    expect(after('tables:\n', 'tables:\n  spare: { kind: step, below: 0, rows: [{ from: 1, value: 1 }] }\n')).toEqual([
      'warning unused-table tables.spare table.spare',
    ]);
    expect(after('ratings:\n', 'ratings:\n  spare: { title: { zh-CN: 余, en: Spare }, type: occurrences, by: manager }\n')).toEqual([
      'warning unused-rating ratings.spare rating.spare',
    ]);
  });

  it('optional, and read without asking', () => {
    expect(after('if(has(days.served), days.served / days.working, 1)', 'days.served / 22')).toContain(
      'warning optional-without-has values.1.formula days.served',
    );
  });

  it('as shares of one whole', () => {
    expect(after('C: 10%', 'C: 5%')).toEqual(['error shares-do-not-sum distribution.shares 0.95']);
    expect(after('C: 10%', 'E: 10%')).toContain('error unknown-name distribution.shares.E E');
  });
});

describe('the chain of review', () => {
  const STEPS = SCHEME.slice(SCHEME.indexOf('review:'), SCHEME.indexOf('schedule:'));
  const chain = (...steps: readonly string[]) =>
    after(STEPS, `review:\n${steps.map((step) => `  - ${step}`).join('\n')}\n`).filter((one) => !one.includes(' schedule.'));
  const SELF = '{ step: self-review, by: self, late: facts-alone }';
  const MANAGER = '{ step: manager-review, by: direct-manager, late: hold }';

  it('ends with somebody else', () => {
    expect(chain(SELF)).toContain('error review-without-end review.0.by self-review');
    expect(chain(MANAGER, '{ step: second-review, by: self, late: hold }')).toContain('error reviews-oneself review.1.by second-review');
    expect(chain(SELF, MANAGER)).toEqual([]);
  });

  it('goes from the person upwards, and never twice in a row to one', () => {
    expect(chain('{ step: second-review, by: hr, late: hold }', MANAGER)).toContain(
      'error review-out-of-order review.1.step manager-review second-review',
    );
    expect(chain(MANAGER, '{ step: second-review, by: hr, late: hold }', '{ step: second-review, by: hr, late: hold }')).toEqual([
      'warning reviewer-repeated review.2.by hr',
    ]);
  });

  it('names the department of a head', () => {
    expect(chain(MANAGER, '{ step: second-review, by: department-head, late: hold }')).toEqual([
      'error department-missing review.1 department-head',
    ]);
  });

  it('leaves nobody without a reviewer', () => {
    expect(chain(`{ step: manager-review, by: direct-manager, late: hold, when: "employee.role = 'rep'" }`)).toContain(
      'error nobody-reviews review role = lead',
    );
  });

  it('has a step for whoever rates', () => {
    expect(chain(SELF, '{ step: second-review, by: hr, late: hold }')).toContain(
      'error rating-without-step ratings.team.by manager manager-review',
    );
  });
});

describe('windows', () => {
  const month = (from: string, to: string) => after(from, to);

  it('run forwards, one phase after the other', () => {
    expect(month('first: 1, last: 9', 'first: 9, last: 1')).toEqual(['error window-backwards schedule.month.1.last 9–1']);
    expect(month('first: 1, last: 4', 'first: 1, last: 9')).toEqual([
      'warning windows-overlap schedule.month.1 manager-review self-review',
    ]);
    expect(
      month('{ phase: publication, kind: working-days, days: 3, after: manager-review }', '{ phase: publication, kind: by-day, day: 5 }'),
    ).toContain('warning publication-before-reviews schedule.month.3 publication second-review 2024-01 2024-02-05 2024-02-19');
    expect(month('days: 3, after: confirmation', 'days: 1, after: publication')).toEqual([
      'warning payout-before-confirmation schedule.month.6 payout confirmation',
    ]);
  });

  it('count from what comes before', () => {
    expect(month('days: 3, after: manager-review', 'days: 3, after: appeals')).toEqual([
      'error after-unknown-phase schedule.month.3.after appeals',
    ]);
  });

  it('are there for each step, for the result and for what follows', () => {
    expect(month('    - { phase: second-review, kind: working-days, days: 2, after: manager-review }\n', '')).toEqual([
      'error step-without-phase schedule.month second-review',
    ]);
    expect(month('    - { phase: appeals, kind: working-days, days: 5, after: publication }\n', '')).toEqual([
      'warning phase-missing schedule.month appeals',
    ]);
    expect(month('periods: { month: { kind: scored } }', 'periods: { quarter: { kind: scored } }')).toEqual([
      'warning no-schedule schedule quarter',
      'warning schedule-not-used schedule.month month',
    ]);
  });
});

describe('a scheme made to be slow', () => {
  const chain = (link: string, count: number) => Array.from({ length: count }, () => 'satisfaction.rate > 50').join(` ${link} `);
  const nested = (depth: number): string => (depth === 0 ? '1' : `if(satisfaction.rate > ${depth}, ${nested(depth - 1)}, 0)`);

  it.each([
    ['a long chain of and', `if(${chain('and', 30)}, 1, 0)`],
    ['a long chain of or', `if(${chain('or', 30)}, 1, 0)`],
    ['conditions in conditions', nested(20)],
    [
      'conditions that deny one another',
      `if(${Array.from({ length: 9 }, () => 'not(').join('')}satisfaction.rate > 5${')'.repeat(9)}, 1, 0)`,
    ],
  ])('%s is followed once', (_what, formula) => {
    const begun = performance.now();
    const text = SCHEME.replace(/formula: satisfaction.rate \/ 10/g, `formula: "${formula}"`);
    expect(checkScheme(text).every(({ severity }) => severity === 'warning')).toBe(true);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
