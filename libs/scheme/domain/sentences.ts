import { type Fraction, formatDecimal, multiplyFraction, parseDecimal, roundHalfUp, toFraction } from '#kernel';
import type { ExplanationNode } from '../contracts/evaluation';
import type { Title } from '../contracts/document';
import { type Language, titleOf, titlesOf } from './titles';
import type { CompiledScheme } from './compile';
import { tokens } from './formula/lexer';

/** One node of an explanation in words. */
export interface ExplanationLine {
  readonly depth: number;
  readonly key: string;
  readonly title: string;
  readonly value: string | null;
  readonly sentence: string;
}

interface View {
  readonly node: ExplanationNode;
  readonly value: string;
  /** Title of a node or key in the language. */
  readonly name: (key: string) => string;
  readonly param: (name: string) => string;
  readonly has: (name: string) => boolean;
  /** A formula with titles in place of names. */
  readonly formula: (name: string) => string;
  /** Values of the inputs, as they stand. */
  readonly inputs: readonly string[];
}

/** The tree from the top down, one sentence per node. A pure function of tree, scheme and language; the tree itself holds no words. */
export function explainInWords(tree: ExplanationNode, scheme: CompiledScheme, language: Language): readonly ExplanationLine[] {
  const titles = titlesOf(scheme.document);
  const lines: ExplanationLine[] = [];
  const visit = (node: ExplanationNode, depth: number): void => {
    const title = titleOf(titles, node.key, language);
    lines.push({
      depth,
      key: node.key,
      title,
      value: node.value,
      sentence: `${title}${language === 'en' ? ': ' : '：'}${sentenceOf(node, titles, language)}`,
    });
    for (const input of node.inputs ?? []) visit(input, depth + 1);
  };
  visit(tree, 0);
  return lines;
}

function sentenceOf(node: ExplanationNode, titles: ReadonlyMap<string, Title>, language: Language): string {
  const sentence = (language === 'en' ? ENGLISH : CHINESE)[node.rule];
  const value = grouped(node.value ?? '–');
  if (!sentence) return value;
  return sentence({
    node,
    value,
    name: (key) => titleOf(titles, key, language),
    param: (name) => grouped(node.params?.[name] ?? ''),
    has: (name) => node.params?.[name] !== undefined,
    formula: (name) => readable(node.params?.[name] ?? '', (key) => titleOf(titles, key, language)),
    inputs: (node.inputs ?? []).map((input) => grouped(input.value ?? '–')),
  });
}

/** Names become titles, signs what people write; a formula that stands in a tree has been compiled before. */
function readable(formula: string, name: (key: string) => string): string {
  let text = '';
  let end = 0;
  for (const token of tokens(formula)) {
    if (token.kind !== 'name' && token.text !== '*' && token.text !== '/') continue;
    text += formula.slice(end, token.offset) + (token.kind === 'name' ? name(token.text) : token.text === '*' ? '×' : '÷');
    end = token.offset + token.text.length;
  }
  return text + formula.slice(end);
}

type Sentences = Readonly<Record<string, (view: View) => string>>;

const of = ({ inputs }: View): string => (inputs.length === 2 ? inputs.join(' ÷ ') : inputs.join(', '));
const originEn = ({ node }: View): string => (node.positions ? ` (event ${node.positions.join(', ')})` : '');
const originZh = ({ node }: View): string => (node.positions ? `（事件 ${node.positions.join('、')}）` : '');

const ENGLISH: Sentences = {
  scheme: (v) => (v.node.value === null ? `no score, period ${v.param('period')}` : `${v.value} for ${v.param('period')}`),
  fact: (v) => `${v.value}${originEn(v)}`,
  rating: (v) => (v.has('points') ? `${v.inputs.join(', ')} of ${v.param('of')} → ${v.value} of ${v.param('points')}` : v.value || 'none'),
  month: (v) => v.value,
  ratio: (v) => `${of(v)} = ${percent(v.node, 'ratio')} (counted up to ${percent(v.node, 'cap')}) → ${v.value} of ${v.param('points')}`,
  share: (v) =>
    v.has('nothingDue')
      ? `nothing was due → ${v.value} of ${v.param('points')}`
      : `${of(v)} = ${percent(v.node, 'ratio')} → ${v.value} of ${v.param('points')}`,
  growth: (v) =>
    v.has('fromNothing')
      ? `none before → ${v.value} of ${v.param('points')}`
      : `growth ${percent(v.node, 'growth')}, all points from ${percent(v.node, 'fullAt')} → ${v.value} of ${v.param('points')}`,
  deduct: (v) =>
    `${v.param('of')} − ${v.param('each')} × ${v.inputs.join(', ')} leaves ${v.param('left')} of ${v.param('of')} → ${v.value} of ${v.param('points')}`,
  'any-takes-all': (v) => `${v.inputs.join(', ')} → ${v.value} of ${v.param('points')}; any takes all`,
  rubric: (v) => `${v.inputs.join(' + ')} → ${v.value} of ${v.param('points')}`,
  tiers: (v) => `${v.param('of')} reaches the tier of ${percent(v.node, 'share')} → ${v.value} of ${v.param('points')}`,
  cases: (v) => `case "${v.param('case')}" → ${v.value}`,
  formula: (v) => `${v.formula('formula')} = ${v.value}`,
  sum: (v) => `${v.inputs.join(' + ')} = ${v.value}`,
  modified: (v) => v.value,
  coefficient: (v) => `${v.inputs[0] ?? ''} × ${v.param('by')} = ${v.value}`,
  add: (v) => `${v.inputs[0] ?? ''} + ${v.param('by')} = ${v.value}`,
  veto: (v) => (v.param('applied') === 'true' ? 'vetoed: 0.00' : `no veto: ${v.value}`),
  floor: (v) => `${v.inputs[0] ?? ''} is below 0 → ${v.value}`,
  'mean-of-months': (v) => `mean of ${v.param('months')} months = ${v.value}`,
  'sum-of-months': (v) => `sum of ${v.param('months')} months = ${v.value}`,
  'last-month': (v) => `the last month = ${v.value}`,
  band: (v) =>
    `${v.param('on')} is in ${v.name(`grade.${v.value}`)} (${v.value})${v.has('next') ? `; ${v.param('missing')} short of ${v.param('next')}` : ''}`,
  gated: (v) => (v.param('voided') === 'true' ? `void: ${v.formula('unless')}` : `${v.formula('formula')} = ${v.value}`),
  deposit: (v) =>
    v.param('applies') === 'true'
      ? `withheld ${v.value}: ${v.param('monthly')} a month, ${v.param('missing')} missing to ${v.param('ceiling')}, at most ${v.param('atMost')}`
      : 'none withheld',
  total: (v) => `${v.inputs.join(' + ') || '0.00'} = ${v.value}`,
  condition: (v) => `${v.formula('formula')}: ${v.node.value === 'true' ? 'yes' : 'no'}`,
};

const CHINESE: Sentences = {
  scheme: (v) => (v.node.value === null ? `${v.param('period')}，不计总分` : `${v.param('period')} 得 ${v.value} 分`),
  fact: (v) => `${v.value}${originZh(v)}`,
  rating: (v) =>
    v.has('points') ? `${v.inputs.join('、')}（满分 ${v.param('of')}）→ ${v.value} 分，满分 ${v.param('points')}` : v.value || '无',
  month: (v) => v.value,
  ratio: (v) => `${of(v)} = ${percent(v.node, 'ratio')}（最高计 ${percent(v.node, 'cap')}）→ ${v.value} 分，满分 ${v.param('points')}`,
  share: (v) =>
    v.has('nothingDue')
      ? `无应办事项 → ${v.value} 分，满分 ${v.param('points')}`
      : `${of(v)} = ${percent(v.node, 'ratio')} → ${v.value} 分，满分 ${v.param('points')}`,
  growth: (v) =>
    v.has('fromNothing')
      ? `上期为零 → ${v.value} 分，满分 ${v.param('points')}`
      : `增长 ${percent(v.node, 'growth')}，达到 ${percent(v.node, 'fullAt')} 得满分 → ${v.value} 分，满分 ${v.param('points')}`,
  deduct: (v) =>
    `${v.param('of')} − ${v.param('each')} × ${v.inputs.join('、')}，余 ${v.param('left')} → ${v.value} 分，满分 ${v.param('points')}`,
  'any-takes-all': (v) => `${v.inputs.join('、')} 次 → ${v.value} 分，满分 ${v.param('points')}；出现即全扣`,
  rubric: (v) => `${v.inputs.join(' + ')} → ${v.value} 分，满分 ${v.param('points')}`,
  tiers: (v) => `${v.param('of')} 落入 ${percent(v.node, 'share')} 档 → ${v.value} 分，满分 ${v.param('points')}`,
  cases: (v) => `情形“${v.param('case')}”→ ${v.value}`,
  formula: (v) => `${v.formula('formula')} = ${v.value}`,
  sum: (v) => `${v.inputs.join(' + ')} = ${v.value}`,
  modified: (v) => v.value,
  coefficient: (v) => `${v.inputs[0] ?? ''} × ${v.param('by')} = ${v.value}`,
  add: (v) => `${v.inputs[0] ?? ''} + ${v.param('by')} = ${v.value}`,
  veto: (v) => (v.param('applied') === 'true' ? '一票否决：0.00' : `未否决：${v.value}`),
  floor: (v) => `${v.inputs[0] ?? ''} 低于 0 → ${v.value}`,
  'mean-of-months': (v) => `${v.param('months')} 个月平均 = ${v.value}`,
  'sum-of-months': (v) => `${v.param('months')} 个月合计 = ${v.value}`,
  'last-month': (v) => `最后一个月 = ${v.value}`,
  band: (v) =>
    `${v.param('on')} 属于${v.name(`grade.${v.value}`)}（${v.value}）${v.has('next') ? `；距 ${v.param('next')} 还差 ${v.param('missing')}` : ''}`,
  gated: (v) => (v.param('voided') === 'true' ? `不予兑现：${v.formula('unless')}` : `${v.formula('formula')} = ${v.value}`),
  deposit: (v) =>
    v.param('applies') === 'true'
      ? `扣留 ${v.value}：每月 ${v.param('monthly')}，距上限 ${v.param('ceiling')} 还差 ${v.param('missing')}，最多 ${v.param('atMost')}`
      : '不扣留',
  total: (v) => `${v.inputs.join(' + ') || '0.00'} = ${v.value}`,
  condition: (v) => `${v.formula('formula')}：${v.node.value === 'true' ? '是' : '否'}`,
};

const NUMBER = /^(-?)(\d+)(\.\d+)?$/;

/** Thousands are parted; anything that is no plain number stays as it is. */
function grouped(text: string): string {
  const match = NUMBER.exec(text);
  return match ? `${match[1] ?? ''}${(match[2] ?? '').replace(/\B(?=(\d{3})+$)/g, ',')}${match[3] ?? ''}` : text;
}

/** A ratio as a reader says it: 95 %, 66.67 %. For reading only; what is computed is exact. */
function percent(node: ExplanationNode, name: string): string {
  const value = fractionOf(node.params?.[name] ?? '0');
  return `${grouped(formatDecimal(roundHalfUp(multiplyFraction(value, { num: 100n, den: 1n }), 2)))} %`;
}

function fractionOf(text: string): Fraction {
  const [num = '0', den] = text.split('/');
  if (den !== undefined) return { num: BigInt(num), den: BigInt(den) };
  const value = parseDecimal(num);
  return value ? toFraction(value) : { num: 0n, den: 1n };
}
