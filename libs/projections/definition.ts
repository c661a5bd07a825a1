import type { Message } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';

/** Column types a projection may use. `numeric` travels as exact text, `bigint` as a safe integer, `jsonb` as a plain value. */
export type ColumnType = 'text' | 'bigint' | 'integer' | 'boolean' | 'numeric' | 'date' | 'timestamptz' | 'jsonb' | 'bytea';
export type CellValue = string | number | boolean | null | Uint8Array | readonly unknown[] | Readonly<Record<string, unknown>>;
export type Row = Readonly<Record<string, CellValue>>;

/** A key is the values of the key columns, in their order. */
export type RowKey = readonly (string | number)[];

/** How one event type changes rows: which keys it touches, and each row's next value (undefined deletes it). */
export interface RowChange<E extends Message, R extends Row> {
  keys(event: RecordedEvent<E>): readonly RowKey[];
  evolve(row: R | undefined, event: RecordedEvent<E>, key: RowKey): R | undefined;
}

/**
 * A projection is a value. One table, rows found by key, each row a fold of the events that touch its key: so it can be
 * rebuilt beside the live one, compared byte for byte, and kept versioned (`history: true` keeps every version of a row
 * with `from_position` and `to_position`, which is what `asOf` reads).
 * Evolve is pure and total. Logic or shape changed → raise `version`: it is rebuilt beside and swapped.
 */
export interface Projection<R extends Row = Row, E extends Message = Message> {
  /** snake_case; the table is `<name>_v<version>` in schema `read`, seen through the view `read.<name>`. */
  readonly name: string;
  readonly version: number;
  readonly columns: Readonly<Record<keyof R & string, ColumnType>>;
  readonly key: readonly (keyof R & string)[];
  readonly indexes?: readonly { readonly columns: readonly string[]; readonly unique?: boolean }[];
  readonly history: boolean;
  /** A row once written never changes (evolve gives back the one it is given): then rows are written without being read first. */
  readonly keepsFirst?: boolean;
  readonly on: { readonly [T in E['type']]: RowChange<Extract<E, { readonly type: T }>, R> };
}

/** Any projection, as the runner handles it. Rows must be type aliases: an interface does not fit an index signature. */
export type AnyProjection = Projection;

/** Keeps the types of rows, events and handlers in step; the value is used as it is. */
export function defineProjection<R extends Row, E extends Message>(projection: Projection<R, E>): Projection<R, E> {
  return projection;
}
