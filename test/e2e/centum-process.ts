import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const BIN = path.join(root, 'bin', 'centum.mjs');

/** Compiles what changed, so that what runs is what stands in the sources. */
export function buildOnce(): void {
  runScript('build.mjs');
}

/** Only the bundle that a worker in this process loads. */
export function bundleWorkflowsOnce(): void {
  runScript('bundle-workflows.mjs');
}

/** Only the pages that an API in this process serves. */
export function buildPagesOnce(): void {
  runScript('web.mjs');
}

/** `npm test` builds before it tests and says so: asking again costs each file some seconds. */
function runScript(name: string): void {
  if (process.env['CENTUM_TEST_BUILT'] === '1') return;
  const run = spawnSync(process.execPath, [path.join(root, 'scripts', name)], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${name} failed:\n${run.stdout}${run.stderr}`);
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A `centum` command that was started as people start it. */
export class CentumProcess {
  output = '';
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [BIN, ...args], {
      env: { ...withoutSettings(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve({ code, output: this.output })));
  }

  /** Thrown when it ends before, or does not say so in time: what it said instead. */
  async says(text: string, timeoutMs = 60_000): Promise<void> {
    const over = this.ended.then(() => 'ended' as const);
    const deadline = Date.now() + timeoutMs;
    while (!this.output.includes(text)) {
      const next = await Promise.race([over, new Promise<'again'>((resolve) => setTimeout(() => resolve('again'), 20))]);
      if (next === 'ended' && !this.output.includes(text)) throw new Error(`it ended without saying "${text}":\n${this.output}`);
      if (Date.now() > deadline) throw new Error(`it did not say "${text}" in time:\n${this.output}`);
    }
  }

  signal(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

export function runCentum(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new CentumProcess(args, environment).ended;
}

/** Settings of whoever runs the tests must not decide what they show. */
function withoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CENTUM_')));
}
