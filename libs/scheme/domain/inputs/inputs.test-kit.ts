import { loadScheme } from '../../application/templates';
import type { ExplanationNode } from '../../contracts/evaluation';
import type { CompiledScheme } from '../compile';
import { evaluate, failure } from '../evaluate.policy';
import { readScoreInput } from './score-input';

/* Everything that can go into an evaluation, in one scheme for tests; each kind of period reads its own. */

const title = '{ zh-CN: 甲, en: A }';
export const INPUTS_SCHEME = `
language: 1
id: inputs
title: ${title}
parameters:
  each: { value: { month: 2, quarter: 3 } }
employee:
  role: { title: ${title}, words: [rep, service], from: position, means: { rep: [销售代表, Sales representative] } }
  site: { title: ${title}, words: [north, south] }
facts:
  sales.amount: { title: ${title}, unit: money }
  sales.existing: { title: ${title}, unit: money, partOf: sales.amount }
  calls.count: { title: ${title}, unit: count }
  unread.fact: { title: ${title}, unit: money }
  days.served: { title: ${title}, unit: days, optional: served, partOf: days.working }
  days.working: { title: ${title}, unit: days, optional: served, positive: true }
  group.scores: { title: ${title}, unit: number, group: score }
  year.only: { title: ${title}, unit: money, periods: [year] }
history:
  before:
    count: 2
    incomplete: error
    periods: [month]
    facts: { satisfaction.rate: { title: ${title}, unit: percent } }
  ranks:
    count: 2
    incomplete: skip
    periods: [quarter]
    facts: { rank.place: { title: ${title}, unit: count }, rank.of: { title: ${title}, unit: count } }
    each:
      - { key: top, title: ${title}, formula: "rank.place <= max(round_down(rank.of / 10, 0), 1)" }
ratings:
  personal: { title: ${title}, type: word, words: [good, fail], by: manager, periods: [month], when: "employee.role = 'rep'" }
  late: { title: ${title}, type: occurrences, by: manager, periods: [month] }
  minus: { title: ${title}, type: entries, by: manager, periods: [month] }
  harm: { title: ${title}, type: numbers, from: 1, to: 10, by: department, department: Service, periods: [month] }
  awards: { title: ${title}, type: awards, by: manager, periods: [month] }
  repeated: { title: ${title}, type: list, items: lines, by: manager, periods: [month] }
  unread: { title: ${title}, type: occurrences, by: manager }
raters:
  from: 0
  to: 100
  periods: [quarter]
  lines: [{ key: amount, title: ${title} }, { key: ability, title: ${title} }]
  groups:
    - { key: manager, title: ${title}, by: manager, share: 50%, absent: block }
    - { key: self, title: ${title}, by: self, share: 10%, absent: { to: manager } }
    - { key: peers, title: ${title}, by: peers, share: 20%, many: true, least: 3, most: 5, absent: { to: manager }, anonymous: true }
    - { key: customers, title: ${title}, by: customers, share: 20%, many: true, least: 1, absent: { to: manager } }
periods: { month: { kind: scored }, quarter: { kind: scored }, year: { kind: roll-up, of: month, method: mean } }
values:
  - { key: average, title: ${title}, periods: [month], kind: formula, formula: "if(count(history.before.satisfaction.rate) > 0, avg(history.before.satisfaction.rate), 0)" }
  - { key: place, title: ${title}, periods: [month], after: score, kind: formula, formula: "1 + ahead(group.scores, score)" }
  - { key: holders, title: ${title}, periods: [month], after: score, kind: formula, formula: "1 + level(group.scores, score)" }
  - { key: served, title: ${title}, periods: [month], after: score, kind: formula, formula: "if(has(days.served), days.served / days.working, 1)" }
sections:
  - key: all
    title: ${title}
    periods: [month]
    indicators:
      - { key: sales, title: ${title}, points: 100, method: { kind: formula, formula: "sales.amount + 0 * sales.existing" } }
      - { key: marks, title: ${title}, points: 100, mayBeNegative: true, method: { kind: formula, formula: "-param.each * count(rating.minus) - sum(rating.harm)" } }
  - key: card
    title: ${title}
    periods: [month]
    when: "employee.role = 'rep'"
    indicators:
      - { key: calls, title: ${title}, points: 10, doubledBy: repeated, method: { kind: deduct, count: calls.count, each: 1 } }
      - { key: personal, title: ${title}, points: 5, method: { kind: formula, formula: "if(rating.personal = 'good', 5, 0)" } }
  - key: service
    title: ${title}
    periods: [month]
    when: "employee.role = 'service'"
    indicators:
      - { key: lateness, title: ${title}, points: 10, doubledBy: repeated, method: { kind: any-takes-all, count: rating.late } }
  - key: review
    title: ${title}
    periods: [quarter]
    indicators:
      - { key: amount, title: ${title}, points: 60, method: { kind: raters, line: amount } }
      - { key: ability, title: ${title}, points: 40, method: { kind: raters, line: ability } }
outcome:
  - { key: average, title: ${title}, type: decimal, value: value.average, periods: [month] }
  - { key: place, title: ${title}, type: integer, value: value.place, periods: [month] }
  - { key: holders, title: ${title}, type: integer, value: value.holders, periods: [month] }
  - { key: served, title: ${title}, type: decimal, value: value.served, periods: [month] }
  - { key: top, title: ${title}, type: decimal, value: sum(history.ranks.top), periods: [quarter] }
  - { key: quarters, title: ${title}, type: integer, value: count(history.ranks.rank.of), periods: [quarter] }
  - { key: merged, title: ${title}, type: list, value: raters.merged, periods: [quarter] }
  - { key: yearly, title: ${title}, type: decimal, value: year.only, periods: [year] }
pay:
  - { key: award, title: ${title}, kind: formula, formula: sum(rating.awards), periods: [month] }
review:
  - { step: manager-review, by: direct-manager, late: hold }
  - { step: second-review, by: hr, late: hold, when: "employee.site = 'south'" }
schedule: {}
`;

function loaded(text: string): CompiledScheme {
  const loading = loadScheme(text);
  if (!loading.ok) throw new Error(JSON.stringify(loading.problems));
  return loading.scheme;
}
export const inputsScheme = loaded(INPUTS_SCHEME);

interface Change {
  readonly facts?: Record<string, unknown>;
  readonly ratings?: Record<string, unknown>;
  readonly employee?: unknown;
  readonly history?: unknown;
  readonly period?: string;
}

export const MONTH = {
  period: '2026-10',
  employee: { role: 'rep' },
  facts: { 'sales.amount': '50', 'sales.existing': '20', 'calls.count': '3', 'group.scores': ['70', '62', '10.5'] },
  ratings: { personal: 'good' },
};
export const QUARTER = {
  period: '2026-Q3',
  facts: {},
  ratings: {
    'manager.amount': '80',
    'manager.ability': '90',
    'self.amount': '100',
    'self.ability': '100',
    'peers.amount': ['70', '80', '90'],
    'peers.ability': ['60', '70', '80'],
    'customers.amount': ['50'],
    'customers.ability': ['100'],
  },
};

/** As the command line reads it: through the text of a file. */
export function scored(base: object, change: Change = {}) {
  const { facts, ratings, ...top } = change;
  const of = base as { facts: object; ratings: object };
  const text = JSON.stringify({ ...base, ...top, facts: { ...of.facts, ...facts }, ratings: { ...of.ratings, ...ratings } });
  const reading = readScoreInput(text);
  return reading.ok ? evaluate(inputsScheme, reading.input) : failure([reading.error]);
}
export const errorsOf = (base: object, change: Change) => scored(base, change).errors.map(({ code, key }) => `${code} ${key}`);

export function nodeOf(tree: ExplanationNode | null, key: string): ExplanationNode | undefined {
  if (!tree) return undefined;
  if (tree.key === key && tree.rule !== 'reference') return tree;
  for (const input of tree.inputs ?? []) {
    const found = nodeOf(input, key);
    if (found) return found;
  }
  return undefined;
}
