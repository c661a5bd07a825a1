import type { AnyProjection } from './definition';
import { FROM_POSITION, historyViewName, qualified, quoted, TO_POSITION } from './sql-names';

/** Statements that make one physical table with its keys and indexes. Column and table names were checked before. */
export function createTableStatements(projection: AnyProjection, schema: string, table: string): readonly string[] {
  const target = qualified(schema, table);
  const columns = Object.entries(projection.columns).map(([name, type]) => `${quoted(name)} ${type}`);
  const key = projection.key.map(quoted).join(', ');
  if (!projection.history) {
    return [
      `CREATE TABLE ${target} (${columns.join(', ')}, PRIMARY KEY (${key})) WITH (fillfactor = 85)`,
      ...indexStatements(projection, schema, table),
    ];
  }
  const positions = [`${FROM_POSITION} bigint NOT NULL`, `${TO_POSITION} bigint`];
  return [
    `CREATE TABLE ${target} (${[...columns, ...positions].join(', ')}, PRIMARY KEY (${key}, ${FROM_POSITION})) WITH (fillfactor = 85)`,
    `CREATE UNIQUE INDEX ${quoted(`${table}_cur`)} ON ${target} (${key}) WHERE ${TO_POSITION} IS NULL`,
    ...indexStatements(projection, schema, table),
  ];
}

/** A history table gets each index over current rows, which is what pages use, and one by first column for reads as of. */
function indexStatements(projection: AnyProjection, schema: string, table: string): readonly string[] {
  const target = qualified(schema, table);
  const statements: string[] = [];
  const firsts = new Set<string>(projection.key.slice(0, 1));
  for (const [number, index] of (projection.indexes ?? []).entries()) {
    const columns = index.columns.map(quoted).join(', ');
    const current = projection.history ? ` WHERE ${TO_POSITION} IS NULL` : '';
    statements.push(
      `CREATE ${index.unique === true ? 'UNIQUE ' : ''}INDEX ${quoted(`${table}_i${number}`)} ON ${target} (${columns})${current}`,
    );
    const first = index.columns[0];
    if (projection.history && first !== undefined && !firsts.has(first)) {
      firsts.add(first);
      statements.push(`CREATE INDEX ${quoted(`${table}_a${number}`)} ON ${target} (${quoted(first)})`);
    }
  }
  return statements;
}

/** The views through which everyone reads: current rows, and with history every version of them. */
export function createViewStatements(projection: AnyProjection, schema: string, table: string): readonly string[] {
  const columns = Object.keys(projection.columns).map(quoted).join(', ');
  const from = qualified(schema, table);
  const current = `CREATE VIEW ${qualified(schema, projection.name)} AS SELECT ${columns} FROM ${from}`;
  if (!projection.history) return [current];
  return [
    `${current} WHERE ${TO_POSITION} IS NULL`,
    `CREATE VIEW ${qualified(schema, historyViewName(projection.name))} AS SELECT ${columns}, ${FROM_POSITION}, ${TO_POSITION} FROM ${from}`,
  ];
}

export function dropViewStatements(name: string, schema: string): readonly string[] {
  return [`DROP VIEW IF EXISTS ${qualified(schema, historyViewName(name))}`, `DROP VIEW IF EXISTS ${qualified(schema, name)}`];
}
