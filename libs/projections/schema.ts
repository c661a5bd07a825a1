import type { ClientBase } from 'pg';
import { LOG_ROLES } from '#libs/event-store';
import { READ_SCHEMA } from './sql-names';

/**
 * One row a consumer: `live` is what readers see, `building` the same projection being rebuilt beside it.
 * A parked consumer names its event by position, type and error code only.
 */
const CONSUMERS = `CREATE TABLE IF NOT EXISTS ${READ_SCHEMA}.consumers (
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('live', 'building')),
  kind text NOT NULL CHECK (kind IN ('projection', 'reactor', 'bridge')),
  version integer NOT NULL,
  build integer NOT NULL DEFAULT 1,
  table_name text,
  signature text,
  epoch bigint NOT NULL,
  position bigint NOT NULL,
  parked_position bigint,
  parked_type text,
  parked_code text,
  attempts integer NOT NULL DEFAULT 0,
  retry_at timestamptz,
  rejections bigint NOT NULL DEFAULT 0,
  last_rejection text,
  started_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name, role)
) WITH (fillfactor = 50)`;

/** A workflow that ended although its stream did not: looked at by people, one row a stream. */
const ALARMS = `CREATE TABLE IF NOT EXISTS ${READ_SCHEMA}.bridge_alarms (
  stream_id text PRIMARY KEY,
  route text NOT NULL,
  position bigint NOT NULL,
  code text NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT now()
)`;

/**
 * Makes schema `read` and what consumers keep in it. Run as the owner of the database; safe to repeat.
 * The application may create tables there, since it rebuilds beside the live ones, and scratch schemas for replays.
 */
export async function migrateReadModels(connection: Pick<ClientBase, 'query'>): Promise<void> {
  const { rows } = await connection.query<{ name: string }>('SELECT current_database() AS name');
  const database = `"${(rows[0]?.name ?? '').replaceAll('"', '""')}"`;
  await connection.query(`CREATE SCHEMA IF NOT EXISTS ${READ_SCHEMA} AUTHORIZATION ${LOG_ROLES.application}`);
  await connection.query(`GRANT CREATE ON DATABASE ${database} TO ${LOG_ROLES.application}`);
  for (const statement of [CONSUMERS, ALARMS]) await connection.query(statement);
  for (const table of ['consumers', 'bridge_alarms'])
    await connection.query(`ALTER TABLE ${READ_SCHEMA}.${table} OWNER TO ${LOG_ROLES.application}`);
}
