import { compareDecimal, parseDecimal } from '#kernel';
import { z } from 'zod';
import { type ColumnRef, type Columns, refName, zColumnRef } from './columns';
import { foldName } from './csv-reader';
import { TABULAR_LIMITS } from './limits';

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | {
      readonly column: ColumnRef;
      readonly op: 'equals' | 'not-equals' | 'contains' | 'starts-with' | 'above' | 'below';
      readonly value: string;
    }
  | { readonly column: ColumnRef; readonly op: 'in' | 'not-in'; readonly values: readonly string[] }
  | { readonly column: ColumnRef; readonly op: 'empty' | 'not-empty' };

const zText = z.string().max(120);
const zParts = (): z.ZodType<readonly Condition[]> =>
  z
    .array(z.lazy(() => zConditionPart))
    .min(1)
    .max(TABULAR_LIMITS.conditionParts);
const zConditionPart: z.ZodType<Condition> = z
  .union([
    z.strictObject({ all: z.lazy(zParts) }).meta({ id: 'AllConditions' }),
    z.strictObject({ any: z.lazy(zParts) }),
    z.strictObject({ not: z.lazy(() => zConditionPart) }),
    z.strictObject({ column: zColumnRef, op: z.enum(['equals', 'not-equals', 'contains', 'starts-with', 'above', 'below']), value: zText }),
    z.strictObject({ column: zColumnRef, op: z.enum(['in', 'not-in']), values: z.array(zText).min(1).max(100) }),
    z.strictObject({ column: zColumnRef, op: z.enum(['empty', 'not-empty']) }),
  ])
  .meta({ id: 'RowCondition' });
/** Which rows of a file count: comparisons of columns, joined by all, any and not. */
export const zCondition: z.ZodType<Condition> = zConditionPart.refine((condition) => depthOf(condition) <= TABULAR_LIMITS.conditionDepth, {
  error: 'nested too deep',
});

function depthOf(condition: Condition): number {
  if ('all' in condition) return 1 + Math.max(...condition.all.map(depthOf));
  if ('any' in condition) return 1 + Math.max(...condition.any.map(depthOf));
  if ('not' in condition) return 1 + depthOf(condition.not);
  return 1;
}

export type RowTest = (cells: readonly string[]) => boolean;

/**
 * The condition over one file's columns. Texts are compared without regard to case, width and blanks around;
 * `above` and `below` compare plain numbers and fail on anything else.
 */
export function compileCondition(condition: Condition, columns: Columns, missing: (column: string) => void): RowTest {
  if ('all' in condition) {
    const tests = condition.all.map((part) => compileCondition(part, columns, missing));
    return (cells) => tests.every((test) => test(cells));
  }
  if ('any' in condition) {
    const tests = condition.any.map((part) => compileCondition(part, columns, missing));
    return (cells) => tests.some((test) => test(cells));
  }
  if ('not' in condition) {
    const test = compileCondition(condition.not, columns, missing);
    return (cells) => !test(cells);
  }
  const column = columns.find(condition.column);
  if (!column) {
    missing(refName(condition.column));
    return () => false;
  }
  const test = cellTest(condition);
  return (cells) => test(foldName(cells[column.index] ?? ''));
}

function cellTest(condition: Extract<Condition, { readonly op: string }>): (cell: string) => boolean {
  switch (condition.op) {
    case 'empty':
      return (cell) => cell === '';
    case 'not-empty':
      return (cell) => cell !== '';
    case 'in':
    case 'not-in': {
      const values = new Set(condition.values.map(foldName));
      const wanted = condition.op === 'in';
      return (cell) => values.has(cell) === wanted;
    }
    default:
      return valueTest(condition.op, foldName(condition.value));
  }
}

function valueTest(op: 'equals' | 'not-equals' | 'contains' | 'starts-with' | 'above' | 'below', value: string): (cell: string) => boolean {
  switch (op) {
    case 'equals':
      return (cell) => cell === value;
    case 'not-equals':
      return (cell) => cell !== value;
    case 'contains':
      return (cell) => cell.includes(value);
    case 'starts-with':
      return (cell) => cell.startsWith(value);
    case 'above':
    case 'below': {
      const bound = parseDecimal(value);
      const side = op === 'above' ? 1 : -1;
      return (cell) => {
        const number = parseDecimal(cell);
        return bound !== undefined && number !== undefined && compareDecimal(number, bound) === side;
      };
    }
  }
}
