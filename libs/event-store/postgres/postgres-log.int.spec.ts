import { instant } from '#kernel';
import { createTestDatabase, type TestDatabase, withClient } from '#libs/testing';
import { Pool } from 'pg';
import { type AppendRequest, type EventLog, migrateEventLog, openPostgresLog, pruneRequests } from '../index';

let database: TestDatabase;
let log: EventLog;
beforeEach(async () => {
  database = await createTestDatabase({ migrations: [migrateEventLog] });
  log = await openPostgresLog({ url: database.applicationUrl });
});
afterEach(async () => {
  await log.close();
  await database.drop();
});

function request(key: string, streamId: string, expectedVersion: number): AppendRequest {
  const bytes = Buffer.from('{}');
  const events = [{ type: 'Tested', schemaVersion: 1, eventId: `${key}#0`, metadata: bytes, payload: bytes }];
  return { requestKey: key, fingerprint: Buffer.alloc(32, 1), streams: [{ streamId, expectedVersion, events }] };
}

const asOwner = (statement: string, values: readonly unknown[] = []) =>
  withClient(database.ownerUrl, (owner) => owner.query<Record<string, string>>(statement, [...values]));

it('goes on over many partitions, made ahead of the head', async () => {
  await log.close();
  await asOwner('DROP TABLE log.events_00000');
  await asOwner('UPDATE log.identity SET partition_span = 300');
  log = await openPostgresLog({ url: database.applicationUrl });
  for (let index = 0; index < 100; index += 1) await log.append(request(`s${index}`, 'a-1', index));
  // A batch that ends beyond the last partition makes the next and is sent again.
  await Promise.all(Array.from({ length: 300 }, (_, index) => log.append(request(`k${index}`, `b-${index}`, 0))));
  for (let index = 0; index < 300; index += 1) await log.append(request(`t${index}`, 'c-1', index));
  const all = await log.readAll(0, { maxEvents: 1_000 });
  expect(all.map(({ position }) => position)).toEqual(Array.from({ length: 700 }, (_, index) => index + 1));
  expect((await log.readStream('a-1')).events).toHaveLength(100);
  const { rows } = await asOwner(`SELECT count(*) AS n FROM pg_inherits WHERE inhparent = 'log.events'::regclass`);
  expect(Number(rows[0]?.['n'])).toBeGreaterThanOrEqual(4);
});

it('prunes keys past their time, never younger ones', async () => {
  await log.append(request('young', 'a-1', 0));
  const old = Date.now() - 401 * 86_400_000;
  await asOwner(
    `INSERT INTO log.requests (position, created_ms, epoch, request_key, fingerprint, versions)
     SELECT null, $1, 1, 'old' || n, '\\x00', '[]' FROM generate_series(1, 25) n`,
    [old],
  );
  const pool = new Pool({ connectionString: database.applicationUrl, max: 1 });
  expect(await pruneRequests(pool, { keepDays: 1, maxRows: 10 })).toBe(10);
  expect(await pruneRequests(pool, { keepDays: 1, maxRows: 100 })).toBe(15);
  expect(await pruneRequests(pool, { keepDays: 1, maxRows: 100 })).toBe(0);
  await pool.end();
  expect((await log.findRequests(['young']))[0]).toBeDefined();
});

it('carries the epoch in events and tokens once it is raised', async () => {
  await log.append(request('k1', 'a-1', 0));
  await asOwner('SELECT log.raise_epoch()');
  const { receipt } = await log.append(request('k2', 'a-1', 1));
  const many = await Promise.all([
    log.append(request('k3', 'b-1', 0)),
    log.append(request('k4', 'b-2', 0)),
    log.append(request('k5', 'b-3', 0)),
  ]);
  expect([receipt.token, ...many.map((outcome) => outcome.receipt.token)]).toEqual(['2.2', '2.3', '2.4', '2.5']);
  expect((await log.readAll(0, { maxEvents: 10 })).map(({ epoch }) => epoch)).toEqual([1, 2, 2, 2, 2]);
  expect(await log.append(request('k1', 'a-1', 0))).toMatchObject({ kind: 'repeated', receipt: { token: '1.1' } });
});

it('never lets recorded time go back, whatever the clock does', async () => {
  const future = Date.parse('2999-01-01T00:00:00.000Z');
  await log.append(request('k1', 'a-1', 0));
  await asOwner('UPDATE log.head SET recorded_ms = $1', [future]);
  await log.append(request('k2', 'a-1', 1));
  await Promise.all([log.append(request('k3', 'b-1', 0)), log.append(request('k4', 'b-2', 0))]);
  const times = (await log.readAll(0, { maxEvents: 10 })).map(({ recordedAt }) => recordedAt);
  expect(times.slice(1)).toEqual(Array.from({ length: 3 }, () => instant('2999-01-01T00:00:00.000Z')));
  expect(await log.positionAt(instant('2998-12-31T00:00:00.000Z'))).toBe(1);
  expect(await log.positionAt(instant('2999-01-01T00:00:00.000Z'))).toBe(4);
});

it('can be migrated again, and refuses a migration whose text changed', async () => {
  await withClient(database.ownerUrl, async (owner) => {
    expect(await migrateEventLog(owner)).toEqual([]);
    await owner.query(`UPDATE log.migrations SET sha256 = 'other'`);
    await expect(migrateEventLog(owner)).rejects.toThrow(/another text/);
  });
});

it('says that a database without a log has none', async () => {
  const empty = await createTestDatabase();
  await expect(openPostgresLog({ url: empty.ownerUrl })).rejects.toMatchObject({ code: 'store-unavailable' });
  await empty.drop();
});

it('refuses appends as unavailable when the database is not there, and reads, too', async () => {
  await database.drop();
  await expect(log.readStream('a-1')).rejects.toMatchObject({ code: 'store-unavailable' });
  await expect(log.append(request('k', 'a-1', 0))).rejects.toMatchObject({ code: 'store-unavailable' });
});
