import path from 'node:path';
import { Client } from 'pg';
import { migrateDatabase } from '#apps/assembly';
import { Closers } from '#apps/cli/up';
import { binaryCache, findTemporalBinary, freePort, SEARCH_ATTRIBUTES, startPostgres, startTemporal } from '#infra/embedded';
import type { Configuration } from '#libs/config';
import { LOG_ROLES } from '#libs/event-store';

const PASSWORD = 'centum-bench';
/** The same in every run, so that a company that was kept can be read again. */
const SECRET_BYTE = 7;

export interface Servers {
  readonly configuration: Configuration;
  /** As the superuser. */
  readonly client: Client;
  readonly pids: { readonly postgres: number; readonly temporal: number };
  stop(): Promise<void>;
}

/** Durable PostgreSQL and Temporal's dev server over a folder; both end when this process does, however it ends. */
export async function startServers(folder: string, say: (line: string) => void): Promise<Servers> {
  const closers = new Closers();
  const dieWithProcess = { removing: [] };
  const server = await startPostgres({ dataDir: path.join(folder, 'data'), user: 'postgres', password: PASSWORD, dieWithProcess });
  closers.add('PostgreSQL', () => server.stop());
  const binary = await findTemporalBinary({ cacheDir: binaryCache(), say });
  const temporal = await startTemporal({
    binary,
    folder: path.join(folder, 'temporal'),
    searchAttributes: SEARCH_ATTRIBUTES,
    dieWithProcess,
  });
  closers.add('Temporal', () => temporal.stop());
  await migrateDatabase(server.url(), { application: PASSWORD });
  const client = new Client({ connectionString: server.url() });
  // Unheard, the loss of it would end this process before the servers are stopped; the next question says it anyway.
  client.on('error', () => undefined);
  await client.connect();
  closers.add('connection', () => client.end());
  const url = new URL(server.url());
  url.username = LOG_ROLES.application;
  const port = await freePort();
  return {
    client,
    pids: { postgres: server.pid, temporal: temporal.pid },
    configuration: {
      mode: 'embedded',
      dataDir: folder,
      vaultDir: path.join(folder, 'vault'),
      http: { host: '127.0.0.1', port, publicUrl: `http://127.0.0.1:${port}`, ratePerMinute: 1_000_000 },
      postgres: { url: url.href, ownerUrl: server.url(), poolSize: 20 },
      temporal: { address: temporal.address, namespace: 'default', taskQueue: 'centum' },
      keys: { kind: 'file', path: path.join(folder, 'keys', 'subject-keys') },
      secrets: { tenantKey: Buffer.alloc(32, SECRET_BYTE), sessionKey: Buffer.alloc(32, SECRET_BYTE) },
      logLevel: 'warn',
    },
    stop: async () => {
      const left = await closers.closeAll();
      if (left.length > 0) throw new Error(`these did not stop cleanly: ${left.join(', ')}`);
    },
  };
}
