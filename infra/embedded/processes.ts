import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/** A zombie counts as gone: where nothing reaps orphans (a container without init) it would seem alive for ever. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
  return processState(pid) !== 'Z';
}

function statFields(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function processState(pid: number): string | undefined {
  return statFields(pid)[0];
}

/** Tells a process from a later one with the same number; undefined when the process is gone. */
export function processStamp(pid: number): string | undefined {
  const startTicks = statFields(pid)[19];
  if (startTicks !== undefined) return startTicks;
  if (process.platform === 'linux' || process.platform === 'win32') return undefined;
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.status === 0 && ps.stdout.trim() !== '' ? ps.stdout.trim() : undefined;
}

/** Whether the process works inside `directory` (PostgreSQL always does, in its data directory) or names it among its arguments. */
export function worksIn(pid: number, directory: string): boolean {
  const real = realpathSync(directory);
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === real;
  } catch {
    const ps = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return ps.status === 0 && ps.stdout.includes(real);
  }
}

export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const attempts = Math.ceil(timeoutMs / POLL_MS);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (!isAlive(pid)) return true;
    await delay(POLL_MS);
  }
  return !isAlive(pid);
}

/** Asks with `gentle`, then insists with `hard`. Returns once the process is gone. */
export async function stopProcess(pid: number, gentle: NodeJS.Signals, hard: NodeJS.Signals, graceMs: number): Promise<void> {
  sendSignal(pid, gentle);
  if (await waitForExit(pid, graceMs)) return;
  sendSignal(pid, hard);
  await waitForExit(pid, graceMs);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already, which is what the caller wants.
  }
}

/** Polls until `check` answers something; undefined after `timeoutMs`. */
export async function pollUntil<T>(check: () => Promise<T | undefined> | T | undefined, timeoutMs: number): Promise<T | undefined> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await check();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) return undefined;
    await delay(POLL_MS);
  }
}

/** Calls `onExit` when the process ends, unless that was said to be expected before. */
export function watchExit(child: ChildProcess, onExit: (() => void) | undefined): { readonly expected: () => void } {
  let expected = false;
  child.once('exit', () => {
    if (!expected) onExit?.();
  });
  return { expected: () => (expected = true) };
}

const WATCHDOG = `
const fs = require('node:fs');
const [pid, hard, ...folders] = process.argv.slice(1);
const zombie = () => { try { return /\\) Z /.test(fs.readFileSync('/proc/' + pid + '/stat', 'utf8')); } catch { return false; } };
const alive = () => { try { process.kill(+pid, 0); } catch { return false; } return !zombie(); };
const send = (signal) => { try { process.kill(+pid, signal); } catch {} };
process.stdin.resume();
process.stdin.on('end', () => {
  send('SIGINT');
  let left = 500;
  const timer = setInterval(() => {
    left -= 1;
    if (left === 200) send(hard);
    if (alive() && left > 0) return;
    clearInterval(timer);
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  }, 20);
});
`;

/**
 * Ties a process to this one, however this one ends: a small helper holds the reading end of a pipe, and its end of file is our death.
 * Returns how to end it early, which stops the process and removes the folders too.
 */
export function dieWithMe(pid: number, hard: NodeJS.Signals, folders: readonly string[]): () => void {
  const watchdog = spawn(process.execPath, ['-e', WATCHDOG, String(pid), hard, ...folders], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.unref();
  const { stdin } = watchdog;
  if (stdin instanceof Socket) stdin.unref();
  return () => stdin.end();
}
