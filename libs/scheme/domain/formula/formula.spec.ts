import { type Fraction, ratio, decimal } from '#kernel';
import fc from 'fast-check';
import { exactText } from '../numbers';
import { compileExpression, namesIn, type Scope } from './compile';
import { FORMULA_LIMITS, FormulaProblem } from './lexer';
import { parseFormula } from './parser';

interface Given {
  readonly numbers: Readonly<Record<string, string>>;
}
const scope: Scope<Given> = {
  name(name) {
    if (name === 'grade') return { type: 'word', run: () => 'B' };
    if (name === 'violations') return { type: 'list', run: () => ['accident', 'x'] };
    if (name.startsWith('no.')) return undefined;
    return { type: 'number', run: (given): Fraction => ratio(decimal(given.numbers[name] ?? '7'), decimal('1')) };
  },
  table: (name) => (name === 'double' ? (value) => ({ num: value.num * 2n, den: value.den }) : undefined),
};

function value(source: string, numbers: Record<string, string> = {}): string {
  const compiled = compileExpression(parseFormula(source), scope);
  const result = compiled.run({ numbers });
  return typeof result === 'object' && 'num' in result ? exactText(result) : String(result);
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
  ])('%s = %s', (source, expected) => {
    expect(value(source, { 'sales.amount': '70', 'sales.target': '100' })).toBe(expected);
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
});
