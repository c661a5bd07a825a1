import { createInMemoryLog, type EventLog, EventStoreError } from '#libs/event-store';
import { describeEventLog } from './event-log.contract';
import { request } from './requests';
import type { Acknowledged } from './writers';

describeEventLog('in-memory', async () => {
  await Promise.resolve();
  const log = createInMemoryLog();
  return { log, write: (plan) => writeBeside(log, plan), close: () => log.close() };
});

/** The same loop as a writer process, several of them in this one. */
async function writeBeside(
  log: EventLog,
  { writers, appends, streams }: { readonly writers: number; readonly appends: number; readonly streams: number },
): Promise<Acknowledged> {
  const acknowledged: Acknowledged = new Map();
  const writer = async (_: unknown, number: number): Promise<void> => {
    for (let index = 0; index < appends; index += 1) {
      const key = `w${number}/${index}`;
      acknowledged.set(key, await appendAtLast(log, key, `shared-${index % streams}`));
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return acknowledged;
}

async function appendAtLast(log: EventLog, key: string, streamId: string): Promise<string> {
  for (;;) {
    const { version } = await log.readStream(streamId);
    try {
      return (await log.append(request(key, streamId, version))).receipt.token ?? '';
    } catch (error) {
      if (!(error instanceof EventStoreError && error.code === 'version-conflict')) throw error;
    }
  }
}
