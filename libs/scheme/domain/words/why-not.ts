import { isPeriod, signOf } from '#kernel';
import { periodKind } from '#libs/calendar';
import type { MethodDocument, PayLineDocument, SchemeDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import type { CompiledScheme } from '../compile';
import { namesFor } from './sentences';
import type { Names } from './sentences-view';
import type { Language } from './titles';
import { type Shortfall, Shortfalls } from './why-not-formula';
import { WhyNotWords } from './why-not-words';

/** What was missed, or why something was done: which tier, band, line or action, and by how much. */
export interface WhyNotLine {
  /** Of the node it is about. */
  readonly key: string;
  readonly title: string;
  /** `missed`: more would have changed it. `reason`: why it came out so, where nothing was missing. */
  readonly kind: 'missed' | 'reason';
  /** How much was missing, an exact decimal or a fraction, in the unit of what is measured; null where it can't be measured. */
  readonly missing: string | null;
  readonly sentence: string;
}

/**
 * What would have changed the result: the next band, tier and prize, conditions that did not hold, gates that voided; for
 * lines that pay nothing and actions too. Pure over tree and scheme; in the order of the tree, nothing said twice.
 */
export function whyNot(tree: ExplanationNode, scheme: CompiledScheme, language: Language): readonly WhyNotLine[] {
  const names = namesFor(tree, scheme, language);
  const asking = new Asking(scheme.document, tree, names);
  const lines = new Map<string, WhyNotLine>();
  const visit = (node: ExplanationNode): void => {
    for (const line of asking.linesOf(node)) if (!lines.has(line.sentence)) lines.set(line.sentence, line);
    for (const input of node.inputs ?? []) visit(input);
  };
  visit(tree);
  return [...lines.values()];
}

type Said = Omit<WhyNotLine, 'key' | 'title'>;

class Asking {
  private readonly words: WhyNotWords;
  private readonly blocks: ReadonlyMap<string, Block>;
  /** Values by their formulas, for what is decided by a named value. */
  private readonly named = new Map<string, ExplanationNode>();

  constructor(
    private readonly document: SchemeDocument,
    private readonly tree: ExplanationNode,
    private readonly names: Names,
  ) {
    this.words = new WhyNotWords(names, document);
    this.blocks = blocksOf(document);
    const note = (node: ExplanationNode): void => {
      if (node.rule === 'formula' && node.key.startsWith('value.')) this.named.set(node.key, node);
      node.inputs?.forEach(note);
    };
    note(tree);
  }

  linesOf(node: ExplanationNode): readonly WhyNotLine[] {
    const title = this.names.title(node.key);
    const said = this.said(node);
    const all = said.length === 0 && node.key.startsWith('line.') && node.value === '0.00' ? this.words.nothingDue(node) : said;
    return all.map(({ kind, missing, sentence }) => ({
      key: node.key,
      title,
      kind,
      missing,
      sentence: this.words.about(title, sentence),
    }));
  }

  private said(node: ExplanationNode): readonly Said[] {
    const param = (name: string): string | undefined => node.params?.[name];
    switch (node.rule) {
      case 'band':
      case 'band-by-word':
        return this.words.band(node);
      case 'prize':
        return this.words.prize(node);
      case 'condition':
      case 'outcome-when':
        return this.condition(node, param('formula') ?? '');
      case 'gated':
        return param('voided') === 'true' ? this.lifted(node, param('unless') ?? '') : this.formula(node, param('formula') ?? '');
      case 'commission':
        return this.commission(node);
      case 'zero-when':
      case 'veto':
        return param('applied') === 'true' ? this.lifted(node, param('formula') ?? '') : [];
      case 'formula':
        return this.formula(node, param('formula') ?? '');
      case 'cases':
        return this.cases(node);
      case 'deposit':
        return this.words.deposit(node);
      default:
        return this.indicator(node);
    }
  }

  private shortfalls(node: ExplanationNode): Shortfalls {
    const values = new Map((node.inputs ?? []).map((input) => [input.key, input]));
    const period = this.tree.params?.['period'];
    return new Shortfalls(this.document, period !== undefined && isPeriod(period) ? periodKind(period) : undefined, values);
  }

  private missed(found: readonly Shortfall[]): readonly Said[] {
    return found.map((one) => this.words.shortfall(one));
  }

  /** Taken: the reason. Not taken: what was missing. */
  private condition(node: ExplanationNode, formula: string): readonly Said[] {
    if (node.value !== 'false' && node.params?.['applies'] !== 'false')
      return node.rule === 'condition' ? [this.words.because(formula)] : [];
    // An item of a list that is not there goes without saying.
    if (node.rule === 'condition' && node.key.startsWith('outcome.')) return [];
    return this.decided(node, formula, true).map((one) => this.words.notTaken(one));
  }

  /** What voided it, and what would not have. */
  private lifted(node: ExplanationNode, formula: string): readonly Said[] {
    return [this.words.voided(formula), ...this.missed(this.decided(node, formula, false))];
  }

  /** A named value is followed to the condition that it stands for. */
  private decided(node: ExplanationNode, formula: string, wanted: boolean): readonly Shortfall[] {
    return this.shortfalls(node)
      .ofCondition(formula, wanted)
      .flatMap((one) => {
        const value = one.kind === 'condition' && one.expression.kind === 'name' ? this.named.get(one.expression.name) : undefined;
        const behind = value ? this.shortfalls(value).ofCondition(value.params?.['formula'] ?? '', wanted) : [];
        return behind.length > 0 ? behind : [one];
      });
  }

  private formula(node: ExplanationNode, formula: string): readonly Said[] {
    return this.missed(this.shortfalls(node).ofFormula(formula));
  }

  private commission(node: ExplanationNode): readonly Said[] {
    const block = this.blocks.get(node.key);
    if (block?.of !== 'line' || block.line.kind !== 'commission') return [];
    const { unless, table, by, on } = block.line;
    if (node.params?.['voided'] === 'true' && unless !== undefined) return this.lifted(node, unless);
    return this.missed(this.shortfalls(node).ofTier(table, by ?? on));
  }

  /** What stood in the way of each case before the one that came out. */
  private cases(node: ExplanationNode): readonly Said[] {
    const cases = this.blocks.get(node.key)?.cases ?? [];
    const at = cases.findIndex((one, index) => (one.key ?? String(index + 1)) === node.params?.['case']);
    const before = at < 0 ? cases : cases.slice(0, at);
    const asked = this.shortfalls(node);
    return before.flatMap(({ key, when }) => {
      const measured = asked.ofCondition(when, true).filter((one) => one.kind === 'number' && signOf(one.by) > 0);
      return this.missed(measured).map((one) => this.words.forCase(key, one));
    });
  }

  private indicator(node: ExplanationNode): readonly Said[] {
    const block = this.blocks.get(node.key);
    if (block?.of !== 'indicator') return [];
    const { method } = block;
    if (method.kind !== node.rule) return [];
    if (method.kind === 'tiers') return this.missed(this.shortfalls(node).ofTier(method.table, method.of));
    if (method.kind === 'cases') return this.cases(node);
    const stated = this.words.indicator(node);
    const asked = this.shortfalls(node);
    return [...stated, ...formulasOf(method).flatMap((formula) => this.missed(asked.ofFormula(formula)))];
  }
}

/** What of a scheme a node was computed by, as far as its formulas don't stand in the tree. */
type Block = { readonly cases?: readonly { readonly key?: string | undefined; readonly when: string }[] } & (
  | { readonly of: 'value' }
  | { readonly of: 'line'; readonly line: PayLineDocument }
  | { readonly of: 'indicator'; readonly method: MethodDocument }
);

function blocksOf(document: SchemeDocument): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Block>();
  for (const value of document.values ?? [])
    if (value.kind === 'cases') blocks.set(`value.${value.key}`, { of: 'value', cases: value.cases });
  for (const line of document.pay ?? []) blocks.set(`line.${line.key}`, { of: 'line', line });
  for (const { key, method } of document.sections.flatMap(({ indicators }) => indicators))
    blocks.set(`indicator.${key}`, { of: 'indicator', method, ...(method.kind === 'cases' && { cases: method.cases }) });
  return blocks;
}

/** The formulas of a method in which a condition can stand. */
function formulasOf(method: MethodDocument): readonly string[] {
  switch (method.kind) {
    case 'ratio':
      return [method.actual, method.target];
    case 'words':
      return [method.of];
    case 'deduct':
    case 'bonus':
    case 'any-takes-all':
      return [method.count];
    case 'formula':
      return [method.formula];
    default:
      return [];
  }
}
