import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '#infra/embedded';
import { type AppendOutcome, type EventLog, EventStoreError, migrateEventLog, openPostgresLog, type StoredEvent } from '#libs/event-store';
import { createTestDatabase, eventually, type TestDatabase, withClient } from '#libs/testing';
import { checkHistory } from '../contract/event-log.contract';
import { request, requestOver, events } from '../contract/requests';
import { type Acknowledged, startWriter, type Writer } from '../contract/writers';
import { startCuttingProxy } from './cutting-proxy';

let database: TestDatabase;
let log: EventLog;

/** A log in a database of its own, for each case or, where cases change nothing, for the whole group. */
function onFreshLog(before: typeof beforeEach, after: typeof afterEach): void {
  before(async () => {
    database = await createTestDatabase({ migrations: [migrateEventLog] });
    log = await openPostgresLog({ url: database.applicationUrl });
  });
  after(async () => {
    await log.close();
    await database.drop();
  });
}

async function everything(from: EventLog): Promise<readonly StoredEvent[]> {
  const all: StoredEvent[] = [];
  for (;;) {
    const page = await from.readAll(all.length, { maxEvents: 1_000 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}

/** As the runner does: same key, at the version of now. */
async function appendAtLast(to: EventLog, key: string, streamId: string): Promise<AppendOutcome> {
  for (;;) {
    const { version } = await to.readStream(streamId, { maxEvents: 1 });
    try {
      return await to.append(request(key, streamId, version));
    } catch (error) {
      if (!(error instanceof EventStoreError && error.code === 'version-conflict')) throw error;
    }
  }
}

const writerPlan = (name: string, appends: number) => ({ url: database.applicationUrl, name, appends, streams: 7, concurrency: 12 });

/** Repeats what a dead writer had under way; gives how many of it were stored already. */
async function retryPending(writer: Writer, acknowledged: Acknowledged): Promise<number> {
  let stored = 0;
  for (const [key, { streamId }] of writer.pending) {
    const { kind, receipt } = await appendAtLast(log, key, streamId);
    if (kind === 'repeated') stored += 1;
    acknowledged.set(key, receipt.token ?? '');
  }
  return stored;
}

describe('a writer killed with -9 in mid-append', () => {
  onFreshLog(beforeEach, afterEach);

  it('leaves each request stored once or not at all, and the same key tells which', async () => {
    const acknowledged: Acknowledged = new Map();
    let pending = 0;
    for (let round = 0; round < 3; round += 1) {
      const writer = startWriter(writerPlan(`w${round}`, 1_000_000));
      await eventually(() => expect(writer.acknowledged.size).toBeGreaterThan(40 + round * 37), { timeoutMs: 30_000 });
      writer.process.kill('SIGKILL');
      expect(await writer.ended).toBe('SIGKILL');
      for (const [key, token] of writer.acknowledged) acknowledged.set(key, token);
      pending += writer.pending.size;
      await retryPending(writer, acknowledged);
    }
    expect(pending).toBeGreaterThan(0);
    const all = await everything(log);
    checkHistory(all, acknowledged);
    expect(all).toHaveLength(acknowledged.size);
  });
});

describe('a stopped writer', () => {
  onFreshLog(beforeEach, afterEach);

  it('stops nobody else, and goes on where it was', async () => {
    const stopped = startWriter(writerPlan('stopped', 400));
    await eventually(() => expect(stopped.acknowledged.size).toBeGreaterThan(30), { timeoutMs: 30_000 });
    stopped.process.kill('SIGSTOP');
    const other = startWriter(writerPlan('other', 200));
    expect(await other.ended).toBe(0);
    expect(other.acknowledged.size).toBe(200);
    for (let index = 0; index < 20; index += 1) await appendAtLast(log, `here/${index}`, `shared-${index % 7}`);
    stopped.process.kill('SIGCONT');
    expect(await stopped.ended).toBe(0);
    const all = await everything(log);
    checkHistory(all, new Map([...stopped.acknowledged, ...other.acknowledged]));
    expect(all).toHaveLength(620);
  });
});

describe('a connection cut after COMMIT was sent', () => {
  onFreshLog(beforeEach, afterEach);

  it.each([1, 30])('answers %i requests from what was written', async (count) => {
    const proxy = await startCuttingProxy(database.applicationUrl);
    const through = await openPostgresLog({ url: proxy.url });
    try {
      await through.append(request('warm', 'a-warm', 0));
      proxy.cutAnswers(1);
      const outcomes = await Promise.all(
        Array.from({ length: count }, (_, index) => through.append(request(`k${index}`, `a-${index}`, 0))),
      );
      expect(proxy.cuts()).toBe(1);
      const all = await everything(log);
      checkHistory(all, new Map(outcomes.map(({ receipt }) => [receipt.requestKey, receipt.token ?? ''])));
      expect(all).toHaveLength(count + 1);
    } finally {
      await through.close();
      await proxy.close();
    }
  });

  it('is an unknown outcome when it goes on, and the same key tells it later', async () => {
    const proxy = await startCuttingProxy(database.applicationUrl);
    const through = await openPostgresLog({ url: proxy.url });
    try {
      await through.append(request('warm', 'a-warm', 0));
      proxy.cutAnswers(1_000);
      await expect(through.append(request('k', 'a-1', 0))).rejects.toMatchObject({ code: 'outcome-unknown' });
      proxy.cutAnswers(0);
      expect(await log.append(request('k', 'a-1', 0))).toMatchObject({ kind: 'repeated', receipt: { token: '1.2' } });
    } finally {
      await through.close();
      await proxy.close();
    }
  });
});

describe('backends killed by the server', () => {
  onFreshLog(beforeEach, afterEach);

  it('lose and double nothing', async () => {
    const acknowledged: Acknowledged = new Map();
    let running = true;
    const killer = (async () => {
      while (running) {
        await withClient(database.ownerUrl, (owner) =>
          owner.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '%/lane'`,
          ),
        );
      }
    })();
    const client = async (_: unknown, number: number): Promise<void> => {
      for (let index = 0; index < 30; index += 1) {
        const key = `c${number}/${index}`;
        acknowledged.set(key, (await appendStubbornly(log, key, `shared-${number}`)).receipt.token ?? '');
      }
    };
    await Promise.all(Array.from({ length: 8 }, client));
    running = false;
    await killer;
    const all = await everything(log);
    checkHistory(all, acknowledged);
    expect(all).toHaveLength(240);
  });

  it('do not end the listening', async () => {
    let woken = 0;
    const stop = await log.onCommit(() => {
      woken += 1;
    });
    await withClient(database.ownerUrl, (owner) =>
      owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '%/listen'`,
      ),
    );
    const other = await openPostgresLog({ url: database.applicationUrl });
    await eventually(async () => {
      woken = 0;
      await appendAtLast(other, `k${performance.now()}`, 'a-1');
      await eventually(() => expect(woken).toBeGreaterThan(0), { timeoutMs: 300 });
    });
    await other.close();
    await stop();
  });
});

/** Until there is an answer: what a client with the same key in hand may always do. */
async function appendStubbornly(to: EventLog, key: string, streamId: string): Promise<AppendOutcome> {
  return eventually(() => appendAtLast(to, key, streamId), { timeoutMs: 30_000 });
}

describe('a database that crashes', () => {
  it('has all that was acknowledged when it is back', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'centum-crash-'));
    const options = {
      dataDir: path.join(folder, 'data'),
      user: 'postgres',
      password: 'crash',
      durable: true,
      dieWithProcess: { removing: [folder] },
    };
    let server = await startPostgres(options);
    await withClient(server.url(), (owner) => migrateEventLog(owner));
    const crashed = await openPostgresLog({ url: server.url() });
    const acknowledged: Acknowledged = new Map();
    const client = async (_: unknown, number: number): Promise<void> => {
      for (let index = 0; index < 150; index += 1) {
        const key = `c${number}/${index}`;
        acknowledged.set(key, (await appendStubbornly(crashed, key, `shared-${number % 3}`)).receipt.token ?? '');
      }
    };
    const clients = Promise.all(Array.from({ length: 6 }, client));
    await eventually(() => expect(acknowledged.size).toBeGreaterThan(100), { timeoutMs: 30_000 });
    process.kill(server.pid, 'SIGKILL');
    server = await startPostgres({ ...options, port: server.port });
    await clients;
    const all = await everything(crashed);
    checkHistory(all, acknowledged);
    expect(all).toHaveLength(900);
    await crashed.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('what the application may not do', () => {
  onFreshLog(beforeAll, afterAll);

  it.each([
    "UPDATE log.events SET payload = ''",
    'UPDATE log.events_00000 SET position = 2',
    'DELETE FROM log.events',
    'TRUNCATE log.events',
    'DROP TABLE log.events',
    'ALTER TABLE log.events ADD COLUMN more text',
    'DELETE FROM log.requests',
    "UPDATE log.requests SET versions = '[]'",
    'DELETE FROM log.streams',
    "UPDATE log.streams SET stream_id = 'other-1'",
    'UPDATE log.head SET epoch = 9',
    'SELECT log.raise_epoch()',
    'UPDATE log.identity SET log_id = uuidv7()',
    'CREATE TABLE log.mine (n int)',
    'SET ROLE centum_owner',
  ])('%s', async (statement) => {
    await log.append(request('k', 'a-1', 0));
    await withClient(database.applicationUrl, (application) =>
      expect(application.query(statement)).rejects.toMatchObject({ code: '42501' }),
    );
  });

  it('is stated by the adapter as it is for the role that it runs as', async () => {
    expect(log.capabilities.cannotBeAltered).toBe('grants');
    const asOwner = await openPostgresLog({ url: database.ownerUrl });
    expect(asOwner.capabilities.cannotBeAltered).toBe('no');
    await asOwner.close();
  });
});

describe('damage', () => {
  onFreshLog(beforeEach, afterEach);

  beforeEach(async () => {
    for (let index = 1; index <= 6; index += 1) {
      const typed = events(`k${index}`, 1).map((event) => ({ ...event, type: index % 2 === 0 ? 'Even' : 'Odd' }));
      await log.append(
        requestOver(`k${index}`, [{ streamId: index < 6 ? 'a-1' : 'b-1', expectedVersion: index < 6 ? index - 1 : 0, events: typed }]),
      );
    }
  });

  it.each([
    ['in the middle', 3],
    ['at the end', 6],
  ])('a hole %s is thrown, not skipped', async (_, position) => {
    await withClient(database.ownerUrl, (owner) => owner.query('DELETE FROM log.events WHERE position = $1', [position]));
    const damaged = expect.objectContaining({ code: 'log-damaged', details: { position } });
    await expect(everything(log)).rejects.toEqual(damaged);
    await expect(log.readAll(0, { maxEvents: 100, types: ['Even'] })).rejects.toEqual(damaged);
  });

  it('a version missing in a stream is thrown', async () => {
    await withClient(database.ownerUrl, (owner) => owner.query('DELETE FROM log.events WHERE position = 2'));
    await expect(log.readStream('a-1')).rejects.toMatchObject({ code: 'log-damaged' });
    await expect(log.readStreams(['a-1'])).rejects.toMatchObject({ code: 'log-damaged' });
  });
});
