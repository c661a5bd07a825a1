import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';

export interface WriterPlan {
  readonly url: string;
  readonly name: string;
  readonly appends: number;
  readonly streams: number;
  readonly concurrency: number;
}

/** Key → token of what a writer was told is stored. */
export type Acknowledged = Map<string, string>;

export interface Writer {
  readonly process: ChildProcess;
  readonly acknowledged: Acknowledged;
  /** Sent and not answered yet. */
  readonly pending: Map<string, { readonly streamId: string; readonly expectedVersion: number }>;
  /** Resolves with the exit code or the signal's name. */
  readonly ended: Promise<number | string>;
}

const ROOT = path.resolve(__dirname, '../..');

export function startWriter({ url, name, appends, streams, concurrency }: WriterPlan): Writer {
  const child = spawn(
    process.execPath,
    [
      '--conditions=centum-source',
      path.join(__dirname, 'run-ts.cjs'),
      path.join(__dirname, 'writer-process.ts'),
      url,
      name,
      String(appends),
      String(streams),
      String(concurrency),
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] ?? '' } },
  );
  const acknowledged: Acknowledged = new Map();
  const pending = new Map<string, { readonly streamId: string; readonly expectedVersion: number }>();
  const lines = readline.createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [kind, key = '', third = '', fourth = ''] = line.split(' ');
    if (kind === 'try') pending.set(key, { streamId: third, expectedVersion: Number(fourth) });
    if (kind !== 'ack') return;
    pending.delete(key);
    acknowledged.set(key, third);
  });
  const read = new Promise<void>((resolve) => lines.once('close', resolve));
  const exited = new Promise<number | string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code ?? -1)));
  return { process: child, acknowledged, pending, ended: Promise.all([exited, read]).then(([outcome]) => outcome) };
}
