import { randomUUID } from 'node:crypto';
import { Client, type ClientBase } from 'pg';
import { ensureLogRoles, LOG_ROLES } from '#libs/event-store';

const APPLICATION_PASSWORD = 'centum-test-application';

/** One migration set, for example `migrateEventLog`; run as the owner of the new database. */
export type TestMigration = (connection: ClientBase) => Promise<unknown>;

/** A database of its own for one spec file, so that files run beside each other. */
export interface TestDatabase {
  readonly name: string;
  /** As the server's superuser. */
  readonly ownerUrl: string;
  /** As `centum_application`, which can't change events. */
  readonly applicationUrl: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  readonly migrations?: readonly TestMigration[];
  /** Name of a database on the same server that it begins as a copy of; nobody may be connected to that one. */
  readonly copyOf?: string;
}

/** Thrown when no server was started for the tests: Error naming CENTUM_TEST_PG_URL. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const name = `t_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await withClient(serverUrl(), async (server) => {
    await ensureLogRoles(server, { application: APPLICATION_PASSWORD });
    await server.query(`CREATE DATABASE ${name}${options.copyOf === undefined ? '' : ` TEMPLATE ${options.copyOf}`}`);
  });
  const ownerUrl = withPath(serverUrl(), name);
  const { migrations = [] } = options;
  if (migrations.length > 0)
    await withClient(ownerUrl, async (owner) => {
      for (const migrate of migrations) await migrate(owner);
    });
  return {
    name,
    ownerUrl,
    applicationUrl: withUser(ownerUrl, LOG_ROLES.application, APPLICATION_PASSWORD),
    drop: () => withClient(serverUrl(), async (server) => void (await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

/** Lets one at a time in, of all processes that test against this server; waits at most `timeoutMs`. */
export async function oneAtATime<T>(what: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  return withClient(serverUrl(), async (server) => {
    await server.query(`SET lock_timeout = ${timeoutMs}`);
    await server.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`centum test ${what}`]);
    return work();
  });
}

/** Runs `work` on one connection and always ends it. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env['CENTUM_TEST_PG_URL'];
  if (!url) throw new Error('CENTUM_TEST_PG_URL is not set: integration tests get it from the global set-up in test/servers');
  return url;
}

function withPath(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

function withUser(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.toString();
}
