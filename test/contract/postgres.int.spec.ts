import { migrateEventLog, openPostgresLog } from '#libs/event-store';
import { createTestDatabase, type TestDatabase, withClient } from '#libs/testing';
import type { Client } from 'pg';
import { describeEventLog } from './event-log.contract';
import { type Acknowledged, startWriter } from './writers';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: [migrateEventLog] });
});
afterAll(() => database.drop());

describeEventLog('postgres', async () => {
  await withClient(database.ownerUrl, emptyLog);
  const log = await openPostgresLog({ url: database.applicationUrl });
  return { log, write: (plan) => writeInProcesses(database.applicationUrl, plan), close: () => log.close() };
});

/** What no role of the product may do; cheaper than a database for each case. */
async function emptyLog(owner: Client): Promise<void> {
  await owner.query('TRUNCATE log.events, log.streams, log.requests');
  await owner.query('UPDATE log.head SET position = 0, recorded_ms = 0');
}

async function writeInProcesses(
  url: string,
  { writers, appends, streams }: { readonly writers: number; readonly appends: number; readonly streams: number },
): Promise<Acknowledged> {
  const started = Array.from({ length: writers }, (_, number) =>
    startWriter({ url, name: `w${number}`, appends, streams, concurrency: 5 }),
  );
  const acknowledged: Acknowledged = new Map();
  for (const writer of started) {
    expect(await writer.ended).toBe(0);
    for (const [key, token] of writer.acknowledged) acknowledged.set(key, token);
  }
  return acknowledged;
}
