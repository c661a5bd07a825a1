import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { eventLogMigration0001 } from './migrations/0001-event-log';
import { ensureLogRoles, LOG_ROLES, type RolePasswords } from './roles';

/** One step of a schema. What was applied once never changes: its hash is kept and compared. */
export interface Migration {
  /** Ordered and unique, such as `0001-event-log`. */
  readonly name: string;
  readonly sql: string;
}

export interface MigrationSet {
  /** Made if it is missing; also holds the table `migrations`. */
  readonly schema: string;
  /** Role that owns everything made. */
  readonly owner: string;
  readonly migrations: readonly Migration[];
}

/** Any number; one for all sets, so that two processes that start at once take turns. */
const MIGRATION_LOCK = 7_243_001;

/**
 * Applies what is missing, in one transaction, and gives the names applied.
 * Thrown when a migration that was applied has another text now: Error naming it.
 */
export async function applyMigrations(connection: Pick<ClientBase, 'query'>, set: MigrationSet): Promise<readonly string[]> {
  const { schema, owner } = set;
  await connection.query('BEGIN');
  try {
    await connection.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await connection.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${owner}`);
    await connection.query(`SET LOCAL ROLE ${owner}`);
    await connection.query(
      `CREATE TABLE IF NOT EXISTS ${schema}.migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const applied = await applyMissing(connection, set);
    await connection.query('COMMIT');
    return applied;
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}

async function applyMissing(connection: Pick<ClientBase, 'query'>, { schema, migrations }: MigrationSet): Promise<readonly string[]> {
  const known = await connection.query<{ name: string; sha256: string }>(`SELECT name, sha256 FROM ${schema}.migrations`);
  const hashes = new Map(known.rows.map(({ name, sha256 }) => [name, sha256]));
  const applied: string[] = [];
  for (const { name, sql } of migrations) {
    const sha256 = createHash('sha256').update(sql).digest('hex');
    const before = hashes.get(name);
    if (before !== undefined && before !== sha256) throw new Error(`migration ${schema}/${name} was applied with another text`);
    if (before !== undefined) continue;
    await connection.query(sql);
    await connection.query(`INSERT INTO ${schema}.migrations (name, sha256) VALUES ($1, $2)`, [name, sha256]);
    applied.push(name);
  }
  return applied;
}

/**
 * Makes roles, schema `log` and everything in it, or brings it up to date. `connection` is a superuser's, or that of a
 * role that may create roles and schemas in this database.
 */
export async function migrateEventLog(connection: Pick<ClientBase, 'query'>, passwords: RolePasswords = {}): Promise<readonly string[]> {
  await ensureLogRoles(connection, passwords);
  return applyMigrations(connection, { schema: 'log', owner: LOG_ROLES.owner, migrations: [eventLogMigration0001] });
}
