import type { Pool, PoolClient } from 'pg';
import type { SequencedLog } from '#libs/event-store';
import { compareTables, type RowDifference } from './compare-tables';
import { readConsumers } from './consumer-store';
import type { AnyProjection } from './definition';
import { foldEvents, type PageEvent, touchedKeys } from './fold';
import { type EventDecoder, pageReader } from './page-reader';
import { openReadDb } from './read-db';
import { RowCache } from './row-cache';
import { checkDefinition, FROM_POSITION, qualified, quoted, READ_SCHEMA, tableName, TO_POSITION } from './sql-names';
import { createTableStatements } from './table-plan';
import { type TableStore, tableStore } from './table-store';
import { inTransaction } from './transaction';

export interface ReplayOptions {
  readonly pool: Pool;
  readonly log: SequencedLog;
  readonly decoder: EventDecoder;
  readonly projections: readonly AnyProjection[];
  /** The end of the log when absent. */
  readonly to?: number;
  /** Leaves the scratch schema for a look; its name is in the report. */
  readonly keep?: boolean;
  readonly progress?: (position: number, to: number) => void;
}

export type ReplayOutcome =
  | { readonly projection: string; readonly outcome: 'equal'; readonly rows: number }
  | { readonly projection: string; readonly outcome: 'different'; readonly rows: number; readonly difference: RowDifference }
  /** Rebuilt, but nothing to compare with: `no-history` in the past, `not-live` here, or a live one of another version. */
  | { readonly projection: string; readonly outcome: 'not-compared'; readonly reason: 'no-history' | 'not-live' | 'other-version' };

export interface ReplayReport {
  readonly equal: boolean;
  readonly epoch: number;
  /** Everything up to and including this position was folded again. */
  readonly position: number;
  readonly schema: string;
  readonly outcomes: readonly ReplayOutcome[];
}

/** How long a live projection may take to reach the replay's position. */
const LIVE_TIMEOUT_MS = 60_000;

/**
 * Folds the whole log again into an empty schema and compares every row with the live one, byte for byte, at the same
 * position. In the past only projections with history have a live side to compare with.
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const { pool, log, projections } = options;
  for (const projection of projections) checkDefinition(projection);
  const head = await log.head();
  const position = Math.min(options.to ?? head.position, head.position);
  const schema = await makeScratchSchema(pool);
  try {
    const tables = projections.map((projection) => new Scratch(projection, schema));
    await inTransaction(pool, async (client) => {
      for (const table of tables) await table.create(client);
    });
    await foldAll(options, tables, position);
    const outcomes: ReplayOutcome[] = [];
    for (const table of tables) outcomes.push(await compare(options, table, head.epoch, position));
    return { equal: outcomes.every(isFine), epoch: head.epoch, position, schema, outcomes };
  } finally {
    if (options.keep !== true) await pool.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
  }
}

/** What had no live side in the past is no difference; what should be live now and isn't, is. */
function isFine(one: ReplayOutcome): boolean {
  return one.outcome === 'equal' || (one.outcome === 'not-compared' && one.reason === 'no-history');
}

class Scratch {
  readonly table: string;
  private readonly store: TableStore;
  private readonly cache = new RowCache(true);
  position = 0;

  constructor(
    readonly projection: AnyProjection,
    readonly schema: string,
  ) {
    this.table = tableName(projection, 1);
    this.store = tableStore(projection, schema, this.table);
  }

  async create(client: PoolClient): Promise<void> {
    for (const statement of createTableStatements(this.projection, this.schema, this.table)) await client.query(statement);
  }

  async take(pool: Pool, events: readonly PageEvent[]): Promise<void> {
    this.position = events.at(-1)?.position ?? this.position;
    const mine = events.filter(({ type }) => this.projection.on[type] !== undefined);
    if (mine.length === 0) return;
    const keys = touchedKeys(this.projection, mine);
    const changes = await inTransaction(pool, async (client) => {
      const missing = this.cache.missing(keys);
      if (missing.length > 0) this.cache.loaded(missing, await this.store.load(client, missing));
      const folded = foldEvents(this.projection, mine, this.cache.rows);
      await this.store.write(client, folded);
      return folded;
    });
    this.cache.changed(changes.current);
  }
}

async function makeScratchSchema(pool: Pool): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = `replay_${number}`;
    const { rows } = await pool.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [name]);
    if (rows.length > 0) continue;
    await pool.query(`CREATE SCHEMA ${quoted(name)}`);
    return name;
  }
}

async function foldAll({ pool, log, decoder, progress }: ReplayOptions, tables: readonly Scratch[], to: number): Promise<void> {
  const reader = pageReader(log, decoder);
  for (let after = 0; after < to;) {
    const page = (await reader.read(after)).filter(({ position }) => position <= to);
    const last = page.at(-1);
    if (!last) return;
    for (const table of tables) await table.take(pool, page);
    after = last.position;
    progress?.(after, to);
  }
}

async function compare(options: ReplayOptions, scratch: Scratch, epoch: number, position: number): Promise<ReplayOutcome> {
  const { pool } = options;
  const { projection } = scratch;
  const name = projection.name;
  const live = (await readConsumers(pool, name)).find(({ role }) => role === 'live');
  if (!live || live.tableName === null) return { projection: name, outcome: 'not-compared', reason: 'not-live' };
  if (live.version !== projection.version || live.epoch !== epoch)
    return { projection: name, outcome: 'not-compared', reason: 'other-version' };
  await openReadDb(pool).waitForProjection(name, position, LIVE_TIMEOUT_MS);
  return withSnapshot(pool, async (client) => {
    // The checkpoint and the rows of one moment: whatever the projector does meanwhile is not seen here.
    const now = (await readConsumers(client, name)).find(({ role }) => role === 'live');
    if (!now || now.tableName === null) return { projection: name, outcome: 'not-compared', reason: 'not-live' };
    if (now.position > position && !projection.history) {
      if (options.to !== undefined) return { projection: name, outcome: 'not-compared', reason: 'no-history' };
      await foldOn(options, scratch, now.position);
    }
    const upTo = projection.history ? position : now.position;
    const { rows, difference } = await compareTables(client, pool, projection, {
      live: tableAt(projection, READ_SCHEMA, now.tableName, upTo),
      rebuilt: tableAt(projection, scratch.schema, scratch.table, upTo),
    });
    return difference ? { projection: name, outcome: 'different', rows, difference } : { projection: name, outcome: 'equal', rows };
  });
}

/** The live one moved on while everything was folded: the rebuilt one follows to exactly where the snapshot stands. */
async function foldOn({ pool, log, decoder }: ReplayOptions, scratch: Scratch, to: number): Promise<void> {
  const reader = pageReader(log, decoder);
  while (scratch.position < to) {
    const page = (await reader.read(scratch.position)).filter(({ position }) => position <= to);
    if (page.length === 0) return;
    await scratch.take(pool, page);
  }
}

/** Every row, or with history every version of every row as it stood right after that position. */
function tableAt(projection: AnyProjection, schema: string, table: string, position: number): string {
  const columns = Object.keys(projection.columns).map(quoted).join(', ');
  const from = qualified(schema, table);
  if (!projection.history) return `SELECT ${columns} FROM ${from}`;
  const ended = `CASE WHEN ${TO_POSITION} > ${position} THEN NULL ELSE ${TO_POSITION} END AS ${TO_POSITION}`;
  return `SELECT ${columns}, ${FROM_POSITION}, ${ended} FROM ${from} WHERE ${FROM_POSITION} <= ${position}`;
}

async function withSnapshot<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
