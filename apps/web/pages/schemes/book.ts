import { formatExact } from '../../pieces/format';
import { type Language, language } from '../../texts';
import type { Library } from './queries';
import { inLanguage, titleIn, type Words } from './words';
import { isList, isMembers, type Plain, plainAt } from './yaml/read';

export type LibraryIndicator = Library['items'][number];

/** What names in a scheme mean to a reader, in the language of now. */
export interface Book {
  readonly language: Language;
  /** The title of a fact, rating, value, line … by its name in formulas. */
  readonly titleOf: (name: string) => string | undefined;
  /** A formula with titles for names, values for parameters and signs as people write them. */
  readonly formula: (text: string) => string;
  /** A constant as people read it: `param.cap` is its value. */
  readonly constant: (value: Plain | undefined) => string;
  readonly indicator: (id: string) => LibraryIndicator | undefined;
  /** What a `use:` or an own indicator is called. */
  readonly indicatorTitle: (indicator: Plain) => string;
  /** What a line of a result is called, by the key of its indicator. */
  readonly lineTitle: (key: string) => string;
}

export function bookOf(plain: Plain, library: Library | undefined, inFormula: (name: string) => string): Book {
  const titles = titlesOf(plain, library);
  const indicators = new Map((library?.items ?? []).map((entry) => [entry.id, entry]));
  const titleOf = (name: string): string | undefined => titles.get(name);
  const parameter = (name: string): Plain | undefined => plainAt(plain, ['parameters', name, 'value']);
  const constant = (value: Plain | undefined): string => {
    if (isMembers(value)) return Object.values(value).map(constant).join(' / ');
    return typeof value === 'string' ? formula(value) : '';
  };
  const formula = (text: string): string => inWords(text, { titleOf, inFormula, parameter, constant });
  const indicatorTitle = (indicator: Plain): string => {
    const own = isMembers(indicator) ? titleIn(indicator['title']) : undefined;
    const use = isMembers(indicator) ? indicator['use'] : undefined;
    const entry = typeof use === 'string' ? indicators.get(use) : undefined;
    return own ?? (entry ? inLanguage(entry.title) : nameOf(indicator));
  };
  const lineTitle = (key: string): string => {
    const entry = indicators.get(key);
    return titleOf(`indicator.${key}`) ?? (entry ? inLanguage(entry.title) : key);
  };
  return { language: language(), titleOf, formula, constant, indicator: (id) => indicators.get(id), indicatorTitle, lineTitle };
}

/** What an entry of a list is called. */
export function nameOf(entry: Plain): string {
  if (typeof entry === 'string') return entry;
  if (!isMembers(entry)) return '';
  const name = entry['key'] ?? entry['use'] ?? entry['grade'] ?? entry['word'];
  return titleIn(entry['title']) ?? (typeof name === 'string' ? name : '');
}

/** What a review step is called: whose turn it is. */
export function stepOf(entry: Plain, words: Pick<Words, 'option'>): string {
  const [step, by] = isMembers(entry) ? [entry['step'], entry['by']] : [];
  if (typeof step !== 'string') return '';
  return typeof by === 'string' ? `${words.option('step', step)} · ${words.option('by', by)}` : words.option('step', step);
}

interface Meanings {
  readonly titleOf: (name: string) => string | undefined;
  /** What functions and fixed names are called. */
  readonly inFormula: (name: string) => string;
  readonly parameter: (name: string) => Plain | undefined;
  readonly constant: (value: Plain | undefined) => string;
}

const TOKEN = /'[^']*'|\d+(?:\.\d+)?%?|[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*|<=|>=|!=|[*/]/gu;
const SIGNS: Readonly<Record<string, string>> = { '*': '×', '/': '÷', '<=': '≤', '>=': '≥', '!=': '≠' };

function inWords(text: string, { titleOf, inFormula, parameter, constant }: Meanings): string {
  return text.replace(TOKEN, (token) => {
    const sign = SIGNS[token];
    if (sign !== undefined) return sign;
    if (token.startsWith("'")) return quoted(token.slice(1, -1), titleOf);
    if (/^\d/.test(token)) return token.endsWith('%') ? `${formatExact(token.slice(0, -1))} %` : formatExact(token);
    if (token.startsWith('param.')) {
      const value = parameter(token.slice('param.'.length));
      return value === undefined ? token : constant(value);
    }
    return titleOf(token) ?? inFormula(token);
  });
}

function quoted(word: string, titleOf: (name: string) => string | undefined): string {
  return `“${titleOf(`word.${word}`) ?? word}”`;
}

/** Where entries of a list are named in formulas. */
const LISTS: readonly (readonly [string, string])[] = [
  ['values', 'value'],
  ['pay', 'line'],
  ['outcome', 'outcome'],
  ['sections', 'section'],
];

function titlesOf(plain: Plain, library: Library | undefined): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const { key, title } of library?.facts ?? []) titles.set(key, inLanguage(title));
  for (const { key, title } of library?.ratings ?? []) titles.set(`rating.${key}`, inLanguage(title));
  addNamed(titles, plainAt(plain, ['facts']), '');
  addNamed(titles, plainAt(plain, ['ratings']), 'rating.');
  addNamed(titles, plainAt(plain, ['employee']), 'employee.');
  for (const [member, prefix] of LISTS) addListed(titles, plainAt(plain, [member]), prefix);
  const sections = plainAt(plain, ['sections']);
  for (const section of isList(sections) ? sections : []) if (isMembers(section)) addListed(titles, section['indicators'], 'indicator');
  const bands = plainAt(plain, ['bands', 'list']);
  for (const band of isList(bands) ? bands : []) {
    const [key, title] = isMembers(band) ? [band['key'], titleIn(band['title'])] : [];
    if (typeof key === 'string' && title !== undefined) titles.set(`word.${key}`, title);
  }
  const valueTitles = plainAt(plain, ['bands', 'valueTitles']);
  for (const [name, title] of Object.entries(isMembers(valueTitles) ? valueTitles : {})) titles.set(`band.${name}`, titleIn(title) ?? name);
  return titles;
}

function addNamed(titles: Map<string, string>, members: Plain | undefined, prefix: string): void {
  for (const [name, value] of Object.entries(isMembers(members) ? members : {})) {
    const title = isMembers(value) ? titleIn(value['title']) : undefined;
    const used = isMembers(value) ? value['use'] : undefined;
    const taken = typeof used === 'string' ? titles.get(prefix + used) : undefined;
    if (title !== undefined) titles.set(prefix + name, title);
    else if (taken !== undefined) titles.set(prefix + name, taken);
    const words = isMembers(value) ? value['wordTitles'] : undefined;
    for (const [word, of] of Object.entries(isMembers(words) ? words : {})) titles.set(`word.${word}`, titleIn(of) ?? word);
  }
}

function addListed(titles: Map<string, string>, list: Plain | undefined, prefix: string): void {
  for (const entry of isList(list) ? list : []) {
    const [key, title] = isMembers(entry) ? [entry['key'], titleIn(entry['title'])] : [];
    if (typeof key === 'string' && title !== undefined) titles.set(`${prefix}.${key}`, title);
  }
}
