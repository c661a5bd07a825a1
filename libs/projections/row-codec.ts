import { type CustomTypesConfig, types } from 'pg';
import type { AnyProjection, CellValue, ColumnType, Row, RowKey } from './definition';

const OID = { bytea: 17, int8: 20, numeric: 1700, date: 1082, timestamptz: 1184 } as const;

/** PostgreSQL values as rows hold them: bigint as a safe integer, numeric and date as text, instants in UTC with milliseconds. */
export const readTypes: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    // oxlint-disable-next-line typescript/no-unsafe-return -- pg types its own parsers as any
    if (format === 'binary') return types.getTypeParser(oid, 'binary');
    switch (oid) {
      case OID.int8:
        return safeInteger;
      case OID.numeric:
      case OID.date:
        return asText;
      case OID.timestamptz:
        return instantText;
      default:
        // oxlint-disable-next-line typescript/no-unsafe-return -- pg types its own parsers as any
        return types.getTypeParser(oid, 'text');
    }
  },
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint column holds a number that is not a safe integer');
  return value;
}

function asText(text: string): string {
  return text;
}

const TIMESTAMP = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)([+-]\d{2})(?::?(\d{2}))?$/;

function instantText(text: string): string {
  const match = TIMESTAMP.exec(text);
  if (!match) throw new RangeError('an instant out of range');
  return new Date(`${match[1]}T${match[2]}${match[3]}:${match[4] ?? '00'}`).toISOString();
}

/** Text by which rows are found in memory; key columns in their order. */
export function keyText(key: RowKey): string {
  return key.length === 1 ? String(key[0]) : JSON.stringify(key);
}

export function keyOfRow(projection: AnyProjection, row: Row): RowKey {
  return projection.key.map((column) => {
    const value = row[column];
    if (typeof value !== 'string' && typeof value !== 'number') throw new TypeError(`key column ${column} of ${projection.name} is empty`);
    return value;
  });
}

/** Declared columns only, as one JSON object for json_to_recordset, which takes what is left out for null: numeric as text so that it stays exact. */
export function rowJson(columns: readonly (readonly [string, ColumnType])[], row: Row): Record<string, unknown> {
  const cells: Record<string, unknown> = {};
  for (const [name, type] of columns) {
    const value = row[name];
    if (value !== undefined && value !== null) cells[name] = cellJson(name, type, value);
  }
  return cells;
}

function cellJson(name: string, type: ColumnType, value: NonNullable<CellValue>): unknown {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new TypeError(`column ${name} holds a number that is not a safe integer`);
  if (type === 'numeric' && typeof value !== 'string') throw new TypeError(`column ${name} is numeric and travels as text`);
  return value;
}

/** jsonb cells as they come back from the store, so that a row in memory and the same row read again are alike. */
export function settleRow<R extends Row>(jsonColumns: readonly string[], row: R, before: R | undefined): R {
  let settled: R | undefined;
  for (const column of jsonColumns) {
    const value = row[column];
    if (typeof value !== 'object' || value === null || value === before?.[column]) continue;
    const plain: unknown = JSON.parse(JSON.stringify(value));
    settled = { ...(settled ?? row), [column]: plain };
  }
  return settled ?? row;
}

/** True when both rows hold the same cells. */
export function sameRow(columns: readonly string[], a: Row, b: Row): boolean {
  return a === b || columns.every((column) => sameCell(a[column], b[column]));
}

function sameCell(a: CellValue | undefined, b: CellValue | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  }
  return JSON.stringify(a) === JSON.stringify(b);
}
