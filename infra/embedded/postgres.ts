import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedError } from './errors';
import { freePort, isPortFree } from './ports';
import { postgresBinaries, serverUser, type PostgresBinaries, type ServerUser } from './postgres-binaries';
import { dieWithMe, isAlive, pollUntil, stopProcess, watchExit, worksIn } from './processes';

export interface PostgresOptions {
  /** The cluster's own folder; made when it is not there. Whoever calls makes sure that no other process of ours uses it now. */
  readonly dataDir: string;
  /** Undefined: any free one. */
  readonly port?: number;
  /** Superuser and its password, set when the cluster is made. */
  readonly user: string;
  readonly password: string;
  /** False drops fsync: for tests only, whose data needs to survive no power loss. */
  readonly durable?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  /** Called when the server ends without having been stopped. */
  readonly onExit?: () => void;
  /** Stop the server and remove these folders when this process ends, however it ends. */
  readonly dieWithProcess?: { readonly removing: readonly string[] };
}

export interface RunningPostgres {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  /** The superuser's address of a database of it. */
  url(database?: string): string;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const READY_MS = 60_000;
const STOP_MS = 30_000;
const PORT_ATTEMPTS = 3;

/** Thrown as EmbeddedError: what is wrong in one line. A server left behind by a killed process is stopped first. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const user = serverUser();
  const binaries = postgresBinaries(user);
  await stopLeftover(options.dataDir);
  if (options.port !== undefined && !(await isPortFree(options.port, HOST))) throw busyPort(options.port);
  if (!existsSync(path.join(options.dataDir, 'PG_VERSION'))) initialise(options, binaries, user);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort(HOST));
    const outcome = await launch(options, binaries, user, port);
    if (typeof outcome !== 'string') return outcome;
    const portRace = options.port === undefined && outcome.includes('could not bind');
    if (!portRace || attempt === PORT_ATTEMPTS) throw new EmbeddedError(`PostgreSQL did not start: ${outcome}`);
  }
}

function busyPort(port: number): EmbeddedError {
  return new EmbeddedError(`Port ${port} is taken by another program: stop it or give PostgreSQL another port.`);
}

/**
 * PostgreSQL runs in its data folder and is told so by a name relative to itself: a folder below one that the server's user may not
 * pass (root's home, a private temporary folder) has an absolute name it can't use.
 */
function dataFolderName(dataDir: string, user: ServerUser | undefined): string {
  return user !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : dataDir;
}

function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TZ, HOME } = process.env;
  return { ...(PATH && { PATH }), ...(TZ && { TZ }), ...(HOME && { HOME }), LC_ALL: 'C' };
}

/** Made beside and renamed when whole, so that a kill in the middle leaves nothing that looks like a cluster. */
function initialise(options: PostgresOptions, binaries: PostgresBinaries, user: ServerUser | undefined): void {
  const dataDir = path.resolve(options.dataDir);
  const partial = `${dataDir}.new`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  const secrets = mkdtempSync(path.join(tmpdir(), 'centum-init-'));
  const passwordFile = path.join(secrets, 'password');
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (user !== undefined) for (const owned of [partial, secrets, passwordFile]) chownSync(owned, user.uid, user.gid);
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  try {
    const failure = runInitdb(locale) && runInitdb(['--locale=C']);
    if (failure) throw new EmbeddedError(`PostgreSQL could not make its data folder ${dataDir}: ${failure}`);
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
  if (existsSync(dataDir)) rmSync(dataDir, { recursive: true });
  renameSync(partial, dataDir);

  function runInitdb(localeFlags: readonly string[]): string | undefined {
    const flags = ['--encoding=UTF8', ...localeFlags, '--auth=scram-sha-256', `--username=${options.user}`, `--pwfile=${passwordFile}`];
    const durability = options.durable === false ? ['--no-sync'] : [];
    const run = spawnSync(binaries.initdb, ['-D', dataFolderName(partial, user), ...flags, ...durability], {
      cwd: partial,
      env: serverEnvironment(),
      encoding: 'utf8',
      ...user,
    });
    if (run.status === 0) return undefined;
    return run.error?.message ?? lastLine(run.stderr);
  }
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => /ERROR|FATAL|error:/.test(line)) ?? lines.at(-1) ?? 'no reason was given';
}

function serverFlags(options: PostgresOptions, port: number): string[] {
  const settings: Record<string, string> = {
    listen_addresses: HOST,
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    ...(options.durable === false ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
    ...options.settings,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The running server, or the reason why there is none. */
async function launch(
  options: PostgresOptions,
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
  port: number,
): Promise<RunningPostgres | string> {
  const dataDir = path.resolve(options.dataDir);
  const logFile = path.join(dataDir, 'server.log');
  const log = openSync(logFile, 'w', 0o600);
  // Detached: Ctrl-C in a terminal must reach us, not the server that we still need for a clean stop.
  const child = spawn(binaries.postgres, ['-D', dataFolderName(dataDir, user), ...serverFlags(options, port)], {
    cwd: dataDir,
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
    ...user,
  });
  closeSync(log);
  let spawnError: Error | undefined;
  child.once('error', (error) => (spawnError = error));
  child.unref();
  const { pid } = child;
  const ended = (): boolean => spawnError !== undefined || child.exitCode !== null || child.signalCode !== null;
  const ready = await pollUntil(() => (ended() ? false : pid !== undefined && isReady(dataDir, pid) ? true : undefined), READY_MS);
  if (ready !== true || pid === undefined) return spawnError?.message ?? lastLine(readFileSync(logFile, 'utf8'));
  const exits = watchExit(child, options.onExit);
  const release = options.dieWithProcess && dieWithMe(pid, 'SIGQUIT', options.dieWithProcess.removing);
  return {
    host: HOST,
    port,
    pid,
    url: (database = 'postgres') =>
      `postgres://${encodeURIComponent(options.user)}:${encodeURIComponent(options.password)}@${HOST}:${port}/${database}`,
    stop: async () => {
      exits.expected();
      await stopProcess(pid, 'SIGINT', 'SIGQUIT', STOP_MS);
      release?.();
    },
  };
}

interface PostmasterFile {
  readonly pid: number;
  readonly status: string | undefined;
}

function readPostmasterFile(dataDir: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number.parseInt(lines[0] ?? '', 10);
    return Number.isNaN(pid) ? undefined : { pid, status: lines[7]?.trim() };
  } catch {
    return undefined;
  }
}

function isReady(dataDir: string, pid: number): boolean {
  const file = readPostmasterFile(dataDir);
  return file?.pid === pid && file.status === 'ready';
}

/** A server whose starter was killed runs on. Its number may belong to somebody else by now, so it is stopped only where it works in our folder. */
async function stopLeftover(dataDir: string): Promise<void> {
  const file = readPostmasterFile(dataDir);
  if (file === undefined) return;
  if (isAlive(file.pid) && worksIn(file.pid, dataDir)) await stopProcess(file.pid, 'SIGINT', 'SIGQUIT', STOP_MS);
  rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
}
