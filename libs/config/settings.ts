import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/[^\s]+$/, 'a PostgreSQL address, postgres://user:password@host:port/database');
const hostAndPort = z.string().regex(/^[^\s:/]+:\d{1,5}$/, 'host:port');
const key = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, '32 bytes as 64 hexadecimal digits')
  .transform((text) => Buffer.from(text, 'hex'));
const networks = z
  .string()
  .refine((text) => text.split(',').every((one) => isNetwork(one.trim())), 'addresses or networks, e.g. 10.0.0.0/8');
const name = z.string().min(1);

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (isIP(address) === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(address) ? 128 : 32));
}

/** Every setting there is: validated here, documented in docs/operations/configuration.md, read nowhere else. */
export const settings = z.object({
  CENTUM_DATA: name.default('.data').describe('Folder of the embedded parts, keys, evidence files and logs.'),
  CENTUM_HTTP_HOST: name.default('127.0.0.1').describe('Address the API listens on.'),
  CENTUM_HTTP_PORT: port.default(8100).describe('Port the API listens on.'),
  CENTUM_HTTP_RATE: z.coerce
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .default(1_200)
    .describe('Requests a minute that one account may make, and of those who are not signed in one address.'),
  CENTUM_TRUSTED_PROXIES: networks
    .optional()
    .describe('Addresses or networks of the proxies in front, with commas between them: their word on who asks is taken.'),
  CENTUM_PUBLIC_URL: z.url().optional().describe('Address people reach the product at; decides whether cookies are marked secure.'),
  CENTUM_POSTGRES_URL: postgresUrl.optional().describe('PostgreSQL 18 as the application role (centum_application). Unset: embedded.'),
  CENTUM_POSTGRES_OWNER_URL: postgresUrl
    .optional()
    .describe('The same database as a role that may migrate it; needed by `centum migrate` alone.'),
  CENTUM_POSTGRES_POOL: z.coerce.number().int().min(2).max(200).default(20).describe('Most connections of a process.'),
  CENTUM_TEMPORAL_ADDRESS: hostAndPort.optional().describe('Temporal, host:port. Unset: embedded.'),
  CENTUM_TEMPORAL_NAMESPACE: name.default('default').describe('Temporal namespace.'),
  CENTUM_TEMPORAL_TASK_QUEUE: name.default('centum').describe('Task queue of workflows and activities.'),
  CENTUM_TEMPORAL_API_KEY: name.optional().describe('API key of Temporal Cloud; switches TLS on.'),
  CENTUM_TEMPORAL_BINARY: name.optional().describe("Temporal's program for the embedded server, when it is not on PATH."),
  CENTUM_TENANT_KEY: key
    .optional()
    .describe('Key of the installation (32 bytes in hex). It never changes: fingerprints and sealed texts depend on it.'),
  CENTUM_SESSION_KEY: key.optional().describe('Key of login sessions (32 bytes in hex); a new one ends them.'),
  CENTUM_KEYS_URL: postgresUrl
    .optional()
    .describe(
      "Database of people's keys, apart from the log and its backups (role centum_keys). Unset: a file in CENTUM_DATA, for one process only.",
    ),
  CENTUM_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info')
    .describe('Least severe line that is logged.'),
});

export type Settings = z.output<typeof settings>;

/** Never printed; each may also come from the file that `<name>_FILE` names. */
export const SECRET_SETTINGS: ReadonlySet<string> = new Set([
  'CENTUM_POSTGRES_URL',
  'CENTUM_POSTGRES_OWNER_URL',
  'CENTUM_TEMPORAL_API_KEY',
  'CENTUM_TENANT_KEY',
  'CENTUM_SESSION_KEY',
  'CENTUM_KEYS_URL',
] satisfies (keyof Settings)[]);

/** Read by others than this library: the command line's client, the tests and the benches. */
export const FOREIGN_PREFIXES: readonly string[] = ['CENTUM_TEST_', 'CENTUM_CLI_', 'CENTUM_BENCH_'];
