import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EmbeddedError } from './errors';
import { freePort, isPortFree } from './ports';
import { dieWithMe, isAlive, pollUntil, processStamp, stopProcess, watchExit } from './processes';

export interface TemporalOptions {
  /** See `findTemporalBinary`. */
  readonly binary: string;
  /** Holds the state file, the log and the note of the running process. */
  readonly folder: string;
  /** Undefined: any free one. */
  readonly port?: number;
  /** The web page's port; undefined leaves it out. */
  readonly uiPort?: number;
  /** Name → type, registered before the server is used. */
  readonly searchAttributes: Readonly<Record<string, string>>;
  /** False: what it keeps need not survive a crash of the machine, which costs it a fifth less. */
  readonly durable?: boolean;
  /** Called when the server ends without having been stopped. */
  readonly onExit?: () => void;
  readonly dieWithProcess?: { readonly removing: readonly string[] };
}

export interface RunningTemporal {
  /** host:port */
  readonly address: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Registered wherever Centum's workflows run; a start that names one which isn't is refused by the server. */
export const SEARCH_ATTRIBUTES = {
  CentumCycle: 'Keyword',
  CentumPhase: 'Keyword',
  CentumRegion: 'Keyword',
  CentumKind: 'Keyword',
} as const;

const HOST = '127.0.0.1';
const READY_MS = 60_000;
const STOP_MS = 10_000;
const PORT_ATTEMPTS = 3;
const NAMESPACE = 'default';

/** Thrown as EmbeddedError: what is wrong in one line. A server left behind by a killed process is stopped first; its state file stays. */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  await stopLeftover(options.folder);
  for (const port of [options.port, options.uiPort]) {
    if (port !== undefined && !(await isPortFree(port, HOST))) {
      throw new EmbeddedError(`Port ${port} is taken by another program: stop it or give Temporal another port.`);
    }
  }
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort(HOST));
    const outcome = await launch(options, port);
    if (typeof outcome !== 'string') return outcome;
    const portRace = options.port === undefined && outcome.includes('address already in use');
    if (!portRace || attempt === PORT_ATTEMPTS) throw new EmbeddedError(`Temporal did not start: ${outcome}`);
  }
}

function serverArguments(options: TemporalOptions, port: number): string[] {
  const attributes = Object.entries(options.searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]);
  const ui = options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort)];
  const stateFile = path.join(options.folder, 'temporal.db');
  return [
    'server',
    'start-dev',
    ...ui,
    '--ip',
    HOST,
    '--port',
    String(port),
    '--db-filename',
    stateFile,
    '--log-level',
    'error',
    ...(options.durable === false ? ['--sqlite-pragma', 'synchronous=0'] : []),
    ...attributes,
  ];
}

async function launch(options: TemporalOptions, port: number): Promise<RunningTemporal | string> {
  const logFile = path.join(options.folder, 'server.log');
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(options.binary, serverArguments(options, port), { cwd: options.folder, stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  let spawnError: Error | undefined;
  child.once('error', (error) => (spawnError = error));
  child.unref();
  const { pid } = child;
  if (pid !== undefined) writeNote(options.folder, pid);
  const address = `${HOST}:${port}`;
  const ended = (): boolean => spawnError !== undefined || child.exitCode !== null || child.signalCode !== null;
  const ready = await pollUntil(async () => (ended() ? false : (await answers(address)) ? true : undefined), READY_MS);
  if (ready !== true || pid === undefined) {
    if (pid !== undefined && !ended()) await stopProcess(pid, 'SIGTERM', 'SIGKILL', STOP_MS);
    return spawnError?.message ?? lastLine(readFileSync(logFile, 'utf8'));
  }
  const exits = watchExit(child, options.onExit);
  const release = options.dieWithProcess && dieWithMe(pid, 'SIGKILL', options.dieWithProcess.removing);
  return {
    address,
    pid,
    stop: async () => {
      exits.expected();
      await stopProcess(pid, 'SIGTERM', 'SIGKILL', STOP_MS);
      rmSync(noteFile(options.folder), { force: true });
      release?.();
    },
  };
}

/** Thrown: what the client throws when the server can't be reached in a few seconds. */
export async function missingSearchAttributes(server: {
  readonly address: string;
  readonly namespace: string;
  readonly apiKey?: string;
}): Promise<readonly string[]> {
  const { Connection } = await import('@temporalio/client');
  const { address, namespace, apiKey } = server;
  const connection = await Connection.connect({ address, connectTimeout: 5_000, ...(apiKey !== undefined && { apiKey, tls: true }) });
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return Object.keys(SEARCH_ATTRIBUTES).filter((name) => !(name in (customAttributes ?? {})));
  } finally {
    await connection.close();
  }
}

async function answers(address: string): Promise<boolean> {
  // Loaded late: it costs more than everything else here together, and most users of this folder never start Temporal.
  const { Connection } = await import('@temporalio/client');
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    try {
      await connection.workflowService.describeNamespace({ namespace: NAMESPACE });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) || 'it did not answer in time';
}

function noteFile(folder: string): string {
  return path.join(folder, 'server.pid');
}

function writeNote(folder: string, pid: number): void {
  writeFileSync(noteFile(folder), `${pid}\n${processStamp(pid) ?? ''}\n`, { mode: 0o600 });
}

/** The note carries the start time too: the number alone may belong to somebody else by now. */
async function stopLeftover(folder: string): Promise<void> {
  let note: string;
  try {
    note = readFileSync(noteFile(folder), 'utf8');
  } catch {
    return;
  }
  const [first = '', stamp = ''] = note.split('\n');
  const pid = Number.parseInt(first, 10);
  const ours = !Number.isNaN(pid) && stamp !== '' && isAlive(pid) && processStamp(pid) === stamp;
  if (ours) await stopProcess(pid, 'SIGTERM', 'SIGKILL', STOP_MS);
  rmSync(noteFile(folder), { force: true });
}
