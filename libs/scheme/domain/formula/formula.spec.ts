import { type Fraction, ratio, decimal } from '#kernel';
import fc from 'fast-check';
import { exactText } from '../numbers';
import { compileExpression, namesIn, type Scope } from './compile';
import { FORMULA_LIMITS, FormulaProblem } from './lexer';
import { ListedNumbers } from './number-list';
import { type Expression, parseFormula } from './parser';

interface Given {
  readonly numbers: Readonly<Record<string, string>>;
}
const fraction = (text: string): Fraction => ratio(decimal(text), decimal('1'));
const scope: Scope<Given> = {
  name(name) {
    if (name === 'grade') return { type: 'word', run: () => 'B' };
    if (name === 'violations') return { type: 'list', run: () => ['accident', 'x'] };
    if (name === 'ranks') return { type: 'numbers', run: () => new ListedNumbers(['90', '96', '96', '88.5'].map(fraction)) };
    if (name === 'nobody') return { type: 'numbers', run: () => new ListedNumbers([]) };
    if (name.startsWith('no.')) return undefined;
    return { type: 'number', run: (given): Fraction => ratio(decimal(given.numbers[name] ?? '7'), decimal('1')) };
  },
  presence: (name) => (name.startsWith('maybe.') ? (given) => name in given.numbers : undefined),
  isCount: (name) => name === 'entries',
  table: (name) => (name === 'double' ? (value) => ({ num: value.num * 2n, den: value.den }) : undefined),
};

function value(source: string, numbers: Record<string, string> = {}): string {
  const compiled = compileExpression(parseFormula(source), scope);
  const result = compiled.run({ numbers });
  return isFraction(result) ? exactText(result) : typeof result === 'object' ? JSON.stringify(result) : String(result);
}

function problem(source: string): string {
  try {
    return value(source);
  } catch (error) {
    if (error instanceof FormulaProblem) return `${error.code}@${error.offset}`;
    throw error;
  }
}

describe('formulas', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['10 - 2 - 3', '5'],
    ['-2 * -3', '6'],
    ['0.1 + 0.2', '0.3'],
    ['1 / 3', '1/3'],
    ['1 / 3 * 3', '1'],
    ['120%', '1.2'],
    ['sales.amount ÷ sales.target × 100', '70'],
    ['销售额 － 1'.replace('－', '-'), '6'],
    ['round(2.345, 2)', '2.35'],
    ['round(-2.345, 2)', '-2.35'],
    ['round_down(2.349, 2)', '2.34'],
    ['min(3, 1, 2)', '1'],
    ['max（3， 1）', '3'],
    ['abs(0 - 4)', '4'],
    ["if(grade = 'B', 1, 2)", '1'],
    ["if(grade != 'B' or 1 >= 2, 1, 2)", '2'],
    ['if(not 1 > 2 and true, 1, 1 / 0)', '1'],
    ['count(violations)', '2'],
    ["if(contains(violations, 'accident'), 0, 1)", '0'],
    ["lookup('double', 4)", '8'],
    ["if(1 < 2, 'yes', 'no')", 'yes'],
    ['a ≥ 7', 'true'],
    ['count(ranks)', '4'],
    ['sum(ranks)', '370.5'],
    ['sum(nobody)', '0'],
    ['avg(ranks) * 4', '370.5'],
    ['min(ranks) + max(ranks)', '184.5'],
    ['1 + ahead(ranks, 90)', '3'],
    ['level(ranks, 95 + 1)', '2'],
    ['ahead(if(1 > 2, ranks, nobody), 0)', '0'],
    ['count(entries)', '7'],
    ['if(has(maybe.there), 1, 0)', '1'],
    ['if(has(maybe.not), 1, 0)', '0'],
    ["round(2.5, 0, 'half-even')", '2'],
    ["round(-3.5, 0, 'half-even')", '-4'],
    ["round(2.345001, 2, 'half-even')", '2.35'],
    ["round(2.341, 2, 'up')", '2.35'],
    ["round(-2.341, 2, 'up')", '-2.35'],
    ["round(2.34, 2, 'up')", '2.34'],
    ["round(-2.349, 2, 'down')", '-2.34'],
    ["round(2.345, 2, 'half-up')", '2.35'],
  ])('%s = %s', (source, expected) => {
    expect(value(source, { 'sales.amount': '70', 'sales.target': '100', 'maybe.there': '1' })).toBe(expected);
  });

  it.each([
    ['', 'formula-syntax@0'],
    ['1 +', 'formula-syntax@3'],
    ['1 2', 'formula-syntax@2'],
    ['(1', 'formula-syntax@2'],
    ['a ? b', 'formula-syntax@2'],
    ['1 < 2 < 3', 'formula-syntax@6'],
    ['a and', 'formula-syntax@5'],
    ['no.such + 1', 'unknown-name@0'],
    ['1 + 完成(2)', 'unknown-function@4'],
    ['eval(1)', 'unknown-function@0'],
    ['constructor(1)', 'unknown-function@0'],
    ['min()', 'wrong-arguments@0'],
    ['if(1 > 2, 3)', 'wrong-arguments@0'],
    ['round(1, a)', 'wrong-arguments@9'],
    ["1 + 'B'", 'type-mismatch@4'],
    ['if(1, 2, 3)', 'type-mismatch@3'],
    ["grade < 'B'", 'type-mismatch@6'],
    ["if(1 > 2, 3, 'x')", 'type-mismatch@13'],
    ["lookup('none', 1)", 'unknown-name@7'],
    ['1 / (2 - 2)', 'division-by-zero@2'],
    ["count('x')", 'type-mismatch@6'],
    ['count(a)', 'type-mismatch@6'],
    ['avg(nobody)', 'empty-list@0'],
    ['min(nobody)', 'empty-list@0'],
    ['max(1, ranks)', 'type-mismatch@7'],
    ['sum(a)', 'type-mismatch@4'],
    ['sum(violations)', 'type-mismatch@4'],
    ['ahead(ranks)', 'wrong-arguments@0'],
    ["ahead(ranks, 'x')", 'type-mismatch@13'],
    ['ranks > 1', 'type-mismatch@6'],
    ['ranks = ranks', 'type-mismatch@6'],
    ['has(a)', 'wrong-arguments@0'],
    ['has(1)', 'wrong-arguments@4'],
    ['has(no.such)', 'unknown-name@4'],
    ["round(1, 2, 'nearest')", 'wrong-arguments@12'],
    ['round(1, 2, a)', 'wrong-arguments@12'],
    ["round_down(1, 2, 'up')", 'wrong-arguments@0'],
    [`1${'+1'.repeat(600)}`, `formula-too-long@${FORMULA_LIMITS.chars}`],
    [`1${'+1'.repeat(200)}`, 'formula-too-large@199'],
    [`${'('.repeat(30)}1${')'.repeat(30)}`, 'formula-too-deep@24'],
    [`${'-'.repeat(60)}1`, 'formula-too-deep@24'],
  ])('%s is refused as %s', (source, expected) => {
    expect(problem(source)).toBe(expected);
  });

  it('name what they read, each once', () => {
    expect(namesIn(parseFormula('if(a > b, a, max(c.d, -b)) + count(violations)'))).toEqual(['a', 'b', 'c.d', 'violations']);
  });

  it('never fail in an unnamed way, whatever is typed', () => {
    const pieces = fc.constantFrom(
      '1',
      '2.5',
      'a',
      'min(',
      'if(',
      ')',
      '(',
      ',',
      '+',
      '-',
      '*',
      '/',
      '<',
      '=',
      ' and ',
      'not ',
      "'w'",
      '%',
      '。',
      'grade',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        expect(typeof problem(parts.join(''))).toBe('string');
      }),
    );
  });

  it('written out and read again are the same', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const text = written(expression);
        fc.pre(text.length <= FORMULA_LIMITS.chars);
        expect(withoutPlaces(parseFormula(text))).toEqual(withoutPlaces(expression));
      }),
    );
  });
});

/** Small enough to stay within every limit. */
const { expression: expressions } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.record({
      kind: fc.constant('number' as const),
      value: fc.nat(9_999).map((units) => ({ num: BigInt(units), den: 100n })),
      at: fc.constant(0),
    }),
    fc.record({ kind: fc.constant('word' as const), text: fc.constantFrom('good', '', 'a-b', '优'), at: fc.constant(0) }),
    fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean(), at: fc.constant(0) }),
    fc.record({
      kind: fc.constant('name' as const),
      name: fc.constantFrom('a', 'sales.amount', 'value.完成率', 'history.before.rank.of'),
      at: fc.constant(0),
    }),
    fc.record({ kind: fc.constantFrom('negate' as const, 'not' as const), of: tie('expression'), at: fc.constant(0) }),
    fc.record({
      kind: fc.constant('arithmetic' as const),
      operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
      left: tie('expression'),
      right: tie('expression'),
      at: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const),
      left: tie('expression'),
      right: tie('expression'),
      at: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('logic' as const),
      operator: fc.constantFrom('and' as const, 'or' as const),
      left: tie('expression'),
      right: tie('expression'),
      at: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('min', 'if', '未知'),
      args: fc.array(tie('expression'), { maxLength: 3 }),
      at: fc.constant(0),
    }),
  ),
}));

/** Every part in brackets, so that no precedence is asked. */
function written(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `${expression.value.num / 100n}.${String(expression.value.num % 100n).padStart(2, '0')}`;
    case 'word':
      return `'${expression.text}'`;
    case 'boolean':
      return String(expression.value);
    case 'name':
      return expression.name;
    case 'negate':
      return `(-(${written(expression.of)}))`;
    case 'not':
      return `(not (${written(expression.of)}))`;
    case 'call':
      return `${expression.name}(${expression.args.map(written).join(', ')})`;
    default:
      return `((${written(expression.left)}) ${expression.operator} (${written(expression.right)}))`;
  }
}

function withoutPlaces(expression: Expression): unknown {
  const plain = (key: string, value: unknown): unknown =>
    key === 'at' ? undefined : key === 'value' && isFraction(value) ? exactText(value) : value;
  return JSON.parse(JSON.stringify(expression, plain));
}

function isFraction(value: unknown): value is Fraction {
  return typeof value === 'object' && value !== null && 'num' in value;
}
