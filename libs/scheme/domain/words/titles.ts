import type { SchemeDocument, Title } from '../../contracts/document';

export type Language = 'zh-CN' | 'en';

/** Titles of everything that can stand in an explanation, by its key there. */
export function titlesOf(document: SchemeDocument): ReadonlyMap<string, Title> {
  const titles = new Map<string, Title>(FIXED_TITLES);
  titles.set(document.id, document.title);
  for (const [key, { title }] of Object.entries(document.facts)) titles.set(key, title);
  for (const [key, { title }] of Object.entries(document.ratings)) titles.set(`rating.${key}`, title);
  for (const [key, { title }] of Object.entries(document.parameters)) if (title) titles.set(`param.${key}`, title);
  for (const [key, { title }] of Object.entries(document.employee ?? {})) titles.set(`employee.${key}`, title);
  for (const [name, block] of Object.entries(document.history ?? {})) {
    for (const [key, { title }] of Object.entries(block.facts)) titles.set(`history.${name}.${key}`, earlier(title));
    for (const { key, title } of block.each ?? []) titles.set(`history.${name}.${key}`, earlier(title));
  }
  for (const section of document.sections) {
    titles.set(`section.${section.key}`, section.title);
    for (const { key, title } of section.indicators) titles.set(`indicator.${key}`, title);
  }
  const prefixed = {
    value: document.values,
    modifier: document.modifiers,
    outcome: document.outcome,
    line: document.pay,
    action: document.actions,
  };
  for (const [prefix, blocks] of Object.entries(prefixed)) for (const { key, title } of blocks ?? []) titles.set(`${prefix}.${key}`, title);
  for (const { key, title } of document.bands?.list ?? []) titles.set(`grade.${key}`, title);
  for (const [key, title] of Object.entries(document.bands?.valueTitles ?? {})) titles.set(`band.${key}`, title);
  addRaters(document, titles);
  return titles;
}

function earlier(title: Title): Title {
  return { 'zh-CN': `以往各期${title['zh-CN']}`, en: `${title.en}, earlier periods` };
}

function addRaters({ raters }: SchemeDocument, titles: Map<string, Title>): void {
  for (const group of raters?.groups ?? []) {
    titles.set(`raters.${group.key}`, group.title);
    for (const line of raters?.lines ?? []) {
      const both = { 'zh-CN': `${group.title['zh-CN']} · ${line.title['zh-CN']}`, en: `${group.title.en} · ${line.title.en}` };
      titles.set(`rating.${group.key}.${line.key}`, both);
      titles.set(`raters.${group.key}.${line.key}`, both);
    }
  }
}

/** Titles of words: what raters choose, what bands, lines, indicators, cases and groups are called. The first that names a word counts. */
export function wordTitlesOf(document: SchemeDocument): ReadonlyMap<string, Title> {
  const words = new Map<string, Title>();
  const add = (titles: Readonly<Record<string, Title>> | undefined): void => {
    for (const [word, title] of Object.entries(titles ?? {})) if (!words.has(word)) words.set(word, title);
  };
  for (const attribute of Object.values(document.employee ?? {})) add(attribute.wordTitles);
  for (const rating of Object.values(document.ratings)) {
    if (rating.type === 'word') add(rating.wordTitles);
    if (rating.type === 'list') add(rating.itemTitles);
  }
  for (const block of document.outcome ?? []) if (block.type === 'word' || block.type === 'list') add(block.wordTitles);
  const indicators = document.sections.flatMap((section) => section.indicators);
  for (const { method } of indicators) if (method.kind === 'words') add(method.wordTitles);
  for (const { key, title } of namedBlocks(document)) add({ [key]: title });
  add(COMMON_WORDS);
  return words;
}

/** Blocks whose keys stand as words in lists and conditions. */
function namedBlocks({ bands, raters, pay, sections, values }: SchemeDocument): readonly { readonly key: string; readonly title: Title }[] {
  const indicators = sections.flatMap((section) => section.indicators);
  return [...(bands?.list ?? []), ...(raters?.groups ?? []), ...(pay ?? []), ...indicators, ...(values ?? [])];
}

/** Cases that many schemes have and few name. */
const COMMON_WORDS: Readonly<Record<string, Title>> = {
  otherwise: { 'zh-CN': '其他情形', en: 'otherwise' },
  passed: { 'zh-CN': '通过', en: 'passed' },
  exception: { 'zh-CN': '经批准例外', en: 'exception approved' },
  violation: { 'zh-CN': '有违规', en: 'violation' },
  excellent: { 'zh-CN': '优秀', en: 'excellent' },
  good: { 'zh-CN': '良好', en: 'good' },
  fail: { 'zh-CN': '不合格', en: 'fail' },
};

const FIXED_TITLES: readonly (readonly [string, Title])[] = [
  ['score', { 'zh-CN': '得分', en: 'Score' }],
  ['sum', { 'zh-CN': '合计', en: 'Sum' }],
  ['floor', { 'zh-CN': '下限', en: 'Floor' }],
  ['roll-up', { 'zh-CN': '汇总', en: 'Roll-up' }],
  ['grade', { 'zh-CN': '等级', en: 'Grade' }],
  ['pay', { 'zh-CN': '兑现合计', en: 'Pay' }],
  ['parts', { 'zh-CN': '各任职段', en: 'Parts' }],
  ['raters.merged', { 'zh-CN': '并入其他组的评价', en: 'Merged rater groups' }],
];

const HISTORY = /^history\.(\d{4}(?:-(?:\d{2}|Q\d))?)\.(.+)$/;
const QUARTER = /^(\d{4})-Q(\d)$/;

/** Earlier periods, quarters and parts have no titles of their own in a scheme; they are made of what is in the key. */
export function titleOf(titles: ReadonlyMap<string, Title>, key: string, language: Language): string {
  const title = titles.get(key);
  if (title) return title[language];
  const english = language === 'en';
  const [, period, of] = HISTORY.exec(key) ?? [];
  if (period !== undefined && of !== undefined) return ofPeriod({ titles, period, of, language });
  const [, year, quarter] = QUARTER.exec(key) ?? [];
  if (year !== undefined && quarter !== undefined) return english ? `Quarter ${quarter} of ${year}` : `${year} 年第 ${quarter} 季度`;
  if (key.startsWith('part.')) return english ? `Part ${key.slice(5)}` : `任职段 ${key.slice(5)}`;
  return key;
}

interface OfPeriod {
  readonly titles: ReadonlyMap<string, Title>;
  readonly period: string;
  readonly of: string;
  readonly language: Language;
}

/** A history block and the facts of this period name the same thing; which block it was read for plays no part. */
function ofPeriod({ titles, period, of, language }: OfPeriod): string {
  if (of === 'score') return language === 'en' ? `Score of ${period}` : `${period} 得分`;
  const title = titles.get(of) ?? [...titles].find(([key]) => key.startsWith('history.') && key.endsWith(`.${of}`))?.[1];
  const name = title?.[language] ?? of;
  return language === 'en' ? `${name.replace(/, earlier periods$/, '')}, ${period}` : `${period} ${name.replace(/^以往各期/, '')}`;
}
