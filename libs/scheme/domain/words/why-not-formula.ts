import { compareFraction, type Fraction, fractionText, multiplyFraction, signOf, subtractFraction } from '#kernel';
import type { PeriodKind } from '#libs/calendar';
import type { RatingDocument, SchemeDocument, TableDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import { forKind } from '../blocks/by-kind';
import { type Compiled, compileExpression, type Scope } from '../formula/compile';
import { FormulaProblem } from '../formula/lexer';
import { ListedNumbers, StandingNumbers } from '../formula/number-list';
import { type ComparisonOperator, type Expression, parseFormula } from '../formula/parser';
import { exactNumber } from './sentences-view';

/** A comparison that came out otherwise than wished: by how much, exactly, in the unit of what is compared. */
export interface Missed {
  readonly kind: 'number';
  readonly left: Expression;
  /** As it would have had to hold: the opposite one where a condition should not have held. */
  readonly operator: ComparisonOperator;
  readonly right: Expression;
  readonly is: Fraction;
  readonly bound: Fraction;
  /** Above 0; 0 where reaching the bound itself is not enough. */
  readonly by: Fraction;
}
/** A condition that can't be measured: words, lists, yes or no. */
export interface Unmet {
  readonly kind: 'condition';
  readonly expression: Expression;
  readonly wanted: boolean;
  /** Of a comparison of words: the word that there is. */
  readonly is: string | undefined;
}
/** The next tier of a table that a formula looks up. */
export interface NextTier {
  readonly kind: 'tier';
  readonly of: Expression;
  readonly is: Fraction;
  readonly bound: Fraction;
  readonly inclusive: boolean;
  readonly by: Fraction;
  /** What the next tier is worth, as the scheme writes it. */
  readonly worth: string;
  /** Where a quotient of a plain name is looked up: that name and how much more of it there would have to be. */
  readonly underlying: { readonly name: string; readonly by: Fraction } | undefined;
}
export type Shortfall = Missed | Unmet | NextTier;

const OPPOSITE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/** Evaluates formulas of a scheme again over the values that stand in a tree, to say what was missing. */
export class Shortfalls implements Scope<undefined> {
  constructor(
    private readonly document: SchemeDocument,
    private readonly kind: PeriodKind | undefined,
    private readonly values: ReadonlyMap<string, ExplanationNode>,
  ) {}

  name(name: string): Compiled<undefined> | undefined {
    const node = this.values.get(name);
    if (node) return compiledNode(node, this.document);
    if (!name.startsWith('param.')) return undefined;
    const text = this.parameter(name);
    return text === undefined ? undefined : compileExpression<undefined>(parseFormula(text), this);
  }

  table(name: string): ((value: Fraction) => Fraction) | undefined {
    // Only what a formula looks up is asked, never what it makes of it.
    return this.document.tables?.[name] && ((value) => value);
  }

  presence(name: string): (() => boolean) | undefined {
    const node = this.values.get(name);
    return node && (() => node.value !== null);
  }

  isCount(name: string): boolean {
    return name.startsWith('rating.') && this.document.ratings[name.slice('rating.'.length)]?.type === 'entries';
  }

  /** What was missing for a condition to come out as wished; none when it did, or when it can't be said from these values. */
  ofCondition(formula: string, wanted: boolean): readonly Shortfall[] {
    return answered([], () => this.conditions(parseFormula(formula), wanted));
  }

  /** Conditions that a formula decides by and tiers that it looks up. */
  ofFormula(formula: string): readonly Shortfall[] {
    return answered([], () => this.within(parseFormula(formula)));
  }

  /** Where the value of a formula lies in a table. */
  ofTier(table: string, formula: string): readonly Shortfall[] {
    return answered([], () => this.tier(table, parseFormula(formula)));
  }

  number(expression: Expression): Fraction {
    const compiled = compileExpression<undefined>(expression, this);
    if (compiled.type !== 'number') throw new FormulaProblem('type-mismatch', expression.at, compiled.type);
    return compiled.run(undefined);
  }

  private parameter(name: string): string | undefined {
    const value = this.document.parameters[name.slice('param.'.length)]?.value;
    if (value === undefined || typeof value === 'string') return value;
    return this.kind && forKind(value, this.kind);
  }

  private holds(expression: Expression): boolean {
    const compiled = compileExpression<undefined>(expression, this);
    return compiled.type === 'boolean' && compiled.run(undefined);
  }

  private conditions(expression: Expression, wanted: boolean): readonly Shortfall[] {
    if (this.holds(expression) === wanted) return [];
    switch (expression.kind) {
      case 'not':
        return this.conditions(expression.of, !wanted);
      case 'logic':
        return [...this.conditions(expression.left, wanted), ...this.conditions(expression.right, wanted)];
      case 'compare':
        return [this.compared(expression, wanted)];
      default:
        return [{ kind: 'condition', expression, wanted, is: undefined }];
    }
  }

  private compared(expression: Extract<Expression, { kind: 'compare' }>, wanted: boolean): Shortfall {
    const { left, right } = expression;
    const compiled = compileExpression<undefined>(left, this);
    if (compiled.type === 'word') return { kind: 'condition', expression, wanted, is: compiled.run(undefined) };
    if (compiled.type !== 'number') return { kind: 'condition', expression, wanted, is: undefined };
    const operator = wanted ? expression.operator : OPPOSITE[expression.operator];
    const [is, bound] = [this.number(left), this.number(right)];
    const difference = subtractFraction(bound, is);
    const by = signOf(difference) < 0 ? subtractFraction(is, bound) : difference;
    return { kind: 'number', left, operator, right, is, bound, by };
  }

  private within(expression: Expression): readonly Shortfall[] {
    switch (expression.kind) {
      case 'negate':
        return this.within(expression.of);
      case 'arithmetic':
        // What is taken off is nothing that anyone would want to reach.
        return expression.operator === '-'
          ? this.within(expression.left)
          : [...this.within(expression.left), ...this.within(expression.right)];
      case 'call':
        return this.call(expression);
      default:
        return [];
    }
  }

  private call({ name, args }: Extract<Expression, { kind: 'call' }>): readonly Shortfall[] {
    const [first, second, third] = args;
    if (name === 'lookup' && first?.kind === 'word' && second) return this.tier(first.text, second);
    if (name !== 'if' || !first || !second || !third) return args.flatMap((arg) => this.within(arg));
    // Whichever branch was taken: the first is what the condition is there for.
    const missed = this.conditions(first, true).filter(isReachable);
    return missed.length > 0 ? [...missed, ...this.within(third)] : this.within(second);
  }

  private tier(name: string, of: Expression): readonly Shortfall[] {
    const table = this.document.tables?.[name];
    if (!table) return [];
    const is = this.number(of);
    const next = rowsOf(table)
      .map((row) => ({ ...row, value: this.number(parseFormula(row.bound)) }))
      .find(({ value, inclusive }) => (inclusive ? compareFraction(is, value) < 0 : compareFraction(is, value) <= 0));
    if (!next) return [];
    const by = subtractFraction(next.value, is);
    const { inclusive, worth } = next;
    return [{ kind: 'tier', of, is, bound: next.value, inclusive, by, worth, underlying: this.underlying(of, by) }];
  }

  private underlying(of: Expression, by: Fraction): NextTier['underlying'] {
    if (of.kind === 'name') return { name: of.name, by };
    if (of.kind !== 'arithmetic' || of.operator !== '/' || of.left.kind !== 'name') return undefined;
    return { name: of.left.name, by: multiplyFraction(by, this.number(of.right)) };
  }
}

/** A case told apart by an exact number or by what was filled in is no aim. */
function isReachable(shortfall: Shortfall): boolean {
  if (shortfall.kind === 'number') return shortfall.operator !== '=' && shortfall.operator !== '!=';
  return shortfall.kind !== 'condition' || shortfall.expression.kind !== 'call';
}

interface TierRow {
  readonly bound: string;
  readonly inclusive: boolean;
  readonly worth: string;
}

/** From the lowest up, as tables are written. */
function rowsOf(table: TableDocument): readonly TierRow[] {
  switch (table.kind) {
    case 'step':
      return table.rows.map(({ from, over, value }) => ({ bound: from ?? over ?? '0', inclusive: from !== undefined, worth: value }));
    case 'linear':
      return table.rows.map(({ at, value }) => ({ bound: at, inclusive: true, worth: value }));
    case 'marginal':
      return table.rows.map(({ from, rate }) => ({ bound: from, inclusive: true, worth: rate }));
  }
}

/** A tree that a part was cut out of leaves names without values: then nothing is said. */
function answered<T>(otherwise: T, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof FormulaProblem) return otherwise;
    throw error;
  }
}

const NUMERIC = /^-?\d+(\.\d+)?(\/\d+)?$/;

function compiledNode(node: ExplanationNode, document: SchemeDocument): Compiled<undefined> {
  const text = node.value ?? '';
  const rating = node.key.startsWith('rating.') ? document.ratings[node.key.slice('rating.'.length)]?.type : undefined;
  if (isListOfNumbers(node, rating)) return numbersOf(node, text);
  if (rating === 'list' || node.key === 'raters.merged' || node.rule === 'items-that-hold')
    return { type: 'list', run: () => itemsOf(text) };
  if (text === 'true' || text === 'false') return { type: 'boolean', run: () => text === 'true' };
  const isWord = node.rule === 'attribute' || rating === 'word' || node.key === 'grade' || (text !== '' && !NUMERIC.test(text));
  if (isWord) return { type: 'word', run: () => text };
  return { type: 'number', run: () => exactNumber(text) };
}

function isListOfNumbers({ rule, params }: ExplanationNode, rating: RatingDocument['type'] | undefined): boolean {
  if (rule === 'standing' || rule === 'history' || rating === 'numbers' || rating === 'awards') return true;
  return rule === 'fact' && params?.['of'] !== undefined;
}

function numbersOf({ key, rule, params = {} }: ExplanationNode, text: string): Compiled<undefined> {
  // Of a long list only the first stand in the tree.
  if (text.endsWith('...')) throw new FormulaProblem('unknown-value', 0, key);
  if (rule !== 'standing') return { type: 'numbers', run: () => new ListedNumbers(itemsOf(text).map(exactNumber)) };
  const standing = { ahead: Number(params['ahead']), level: Number(params['level']), at: exactNumber(params['at'] ?? '') };
  return { type: 'numbers', run: () => new StandingNumbers(Number(text), standing) };
}

function itemsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}

const PRECEDENCE = { '+': 1, '-': 1, '*': 2, '/': 2 } as const;

/** A part of a formula as it would be written. */
export function sourceText(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return fractionText(expression.value);
    case 'word':
      return `'${expression.text}'`;
    case 'boolean':
      return String(expression.value);
    case 'name':
      return expression.name;
    case 'negate':
      return `-${operand(expression.of, 3)}`;
    case 'not':
      return `not ${operand(expression.of, 3)}`;
    case 'arithmetic': {
      const level = PRECEDENCE[expression.operator];
      return `${operand(expression.left, level)} ${expression.operator} ${operand(expression.right, level + 1)}`;
    }
    case 'compare':
      return `${sourceText(expression.left)} ${expression.operator} ${sourceText(expression.right)}`;
    case 'logic':
      return `${operand(expression.left, 0)} ${expression.operator} ${operand(expression.right, 0)}`;
    case 'call':
      return `${expression.name}(${expression.args.map(sourceText).join(', ')})`;
  }
}

function operand(expression: Expression, level: number): string {
  const text = sourceText(expression);
  const loose =
    (expression.kind === 'arithmetic' && PRECEDENCE[expression.operator] < level) ||
    (level > 0 && (expression.kind === 'compare' || expression.kind === 'logic'));
  return loose ? `(${text})` : text;
}
