import type { Pool, PoolClient } from 'pg';
import type { AnyProjection } from './definition';
import { FROM_POSITION, quoted } from './sql-names';

export interface RowDifference {
  /** Key columns of the first row, in key order, that is not the same on both sides; with history also where it begins. */
  readonly key: Readonly<Record<string, string>>;
  readonly side: 'both' | 'live-only' | 'rebuilt-only';
  /** Columns that differ, as PostgreSQL writes their values; empty where the row is on one side only. */
  readonly columns: Readonly<Record<string, { readonly live: string | null; readonly rebuilt: string | null }>>;
}

interface Line {
  readonly key: readonly string[];
  readonly digest: string;
}

interface Side {
  next(): Promise<Line | undefined>;
  /** The cells of one row as PostgreSQL writes them. */
  cells(key: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
}

const FETCH_ROWS = 5_000;

/** One way of writing values on both sides, so that equal bytes mean equal rows. */
const SETTINGS =
  "SET LOCAL TimeZone TO 'UTC'; SET LOCAL DateStyle TO 'ISO, YMD'; SET LOCAL bytea_output TO 'hex'; SET LOCAL extra_float_digits TO 1";

/**
 * Reads both sides in key order and stops at the first difference. `live` runs in the caller's snapshot, `rebuilt` in a
 * transaction of its own, since the rebuilt rows may have been written after the snapshot was taken.
 */
export async function compareTables(
  snapshot: PoolClient,
  pool: Pool,
  projection: AnyProjection,
  sides: { readonly live: string; readonly rebuilt: string },
): Promise<{ readonly rows: number; readonly difference?: RowDifference }> {
  const other = await pool.connect();
  try {
    await other.query('BEGIN READ ONLY');
    const live = await openSide(snapshot, projection, sides.live);
    const rebuilt = await openSide(other, projection, sides.rebuilt);
    for (let rows = 0; ; rows += 1) {
      const [one, two] = [await live.next(), await rebuilt.next()];
      if (!one && !two) return { rows };
      if (one && two && one.digest === two.digest) continue;
      return { rows, difference: await differenceOf(projection, { live, rebuilt }, one, two) };
    }
  } finally {
    await other.query('ROLLBACK');
    other.release();
  }
}

function keyColumns(projection: AnyProjection): readonly string[] {
  return projection.history ? [...projection.key, FROM_POSITION] : projection.key;
}

async function openSide(client: PoolClient, projection: AnyProjection, table: string): Promise<Side> {
  await client.query(SETTINGS);
  const keys = keyColumns(projection);
  const order = keys
    .map((column) => (projection.columns[column] === 'text' ? `t.${quoted(column)} COLLATE "C"` : `t.${quoted(column)}`))
    .join(', ');
  const texts = keys.map((column) => `t.${quoted(column)}::text`);
  // The digest of the whole row's text: one value a row over the wire, and a null is not an empty text.
  const digest = `encode(sha256(convert_to(t::text, 'UTF8')), 'hex')`;
  await client.query(
    `DECLARE side NO SCROLL CURSOR FOR SELECT ARRAY[${texts.join(', ')}] AS key, ${digest} AS digest FROM (${table}) t ORDER BY ${order}`,
  );
  let held: readonly Line[] = [];
  let index = 0;
  return {
    next: async () => {
      if (index === held.length) {
        held = (await client.query<Line>(`FETCH ${FETCH_ROWS} FROM side`)).rows;
        index = 0;
      }
      index += 1;
      return held[index - 1];
    },
    cells: async (key) => {
      const where = texts.map((text, number) => `${text} = $${number + 1}`).join(' AND ');
      const { rows } = await client.query<{ key: string; value: string | null }>(
        `SELECT e.key, e.value FROM (${table}) t CROSS JOIN LATERAL jsonb_each_text(to_jsonb(t)) e WHERE ${where}`,
        [...key],
      );
      return new Map(rows.map(({ key: column, value }) => [column, value]));
    },
  };
}

/** The earlier key is the one that the other side lacks. */
async function differenceOf(
  projection: AnyProjection,
  sides: { readonly live: Side; readonly rebuilt: Side },
  live: Line | undefined,
  rebuilt: Line | undefined,
): Promise<RowDifference> {
  const keys = keyColumns(projection);
  const named = (key: readonly string[]): Record<string, string> =>
    Object.fromEntries(keys.map((column, index) => [column, key[index] ?? '']));
  const order = live && rebuilt ? compareKeys(projection, live.key, rebuilt.key) : live ? -1 : 1;
  if (live && order < 0) return { key: named(live.key), side: 'live-only', columns: {} };
  if (rebuilt && order > 0) return { key: named(rebuilt.key), side: 'rebuilt-only', columns: {} };
  const key = live?.key ?? [];
  const [one, two] = [await sides.live.cells(key), await sides.rebuilt.cells(key)];
  const columns: Record<string, { live: string | null; rebuilt: string | null }> = {};
  for (const column of new Set([...one.keys(), ...two.keys()])) {
    const [left, right] = [one.get(column) ?? null, two.get(column) ?? null];
    if (left !== right) columns[column] = { live: left, rebuilt: right };
  }
  return { key: named(key), side: 'both', columns };
}

/** As the cursors order them. */
function compareKeys(projection: AnyProjection, one: readonly string[], two: readonly string[]): number {
  for (const [index, column] of keyColumns(projection).entries()) {
    const [a, b] = [one[index] ?? '', two[index] ?? ''];
    if (a === b) continue;
    const type = projection.columns[column] ?? 'bigint';
    return type === 'bigint' || type === 'integer' ? Number(a) - Number(b) : Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return 0;
}
