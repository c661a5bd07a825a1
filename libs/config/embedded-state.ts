import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { EmbeddedParts, Secrets } from './configuration';
import { ConfigurationError } from './errors';

const hexKey = z.string().regex(/^[0-9a-f]{64}$/);
const storedSecrets = z.strictObject({ tenantKey: hexKey, sessionKey: hexKey, postgresPassword: hexKey, applicationPassword: hexKey });
const storedState = z.strictObject({ pid: z.int(), postgresPort: z.int(), temporalAddress: z.string(), httpUrl: z.string() });

/** Made once for a data folder, and kept in its key file alone. */
export interface EmbeddedSecrets extends Secrets {
  readonly postgresPassword: string;
  readonly applicationPassword: string;
}

/** What `centum up` says about itself while it runs, for the other commands on this machine. */
export type EmbeddedState = z.infer<typeof storedState>;

export const EMBEDDED_DATABASE = 'centum';
export const EMBEDDED_SUPERUSER = 'centum_admin';
const APPLICATION_ROLE = 'centum_application';

export function secretsFile(dataDir: string): string {
  return path.join(dataDir, 'keys', 'secrets.json');
}

function stateFile(dataDir: string): string {
  return path.join(dataDir, 'running.json');
}

/** Thrown: ConfigurationError when the file is there but damaged. It is never made anew then: what was sealed with it would be lost. */
export function loadOrMakeSecrets(dataDir: string): EmbeddedSecrets {
  const known = readSecrets(dataDir);
  if (known !== undefined) return known;
  const made = () => randomBytes(32).toString('hex');
  const file = secretsFile(dataDir);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const stored = { tenantKey: made(), sessionKey: made(), postgresPassword: made(), applicationPassword: made() };
  writeDurably(file, stored);
  return opened(stored);
}

function readSecrets(dataDir: string): EmbeddedSecrets | undefined {
  const file = secretsFile(dataDir);
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const read = storedSecrets.safeParse(jsonOf(text));
  if (!read.success) throw new ConfigurationError([`${file} is damaged: put it back from a backup, for everything sealed depends on it`]);
  return opened(read.data);
}

function opened(stored: z.infer<typeof storedSecrets>): EmbeddedSecrets {
  return {
    tenantKey: Buffer.from(stored.tenantKey, 'hex'),
    sessionKey: Buffer.from(stored.sessionKey, 'hex'),
    postgresPassword: stored.postgresPassword,
    applicationPassword: stored.applicationPassword,
  };
}

export function noteEmbeddedState(dataDir: string, state: EmbeddedState): void {
  writeDurably(stateFile(dataDir), state);
}

export function forgetEmbeddedState(dataDir: string): void {
  rmSync(stateFile(dataDir), { force: true });
}

export function readNotedState(dataDir: string): EmbeddedState | undefined {
  const text = readIfThere(stateFile(dataDir));
  const read = storedState.safeParse(jsonOf(text ?? ''));
  return read.success ? read.data : undefined;
}

/** How to reach the embedded parts that were started on this folder; undefined when none run. */
export function readEmbeddedState(dataDir: string): EmbeddedParts | undefined {
  const state = readNotedState(dataDir);
  const secrets = state && readSecrets(dataDir);
  if (state === undefined || secrets === undefined) return undefined;
  return { postgres: embeddedUrls(state.postgresPort, secrets), temporalAddress: state.temporalAddress, secrets };
}

export function embeddedUrls(port: number, secrets: EmbeddedSecrets): EmbeddedParts['postgres'] {
  const address = `127.0.0.1:${port}/${EMBEDDED_DATABASE}`;
  return {
    url: `postgres://${APPLICATION_ROLE}:${secrets.applicationPassword}@${address}`,
    ownerUrl: `postgres://${EMBEDDED_SUPERUSER}:${secrets.postgresPassword}@${address}`,
  };
}

function writeDurably(file: string, content: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
