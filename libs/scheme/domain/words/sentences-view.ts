import {
  divideFraction,
  type Fraction,
  fractionOf,
  fractionText,
  multiplyFraction,
  parseFraction,
  roundFraction,
  signOf,
  wholeFraction,
} from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { SchemeDocument, Title } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import { forKind } from '../blocks/by-kind';
import { type Token, tokens } from '../formula/lexer';
import { type Language, titleOf, titlesOf, wordTitlesOf } from './titles';

/** What a scheme calls things, in one language, for the kind of period that an explanation is about. */
export class Names {
  readonly english: boolean;
  private readonly titles: ReadonlyMap<string, Title>;
  private readonly words: ReadonlyMap<string, Title>;
  private readonly units: ReadonlyMap<string, string>;

  constructor(
    private readonly document: SchemeDocument,
    readonly language: Language,
    private readonly kind: PeriodKind | undefined,
  ) {
    this.english = language === 'en';
    this.titles = titlesOf(document);
    this.words = wordTitlesOf(document);
    this.units = unitsOf(document);
  }

  title(key: string): string {
    const outcome = /^(outcome\.[^.]+)\.(.+)$/.exec(key);
    return outcome?.[1] !== undefined && outcome[2] !== undefined
      ? `${this.title(outcome[1])} · ${this.word(outcome[2])}`
      : titleOf(this.titles, key, this.language);
  }

  /** A word as people say it; one that nothing names stays as it is (free words of a rater). */
  word(word: string): string {
    return this.words.get(word)?.[this.language] ?? word;
  }

  grade(key: string): string {
    const title = this.titles.get(`grade.${key}`)?.[this.language];
    return title === undefined || title === key
      ? key
      : key.length <= 2
        ? `${title}${this.english ? ' (' : '（'}${key}${this.english ? ')' : '）'}`
        : title;
  }

  /** Of a fact, of this or an earlier period, or of a parameter. */
  unit(key: string): string | undefined {
    const history = /^history\.(?:\d{4}(?:-(?:\d{2}|Q\d))?)\.(.+)$/.exec(key)?.[1];
    return this.units.get(history ?? key);
  }

  join(texts: readonly string[]): string {
    return texts.join(this.english ? ', ' : '、');
  }

  /** A value as it stands in a tree: a number with its thousands parted, a word by its title, yes or no, none. */
  value(text: string | null, key = ''): string {
    if (text === null || text === '') return this.english ? 'none' : '无';
    if (text === 'true') return this.english ? 'yes' : '是';
    if (text === 'false') return this.english ? 'no' : '否';
    if (key === 'grade') return this.grade(text);
    const number = numberIn(text);
    if (number !== undefined) return this.unit(key) === 'share' ? percentText(text) : this.unit(key) === 'percent' ? `${number} %` : number;
    return this.join(text.split(' ').map((item) => numberIn(item) ?? (item === '...' ? '…' : this.word(item))));
  }

  /** Names become titles, parameters their values, signs what people write; a formula that stands in a tree has been compiled before. */
  formula(formula: string, depth = 0): string {
    const all = tokens(formula);
    let text = '';
    let dropped = 0;
    all.forEach((token, index) => {
      const next = all[index + 1];
      // The name of a table says nothing to a reader: it goes with the comma after it.
      if (isTableName(all, index)) dropped = 2;
      if (!next || dropped > 0) {
        dropped -= 1;
        return;
      }
      const blanks = /\s*$/u.exec(formula.slice(token.offset, next.offset))?.[0] ?? '';
      const written = this.token(token, next, depth);
      text += written + (blanks === '' || written === '，' ? '' : ' ');
    });
    return text;
  }

  private token(token: Token, next: Token | undefined, depth: number): string {
    if (token.kind === 'word') return this.english ? `"${this.word(token.text)}"` : `“${this.word(token.text)}”`;
    if (token.kind === 'number') return numberIn(token.text) ?? token.text;
    if (token.kind === 'percent') return ' %';
    if (token.kind === 'operator') return token.text === ',' && !this.english ? '，' : (SIGNS[token.text] ?? token.text);
    const said = (this.english ? ENGLISH_WORDS : CHINESE_WORDS)[token.text];
    if (said !== undefined && (next?.text === '(' || KEYWORDS.has(token.text))) return said;
    return token.text.startsWith('param.') ? this.parameter(token.text, depth) : this.title(token.text);
  }

  /** What the parameter is set to; one that is computed from others is written out with their values. */
  private parameter(name: string, depth: number): string {
    const parameter = this.document.parameters[name.slice('param.'.length)];
    const text =
      parameter && (this.kind ? forKind(parameter.value, this.kind) : typeof parameter.value === 'string' ? parameter.value : undefined);
    if (text === undefined || depth > MOST_DEPTH) return this.title(name);
    const written = this.formula(text, depth + 1);
    return /[+−×÷ ]/.test(written.replace(/ %$/, '')) && !/^["“]/.test(written) ? `(${written})` : written;
  }
}

const MOST_DEPTH = 4;

function unitsOf(document: SchemeDocument): ReadonlyMap<string, string> {
  const units = new Map<string, string>();
  for (const [key, { unit }] of Object.entries(document.facts)) units.set(key, unit);
  for (const [key, { unit }] of Object.entries(document.parameters)) if (unit) units.set(`param.${key}`, unit);
  for (const [name, block] of Object.entries(document.history ?? {}))
    for (const [key, { unit }] of Object.entries(block.facts)) units.set(`history.${name}.${key}`, unit).set(key, unit);
  return units;
}

/** `lookup('rates', …)`: the first argument names a table. */
function isTableName(all: readonly Token[], index: number): boolean {
  return all[index]?.kind === 'word' && all[index - 1]?.text === '(' && all[index - 2]?.text === 'lookup';
}

const SIGNS: Readonly<Record<string, string>> = { '*': '×', '/': '÷', '-': '−', '<=': '≤', '>=': '≥', '!=': '≠' };
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'true', 'false']);
const ENGLISH_WORDS: Readonly<Record<string, string>> = {
  and: 'and',
  or: 'or',
  not: 'not',
  true: 'always',
  false: 'never',
  min: 'lowest of',
  max: 'highest of',
  abs: 'size of',
  round: 'rounded',
  round_down: 'cut down',
  if: 'if',
  count: 'number of',
  contains: 'contains',
  lookup: 'table',
  sum: 'sum of',
  avg: 'mean of',
  ahead: 'number ahead in',
  level: 'number level in',
  has: 'given',
};
const CHINESE_WORDS: Readonly<Record<string, string>> = {
  and: '且',
  or: '或',
  not: '非',
  true: '始终',
  false: '从不',
  min: '取小',
  max: '取大',
  abs: '绝对值',
  round: '四舍五入',
  round_down: '舍尾',
  if: '若',
  count: '个数',
  contains: '包含',
  lookup: '查表',
  sum: '合计',
  avg: '平均',
  ahead: '领先人数',
  level: '并列人数',
  has: '已填报',
};

/** A node with the means to say it. */
export class View {
  constructor(
    readonly node: ExplanationNode,
    readonly names: Names,
  ) {}

  get value(): string {
    return this.names.value(this.node.value, this.node.key);
  }

  get inputs(): readonly string[] {
    return (this.node.inputs ?? []).map((input) => this.names.value(input.value, input.key));
  }

  /** The n-th input as it stands in a sentence. */
  input(index: number): string {
    const input = this.node.inputs?.[index];
    return this.names.value(input?.value ?? null, input?.key);
  }

  has(name: string): boolean {
    return this.node.params?.[name] !== undefined;
  }

  is(name: string): boolean {
    return this.node.params?.[name] === 'true';
  }

  raw(name: string): string {
    return this.node.params?.[name] ?? '';
  }

  param(name: string): string {
    return this.names.value(this.raw(name));
  }

  formula(name = 'formula'): string {
    return this.names.formula(this.raw(name));
  }

  percent(name: string): string {
    return percentText(this.raw(name));
  }

  /** What was counted: one input by its value, several by name. */
  get counted(): string {
    const inputs = (this.node.inputs ?? []).filter(({ rule }) => rule !== 'parameter');
    if (inputs.length === 1) return this.names.value(inputs[0]?.value ?? null, inputs[0]?.key);
    return this.names.join(inputs.map(({ key, value }) => `${this.names.title(key)} ${this.names.value(value, key)}`));
  }

  /** How often something occurred, of which each counts so much and all together so much. */
  timesOf(each: string, all: string): string {
    const [one, total] = [exactNumber(this.raw(each)), exactNumber(this.raw(all))];
    return signOf(one) === 0 ? this.counted : this.names.value(fractionText(divideFraction(total, one)));
  }

  /** `a ÷ b` where there are just the two. */
  get quotient(): string {
    return this.node.inputs?.length === 2 ? this.inputs.join(' ÷ ') : this.counted;
  }
}

const NUMBER = /^(-?)(\d+)(\.\d+)?$/;
const FRACTION = /^-?\d+\/\d+$/;
const READ_PLACES = 4;

/** With its thousands parted; a fraction that does not end as its first decimals. Undefined when the text is no number. */
export function numberIn(text: string): string | undefined {
  if (FRACTION.test(text)) return `≈ ${numberIn(fractionText(roundFraction(exactNumber(text), READ_PLACES))) ?? text}`;
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  return `${match[1] === '-' ? '−' : ''}${(match[2] ?? '').replace(/\B(?=(\d{3})+$)/g, ',')}${match[3] ?? ''}`;
}

/** A share as a reader says it: 95 %, 66.67 %. For reading only; what is computed is exact. */
export function percentText(text: string): string {
  const rounded = roundFraction(multiplyFraction(exactNumber(text), wholeFraction(100)), 2);
  return `${numberIn(fractionText(rounded)) ?? ''} %`;
}

/** A number as trees write it: `0.95`, `2/3`; 0 for what is none. */
export function exactNumber(text: string): Fraction {
  const [num = '', den] = text.split('/');
  if (den !== undefined) return fractionOf(BigInt(num), BigInt(den));
  return parseFraction(num) ?? bigNumber(num);
}

/** More digits than anyone may enter, as a product of such numbers has. */
function bigNumber(text: string): Fraction {
  const match = NUMBER.exec(text);
  if (!match) return wholeFraction(0);
  const decimals = match[3]?.slice(1) ?? '';
  return fractionOf(BigInt(`${match[1] ?? ''}${match[2] ?? ''}${decimals}`), 10n ** BigInt(decimals.length));
}
