import type { Fraction } from '#kernel';
import type { ComparisonOperator, Expression } from '../formula/parser';
import { NOTHING } from '../numbers';
import {
  absolute,
  add,
  ANYTHING,
  canBeBelow,
  compare,
  divide,
  exactly,
  holding,
  hull,
  intersect,
  isEmpty,
  least,
  most,
  multiply,
  negate,
  NOT_NEGATIVE,
  only,
  type Range,
  rounded,
  type Rounding,
} from './range';
import { goTogether, productUnit, quotientUnit, type Shape, type Unit, UNKNOWN } from './shape';

/** What the checker hears while it follows a formula; `at` is the offset in its text. */
export interface Listener {
  readonly mixedUnits: (at: number, left: Unit, right: Unit) => void;
  /** A word that can never be what it is compared with. */
  readonly neverWord: (at: number, word: string) => void;
  /** Asked for the value of a table for numbers in a range; answers with what the values can be. */
  readonly lookUp: (table: string, of: Range, unit: Unit | undefined) => Range;
}

export interface Known {
  readonly names: (name: string) => Shape | undefined;
  /** Pairs of texts `a|b` of which a is never below b. */
  readonly atLeast: ReadonlySet<string>;
}

/** What the conditions on the way to an expression have settled, by the text of what they looked at. */
export interface Settled {
  readonly ranges: ReadonlyMap<string, Range>;
  readonly words: ReadonlyMap<string, { readonly only?: string; readonly not: readonly string[] }>;
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly atLeast: ReadonlySet<string>;
}

export const NOTHING_SETTLED: Settled = { ranges: new Map(), words: new Map(), conditions: new Map(), atLeast: new Set() };

type Numeric = Extract<Shape, { type: 'number' }>;
const numeric = (range: Range, unit?: Unit): Numeric => ({ type: 'number', range, ...(unit && { unit }) });
const WHATEVER: Numeric = { type: 'number', range: ANYTHING };

const texts = new WeakMap<Expression, string>();

/** The same computation has the same text. */
export function textOf(expression: Expression): string {
  const known = texts.get(expression);
  if (known !== undefined) return known;
  const text = written(expression);
  texts.set(expression, text);
  return text;
}

function written(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `${expression.value.num}/${expression.value.den}`;
    case 'word':
      return `'${expression.text}'`;
    case 'boolean':
      return String(expression.value);
    case 'name':
      return expression.name;
    case 'negate':
      return `(-${textOf(expression.of)})`;
    case 'not':
      return `(not ${textOf(expression.of)})`;
    case 'arithmetic':
    case 'compare':
    case 'logic':
      return `(${textOf(expression.left)} ${expression.operator} ${textOf(expression.right)})`;
    case 'call':
      return `${expression.name}(${expression.args.map(textOf).join(',')})`;
  }
}

/**
 * Follows formulas without running them: what each part can be (exact intervals, possible words, true or false where it is
 * settled) and in which unit. Always wider than the truth, so that "can't happen" is certain and "can happen" is not.
 */
export class Inference {
  /** What was found once under the same conditions; without it a long chain of `and` would be followed twice at every link. */
  private readonly shapes = new Remembered<Shape>();
  private readonly assumed = { true: new Remembered<Settled | undefined>(), false: new Remembered<Settled | undefined>() };

  constructor(
    private readonly known: Known,
    private readonly listener: Listener,
    /** The text of the formula: a literal with `%` is a share. */
    private readonly source: string,
  ) {}

  shape(expression: Expression, settled: Settled): Shape {
    return this.shapes.get(settled, expression, () => this.narrowed(expression, settled));
  }

  private narrowed(expression: Expression, settled: Settled): Shape {
    const found = this.plain(expression, settled);
    const text = textOf(expression);
    if (found.type === 'number') {
      const range = settled.ranges.get(text);
      return range ? { ...found, range: intersect(found.range, range) } : found;
    }
    if (found.type === 'boolean') {
      const known = settled.conditions.get(text);
      return known === undefined ? found : { type: 'boolean', known };
    }
    if (found.type === 'word' && found.words) {
      const settledWord = settled.words.get(text);
      if (!settledWord) return found;
      const words = [...found.words].filter(
        (word) => (settledWord.only === undefined || word === settledWord.only) && !settledWord.not.includes(word),
      );
      return { type: 'word', words: new Set(words) };
    }
    return found;
  }

  private plain(expression: Expression, settled: Settled): Shape {
    switch (expression.kind) {
      case 'number':
        return numeric(exactly(expression.value), this.isPercent(expression.at) ? 'share' : undefined);
      case 'word':
        return { type: 'word', words: new Set([expression.text]) };
      case 'boolean':
        return { type: 'boolean', known: expression.value };
      case 'name':
        return this.known.names(expression.name) ?? UNKNOWN;
      case 'negate': {
        const of = this.number(expression.of, settled);
        return { ...of, range: negate(of.range) };
      }
      case 'not': {
        const known = this.truth(expression.of, settled);
        return { type: 'boolean', known: known === undefined ? undefined : !known };
      }
      case 'arithmetic':
        return this.arithmetic(expression, settled);
      case 'logic':
        return { type: 'boolean', known: this.logic(expression, settled) };
      case 'compare':
        return { type: 'boolean', known: this.comparison(expression, settled) };
      case 'call':
        return this.call(expression.name, expression.args, settled);
    }
  }

  /** Undefined when it depends. */
  truth(expression: Expression, settled: Settled): boolean | undefined {
    const shape = this.shape(expression, settled);
    return shape.type === 'boolean' ? shape.known : undefined;
  }

  number(expression: Expression | undefined, settled: Settled): Numeric {
    if (!expression) return WHATEVER;
    const shape = this.shape(expression, settled);
    return shape.type === 'number' ? shape : WHATEVER;
  }

  /** Undefined when the condition can't have come out that way. */
  assume(expression: Expression, truth: boolean, settled: Settled): Settled | undefined {
    return this.assumed[truth ? 'true' : 'false'].get(settled, expression, () => this.settledBy(expression, truth, settled));
  }

  private settledBy(expression: Expression, truth: boolean, settled: Settled): Settled | undefined {
    const known = this.truth(expression, settled);
    if (known !== undefined && known !== truth) return undefined;
    if (expression.kind === 'not') return this.assume(expression.of, !truth, settled);
    if (expression.kind === 'logic' && (expression.operator === 'and') === truth) {
      const left = this.assume(expression.left, truth, settled);
      return left && this.assume(expression.right, truth, left);
    }
    const conditions = new Map(settled.conditions).set(textOf(expression), truth);
    const noted = { ...settled, conditions };
    return expression.kind === 'compare' ? this.assumeComparison(expression, truth, noted) : noted;
  }

  private assumeComparison(
    { left, right, operator }: Extract<Expression, { kind: 'compare' }>,
    truth: boolean,
    settled: Settled,
  ): Settled | undefined {
    const held = truth ? operator : OPPOSITE[operator];
    const [a, b] = [this.shape(left, settled), this.shape(right, settled)];
    if (a.type === 'word' || b.type === 'word') return assumeWord(left, right, held, settled);
    if (a.type !== 'number' || b.type !== 'number') return settled;
    const ranges = new Map(settled.ranges);
    const first = intersect(a.range, holding(held, b.range));
    const second = intersect(b.range, holding(MIRRORED[held], a.range));
    if (isEmpty(first) || isEmpty(second)) return undefined;
    ranges.set(textOf(left), first);
    ranges.set(textOf(right), second);
    const atLeast = new Set(settled.atLeast);
    if (held === '>' || held === '>=' || held === '=') atLeast.add(`${textOf(left)}|${textOf(right)}`);
    if (held === '<' || held === '<=' || held === '=') atLeast.add(`${textOf(right)}|${textOf(left)}`);
    return { ...settled, ranges, atLeast };
  }

  private isPercent(at: number): boolean {
    return /^\d+(?:\.\d+)?\s*%/u.test(this.source.slice(at));
  }

  private arithmetic({ operator, left, right, at }: Extract<Expression, { kind: 'arithmetic' }>, settled: Settled): Shape {
    const [a, b] = [this.number(left, settled), this.number(right, settled)];
    switch (operator) {
      case '+':
        return numeric(add(a.range, b.range), this.common(a.unit, b.unit, at));
      case '-': {
        const range = add(a.range, negate(b.range));
        const unit = this.common(a.unit, b.unit, at);
        return numeric(this.isAtLeast(left, right, settled) ? intersect(range, NOT_NEGATIVE) : range, unit);
      }
      case '*':
        return numeric(multiply(a.range, b.range), productUnit(a.unit, b.unit));
      case '/':
        return numeric(divide(a.range, b.range), quotientUnit(a.unit, b.unit));
    }
  }

  private isAtLeast(left: Expression, right: Expression, settled: Settled): boolean {
    const pair = `${textOf(left)}|${textOf(right)}`;
    return this.known.atLeast.has(pair) || settled.atLeast.has(pair);
  }

  private common(a: Unit | undefined, b: Unit | undefined, at: number): Unit | undefined {
    if (a && b && a !== b) this.listener.mixedUnits(at, a, b);
    return goTogether(a, b) ? (a ?? b) : undefined;
  }

  private logic({ operator, left, right }: Extract<Expression, { kind: 'logic' }>, settled: Settled): boolean | undefined {
    const first = this.truth(left, settled);
    const goesOn = operator === 'and';
    if (first === !goesOn) return first;
    const after = this.assume(left, goesOn, settled);
    const second = after && this.truth(right, after);
    if (second === !goesOn) return second;
    return first === undefined ? undefined : second;
  }

  private comparison({ operator, left, right, at }: Extract<Expression, { kind: 'compare' }>, settled: Settled): boolean | undefined {
    const [a, b] = [this.shape(left, settled), this.shape(right, settled)];
    if (a.type === 'word' && b.type === 'word') return this.words(a.words, b.words, operator, at);
    if (a.type !== 'number' || b.type !== 'number') return undefined;
    this.common(a.unit, b.unit, at);
    return compare(a.range, operator, b.range);
  }

  private words(
    a: ReadonlySet<string> | undefined,
    b: ReadonlySet<string> | undefined,
    operator: ComparisonOperator,
    at: number,
  ): boolean | undefined {
    if (!a || !b) return undefined;
    const shared = [...a].filter((word) => b.has(word));
    if (shared.length === 0) {
      const [single] = b.size === 1 ? b : a.size === 1 ? a : [];
      if (single !== undefined && a.size > 0 && b.size > 0) this.listener.neverWord(at, single);
      return operator === '!=';
    }
    return a.size === 1 && b.size === 1 ? operator === '=' : undefined;
  }

  private call(name: string, args: readonly Expression[], settled: Settled): Shape {
    const [first, second] = args;
    switch (name) {
      case 'min':
      case 'max':
        return this.extreme(name, args, settled);
      case 'abs': {
        const of = this.number(first, settled);
        return { ...of, range: absolute(of.range) };
      }
      case 'round':
      case 'round_down':
        return this.rounding(name, args, settled);
      case 'if':
        return this.choice(args, settled);
      case 'lookup': {
        const of = this.number(second, settled);
        return first?.kind === 'word' ? numeric(this.listener.lookUp(first.text, of.range, of.unit)) : WHATEVER;
      }
      case 'contains':
        return this.contains(first, second, settled);
      case 'has':
        return { type: 'boolean' };
      default:
        return this.over(name, first, settled);
    }
  }

  /** Functions over lists. */
  private over(name: string, first: Expression | undefined, settled: Settled): Shape {
    const list = first ? this.shape(first, settled) : UNKNOWN;
    const most_ = list.type === 'numbers' ? list.most : list.type === 'list' ? list.items?.size : undefined;
    const places: Range = most_ === undefined ? NOT_NEGATIVE : intersect(NOT_NEGATIVE, { high: { value: whole(most_), open: false } });
    if (name === 'count' || name === 'ahead' || name === 'level') return numeric(places, 'count');
    if (list.type !== 'numbers') return WHATEVER;
    if (name === 'avg') return numeric(list.range, list.unit);
    if (name === 'sum') return numeric(multiply(list.range, places), list.unit);
    return WHATEVER;
  }

  private extreme(name: 'min' | 'max', args: readonly Expression[], settled: Settled): Shape {
    const [first] = args;
    const list = first && args.length === 1 ? this.shape(first, settled) : UNKNOWN;
    if (list.type === 'numbers') return numeric(list.range, list.unit);
    const shapes = args.map((arg) => ({ at: arg.at, ...this.number(arg, settled) }));
    return shapes.reduce<Numeric>((so, next, index) => {
      if (index === 0) return numeric(next.range, next.unit);
      const unit = this.common(so.unit, next.unit, next.at);
      return numeric(name === 'min' ? least(so.range, next.range) : most(so.range, next.range), unit);
    }, WHATEVER);
  }

  private rounding(name: 'round' | 'round_down', args: readonly Expression[], settled: Settled): Shape {
    const [first, places, mode] = args;
    const of = this.number(first, settled);
    const rule =
      name === 'round_down' ? 'down' : mode === undefined ? 'half-up' : mode.kind === 'word' && isRounding(mode.text) ? mode.text : 'up';
    if (places?.kind !== 'number' || places.value.den !== 1n || places.value.num > 10n) return numeric(ANYTHING, of.unit);
    return numeric(rounded(of.range, Number(places.value.num), rule), of.unit);
  }

  private choice(args: readonly Expression[], settled: Settled): Shape {
    const [condition, yes, no] = args;
    if (!condition || !yes || !no) return UNKNOWN;
    const [whenTrue, whenFalse] = [this.assume(condition, true, settled), this.assume(condition, false, settled)];
    const shapes = [whenTrue && this.shape(yes, whenTrue), whenFalse && this.shape(no, whenFalse)].filter((shape) => shape !== undefined);
    return union(shapes, (a, b) => this.common(a, b, no.at));
  }

  private contains(list: Expression | undefined, item: Expression | undefined, settled: Settled): Shape {
    const shape = list ? this.shape(list, settled) : UNKNOWN;
    if (shape.type !== 'list' || !shape.items || item?.kind !== 'word') return { type: 'boolean' };
    if (shape.items.has(item.text)) return { type: 'boolean' };
    this.listener.neverWord(item.at, item.text);
    return { type: 'boolean', known: false };
  }
}

/** Results by the conditions they hold under and the expression they are of. */
class Remembered<T> {
  private readonly found = new Map<Settled, Map<Expression, { readonly value: T }>>();

  get(settled: Settled, expression: Expression, find: () => T): T {
    const under = this.found.get(settled) ?? new Map<Expression, { readonly value: T }>();
    this.found.set(settled, under);
    const known = under.get(expression);
    if (known) return known.value;
    const value = find();
    under.set(expression, { value });
    return value;
  }
}

const whole = (count: number): Fraction => ({ num: BigInt(count), den: 1n });

function isRounding(text: string): text is Rounding {
  return text === 'half-up' || text === 'half-even' || text === 'up' || text === 'down';
}

const OPPOSITE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function assumeWord(left: Expression, right: Expression, held: ComparisonOperator, settled: Settled): Settled {
  const [subject, word] = right.kind === 'word' ? [left, right.text] : left.kind === 'word' ? [right, left.text] : [undefined, ''];
  if (!subject) return settled;
  const before = settled.words.get(textOf(subject)) ?? { not: [] };
  const after = held === '=' ? { ...before, only: word } : { ...before, not: [...before.not, word] };
  return { ...settled, words: new Map(settled.words).set(textOf(subject), after) };
}

/** What one of several can be. */
export function union(shapes: readonly Shape[], unit: (a: Unit | undefined, b: Unit | undefined) => Unit | undefined): Shape {
  const [first, ...rest] = shapes;
  if (!first) return UNKNOWN;
  return rest.reduce<Shape>((a, b) => {
    if (a.type === 'number' && b.type === 'number') return numeric(hull(a.range, b.range), unit(a.unit, b.unit));
    if (a.type === 'word' && b.type === 'word')
      return a.words && b.words ? { type: 'word', words: new Set([...a.words, ...b.words]) } : { type: 'word' };
    if (a.type === 'boolean' && b.type === 'boolean') return { type: 'boolean', known: a.known === b.known ? a.known : undefined };
    if (a.type === 'list' && b.type === 'list') return { type: 'list' };
    return UNKNOWN;
  }, first);
}

/** The constant that a range pins down, if it does. */
export function constantOf(shape: Shape): Fraction | undefined {
  return shape.type === 'number' ? only(shape.range) : undefined;
}

export function mayBeNegative(shape: Shape): boolean {
  return shape.type === 'number' && canBeBelow(shape.range, NOTHING);
}
