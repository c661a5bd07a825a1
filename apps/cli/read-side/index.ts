import { Pool } from 'pg';
import { productRegistry } from '#apps/assembly';
import { readConfiguration } from '#libs/config';
import { type EventLog, type EventRegistry, openPostgresLog } from '#libs/event-store';
import { environment } from '../environment';

/** Log and read models of an installation, without keys: what stays sealed stays sealed here. */
export interface ReadSide {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly registry: EventRegistry;
}

const CONNECTIONS = 4;

/** Opens, works and closes. Thrown: ConfigurationError; EventStoreError `store-unavailable`. */
export async function withReadSide<T>(work: (side: ReadSide) => Promise<T>, dataDir?: string): Promise<T> {
  const { postgres } = readConfiguration({ ...environment(), ...(dataDir !== undefined && { CENTUM_DATA: dataDir }) });
  const log = await openPostgresLog({ url: postgres.url, applicationName: 'centum command', readConnections: 1 });
  const pool = new Pool({ connectionString: postgres.url, max: CONNECTIONS, application_name: 'centum command' });
  try {
    return await work({ pool, log, registry: productRegistry() });
  } finally {
    await pool.end();
    await log.close();
  }
}
