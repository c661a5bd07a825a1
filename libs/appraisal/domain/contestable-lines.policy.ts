import { type Period, parseDecimal } from '#kernel';
import { periodKind } from '#libs/calendar';
import { type CompiledScheme, type ExplanationNode, type Rater, type RatingLine, ratingLines, type Title } from '#libs/scheme';
import type { ScoreBasis } from '../contracts';

/** What a value may be, for whoever writes another one. */
export type InputForm = Pick<RatingLine, 'from' | 'to' | 'whole' | 'options' | 'optionTitles'> & {
  readonly type: 'number' | 'points' | 'occurrences' | 'word' | 'list' | 'numbers';
  readonly unit: 'money' | 'count' | 'days' | 'percent' | 'number' | null;
};

/** A rating or fact that a line of the result stands on: what an appeal contests, and what a decision amends. */
export interface ContestableLine {
  /** Names it in the appeal: the line itself where it stands on this input alone, else the input, so that each is judged by itself. */
  readonly line: string;
  readonly kind: 'rating' | 'fact';
  readonly key: string;
  readonly title: Title;
  /** As it was used; null where nothing was recorded, or the parts of a split period differ. */
  readonly value: string | readonly string[] | null;
  readonly form: InputForm;
  /** The line of the result: an indicator, a modifier or a pay line; `key` as in the explanation. */
  readonly of: { readonly key: string; readonly title: Title; readonly value: string | null; readonly points: string | null };
}

type Basis = Pick<ScoreBasis, 'facts' | 'ratings' | 'parts' | 'employee'>;

const GROUPS = ['indicator.', 'modifier.', 'line.'] as const;
const RATERS: readonly Rater[] = ['self', 'manager', 'second', 'department', 'peers', 'customers'];

/**
 * Every input under every line of the result, in the order of the explanation; what a pay line shares with an indicator stands
 * under the indicator. Left out is what nobody can write another value for: places, free words and awards.
 */
export function contestableLines(
  scheme: CompiledScheme,
  period: Period,
  { basis, explanation }: { readonly basis: Basis; readonly explanation: ExplanationNode | null },
): readonly ContestableLine[] {
  if (!explanation) return [];
  const forms = formsOf(scheme, period, basis);
  const found = new Map<string, { readonly group: ExplanationNode; readonly inputs: Map<string, ExplanationNode> }>();
  collect(explanation, undefined, found);
  const lines: ContestableLine[] = [];
  const scored = new Set<string>();
  const named = new Set<string>();
  for (const { group, inputs } of found.values()) {
    const isPay = group.key.startsWith('line.');
    const leaves = [...inputs.values()].filter(({ key }) => forms.has(key) && !(isPay && scored.has(key)));
    for (const leaf of leaves) {
      const form = forms.get(leaf.key);
      if (!form) continue;
      scored.add(leaf.key);
      const line = leaves.length === 1 ? group.key.slice(group.key.indexOf('.') + 1) : form.key;
      // An input of several lines is contested once: amended it is amended for all of them.
      if (named.has(line)) continue;
      named.add(line);
      lines.push({
        line,
        kind: form.kind,
        key: form.key,
        title: form.title,
        value: form.kind === 'rating' ? ratedValue(basis, form.key, leaf.value) : leaf.value,
        form: form.form,
        of: { key: group.key, title: titleOfGroup(scheme, group.key), value: group.value, points: group.params?.['points'] ?? null },
      });
    }
  }
  return lines;
}

type Found = Map<string, { readonly group: ExplanationNode; readonly inputs: Map<string, ExplanationNode> }>;

function collect(node: ExplanationNode, above: string | undefined, found: Found): void {
  const isGroup = GROUPS.some((prefix) => node.key.startsWith(prefix)) && node.rule !== 'reference';
  const group = isGroup ? node.key : above;
  if (isGroup && !found.has(node.key)) found.set(node.key, { group: node, inputs: new Map() });
  if (group !== undefined && (node.rule === 'fact' || node.rule === 'rating')) {
    const inputs = found.get(group)?.inputs;
    if (inputs && !inputs.has(node.key)) inputs.set(node.key, node);
  }
  for (const input of node.inputs ?? []) collect(input, group, found);
}

interface Form {
  readonly kind: 'rating' | 'fact';
  readonly key: string;
  readonly title: Title;
  readonly form: InputForm;
}

/** By the key of the leaf. */
function formsOf(scheme: CompiledScheme, period: Period, basis: Basis): ReadonlyMap<string, Form> {
  const forms = new Map<string, Form>();
  for (const { key } of basis.facts) {
    const fact = scheme.document.facts[key];
    if (!fact || fact.group !== undefined) continue;
    const unit = fact.unit;
    const whole = fact.whole ?? unit === 'count';
    forms.set(key, { kind: 'fact', key, title: fact.title, form: { ...NUMBER, unit, whole } });
  }
  for (const rater of RATERS)
    for (const line of ratingLines(scheme, periodKind(period), rater, basis.employee)) {
      const { type, from, to, whole, options, optionTitles } = line;
      if (!line.counts || type === 'entries' || type === 'awards') continue;
      const form = { type, unit: null, from, to, whole, options, optionTitles };
      forms.set(`rating.${line.key}`, { kind: 'rating', key: line.key, title: titleOfRating(scheme, line), form });
    }
  return forms;
}

const NUMBER = { type: 'number', from: null, to: null, options: [], optionTitles: {} } as const;

function titleOfRating({ document }: CompiledScheme, { title, group }: RatingLine): Title {
  const of = group === null ? undefined : document.raters?.groups.find(({ key }) => key === group)?.title;
  return of ? { 'zh-CN': `${of['zh-CN']} · ${title['zh-CN']}`, en: `${of.en} · ${title.en}` } : title;
}

function titleOfGroup({ document }: CompiledScheme, nodeKey: string): Title {
  const [prefix, key] = [nodeKey.slice(0, nodeKey.indexOf('.')), nodeKey.slice(nodeKey.indexOf('.') + 1)];
  const blocks =
    prefix === 'indicator'
      ? document.sections.flatMap(({ indicators }) => indicators)
      : prefix === 'modifier'
        ? document.modifiers
        : document.pay;
  return blocks?.find((block) => block.key === key)?.title ?? { 'zh-CN': key, en: key };
}

/** A group's answers are shown as their mean alone: nobody sees who said what. */
function ratedValue(basis: Basis, key: string, shown: string | null): ContestableLine['value'] {
  const given = (basis.parts ?? [{ ratings: basis.ratings }]).map(({ ratings }) => ratings[key] ?? basis.ratings[key]);
  const [first] = given;
  if (first === undefined || given.some((one) => JSON.stringify(one) !== JSON.stringify(first))) return given.length > 1 ? null : shown;
  if (typeof first === 'string') return first;
  return isWords(first) && !first.every((word) => parseDecimal(word) !== undefined) ? first : shown;
}

function isWords(value: readonly unknown[]): value is readonly string[] {
  return value.every((item) => typeof item === 'string');
}
