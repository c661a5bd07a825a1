import path from 'node:path';
import { ConfigurationError } from './errors';
import { readEmbeddedState } from './embedded-state';
import { readSettings, type Environment } from './read-settings';
import type { Settings } from './settings';

export interface PostgresConfiguration {
  /** As the application role, which can't change events. */
  readonly url: string;
  /** As a role that may migrate; only where it was given. */
  readonly ownerUrl?: string;
  readonly poolSize: number;
}

export interface TemporalConfiguration {
  /** host:port */
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly apiKey?: string;
}

/** Where people's keys are: a file that one process holds, or a database that several share. */
export type KeysConfiguration = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'database'; readonly url: string };

export interface HttpConfiguration {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  /** Requests of one account; of who is not signed in, of one address. */
  readonly ratePerMinute: number;
  readonly trustedProxies?: string | undefined;
}

export interface Secrets {
  /** 32 bytes each. */
  readonly tenantKey: Buffer;
  readonly sessionKey: Buffer;
}

/** What a process needs to know to run; the same for embedded parts and for a cluster. */
export interface Configuration {
  readonly mode: 'embedded' | 'cluster';
  readonly dataDir: string;
  readonly vaultDir: string;
  readonly http: HttpConfiguration;
  readonly postgres: PostgresConfiguration;
  readonly temporal: TemporalConfiguration;
  readonly keys: KeysConfiguration;
  readonly secrets: Secrets;
  readonly logLevel: Settings['CENTUM_LOG_LEVEL'];
}

/** Where the embedded parts listen and what they are opened with. */
export interface EmbeddedParts {
  readonly postgres: { readonly url: string; readonly ownerUrl: string };
  readonly temporalAddress: string;
  readonly secrets: Secrets;
}

/**
 * For a process that starts alone: the servers that the settings name, or else the embedded ones that `centum up` runs now.
 * Thrown: ConfigurationError with every problem.
 */
export function readConfiguration(environment: Environment): Configuration {
  const settings = readSettings(environment);
  if (settings.CENTUM_POSTGRES_URL === undefined && settings.CENTUM_TEMPORAL_ADDRESS === undefined) {
    const running = readEmbeddedState(path.resolve(settings.CENTUM_DATA));
    if (running !== undefined) return embeddedConfiguration(settings, running);
  }
  return clusterConfiguration(settings);
}

export function embeddedConfiguration(settings: Settings, parts: EmbeddedParts): Configuration {
  const dataDir = path.resolve(settings.CENTUM_DATA);
  return {
    ...commonParts(settings, dataDir),
    mode: 'embedded',
    postgres: { ...parts.postgres, poolSize: settings.CENTUM_POSTGRES_POOL },
    temporal: temporalParts(settings, parts.temporalAddress),
    keys: { kind: 'file', path: path.join(dataDir, 'keys', 'subject-keys') },
    secrets: parts.secrets,
  };
}

function clusterConfiguration(settings: Settings): Configuration {
  const dataDir = path.resolve(settings.CENTUM_DATA);
  const { CENTUM_POSTGRES_URL: url, CENTUM_POSTGRES_OWNER_URL: ownerUrl, CENTUM_KEYS_URL: keysUrl } = settings;
  const { CENTUM_TEMPORAL_ADDRESS: address, CENTUM_TENANT_KEY: tenantKey, CENTUM_SESSION_KEY: sessionKey } = settings;
  if (url === undefined || address === undefined || tenantKey === undefined || sessionKey === undefined) {
    const missing = Object.entries({
      CENTUM_POSTGRES_URL: url,
      CENTUM_TEMPORAL_ADDRESS: address,
      CENTUM_TENANT_KEY: tenantKey,
      CENTUM_SESSION_KEY: sessionKey,
    }).filter(([, value]) => value === undefined);
    throw new ConfigurationError(missing.map(([name]) => `${name}: is needed, since no "centum up" runs on ${dataDir}`));
  }
  return {
    ...commonParts(settings, dataDir),
    mode: 'cluster',
    postgres: { url, ...(ownerUrl !== undefined && { ownerUrl }), poolSize: settings.CENTUM_POSTGRES_POOL },
    temporal: temporalParts(settings, address),
    keys: keysUrl === undefined ? { kind: 'file', path: path.join(dataDir, 'keys', 'subject-keys') } : { kind: 'database', url: keysUrl },
    secrets: { tenantKey, sessionKey },
  };
}

function commonParts(settings: Settings, dataDir: string): Pick<Configuration, 'dataDir' | 'vaultDir' | 'http' | 'logLevel'> {
  const { CENTUM_HTTP_HOST: host, CENTUM_HTTP_PORT: port } = settings;
  return {
    dataDir,
    vaultDir: path.join(dataDir, 'vault'),
    http: {
      host,
      port,
      publicUrl: settings.CENTUM_PUBLIC_URL ?? `http://${host}:${port}`,
      ratePerMinute: settings.CENTUM_HTTP_RATE,
      trustedProxies: settings.CENTUM_TRUSTED_PROXIES,
    },
    logLevel: settings.CENTUM_LOG_LEVEL,
  };
}

function temporalParts(settings: Settings, address: string): TemporalConfiguration {
  const apiKey = settings.CENTUM_TEMPORAL_API_KEY;
  return {
    address,
    namespace: settings.CENTUM_TEMPORAL_NAMESPACE,
    taskQueue: settings.CENTUM_TEMPORAL_TASK_QUEUE,
    ...(apiKey !== undefined && { apiKey }),
  };
}
