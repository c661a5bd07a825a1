import type { ClientBase, Pool } from 'pg';
import type { Instant } from '#kernel';
import { PROJECTION_LIMITS } from './limits';
import { readTypes } from './row-codec';
import { READ_SCHEMA } from './sql-names';

export type ConsumerRole = 'live' | 'building';
export type ConsumerKind = 'projection' | 'reactor' | 'bridge';

export interface Parked {
  readonly position: number;
  readonly type: string;
  readonly code: string;
  readonly attempts: number;
  readonly retryAt: Instant;
}

/** A row of `read.consumers`. */
export interface ConsumerRow {
  readonly name: string;
  readonly role: ConsumerRole;
  readonly kind: ConsumerKind;
  readonly version: number;
  readonly build: number;
  readonly tableName: string | null;
  readonly signature: string | null;
  readonly epoch: number;
  readonly position: number;
  readonly parked: Parked | null;
  /** Milliseconds until the next try of a parked one; 0 when due. */
  readonly retryInMs: number;
  readonly attempts: number;
  readonly rejections: number;
  readonly lastRejection: string | null;
}

type Queryable = Pick<ClientBase, 'query'> | Pick<Pool, 'query'>;

interface Stored {
  name: string;
  role: ConsumerRole;
  kind: ConsumerKind;
  version: number;
  build: number;
  table_name: string | null;
  signature: string | null;
  epoch: number;
  position: number;
  parked_position: number | null;
  parked_type: string | null;
  parked_code: string | null;
  attempts: number;
  retry_at: Instant | null;
  retry_in_ms: number;
  rejections: number;
  last_rejection: string | null;
}

const SELECT = `SELECT name, role, kind, version, build, table_name, signature, epoch, position, parked_position, parked_type, parked_code, attempts,
  retry_at, greatest(0, ceil(extract(epoch FROM retry_at - clock_timestamp()) * 1000))::int AS retry_in_ms, rejections, last_rejection
  FROM ${READ_SCHEMA}.consumers`;

export async function readConsumers(db: Queryable, name?: string): Promise<readonly ConsumerRow[]> {
  const query =
    name === undefined ? { text: `${SELECT} ORDER BY name, role` } : { text: `${SELECT} WHERE name = $1 ORDER BY role`, values: [name] };
  const { rows } = await db.query<Stored>({ ...query, types: readTypes });
  return rows.map(consumerRow);
}

/** How far a projection is for its readers. */
export interface Standing {
  readonly position: number;
  readonly parkedAt: number | undefined;
}

/** By name; asked for many times a second, so it takes no more than it needs. */
export async function readStandings(db: Queryable): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await db.query<Pick<Stored, 'name' | 'position' | 'parked_position'>>({
    text: `SELECT name, position, parked_position FROM ${READ_SCHEMA}.consumers WHERE role = 'live'`,
    types: readTypes,
  });
  return new Map(rows.map(({ name, position, parked_position: parkedAt }) => [name, { position, parkedAt: parkedAt ?? undefined }]));
}

/** Also locks them until the transaction ends. */
export async function lockConsumers(client: ClientBase, name: string): Promise<readonly ConsumerRow[]> {
  const { rows } = await client.query<Stored>({
    text: `${SELECT} WHERE name = $1 ORDER BY role FOR UPDATE`,
    values: [name],
    types: readTypes,
  });
  return rows.map(consumerRow);
}

function consumerRow(row: Stored): ConsumerRow {
  const parked =
    row.parked_position === null || row.parked_type === null || row.parked_code === null || row.retry_at === null
      ? null
      : { position: row.parked_position, type: row.parked_type, code: row.parked_code, attempts: row.attempts, retryAt: row.retry_at };
  return {
    name: row.name,
    role: row.role,
    kind: row.kind,
    version: row.version,
    build: row.build,
    tableName: row.table_name,
    signature: row.signature,
    epoch: row.epoch,
    position: row.position,
    parked,
    retryInMs: row.retry_in_ms ?? 0,
    attempts: row.attempts,
    rejections: row.rejections,
    lastRejection: row.last_rejection,
  };
}

export type NewConsumer = Pick<
  ConsumerRow,
  'name' | 'role' | 'kind' | 'version' | 'build' | 'tableName' | 'signature' | 'epoch' | 'position'
>;

/** Makes or replaces the row, not parked. */
export async function putConsumer(db: Queryable, row: NewConsumer): Promise<void> {
  await db.query(
    `INSERT INTO ${READ_SCHEMA}.consumers (name, role, kind, version, build, table_name, signature, epoch, position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (name, role) DO UPDATE SET kind = EXCLUDED.kind, version = EXCLUDED.version, build = EXCLUDED.build, table_name = EXCLUDED.table_name,
       signature = EXCLUDED.signature, epoch = EXCLUDED.epoch, position = EXCLUDED.position, parked_position = NULL, parked_type = NULL,
       parked_code = NULL, attempts = 0, retry_at = NULL, started_at = now(), updated_at = now()`,
    [row.name, row.role, row.kind, row.version, row.build, row.tableName, row.signature, row.epoch, row.position],
  );
}

export interface Mark {
  readonly name: string;
  readonly role: ConsumerRole;
  readonly build: number;
  readonly epoch: number;
  readonly position: number;
}

export interface Advance {
  readonly mark: Mark;
  readonly to: number;
}

const advanceStatement = (from: string): string => `UPDATE ${READ_SCHEMA}.consumers c
  SET position = v."to", parked_position = NULL, parked_type = NULL, parked_code = NULL, attempts = 0, retry_at = NULL, updated_at = now()
  FROM ${from}json_to_recordset($1::json) AS v(name text, role text, build integer, epoch bigint, position bigint, "to" bigint)
  WHERE c.name = v.name AND c.role = v.role AND c.build = v.build AND c.epoch = v.epoch AND c.position = v.position
  RETURNING c.name, c.role`;

const ADVANCE = advanceStatement('');
const ADVANCE_AT_EASE = advanceStatement(`(SELECT set_config('synchronous_commit', 'off', true)) AS commit_waits_for_no_disk, `);

/** Moves checkpoints that still stand where their owner thinks they do; answers which of them moved. */
export function advanceMarks(db: Queryable, advances: readonly Advance[]): Promise<ReadonlySet<string>> {
  return moved(db, ADVANCE, advances);
}

/** The same in one round trip whose commit does not wait for the disk; see `inTransaction` for why it need not. */
export function advanceMarksAtEase(pool: Pool, advances: readonly Advance[]): Promise<ReadonlySet<string>> {
  return moved(pool, ADVANCE_AT_EASE, advances);
}

async function moved(db: Queryable, statement: string, advances: readonly Advance[]): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ name: string; role: string }>(statement, [
    JSON.stringify(advances.map(({ mark, to }) => ({ ...mark, to }))),
  ]);
  return new Set(rows.map(({ name, role }) => markId({ name, role })));
}

export function markId({ name, role }: { readonly name: string; readonly role: string }): string {
  return `${role}/${name}`;
}

/** Parks the consumer before this event, to be tried again after a back-off that doubles up to a bound. Answers the wait in ms. */
export async function park(
  db: Queryable,
  mark: Mark,
  failed: { readonly position: number; readonly type: string; readonly code: string },
  attempts: number,
): Promise<number> {
  const waitMs = Math.min(PROJECTION_LIMITS.parkRetryMaxMs, PROJECTION_LIMITS.parkRetryMinMs * 2 ** Math.min(attempts, 20));
  await db.query(
    `UPDATE ${READ_SCHEMA}.consumers SET parked_position = $3, parked_type = $4, parked_code = $5, attempts = attempts + 1,
       retry_at = clock_timestamp() + $6 * interval '1 millisecond', updated_at = now()
     WHERE name = $1 AND role = $2 AND build = $7 AND epoch = $8 AND position = $9`,
    [mark.name, mark.role, failed.position, failed.type, failed.code, waitMs, mark.build, mark.epoch, mark.position],
  );
  return waitMs;
}

/** Makes a parked consumer due at once. False when it is not parked. */
export async function resumeConsumer(db: Queryable, name: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE ${READ_SCHEMA}.consumers SET retry_at = clock_timestamp(), attempts = 0 WHERE name = $1 AND parked_position IS NOT NULL`,
    [name],
  );
  return (rowCount ?? 0) > 0;
}

/**
 * Asks the projector to rebuild a projection beside the live one; it makes the table and swaps when it has caught up.
 * False when there is no live one of that name or a rebuild is under way.
 */
export async function requestRebuild(db: Queryable, name: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO ${READ_SCHEMA}.consumers (name, role, kind, version, build, epoch, position)
     SELECT name, 'building', kind, version, build + 1, epoch, 0 FROM ${READ_SCHEMA}.consumers WHERE name = $1 AND role = 'live' AND kind = 'projection'
     ON CONFLICT (name, role) DO NOTHING`,
    [name],
  );
  return (rowCount ?? 0) > 0;
}

export async function countRejection(db: Queryable, name: string, code: string): Promise<void> {
  await db.query(`UPDATE ${READ_SCHEMA}.consumers SET rejections = rejections + 1, last_rejection = $2 WHERE name = $1 AND role = 'live'`, [
    name,
    code,
  ]);
}
