import { existsSync, statSync } from 'node:fs';
import { binaryCache, describePostgres, findTemporalBinary, isAlive, isPortFree } from '#infra/embedded';
import { type EmbeddedState, readNotedState, secretsFile, type Settings } from '#libs/config';
import { type Check, failed, note, ok, reasonOf, skipped, warning } from './check';

const OLDEST_NODE = [20, 19] as const;

export function checkNode(version = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [oldMajor, oldMinor] = OLDEST_NODE;
  const good = major > oldMajor || (major === oldMajor && minor >= oldMinor);
  return good ? ok('node', `Node ${version}`) : failed('node', `Node ${version}`, `Install Node ${OLDEST_NODE.join('.')} or newer.`);
}

export function checkPostgresBinary(embedded: boolean): Check {
  if (!embedded) return skipped('postgres program', 'a server is configured');
  try {
    return ok('postgres program', describePostgres());
  } catch (error) {
    return failed('postgres program', reasonOf(error), 'Run "npm ci".');
  }
}

export async function checkTemporalBinary(settings: Settings, embedded: boolean): Promise<Check> {
  if (!embedded) return skipped('temporal program', 'a server is configured');
  try {
    const file = await findTemporalBinary({ configured: settings.CENTUM_TEMPORAL_BINARY, cacheDir: binaryCache(), onlyPresent: true });
    return ok('temporal program', file);
  } catch (error) {
    return failed('temporal program', reasonOf(error), 'Run "npm start", which gets it, or name it in CENTUM_TEMPORAL_BINARY.');
  }
}

/** What `centum up` noted about itself, if it still runs: one that was killed leaves its note behind. */
export function runningState(dataDir: string): EmbeddedState | undefined {
  const state = readNotedState(dataDir);
  return state !== undefined && isAlive(state.pid) ? state : undefined;
}

export async function checkHttpPort(settings: Settings, dataDir: string): Promise<Check> {
  const { CENTUM_HTTP_HOST: host, CENTUM_HTTP_PORT: port } = settings;
  const running = runningState(dataDir);
  if (running !== undefined) return checkAnswers(running.httpUrl);
  if (await isPortFree(port, host)) return ok('http', `port ${port} is free; Centum does not run on ${dataDir}`);
  return warning('http', `port ${port} is taken by another program`, 'Stop it or start with --port.');
}

async function checkAnswers(url: string): Promise<Check> {
  try {
    const answer = await fetch(`${url}/api/v1/health/ready`, { signal: AbortSignal.timeout(5_000) });
    if (answer.ok) return ok('http', `${url} is ready`);
    return failed('http', `${url} answers ${answer.status}`, 'Look at what follows, then at logs/centum.log in the data folder.');
  } catch (error) {
    return failed('http', `${url}: ${reasonOf(error)}`, 'Start it again with "npm start": it takes up what was left.');
  }
}

/** Whoever reads this file can open every sealed text of the installation. */
export function checkKeyFile(dataDir: string, embedded: boolean): Check {
  const file = secretsFile(dataDir);
  if (!embedded) return skipped('key file', 'keys come from the settings');
  if (!existsSync(file)) return note('key file', `${file} will be made by the first start`);
  const { mode, uid } = statSync(file);
  const own = process.getuid === undefined || uid === process.getuid();
  if ((mode & 0o077) !== 0) return failed('key file', `${file} can be read by others`, `chmod 600 ${file}`);
  return own
    ? ok('key file', `${file}, for its owner alone`)
    : warning('key file', `${file} belongs to another user`, 'Start Centum as that user.');
}

/** Said plainly, because an auditor will ask. */
export function separationNotes(embedded: boolean): readonly Check[] {
  if (!embedded) return [];
  return [
    note(
      'separation',
      "the embedded set keeps log, people's keys and their backups under one account of one machine: whoever is root here can reach all of them",
    ),
    note(
      'separation',
      'its PostgreSQL superuser could change events in spite of the grants; in a cluster nobody who runs Centum has that role',
    ),
  ];
}
