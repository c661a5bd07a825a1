import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isSubjectId, type SubjectId } from '#kernel';
import { PrivacyError } from './limits';
import { newSubjectKey, type SubjectKey, type SubjectKeyStore, unwrapKey, wrapKey } from './subject-keys';
import { syncFolder } from './sync-folder';

/**
 * The embedded key store: one file outside PostgreSQL, a line `subject version wrapped-key` per key, owned by one keeper
 * process (a lock file names it). Lines are appended and flushed before a key is handed out; a torn last line, left by a
 * crash in mid-write, is cut off, since its keys were never handed out.
 */
export async function openKeyFile(path: string, wrapping: Buffer): Promise<SubjectKeyStore> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const lockPath = `${path}.lock`;
  await takeLock(lockPath);
  try {
    const file = await open(path, 'a+', 0o600);
    try {
      // A new file's name is on the disk only once its folder is flushed.
      await syncFolder(dirname(path));
      const wrapped = await readLines(path, file);
      return new KeyFile(file, { path, lockPath, wrapping }, wrapped);
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    await rm(lockPath, { force: true });
    throw error;
  }
}

interface Wrapped {
  readonly version: number;
  readonly text: string;
}

class KeyFile implements SubjectKeyStore {
  readonly #open = new Map<SubjectId, SubjectKey>();
  #writing: Promise<void> = Promise.resolve();
  /** The file ends in half a line that could not be cut off, or has no name any more: a line written there would be lost. */
  #broken = false;

  constructor(
    private file: FileHandle,
    private readonly place: { readonly path: string; readonly lockPath: string; readonly wrapping: Buffer },
    private readonly wrapped: Map<SubjectId, Wrapped>,
  ) {}

  async ensure(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, SubjectKey>> {
    const missing = [...new Set(subjects)].filter((subject) => !this.wrapped.has(subject));
    if (missing.length > 0) {
      // One writer at a time: each write sees what the one before made, so that a subject never gets two keys.
      const mine = this.#writing.then(() => this.#create(missing));
      this.#writing = mine.catch(() => undefined);
      await mine;
    }
    return this.find(subjects);
  }

  find(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, SubjectKey>> {
    return Promise.resolve().then(() => this.#found(subjects));
  }

  async forget(subjects: readonly SubjectId[]): Promise<void> {
    const mine = this.#writing.then(() => this.#rewriteWithout(subjects));
    this.#writing = mine.catch(() => undefined);
    await mine;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.file.close();
    await rm(this.place.lockPath, { force: true });
  }

  #found(subjects: readonly SubjectId[]): ReadonlyMap<SubjectId, SubjectKey> {
    const found = new Map<SubjectId, SubjectKey>();
    for (const subject of subjects) {
      const key = this.#unwrapped(subject);
      if (key) found.set(subject, key);
    }
    return found;
  }

  #unwrapped(subject: SubjectId): SubjectKey | undefined {
    const open = this.#open.get(subject);
    if (open) return open;
    const wrapped = this.wrapped.get(subject);
    if (!wrapped) return undefined;
    const key = unwrapKey(this.place.wrapping, subject, wrapped.version, wrapped.text);
    this.#open.set(subject, key);
    return key;
  }

  async #create(candidates: readonly SubjectId[]): Promise<void> {
    const fresh = candidates.filter((subject) => !this.wrapped.has(subject)).map((subject) => ({ subject, key: newSubjectKey() }));
    if (fresh.length === 0) return;
    const lines = fresh.map(({ subject, key }) => ({ subject, key, text: wrapKey(this.place.wrapping, subject, key) }));
    try {
      await this.#append(lines.map(({ subject, key, text }) => `${subject} ${key.version} ${text}\n`).join(''));
    } catch (error) {
      throw new PrivacyError('keys-unavailable', { keys: fresh.length }, { cause: error });
    }
    for (const { subject, key, text } of lines) {
      this.wrapped.set(subject, { version: key.version, text });
      this.#open.set(subject, key);
    }
  }

  /** A whole new file in place of the old one: a line that was only marked as gone could still be read from the disk. */
  async #rewriteWithout(subjects: readonly SubjectId[]): Promise<void> {
    const gone = subjects.filter((subject) => this.wrapped.has(subject));
    if (gone.length === 0) return;
    const { path } = this.place;
    const kept = [...this.wrapped].filter(([subject]) => !gone.includes(subject));
    const next = await open(`${path}.next`, 'w', 0o600);
    try {
      await next.writeFile(kept.map(([subject, { version, text }]) => `${subject} ${version} ${text}\n`).join(''));
      await next.datasync();
    } catch (error) {
      throw new PrivacyError('keys-unavailable', { keys: gone.length }, { cause: error });
    } finally {
      await next.close();
    }
    await rename(`${path}.next`, path);
    await syncFolder(dirname(path));
    const before = this.file;
    try {
      this.file = await open(path, 'a+', 0o600);
    } catch (error) {
      // The old one has no name any more: a key written there would be lost.
      this.#broken = true;
      throw new PrivacyError('keys-unavailable', { keys: gone.length }, { cause: error });
    }
    await before.close();
    for (const subject of gone) {
      this.wrapped.delete(subject);
      this.#open.delete(subject);
    }
  }

  /** All of the text or nothing of it: a full disk leaves half a line, which is cut off before the next line is written. */
  async #append(text: string): Promise<void> {
    if (this.#broken) throw new Error('The key file can not be written to.');
    const { size } = await this.file.stat();
    try {
      await this.file.appendFile(text);
      await this.file.datasync();
    } catch (error) {
      await this.file.truncate(size).catch(() => {
        this.#broken = true;
      });
      throw error;
    }
  }
}

async function readLines(path: string, file: FileHandle): Promise<Map<SubjectId, Wrapped>> {
  const text = await readFile(path, 'utf8');
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  if (complete.length < text.length) await file.truncate(Buffer.byteLength(complete));
  const wrapped = new Map<SubjectId, Wrapped>();
  for (const [index, line] of complete.split('\n').entries()) {
    if (line === '') continue;
    const [subject, version, key, ...more] = line.split(' ');
    if (subject === undefined || key === undefined || more.length > 0 || !isSubjectId(subject) || !/^\d{1,6}$/.test(version ?? '')) {
      throw new PrivacyError('keys-damaged', { line: index + 1 });
    }
    wrapped.set(subject, { version: Number(version), text: key });
  }
  return wrapped;
}

/**
 * The lock holds `<pid> <start stamp>`: pids are given out again after a restart of the machine, so that a pid alone may be
 * another process by now. Thrown: PrivacyError `keys-owned-by-another-process` while its owner lives; a dead owner's lock is
 * taken over.
 */
async function takeLock(lockPath: string): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(lockPath, `${process.pid} ${await startStamp(process.pid)}`, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (!isExists(error)) throw error;
      const [pid = '', stamp = ''] = (await readFile(lockPath, 'utf8').catch(() => '')).trim().split(' ');
      const owner = Number(pid);
      if (owner !== process.pid && isAlive(owner) && (stamp === '' || stamp === (await startStamp(owner))))
        throw new PrivacyError('keys-owned-by-another-process', { process: owner }, { cause: error });
      await rm(lockPath, { force: true });
    }
  }
  throw new PrivacyError('keys-owned-by-another-process', {});
}

/** When the process started, in clock ticks since the boot: field 22 of its stat; '' where the system has no /proc. */
async function startStamp(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // Field 2 is the program's name in parentheses and may hold spaces and parentheses itself.
  const fromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fromThird[22 - 3] ?? '';
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function isExists(error: unknown): boolean {
  return codeOf(error) === 'EEXIST';
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
