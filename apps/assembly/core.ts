import { Client, Pool } from 'pg';
import type { Logger } from 'pino';
import { type Clock, idSource, type IdSource, systemClock } from '#kernel';
import type { Configuration } from '#libs/config';
import {
  type CommandRunner,
  createRunner,
  type EventLog,
  type EventRegistry,
  LOG_ROLES,
  migrateEventLog,
  openPostgresLog,
  type RolePasswords,
} from '#libs/event-store';
import { createIdentityService, type IdentityService, IdentityStore, migrateIdentity } from '#libs/identity';
import { createFileVault, createPersonalTexts, divideTenantKey, openKeyDatabase, openKeyFile, type SubjectKeyStore } from '#libs/privacy';
import type { FileVault, PersonalTexts } from '#libs/privacy/contracts';
import { migrateReadModels, openReadDb, type ReadDb } from '#libs/projections';
import { productRegistry } from './contracts';

/** What every process stands on, whichever parts of the product it runs. */
export interface Core {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly pool: Pool;
  readonly readDb: ReadDb;
  readonly log: EventLog;
  readonly registry: EventRegistry;
  readonly runner: CommandRunner;
  readonly privacy: PersonalTexts;
  readonly vault: FileVault;
  readonly identity: IdentityService;
  /** Closes everything that this opened, in the reverse order. */
  close(): Promise<void>;
}

/** Brings the database up to date: the log, the read models' house-keeping, identity. Run before any process starts. */
export async function migrateDatabase(ownerUrl: string, passwords: RolePasswords = {}): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl, application_name: 'centum migrate' });
  await owner.connect();
  try {
    await migrateEventLog(owner, passwords);
    await migrateReadModels(owner);
    await migrateIdentity(owner, LOG_ROLES.application);
  } finally {
    await owner.end();
  }
}

/** Thrown: EventStoreError `store-unavailable`, PrivacyError `keys-owned-by-another-process`, `wrong-tenant-key`. */
export async function openCore(configuration: Configuration, logger: Logger, clock: Clock = systemClock): Promise<Core> {
  const tenant = divideTenantKey(configuration.secrets.tenantKey);
  const keys = await openKeys(configuration, tenant.wrapping);
  const texts = createPersonalTexts(keys, tenant);
  const pool = new Pool({ connectionString: configuration.postgres.url, max: configuration.postgres.poolSize, application_name: 'centum' });
  pool.on('error', (error) => {
    logger.warn({ err: error }, 'an idle connection was lost');
  });
  try {
    const log = await openPostgresLog({ url: configuration.postgres.url, logger });
    const registry = productRegistry();
    const runner = createRunner({ log, registry, sealer: texts, fingerprintKey: tenant.fingerprint, logger });
    return {
      configuration,
      logger,
      clock,
      ids: idSource(clock),
      pool,
      readDb: openReadDb(pool),
      log,
      registry,
      runner,
      privacy: texts,
      vault: createFileVault(configuration.vaultDir, keys),
      identity: createIdentityService({ store: new IdentityStore(pool), runner, clock }),
      async close() {
        await log.close();
        await pool.end();
        await keys.close();
      },
    };
  } catch (error) {
    await pool.end();
    await keys.close();
    throw error;
  }
}

function openKeys(configuration: Configuration, wrapping: Buffer): Promise<SubjectKeyStore> {
  if (configuration.keys.kind === 'file') return openKeyFile(configuration.keys.path, wrapping);
  return openKeyDatabase(new Pool({ connectionString: configuration.keys.url, max: 4, application_name: 'centum keys' }), wrapping);
}
