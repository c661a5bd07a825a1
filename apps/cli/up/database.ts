import { Client } from 'pg';
import { migrateDatabase } from '#apps/assembly';
import { CliError } from '../output';

const OLDEST_SERVER = 180_000;

/** Makes the database where it is missing. `serverUrl` names another one of the same server. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  });
}

/**
 * Brings every schema up to date; safe to repeat. The application role gets the password that `applicationUrl` uses.
 * Thrown: CliError when the server is unsuitable, before anything is written.
 */
export async function prepareDatabase(ownerUrl: string, applicationUrl: string): Promise<void> {
  await withClient(ownerUrl, refuseUnsuitable);
  await migrateDatabase(ownerUrl, { application: decodeURIComponent(new URL(applicationUrl).password) });
}

async function refuseUnsuitable(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    "SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding",
  );
  const [row] = rows;
  if (row === undefined || Number.parseInt(row.version, 10) < OLDEST_SERVER) throw new CliError('Centum needs PostgreSQL 18 or newer.');
  if (row.encoding !== 'UTF8') {
    throw new CliError(`The database is encoded ${row.encoding}, which counts bytes for characters: make it anew with ENCODING 'UTF8'.`);
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'centum migrate' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
