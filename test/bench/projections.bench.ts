import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Client, Pool } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { startPostgres } from '#infra/embedded';
import { actorId, instant, type Decider } from '#kernel';
import {
  createRunner,
  defineEvent,
  encodeMetadata,
  ensureLogRoles,
  type EventLog,
  EventRegistry,
  type EventsOf,
  migrateEventLog,
  openPostgresLog,
} from '#libs/event-store';
import {
  createConsumerHost,
  defineProjection,
  migrateReadModels,
  openReadDb,
  projectionConsumer,
  type Projection,
} from '#libs/projections';
import { z } from 'zod';
import { quantile, spreadOf } from './append/stats';

/*
 * How fast read models are rebuilt, beside COPY … TO STDOUT of the same events, and how soon a commit is visible at rest.
 * node dist/test/bench/projections.bench.js [--events 100000] [--rounds 3] [--commits 100] [--dir .data]
 */

const PASSWORD = 'centum-bench';
const EVENTS_PER_STREAM = 4;
const STREAMS_PER_REQUEST = 50;
const REST_MS = 60;
const VISIBLE_GOAL_MS = 250;

const opened = defineEvent({ type: 'BenchOpened', version: 1, schema: z.strictObject({ unit: z.string(), at: z.string() }) });
const scored = defineEvent({
  type: 'BenchScored',
  version: 1,
  schema: z.strictObject({ score: z.string(), by: z.string(), at: z.string() }),
});
const contracts = [opened, scored] as const;
type BenchEvent = EventsOf<typeof contracts>;
type BenchCommand = { readonly type: 'Score'; readonly data: { readonly score: string } };
type BoardRow = {
  readonly stream: string;
  readonly unit: string;
  readonly score: string;
  readonly events: number;
  readonly position: number;
};

const AT = instant('2026-11-02T01:00:00.000Z');
const ACTOR = actorId('system:bench');
const registry = new EventRegistry(contracts);
const sealer = { sealAll: () => Promise.resolve([]) };

const decider: Decider<BenchCommand, null, BenchEvent> = {
  category: 'bench',
  initial: null,
  decide: ({ data }) => [{ type: 'BenchScored', data: { score: data.score, by: ACTOR, at: AT } }],
  evolve: () => null,
  isTerminal: () => false,
};

function board(name: string, history: boolean): Projection<BoardRow, BenchEvent> {
  return defineProjection<BoardRow, BenchEvent>({
    name,
    version: 1,
    columns: { stream: 'text', unit: 'text', score: 'numeric', events: 'bigint', position: 'bigint' },
    key: ['stream'],
    indexes: [{ columns: ['unit', 'score'] }],
    history,
    on: {
      BenchOpened: {
        keys: ({ streamId }) => [[streamId]],
        evolve: (_row, { streamId, data, position }) => ({ stream: streamId, unit: data.unit, score: '0', events: 1, position }),
      },
      BenchScored: {
        keys: ({ streamId }) => [[streamId]],
        evolve: (row, { data, position }) => row && { ...row, score: data.score, events: row.events + 1, position },
      },
    },
  });
}

function option(name: string, fallback: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function fill(log: EventLog, events: number): Promise<void> {
  const streams = Math.ceil(events / EVENTS_PER_STREAM);
  for (let first = 0, request = 0; first < streams; first += STREAMS_PER_REQUEST, request += 1) {
    const requestKey = `fill-${request}`;
    const metadata = encodeMetadata({
      commandId: requestKey,
      causationId: requestKey,
      correlationId: requestKey,
      actor: ACTOR,
      occurredAt: AT,
    });
    const appends = [];
    for (let stream = first; stream < Math.min(first + STREAMS_PER_REQUEST, streams); stream += 1) {
      const data = Array.from({ length: EVENTS_PER_STREAM }, (_, index) => ({
        eventId: `${requestKey}#${(stream - first) * EVENTS_PER_STREAM + index}`,
        metadata,
        ...(index === 0
          ? { type: 'BenchOpened', data: { unit: `unit-${stream % 100}`, at: AT } }
          : { type: 'BenchScored', data: { score: `${60 + ((stream + index) % 40)}.5`, by: ACTOR, at: AT } }),
      }));
      appends.push({ streamId: `bench-${stream}`, expectedVersion: 0, events: await registry.encodeAll(data, sealer) });
    }
    await log.append({ requestKey, fingerprint: new Uint8Array(32), streams: appends });
  }
}

async function rebuildMs(pool: Pool, log: EventLog, projections: readonly Projection<BoardRow, BenchEvent>[]): Promise<number> {
  const { position } = await log.head();
  const start = performance.now();
  const host = hostOf(pool, log, projections);
  for (const projection of projections) await openReadDb(pool).waitForProjection(projection, position, 120_000);
  const took = performance.now() - start;
  await host.stop();
  return took;
}

function hostOf(
  pool: Pool,
  log: EventLog,
  projections: readonly Projection<BoardRow, BenchEvent>[],
): ReturnType<typeof createConsumerHost> {
  const logger = {
    info: () => undefined,
    warn: (_: object, message: string) => say(message),
    error: (_: object, message: string) => say(message),
  };
  const host = createConsumerHost({
    pool,
    log,
    decoder: registry,
    logger,
    consumers: (parts) => projections.map((one) => projectionConsumer(one, parts)),
  });
  host.start();
  return host;
}

async function copyMs(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const start = performance.now();
  const stream = client.query(copyTo('COPY (SELECT * FROM log.events) TO STDOUT'));
  for await (const chunk of stream) void chunk;
  const took = performance.now() - start;
  await client.end();
  return took;
}

/** From the acknowledged append until a query sees it, one commit at a time with a rest before each. */
async function visibleMs(pool: Pool, log: EventLog, commits: number): Promise<readonly number[]> {
  const projection = board('board_at_rest', false);
  const host = hostOf(pool, log, [projection]);
  const read = openReadDb(pool);
  await read.waitForProjection(projection, (await log.head()).position, 120_000);
  const runner = createRunner({ log, registry, sealer, fingerprintKey: new Uint8Array(32) });
  const times: number[] = [];
  for (let index = 0; index < commits; index += 1) {
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const score = `${index}.25`;
    await runner.run(decider, '1', { type: 'Score', data: { score } }, { now: AT, actor: ACTOR, requestKey: `visible-${index}` });
    const start = performance.now();
    while ((await read.one<BoardRow>('SELECT score FROM read.board_at_rest WHERE stream = $1', ['bench-1']))?.score !== score);
    times.push(performance.now() - start);
  }
  await host.stop();
  return times;
}

function print(name: string, events: number, times: readonly number[]): void {
  const { median, low, high } = spreadOf(times);
  say(
    `  ${name.padEnd(44)} ${median.toFixed(0).padStart(6)} ms (${low.toFixed(0)}–${high.toFixed(0)})  ${((events * 1_000) / median).toFixed(0).padStart(8)} events/s`,
  );
}

async function main(): Promise<void> {
  const [events, rounds, commits] = [Number(option('events', '100000')), Number(option('rounds', '3')), Number(option('commits', '100'))];
  const dir = path.resolve(option('dir', '.data'));
  mkdirSync(dir, { recursive: true });
  const folder = mkdtempSync(path.join(dir, 'bench-projections-'));
  const server = await startPostgres({
    dataDir: path.join(folder, 'data'),
    user: 'postgres',
    password: PASSWORD,
    dieWithProcess: { removing: [folder] },
  });
  const owner = new Client({ connectionString: server.url() });
  await owner.connect();
  await ensureLogRoles(owner, { application: PASSWORD });
  await migrateEventLog(owner);
  await migrateReadModels(owner);
  const url = server.url();
  const pool = new Pool({ connectionString: url, max: 6 });
  const log = await openPostgresLog({ url });
  try {
    await fill(log, events);
    say(`${events} events in ${Math.ceil(events / EVENTS_PER_STREAM)} streams, ${rounds} rounds`);
    const [plain, history, both, copy]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let round = 0; round < rounds; round += 1) {
      plain.push(await rebuildMs(pool, log, [board(`plain_${round}`, false)]));
      history.push(await rebuildMs(pool, log, [board(`history_${round}`, true)]));
      both.push(await rebuildMs(pool, log, [board(`both_plain_${round}`, false), board(`both_history_${round}`, true)]));
      copy.push(await copyMs(url));
    }
    print('rebuild, one row a stream', events, plain);
    print('rebuild, every version of every row', events, history);
    print('rebuild of both together', events, both);
    print('COPY … TO STDOUT of the same events', events, copy);
    const times = await visibleMs(pool, log, commits);
    const [p50, p99, worst] = [quantile(times, 0.5), quantile(times, 0.99), Math.max(...times)];
    say(`  commit to visible at rest: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, worst ${worst.toFixed(1)} ms of ${commits}`);
    say(`  goal: visible within ${VISIBLE_GOAL_MS} ms  ${worst <= VISIBLE_GOAL_MS ? 'met' : 'MISSED'}`);
  } finally {
    await log.close();
    await pool.end();
    await owner.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
