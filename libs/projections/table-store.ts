import type { ClientBase } from 'pg';
import type { AnyProjection, Row, RowKey } from './definition';
import type { PageChanges, TouchedKey } from './fold';
import { keyOfRow, keyText, readTypes, rowJson } from './row-codec';
import { FROM_POSITION, qualified, quoted, TO_POSITION } from './sql-names';

/** Reads and writes one physical table in bulk; the caller holds the transaction. */
export interface TableStore {
  /** Current rows of these keys, by key text; keys without a row are absent. */
  load(client: ClientBase, keys: readonly TouchedKey[]): Promise<ReadonlyMap<string, Row>>;
  write(client: ClientBase, changes: PageChanges): Promise<void>;
}

export function tableStore(projection: AnyProjection, schema: string, table: string): TableStore {
  const sql = storeSql(projection, qualified(schema, table));
  const columns = Object.entries(projection.columns);
  const keyJson = (key: RowKey): Record<string, unknown> => Object.fromEntries(projection.key.map((column, index) => [column, key[index]]));

  const writeCurrent = async (client: ClientBase, changes: PageChanges): Promise<void> => {
    const gone: unknown[] = [];
    const kept: unknown[] = [];
    for (const { key, row } of changes.current.values()) {
      if (row) kept.push(rowJson(columns, row));
      else gone.push(keyJson(key));
    }
    if (gone.length > 0) await client.query(sql.remove, [JSON.stringify(gone)]);
    if (kept.length > 0) await client.query(sql.upsert, [JSON.stringify(kept)]);
  };

  const writeVersions = async (client: ClientBase, changes: PageChanges): Promise<void> => {
    if (changes.ended.length > 0) {
      const ended = changes.ended.map(({ key, at }) => ({ ...keyJson(key), [TO_POSITION]: at }));
      await client.query(sql.end, [JSON.stringify(ended)]);
    }
    if (changes.versions.length > 0) {
      const begun = changes.versions.map((version) => ({
        ...rowJson(columns, version.row),
        [FROM_POSITION]: version.from,
        [TO_POSITION]: version.to,
      }));
      await client.query(sql.begin, [JSON.stringify(begun)]);
    }
  };

  return {
    load: async (client, keys) => {
      const found = new Map<string, Row>();
      if (keys.length === 0) return found;
      const { rows } = await client.query<Row>({
        text: sql.load,
        values: [JSON.stringify(keys.map(({ key }) => keyJson(key)))],
        types: readTypes,
      });
      for (const row of rows) found.set(keyText(keyOfRow(projection, row)), row);
      return found;
    },
    write: projection.history ? writeVersions : writeCurrent,
  };
}

interface StoreSql {
  readonly load: string;
  readonly remove: string;
  readonly upsert: string;
  readonly end: string;
  readonly begin: string;
}

function storeSql(projection: AnyProjection, target: string): StoreSql {
  const names = Object.keys(projection.columns);
  const typed = (columns: readonly string[]): string =>
    columns.map((name) => `${quoted(name)} ${projection.columns[name] ?? 'text'}`).join(', ');
  const listed = (columns: readonly string[], prefix = ''): string => columns.map((name) => `${prefix}${quoted(name)}`).join(', ');
  const onKey = projection.key.map((name) => `t.${quoted(name)} = k.${quoted(name)}`).join(' AND ');
  const keys = `json_to_recordset($1::json) AS k(${typed(projection.key)}`;
  const values = names.filter((name) => !projection.key.includes(name));
  const updates = values.map((name) => `${quoted(name)} = EXCLUDED.${quoted(name)}`).join(', ');
  const current = projection.history ? ` WHERE t.${TO_POSITION} IS NULL` : '';
  const positions = `${FROM_POSITION} bigint, ${TO_POSITION} bigint`;
  return {
    load: `SELECT ${listed(names, 't.')} FROM ${target} t JOIN ${keys}) ON ${onKey}${current}`,
    remove: `DELETE FROM ${target} t USING ${keys}) WHERE ${onKey}`,
    upsert:
      `INSERT INTO ${target} (${listed(names)}) SELECT ${listed(names)} FROM json_to_recordset($1::json) AS r(${typed(names)}) ` +
      `ON CONFLICT (${listed(projection.key)}) DO ${values.length > 0 && projection.keepsFirst !== true ? `UPDATE SET ${updates}` : 'NOTHING'}`,
    end: `UPDATE ${target} t SET ${TO_POSITION} = k.${TO_POSITION} FROM ${keys}, ${TO_POSITION} bigint) WHERE ${onKey} AND t.${TO_POSITION} IS NULL`,
    begin:
      `INSERT INTO ${target} (${listed(names)}, ${FROM_POSITION}, ${TO_POSITION}) ` +
      `SELECT ${listed(names)}, ${FROM_POSITION}, ${TO_POSITION} FROM json_to_recordset($1::json) AS r(${typed(names)}, ${positions})`,
  };
}
