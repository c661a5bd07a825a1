import type { SchemeDocument, Title } from '../contracts/document';

export type Language = 'zh-CN' | 'en';

/** Titles of everything that can stand in an explanation, by its key there. */
export function titlesOf(document: SchemeDocument): ReadonlyMap<string, Title> {
  const titles = new Map<string, Title>(FIXED_TITLES);
  titles.set(document.id, document.title);
  for (const [key, { title }] of Object.entries(document.facts)) titles.set(key, title);
  for (const [key, { title }] of Object.entries(document.ratings)) titles.set(`rating.${key}`, title);
  for (const [key, { title }] of Object.entries(document.parameters)) if (title) titles.set(`param.${key}`, title);
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
  return titles;
}

const FIXED_TITLES: readonly (readonly [string, Title])[] = [
  ['score', { 'zh-CN': '得分', en: 'Score' }],
  ['sum', { 'zh-CN': '合计', en: 'Sum' }],
  ['floor', { 'zh-CN': '下限', en: 'Floor' }],
  ['roll-up', { 'zh-CN': '汇总', en: 'Roll-up' }],
  ['grade', { 'zh-CN': '等级', en: 'Grade' }],
  ['pay', { 'zh-CN': '兑现合计', en: 'Pay' }],
];

/** A month of a roll-up has no title of its own in a scheme. */
export function titleOf(titles: ReadonlyMap<string, Title>, key: string, language: Language): string {
  const title = titles.get(key);
  if (title) return title[language];
  const month = /^history\.(\d{4}-\d{2})\.score$/.exec(key)?.[1];
  if (month !== undefined) return language === 'en' ? `Score of ${month}` : `${month} 得分`;
  return key;
}
