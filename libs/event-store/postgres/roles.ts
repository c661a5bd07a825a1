import type { ClientBase } from 'pg';

/**
 * Three roles of the whole cluster. `owner` owns the log's tables and is used for migrations alone; `application` is what
 * api, worker and projector connect as and cannot change or remove events; `keys` is for a keys database and may touch
 * nothing of the log.
 */
export const LOG_ROLES = { owner: 'centum_owner', application: 'centum_application', keys: 'centum_keys' } as const;

const ROLE_TRIES = 20;

/** Passwords make a role able to log in; without one it stays a role to be granted to other logins. */
export interface RolePasswords {
  readonly application?: string;
  readonly keys?: string;
}

/**
 * Makes the three roles where they are missing; safe when several databases of a cluster do so at the same moment.
 * `connection` must be able to create roles.
 */
export async function ensureLogRoles(connection: Pick<ClientBase, 'query'>, passwords: RolePasswords = {}): Promise<void> {
  for (const role of Object.values(LOG_ROLES)) {
    await connection.query(
      `DO $$ BEGIN CREATE ROLE ${role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    );
  }
  await setPassword(connection, LOG_ROLES.application, passwords.application);
  await setPassword(connection, LOG_ROLES.keys, passwords.keys);
}

async function setPassword(connection: Pick<ClientBase, 'query'>, role: string, password: string | undefined): Promise<void> {
  if (password === undefined) return;
  const literal = `'${password.replaceAll("'", "''")}'`;
  if (password.includes('\\')) throw new RangeError('a role password may not hold a backslash');
  for (let attempt = 1; ; attempt += 1) {
    try {
      await connection.query(`ALTER ROLE ${role} LOGIN PASSWORD ${literal}`);
      return;
    } catch (error) {
      // Roles are shared by all databases of a cluster: two migrations at once see "tuple concurrently updated".
      if (attempt >= ROLE_TRIES || !(error instanceof Error && error.message.includes('concurrently updated'))) throw error;
    }
  }
}
