import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { startPostgres } from '#infra/embedded';
import { bareInsert, centum, type Contender, emmett, transactionEach, withClient, type Work } from './append/contenders';
import { quantile, ratios, spreadOf } from './append/stats';

/*
 * Single durable appends beside three references, in interleaved rounds on one server with durable settings.
 * node dist/test/bench/append.bench.js [--rounds 5] [--seconds 1.5] [--clients 1,20,64] [--dir .data]
 */

const EVENTS_PER_STREAM = 10;

interface Plan {
  readonly rounds: number;
  readonly seconds: number;
  readonly clients: readonly number[];
  readonly dir: string;
}

function readPlan(args: readonly string[]): Plan {
  const option = (name: string, fallback: string): string => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? fallback : (args[at + 1] ?? fallback);
  };
  return {
    rounds: Number(option('rounds', '5')),
    seconds: Number(option('seconds', '1.5')),
    clients: option('clients', '1,20,64').split(',').map(Number),
    dir: path.resolve(option('dir', '.data')),
  };
}

function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** What one write of a page costs when it must be on the disk: the floor under every durable commit. */
function fsyncMs(folder: string): readonly number[] {
  const file = path.join(folder, 'fsync-probe');
  const handle = openSync(file, 'w');
  const page = Buffer.alloc(8192, 1);
  const times = Array.from({ length: 300 }, () => {
    const start = performance.now();
    writeSync(handle, page);
    fdatasyncSync(handle);
    return performance.now() - start;
  });
  closeSync(handle);
  rmSync(file);
  return times;
}

interface Round {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** `clients` loops, each waiting for its own append before the next, for `seconds`. */
async function round(contender: Contender, clients: number, seconds: number, prefix: string): Promise<Round> {
  const latenciesMs: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  const client = async (_: unknown, number: number): Promise<void> => {
    for (let index = 0; performance.now() < end; index += 1) {
      const before = performance.now();
      await contender.append(workOf(`${prefix}-${number}`, index));
      latenciesMs.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { perSecond: (latenciesMs.length * 1_000) / (performance.now() - start), latenciesMs };
}

function workOf(prefix: string, index: number): Work {
  return {
    key: `${prefix}-${index}`,
    streamId: `bench-${prefix}-${Math.floor(index / EVENTS_PER_STREAM)}`,
    expectedVersion: index % EVENTS_PER_STREAM,
  };
}

type Results = ReadonlyMap<string, readonly Round[]>;

async function rounds(contenders: readonly Contender[], clients: number, plan: Plan): Promise<Results> {
  const results = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) await round(contender, clients, plan.seconds / 3, `warm-${clients}`);
  for (let number = 0; number < plan.rounds; number += 1) {
    for (const contender of contenders) {
      results.get(contender.name)?.push(await round(contender, clients, plan.seconds, `c${clients}-r${number}`));
    }
  }
  return results;
}

function printRounds(clients: number, results: Results): void {
  say(`\n${clients} client${clients === 1 ? '' : 's'}`);
  for (const [name, list] of results) {
    const { median, low, high } = spreadOf(list.map(({ perSecond }) => perSecond));
    const all = list.flatMap(({ latenciesMs }) => latenciesMs);
    say(
      `  ${name.padEnd(38)} ${median.toFixed(0).padStart(7)} events/s  (${low.toFixed(0)}–${high.toFixed(0)})   p50 ${quantile(all, 0.5).toFixed(3)} ms  p99 ${quantile(all, 0.99).toFixed(3)} ms`,
    );
  }
}

function throughputRatio(results: Results, name: string, against: string): readonly number[] {
  const of = (which: string): readonly number[] => (results.get(which) ?? []).map(({ perSecond }) => perSecond);
  return ratios(of(name), of(against));
}

function latencyRatio(results: Results, against: string, share: number): readonly number[] {
  const of = (which: string): readonly number[] => (results.get(which) ?? []).map(({ latenciesMs }) => quantile(latenciesMs, share));
  return ratios(of('centum'), of(against));
}

function printGoal(name: string, values: readonly number[], goal: { readonly atLeast?: number; readonly atMost?: number }): void {
  const { median, low, high } = spreadOf(values);
  const met = goal.atLeast === undefined ? median <= (goal.atMost ?? 0) : median >= goal.atLeast;
  const wanted = goal.atLeast === undefined ? `≤ ${goal.atMost?.toFixed(2)}×` : `≥ ${goal.atLeast.toFixed(1)}×`;
  say(`  ${name.padEnd(66)} ${median.toFixed(2)}× (${low.toFixed(2)}–${high.toFixed(2)})  goal ${wanted}  ${met ? 'met' : 'MISSED'}`);
}

function printGoals(byClients: ReadonlyMap<number, Results>): void {
  say('\ngoals (ratio of each round, median and range)');
  const many = byClients.get(64);
  if (many) {
    printGoal('P1 64 clients against emmett-postgresql', throughputRatio(many, 'centum', 'emmett-postgresql'), { atLeast: 8 });
    printGoal(
      'P2 64 clients against one transaction each, same promises',
      throughputRatio(many, 'centum', 'one transaction each, same promises'),
      { atLeast: 3.5 },
    );
    printGoal('P2 64 clients against bare INSERT each', throughputRatio(many, 'centum', 'bare INSERT each'), { atLeast: 2.5 });
  }
  const one = byClients.get(1);
  if (one) {
    printGoal('P3 one client, p50 against one transaction, same promises', latencyRatio(one, 'one transaction each, same promises', 0.5), {
      atMost: 1.1,
    });
    printGoal('P3 one client, p99 against one transaction, same promises', latencyRatio(one, 'one transaction each, same promises', 0.99), {
      atMost: 1.25,
    });
    const { median } = spreadOf(latencyRatio(one, 'bare INSERT each', 0.5));
    say(`  ${'   one client, p50 against bare INSERT (no goal)'.padEnd(66)} ${median.toFixed(2)}×`);
  }
}

async function openAll(url: (database: string) => string, clients: number): Promise<readonly Contender[]> {
  return [
    await centum(url('centum')),
    await transactionEach(url('rival'), clients),
    await bareInsert(url('bare'), clients),
    await emmett(url('emmett'), clients),
  ];
}

async function bench(url: (database?: string) => string, plan: Plan): Promise<boolean> {
  await withClient(url(), async (client) => {
    for (const name of ['centum', 'rival', 'bare', 'emmett']) await client.query(`CREATE DATABASE ${name}`);
    const { rows } = await client.query<{ line: string }>(
      `SELECT format('PostgreSQL %s, fsync %s, synchronous_commit %s, wal_sync_method %s', current_setting('server_version'), current_setting('fsync'),
        current_setting('synchronous_commit'), current_setting('wal_sync_method')) AS line`,
    );
    say(rows[0]?.line);
  });
  const contenders = await openAll(url, Math.max(...plan.clients));
  const byClients = new Map<number, Results>();
  for (const clients of plan.clients) {
    const results = await rounds(contenders, clients, plan);
    byClients.set(clients, results);
    printRounds(clients, results);
  }
  say('\nre-reading every acknowledged event');
  let complete = true;
  for (const contender of contenders) {
    const lost = await contender.lost();
    say(`  ${contender.name.padEnd(38)} ${lost === 0 ? 'all there' : `${lost} LOST OR DOUBLED: its figures score nothing`}`);
    complete &&= lost === 0;
  }
  for (const contender of contenders) await contender.close();
  printGoals(byClients);
  return complete;
}

async function main(): Promise<void> {
  const plan = readPlan(process.argv.slice(2));
  mkdirSync(plan.dir, { recursive: true });
  const folder = mkdtempSync(path.join(plan.dir, 'bench-append-'));
  const syncs = fsyncMs(folder);
  say(`one durable write of 8 KiB on this disk: p50 ${quantile(syncs, 0.5).toFixed(3)} ms, p99 ${quantile(syncs, 0.99).toFixed(3)} ms`);
  const postgres = await startPostgres({
    dataDir: path.join(folder, 'data'),
    user: 'postgres',
    password: 'bench',
    durable: true,
    settings: { max_connections: '300', shared_buffers: '256MB', max_wal_size: '4GB', checkpoint_timeout: '30min' },
    dieWithProcess: { removing: [folder] },
  });
  try {
    if (!(await bench(postgres.url, plan))) process.exitCode = 1;
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
