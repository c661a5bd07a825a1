import { Socket } from 'node:net';
import { Client, type ClientConfig, DatabaseError, type CustomTypesConfig } from 'pg';

export interface PostgresConnection {
  /** `postgres://user:password@host:port/database`; as the application's role. */
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
}

/** A statement that takes longer is ended by the server, so that nothing of a process that went away lives on. */
const TIMEOUTS_MS = { statement: 20_000, connect: 5_000, query: 30_000 } as const;

const OIDS = { bytea: 17, int8: 20, int4: 23 } as const;
const parseText = (value: string): unknown => value;
const parseNumber = (value: string): unknown => Number(value);
const parseBytes = (value: string): unknown => Buffer.from(value.slice(2), 'hex');

/** Only what the log's own statements give back; positions are safe integers by far. */
const logTypes: CustomTypesConfig = {
  getTypeParser: (oid: number) => {
    if (oid === OIDS.int8 || oid === OIDS.int4) return parseNumber;
    return oid === OIDS.bytea ? parseBytes : parseText;
  },
};

/**
 * For appends: plans are made once for any arguments, and always by index, since a plan made while a table was empty
 * would stay when it is not.
 */
const APPEND_SETTINGS = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'enable_bitmapscan=off',
  'jit=off',
  'work_mem=32MB',
  'synchronous_commit=on',
  'default_transaction_isolation=read\\ committed',
];
const READ_SETTINGS = ['jit=off'];

function config(connection: PostgresConnection, use: string, settings: readonly string[]): ClientConfig {
  const all = [...settings, `statement_timeout=${TIMEOUTS_MS.statement}`];
  return {
    connectionString: connection.url,
    application_name: `${connection.applicationName ?? 'centum'}/${use}`,
    connectionTimeoutMillis: TIMEOUTS_MS.connect,
    query_timeout: TIMEOUTS_MS.query,
    keepAlive: true,
    options: all.map((setting) => `-c ${setting}`).join(' '),
    types: logTypes,
  };
}

export function readConfig(connection: PostgresConnection, use: string): ClientConfig {
  return config(connection, use, READ_SETTINGS);
}

export function appendConfig(connection: PostgresConnection): ClientConfig {
  return config(connection, 'lane', APPEND_SETTINGS);
}

/** A client with the socket it runs on, so that it can be let go without a server that may not answer. */
export interface OpenClient {
  readonly client: Client;
  /** Closes at once; whatever is under way fails. */
  abandon(): void;
}

/** A connected client that has someone listening to its errors: an unheard one would end the process. */
export async function connect(options: ClientConfig, onLost: (lost: OpenClient) => void): Promise<OpenClient> {
  const socket = new Socket();
  const client = new Client({ ...options, stream: () => socket });
  const open: OpenClient = { client, abandon: () => void socket.destroy() };
  client.on('error', () => onLost(open));
  try {
    await client.connect();
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return open;
}

/** What went wrong, by who said so. `connection`: it may or may not have been written. */
export type Failure = 'stale' | 'duplicate' | 'transient' | 'no-partition' | 'connection' | 'request';

const STALE = 'CE001';
/** Not written, and another try may well be: resources, time-outs, deadlocks, read-only after a fail-over. */
const TRANSIENT_CLASSES = new Set(['53', '40', '55', '25', '58']);
const SHUTDOWN_CODES = new Set(['57P01', '57P02', '57P03', '57P04', '57P05']);

export function classify(error: unknown): Failure {
  if (!(error instanceof DatabaseError) || error.code === undefined) return 'connection';
  const { code } = error;
  if (code === STALE) return 'stale';
  if (code === '23505') return 'duplicate';
  if (code === '23514' && error.message.startsWith('no partition')) return 'no-partition';
  if (SHUTDOWN_CODES.has(code) || code.startsWith('08')) return 'connection';
  if (code === '57014' || TRANSIENT_CLASSES.has(code.slice(0, 2))) return 'transient';
  return 'request';
}
