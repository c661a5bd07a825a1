import { canonicalJson } from '#kernel';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadScheme } from '../../application/templates';
import type { SchemeDocument } from '../../contracts/document';
import { INDICATOR_LIBRARY } from '../../contracts/library';
import { evaluate } from '../evaluate.policy';
import { indicatorLibrary, libraryFacts, libraryRatings } from './library';
import { readScheme } from './scheme-text';

const ROOT = join(__dirname, '..', '..', '..', '..');
const IDS = Object.keys(INDICATOR_LIBRARY.indicators);

/** A scheme of one indicator, written as a company would. */
function schemeOf(indicator: string, more = ''): string {
  return `language: 1
id: own
title: { zh-CN: 自拟, en: Own }
parameters: {}
periods: { month: { kind: scored } }
sections:
  - key: all
    title: { zh-CN: 全部, en: All }
    points: 10
    indicators:
      - ${indicator}
review: [{ step: manager-review, by: direct-manager, late: hold }]
schedule: {}
${more}`;
}

const RATERS = `raters:
  lines:
${['amount', 'profit', 'customers', 'efficiency', 'ability', 'teamwork'].map((key) => `    - { key: ${key}, title: { zh-CN: a, en: a } }`).join('\n')}
  from: 0
  to: 100
  groups: [{ key: manager, title: { zh-CN: 上级, en: Manager }, by: manager, share: 100%, absent: block }]
`;

const methodOf = (id: string) => INDICATOR_LIBRARY.indicators[id]?.method.kind;
const textOf = (id: string) => schemeOf(`{ use: ${id}, points: 10 }`, methodOf(id) === 'raters' ? RATERS : '');

function documentOf(text: string): SchemeDocument {
  const reading = readScheme(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.source.document;
}

function problems(text: string): readonly string[] {
  const loading = loadScheme(text);
  return loading.ok ? [] : loading.problems.map(({ code, path, line, column }) => `${line}:${column} ${code} ${path}`);
}

/** What a person would give for a rating, by its type. */
function sampleRatings(document: SchemeDocument): Record<string, unknown> {
  const given = Object.entries(document.ratings).map(([key, rating]): [string, unknown] => {
    if (rating.type === 'word') return [key, rating.words[0]];
    if (rating.type === 'points') return [key, rating.from ?? '1'];
    return [key, rating.type === 'occurrences' ? '1' : []];
  });
  return { ...Object.fromEntries(given), ...Object.fromEntries((document.raters?.lines ?? []).map(({ key }) => [`manager.${key}`, '80'])) };
}

describe.each(IDS)('library indicator %s', (id) => {
  it('scores by itself in a scheme of its own, from 0 to its points', () => {
    const loading = loadScheme(textOf(id));
    if (!loading.ok) throw new Error(JSON.stringify(loading.problems));
    const { document } = loading.scheme;
    const facts = Object.fromEntries(Object.keys(document.facts).map((key) => [key, '1']));
    const result = evaluate(loading.scheme, { period: '2026-10', facts, ratings: sampleRatings(document) });
    expect(result.errors).toEqual([]);
    expect(Number(result.score)).toBeGreaterThanOrEqual(0);
    expect(Number(result.score)).toBeLessThanOrEqual(10);
  });

  it('names all that it reads, and reads all that it names', () => {
    const entry = INDICATOR_LIBRARY.indicators[id];
    const document = documentOf(textOf(id));
    const wholes = (entry?.facts ?? []).flatMap((key) => INDICATOR_LIBRARY.facts[key]?.partOf ?? []);
    expect(new Set(Object.keys(document.facts))).toEqual(new Set([...(entry?.facts ?? []), ...wholes]));
    expect(new Set(Object.keys(document.ratings))).toEqual(new Set(entry?.ratings));
  });
});

describe('the indicator library', () => {
  it('is what its YAML says (node scripts/scheme-library.mjs writes it)', () => {
    const read = (name: string): unknown =>
      parse(readFileSync(join(ROOT, 'libs/scheme/library', `${name}.yaml`), 'utf8'), { schema: 'failsafe' });
    const written: unknown = JSON.parse(readFileSync(join(ROOT, 'libs/scheme/library/library.json'), 'utf8'));
    const asText = JSON.stringify(written).replaceAll(/:(true|false)/g, ':"$1"');
    expect(JSON.parse(asText)).toEqual({ facts: read('facts'), ratings: read('ratings'), indicators: read('indicators') });
  });

  it('means what it meant: published schemes are read with it again', () => {
    const recorded: unknown = JSON.parse(readFileSync(join(ROOT, 'test/golden/indicator-library.json'), 'utf8'));
    const { facts, ratings, indicators } = INDICATOR_LIBRARY;
    const methods = Object.fromEntries(
      Object.entries(indicators).map(([id, { method, zeroWhen, mayBeNegative, history, facts: of, ratings: by }]) => [
        id,
        { method, zeroWhen, mayBeNegative, history, of, by },
      ]),
    );
    expect({ facts: meanings(facts), ratings: meanings(ratings), indicators: meanings(methods) }).toEqual(recorded);
  });

  it.each([
    ['price_retention', '价格保持率'],
    ['visit_success', '访问成功率'],
    ['complaint_rate', '顾客意见发生率'],
    ['new_customer_rate', '新顾客开发率'],
    ['customer_retention', '老顾客保持率'],
    ['repurchase', '复购率'],
    ['contract_signing', '合同签订率'],
    ['leader_weekly_meeting', '每周例会（带队）'],
    ['leader_monthly_training', '每月培训（带队）'],
    ['leader_one_to_one', '与落后成员一对一面谈（带队）'],
  ])('%s is %s', (id, title) => {
    const entry = indicatorLibrary().find((one) => one.id === id);
    expect(entry).toMatchObject({ title: { 'zh-CN': title } });
    expect(entry?.facts.length).toBeGreaterThan(0);
  });

  it('tells forms what can be taken by its key alone', () => {
    expect(libraryFacts()).toContainEqual({ key: 'sales.amount', title: { 'zh-CN': '销售额', en: 'Sales' }, unit: 'money', source: 'crm' });
    expect(libraryRatings()).toContainEqual(expect.objectContaining({ key: 'attitude', type: 'points' }));
  });

  it('tells forms names, formula, facts and unit in both languages', () => {
    expect(indicatorLibrary().find(({ id }) => id === 'growth')).toEqual({
      id: 'growth',
      title: { 'zh-CN': '销售增长', en: 'Sales growth' },
      help: {
        'zh-CN': '上期为零时，有销售即满分，没有销售不得分。',
        en: 'From no sales before, any sales are full growth and none are none.',
      },
      formula: {
        'zh-CN': '分值 × 增长率 ÷ 满分增长率（10 %），0 到满分之间；增长率 =（本期 − 上期）÷ 上期',
        en: 'points × growth ÷ the growth for all points (10 %), from 0 to all; growth = (now − before) ÷ before',
      },
      unit: 'percent',
      facts: [
        { key: 'sales.amount', title: { 'zh-CN': '销售额', en: 'Sales' }, unit: 'money', source: 'crm' },
        { key: 'sales.previous', title: { 'zh-CN': '上期销售额', en: 'Sales of the period before' }, unit: 'money', source: 'crm' },
      ],
      ratings: [],
      method: 'growth',
      settings: { now: 'sales.amount', before: 'sales.previous', fullAt: '10%' },
    });
  });

  it.each([
    ['price_retention', { 'sales.amount': '95', 'sales.list_value': '100' }, '9.50'],
    ['visit_success', { 'visits.count': '8', 'visits.successful': '6' }, '7.50'],
    ['complaint_rate', { 'complaints.filed': '3', 'customers.served': '200' }, '8.50'],
    ['complaint_rate', { 'complaints.filed': '0', 'customers.served': '0' }, '10.00'],
    ['new_customer_rate', { 'customers.new': '5', 'customers.existing': '50', 'customers.new_rate_target': '20' }, '5.00'],
    ['new_customer_rate', { 'customers.new': '1', 'customers.existing': '0', 'customers.new_rate_target': '20' }, '10.00'],
    ['new_customer_rate', { 'customers.new': '0', 'customers.existing': '0', 'customers.new_rate_target': '20' }, '0.00'],
    ['customer_retention', { 'customers.retained': '18', 'customers.existing': '20' }, '9.00'],
    ['repurchase', { 'customers.buying': '40', 'customers.repeat': '10' }, '2.50'],
    ['repurchase', { 'customers.buying': '0', 'customers.repeat': '0' }, '10.00'],
    ['contract_signing', { 'contracts.negotiated': '4', 'contracts.signed': '3' }, '7.50'],
    ['contract_signing', { 'contracts.negotiated': '4', 'contracts.signed': '5' }, '10.00'],
    ['leader_one_to_one', { 'one_to_ones.due': '0', 'one_to_ones.held': '0' }, '10.00'],
  ])('%s of %j is %s of 10', (id, facts, score) => {
    const loading = loadScheme(textOf(id));
    if (!loading.ok) throw new Error('does not compile');
    expect(evaluate(loading.scheme, { period: '2026-10', facts, ratings: {} }).score).toBe(score);
  });
});

describe('what a scheme takes from the library', () => {
  it('is written out with the scheme’s own members, those of a method one by one', () => {
    const document = documentOf(
      schemeOf('{ use: completion, key: sales, title: { zh-CN: 销售, en: Sales }, points: 10, method: { cap: 130% }, periods: [month] }'),
    );
    expect(document.sections[0]?.indicators[0]).toEqual({
      key: 'sales',
      title: { 'zh-CN': '销售', en: 'Sales' },
      library: 'completion',
      points: '10',
      method: { kind: 'ratio', actual: 'sales.amount', target: 'sales.target', cap: '130%' },
      periods: ['month'],
    });
    expect(Object.keys(document.facts)).toEqual(['sales.amount', 'sales.target']);
  });

  it('may be scored by another method, and then asks for nothing that is not read', () => {
    const text = schemeOf(
      '{ use: completion, points: 10, method: { kind: formula, formula: sales.amount / 1000 } }',
      'facts: { sales.amount: { title: { zh-CN: 自有, en: Mine }, unit: money } }\n',
    );
    expect(documentOf(text).facts).toEqual({ 'sales.amount': { title: { 'zh-CN': '自有', en: 'Mine' }, unit: 'money' } });
    expect(problems(text)).toEqual([]);
  });

  it('brings wholes of parts, ratings and history along', () => {
    const document = documentOf(
      schemeOf(
        '{ use: satisfaction_kept, points: 10 }',
        'facts: { complaints.in_time: library }\nratings: { attitude: { use: attitude, to: 30 } }\n',
      ),
    );
    expect(Object.keys(document.facts)).toEqual(['satisfaction.rate', 'complaints.in_time', 'complaints.filed']);
    expect(document.ratings['attitude']).toMatchObject({ type: 'points', to: '30', by: 'manager' });
    expect(Object.keys(document.history ?? {})).toEqual(['satisfaction']);
  });

  it('can be another fact under a name of one’s own', () => {
    const document = documentOf(schemeOf('{ use: attitude, points: 10 }', 'facts: { bonus.base: { use: pay.base, source: erp } }\n'));
    expect(document.facts['bonus.base']).toEqual({ title: { 'zh-CN': '基本工资', en: 'Base pay' }, unit: 'money', source: 'erp' });
  });

  it('is named with its place when the library does not have it', () => {
    expect(problems(schemeOf('{ use: no_such, points: 10 }'))).toEqual(['11:16 unknown-indicator sections.0.indicators.0.use']);
    expect(problems(schemeOf('{ use: constructor, points: 10 }'))).toEqual(['11:16 unknown-indicator sections.0.indicators.0.use']);
    expect(problems(schemeOf('{ use: [completion], points: 10 }'))).toEqual(['11:16 unknown-indicator sections.0.indicators.0.use']);
    expect(problems(schemeOf('{ use: attitude, points: 10 }', 'facts:\n  pay.bonus: library\n'))).toEqual([
      '15:14 unknown-fact facts.pay.bonus',
    ]);
    expect(problems(schemeOf('{ use: attitude, points: 10 }', 'ratings:\n  mood: { use: mood }\n'))).toEqual([
      '15:9 unknown-rating ratings.mood',
    ]);
  });

  it('has the place of the line that asked for it when it does not fit', () => {
    expect(problems(schemeOf('{ use: completion, points: 10 }', 'facts: { sales.target: { use: sales.target, unit: yen } }\n'))).toEqual([
      '14:51 invalid-shape facts.sales.target.unit',
    ]);
    expect(problems(schemeOf('{ use: completion, points: 10, method: { actual: sales.amout } }'))).toEqual([
      '11:58 unknown-name sections.0.indicators.0.method.actual',
    ]);
    expect(problems(schemeOf('{ use: completion }'))).toEqual(['11:9 invalid-shape sections.0.indicators.0.points']);
    expect(problems(schemeOf('{ use: completion, points: 10, cap: 120% }'))).toEqual(['11:45 unknown-member sections.0.indicators.0.cap']);
    expect(problems(schemeOf('{ use: review_profit, points: 10 }'))[0]).toContain('11:9');
  });
});

/** What can change a number: a method, the rules of a fact or rating, without the words about them. */
function meanings(pool: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  return Object.fromEntries(Object.entries(pool).map(([id, entry]) => [id, hash(canonicalJson(withoutWords(entry)))]));
}

const WORDS = new Set(['title', 'help', 'source', 'wordTitles', 'itemTitles']);

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => member !== undefined && !WORDS.has(key))
      .map(([key, member]) => [key, withoutWords(member)]),
  );
}
