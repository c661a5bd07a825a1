import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { migrateDatabase } from '#apps/assembly';
import { freePort } from '#infra/embedded';
import type { Configuration } from '#libs/config';
import { createTestDatabase, type TestDatabase } from '#libs/testing';

/** A migrated database in which nothing happened yet, and secrets of its own. */
export async function emptyCompany(): Promise<Pick<TestSettings, 'database' | 'secrets'>> {
  const database = await createTestDatabase();
  await migrateDatabase(database.ownerUrl);
  return { database, secrets: { tenantKey: randomBytes(32), sessionKey: randomBytes(32) } };
}

export interface TestSettings {
  readonly folder: string;
  readonly database: TestDatabase;
  /** Address of the Temporal server. */
  readonly temporal: string;
  readonly secrets: Configuration['secrets'];
}

/** Settings of a product whose files all stand in one folder. */
export async function testConfiguration({ folder, database, temporal, secrets }: TestSettings): Promise<Configuration> {
  const port = await freePort();
  return {
    mode: 'embedded',
    dataDir: folder,
    vaultDir: path.join(folder, 'vault'),
    http: { host: '127.0.0.1', port, publicUrl: `http://127.0.0.1:${port}`, ratePerMinute: 1_000_000 },
    postgres: { url: database.applicationUrl, ownerUrl: database.ownerUrl, poolSize: 10 },
    temporal: { address: temporal, namespace: 'default', taskQueue: 'centum' },
    keys: { kind: 'file', path: path.join(folder, 'keys', 'subject-keys') },
    secrets,
    logLevel: 'info',
  };
}
