import {
  addFraction,
  compareFraction,
  divideFraction,
  type Fraction,
  maxFraction,
  minFraction,
  multiplyFraction,
  negateFraction,
  roundDown,
  roundFraction,
  roundHalfEven,
  roundUp,
  signOf,
  subtractFraction,
  toFraction,
  wholeFraction,
} from '#kernel';
import { FormulaProblem } from './lexer';
import type { NumberList } from './number-list';
import type { ArithmeticOperator, ComparisonOperator, Expression } from './parser';

/** A formula made ready to run over a frame `F`; it is total but for what has no answer (a division by zero, the mean of none), which throws FormulaProblem. */
export type Compiled<F> =
  | { readonly type: 'number'; readonly run: (frame: F) => Fraction }
  | { readonly type: 'boolean'; readonly run: (frame: F) => boolean }
  | { readonly type: 'word'; readonly run: (frame: F) => string }
  | { readonly type: 'list'; readonly run: (frame: F) => readonly string[] }
  | { readonly type: 'numbers'; readonly run: (frame: F) => NumberList };

export type ValueType = Compiled<never>['type'];

/** What names mean. A scope only knows what is computed before the formula, so no formula can refer to itself. */
export interface Scope<F> {
  name(name: string): Compiled<F> | undefined;
  table(name: string): ((value: Fraction) => Fraction) | undefined;
  /** For `has(…)`: whether something that may be absent is there; undefined for what is always there. */
  presence?(name: string): ((frame: F) => boolean) | undefined;
  /** For `count(…)` of a name that is a number already: how many entries there were. */
  isCount?(name: string): boolean;
}

type NumberRun<F> = (frame: F) => Fraction;
type BooleanRun<F> = (frame: F) => boolean;

/** Thrown when a name is unknown or types don't fit: FormulaProblem with the offset. */
export function compileExpression<F>(expression: Expression, scope: Scope<F>): Compiled<F> {
  switch (expression.kind) {
    case 'number': {
      const { value } = expression;
      return { type: 'number', run: () => value };
    }
    case 'word': {
      const { text } = expression;
      return { type: 'word', run: () => text };
    }
    case 'boolean': {
      const { value } = expression;
      return { type: 'boolean', run: () => value };
    }
    case 'name': {
      const found = scope.name(expression.name);
      if (!found) throw new FormulaProblem('unknown-name', expression.at, expression.name);
      return found;
    }
    case 'negate': {
      const of = numberOf(expression.of, scope);
      return { type: 'number', run: (frame) => negateFraction(of(frame)) };
    }
    case 'not': {
      const of = booleanOf(expression.of, scope);
      return { type: 'boolean', run: (frame) => !of(frame) };
    }
    case 'arithmetic': {
      const [left, right] = [numberOf(expression.left, scope), numberOf(expression.right, scope)];
      return { type: 'number', run: arithmetic(expression.operator, left, right, expression.at) };
    }
    case 'logic': {
      const [left, right] = [booleanOf(expression.left, scope), booleanOf(expression.right, scope)];
      const run: BooleanRun<F> =
        expression.operator === 'and' ? (frame) => left(frame) && right(frame) : (frame) => left(frame) || right(frame);
      return { type: 'boolean', run };
    }
    case 'compare':
      return { type: 'boolean', run: comparison(expression, scope) };
    case 'call':
      return call(expression.name, expression.args, expression.at, scope);
  }
}

/** Thrown when the expression is no number: FormulaProblem. */
export function numberOf<F>(expression: Expression, scope: Scope<F>): NumberRun<F> {
  const compiled = compileExpression(expression, scope);
  if (compiled.type !== 'number') throw new FormulaProblem('type-mismatch', expression.at, `number, not ${compiled.type}`);
  return compiled.run;
}

/** Thrown when the expression is no condition: FormulaProblem. */
export function booleanOf<F>(expression: Expression, scope: Scope<F>): BooleanRun<F> {
  const compiled = compileExpression(expression, scope);
  if (compiled.type !== 'boolean') throw new FormulaProblem('type-mismatch', expression.at, `condition, not ${compiled.type}`);
  return compiled.run;
}

function listOf<F>(expression: Expression, scope: Scope<F>): (frame: F) => readonly string[] {
  const compiled = compileExpression(expression, scope);
  if (compiled.type !== 'list') throw new FormulaProblem('type-mismatch', expression.at, `list, not ${compiled.type}`);
  return compiled.run;
}

function arithmetic<F>(operator: ArithmeticOperator, left: NumberRun<F>, right: NumberRun<F>, at: number): NumberRun<F> {
  switch (operator) {
    case '+':
      return (frame) => addFraction(left(frame), right(frame));
    case '-':
      return (frame) => subtractFraction(left(frame), right(frame));
    case '*':
      return (frame) => multiplyFraction(left(frame), right(frame));
    case '/':
      return (frame) => {
        const divisor = right(frame);
        if (signOf(divisor) === 0) throw new FormulaProblem('division-by-zero', at, '/');
        return divideFraction(left(frame), divisor);
      };
  }
}

const HOLDS: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function comparison<F>(expression: Extract<Expression, { kind: 'compare' }>, scope: Scope<F>): BooleanRun<F> {
  const left = compileExpression(expression.left, scope);
  const right = compileExpression(expression.right, scope);
  const holds = HOLDS[expression.operator];
  if (left.type === 'number' && right.type === 'number') return (frame) => holds(compareFraction(left.run(frame), right.run(frame)));
  const equality = expression.operator === '=' || expression.operator === '!=';
  if (equality && left.type === 'word' && right.type === 'word') return (frame) => holds(left.run(frame) === right.run(frame) ? 0 : 1);
  throw new FormulaProblem('type-mismatch', expression.at, `${left.type} ${expression.operator} ${right.type}`);
}

/** At least and at most so many arguments. */
const ARGUMENTS: Readonly<Record<string, readonly [number, number]>> = {
  min: [1, 20],
  max: [1, 20],
  abs: [1, 1],
  round: [2, 3],
  round_down: [2, 2],
  if: [3, 3],
  count: [1, 1],
  contains: [2, 2],
  lookup: [2, 2],
  sum: [1, 1],
  avg: [1, 1],
  ahead: [2, 2],
  level: [2, 2],
  has: [1, 1],
};
export const FORMULA_FUNCTIONS: readonly string[] = Object.keys(ARGUMENTS);

interface Call<F> {
  readonly name: string;
  readonly at: number;
  readonly args: readonly [Expression, ...Expression[]];
  readonly scope: Scope<F>;
}

function call<F>(name: string, args: readonly Expression[], at: number, scope: Scope<F>): Compiled<F> {
  const bounds = Object.hasOwn(ARGUMENTS, name) ? ARGUMENTS[name] : undefined;
  if (!bounds) throw new FormulaProblem('unknown-function', at, name);
  const [first, ...rest] = args;
  if (!first || args.length < bounds[0] || args.length > bounds[1]) throw new FormulaProblem('wrong-arguments', at, name);
  const parts: Call<F> = { name, at, args: [first, ...rest], scope };
  const [second, third] = rest;
  if (!second) return callOfOne(parts);
  switch (name) {
    case 'round':
    case 'round_down':
      return rounding(parts, second, third);
    case 'lookup':
      return lookup(first, second, scope);
    case 'contains':
      return containing(first, second, scope);
    case 'ahead':
    case 'level':
      return standing(name, first, second, scope);
    case 'if':
      if (third) return choice(first, second, third, scope);
      throw new FormulaProblem('wrong-arguments', at, name);
    default:
      return extreme(parts);
  }
}

function callOfOne<F>(parts: Call<F>): Compiled<F> {
  const { name, scope } = parts;
  const [first] = parts.args;
  switch (name) {
    case 'abs': {
      const of = numberOf(first, scope);
      return { type: 'number', run: (frame) => absolute(of(frame)) };
    }
    case 'count':
      return counting(first, scope);
    case 'has':
      return presence(parts);
    case 'sum': {
      const of = numbersOf(first, scope);
      return { type: 'number', run: (frame) => of(frame).sum() };
    }
    case 'avg': {
      const of = numbersOf(first, scope);
      return { type: 'number', run: (frame) => of(frame).avg() };
    }
    default:
      return extreme(parts);
  }
}

const whole = wholeFraction;

function counting<F>(of: Expression, scope: Scope<F>): Compiled<F> {
  const compiled = compileExpression(of, scope);
  if (compiled.type === 'list') return { type: 'number', run: (frame) => whole(compiled.run(frame).length) };
  if (compiled.type === 'numbers') return { type: 'number', run: (frame) => whole(compiled.run(frame).size) };
  if (compiled.type === 'number' && of.kind === 'name' && scope.isCount?.(of.name)) return compiled;
  throw new FormulaProblem('type-mismatch', of.at, `list, not ${compiled.type}`);
}

function presence<F>({ name, at, args: [of], scope }: Call<F>): Compiled<F> {
  if (of.kind !== 'name') throw new FormulaProblem('wrong-arguments', of.at, name);
  if (!scope.name(of.name)) throw new FormulaProblem('unknown-name', of.at, of.name);
  const run = scope.presence?.(of.name);
  // What is always there needs no asking: most likely another name was meant.
  if (!run) throw new FormulaProblem('wrong-arguments', at, name);
  return { type: 'boolean', run };
}

function numbersOf<F>(expression: Expression, scope: Scope<F>): (frame: F) => NumberList {
  const compiled = compileExpression(expression, scope);
  if (compiled.type !== 'numbers') throw new FormulaProblem('type-mismatch', expression.at, `numbers, not ${compiled.type}`);
  return compiled.run;
}

function standing<F>(name: 'ahead' | 'level', list: Expression, of: Expression, scope: Scope<F>): Compiled<F> {
  const numbers = numbersOf(list, scope);
  const value = numberOf(of, scope);
  if (name === 'ahead') return { type: 'number', run: (frame) => whole(numbers(frame).ahead(value(frame))) };
  return { type: 'number', run: (frame) => whole(numbers(frame).level(value(frame))) };
}

function containing<F>(list: Expression, item: Expression, scope: Scope<F>): Compiled<F> {
  const run = listOf(list, scope);
  if (item.kind !== 'word') throw new FormulaProblem('type-mismatch', item.at, 'word');
  const { text } = item;
  return { type: 'boolean', run: (frame) => run(frame).includes(text) };
}

const absolute = (value: Fraction): Fraction => (signOf(value) < 0 ? negateFraction(value) : value);

/** The lowest or highest of several numbers, or of one list of them. */
function extreme<F>({ name, args, scope }: Call<F>): Compiled<F> {
  const [first, ...rest] = args;
  if (rest.length === 0) {
    const of = compileExpression(first, scope);
    if (of.type === 'numbers')
      return { type: 'number', run: name === 'min' ? (frame) => of.run(frame).min() : (frame) => of.run(frame).max() };
  }
  const pick = name === 'min' ? minFraction : maxFraction;
  const start = numberOf(first, scope);
  const others = rest.map((arg) => numberOf(arg, scope));
  return { type: 'number', run: (frame) => others.reduce((best, next) => pick(best, next(frame)), start(frame)) };
}

const MOST_PLACES = 10;

const ROUNDINGS: Readonly<Record<string, (value: Fraction, places: number) => Fraction>> = {
  'half-up': roundFraction,
  'half-even': (value, places) => toFraction(roundHalfEven(value, places)),
  up: (value, places) => toFraction(roundUp(value, places)),
  down: (value, places) => toFraction(roundDown(value, places)),
};

/** `round(x, places)` is half-up; `round(x, places, 'half-even' | 'up' | 'down')` as it says; `up` is away from zero. */
function rounding<F>({ name, args: [of], scope }: Call<F>, places: Expression, mode: Expression | undefined): Compiled<F> {
  const run = numberOf(of, scope);
  if (places.kind !== 'number' || places.value.den !== 1n || places.value.num > BigInt(MOST_PLACES))
    throw new FormulaProblem('wrong-arguments', places.at, name);
  const count = Number(places.value.num);
  const named = name === 'round_down' ? 'down' : mode === undefined ? 'half-up' : mode.kind === 'word' ? mode.text : '';
  const round = Object.hasOwn(ROUNDINGS, named) ? ROUNDINGS[named] : undefined;
  if (!round) throw new FormulaProblem('wrong-arguments', mode?.at ?? places.at, name);
  return { type: 'number', run: (frame) => round(run(frame), count) };
}

function lookup<F>(table: Expression, of: Expression, scope: Scope<F>): Compiled<F> {
  if (table.kind !== 'word') throw new FormulaProblem('type-mismatch', table.at, 'table');
  const find = scope.table(table.text);
  if (!find) throw new FormulaProblem('unknown-name', table.at, table.text);
  const run = numberOf(of, scope);
  return { type: 'number', run: (frame) => find(run(frame)) };
}

function choice<F>(condition: Expression, yes: Expression, no: Expression, scope: Scope<F>): Compiled<F> {
  const holds = booleanOf(condition, scope);
  const left = compileExpression(yes, scope);
  const right = compileExpression(no, scope);
  if (left.type === 'number' && right.type === 'number')
    return { type: 'number', run: (frame) => (holds(frame) ? left : right).run(frame) };
  if (left.type === 'word' && right.type === 'word') return { type: 'word', run: (frame) => (holds(frame) ? left : right).run(frame) };
  if (left.type === 'boolean' && right.type === 'boolean')
    return { type: 'boolean', run: (frame) => (holds(frame) ? left : right).run(frame) };
  if (left.type === 'numbers' && right.type === 'numbers')
    return { type: 'numbers', run: (frame) => (holds(frame) ? left : right).run(frame) };
  throw new FormulaProblem('type-mismatch', no.at, `${left.type} or ${right.type}`);
}

/** Names that an expression reads, each once, in the order they appear. */
export function namesIn(expression: Expression, found: string[] = []): readonly string[] {
  switch (expression.kind) {
    case 'name':
      if (!found.includes(expression.name)) found.push(expression.name);
      return found;
    case 'negate':
    case 'not':
      return namesIn(expression.of, found);
    case 'arithmetic':
    case 'compare':
    case 'logic':
      namesIn(expression.left, found);
      return namesIn(expression.right, found);
    case 'call':
      for (const arg of expression.args) namesIn(arg, found);
      return found;
    default:
      return found;
  }
}
