import { actorId, instant } from '#kernel';
import type { StoredEvent } from '#libs/event-store';
import { pageReader } from './page-reader';

const AT = instant('2026-11-02T01:00:00.000Z');

function stored(position: number): StoredEvent {
  const empty = new Uint8Array();
  return {
    epoch: 1,
    position,
    streamId: 's-1',
    streamVersion: position,
    recordedAt: AT,
    type: 'T',
    schemaVersion: 1,
    eventId: `e#${position}`,
    metadata: empty,
    payload: empty,
  };
}

/** A log of that many events that counts what is asked of it. */
function counting(length: number, options: { readonly undecodable?: number } = {}) {
  const asked: { reads: number; decoded: number[] } = { reads: 0, decoded: [] };
  const log = {
    length,
    readAll: async (after: number, { maxEvents }: { readonly maxEvents: number }) => {
      asked.reads += 1;
      return Array.from({ length: Math.max(0, Math.min(maxEvents, log.length - after)) }, (_, index) => stored(after + index + 1));
    },
  };
  const decoder = {
    decode: (event: StoredEvent) => {
      asked.decoded.push(event.position);
      if (event.position === options.undecodable) throw new TypeError('not readable');
      const metadata = { commandId: 'c', causationId: 'c', correlationId: 'c', actor: actorId('system:x'), occurredAt: AT };
      return { ...event, metadata, data: {} };
    },
  };
  return { log, asked, reader: pageReader(log, decoder, 10) };
}

const positionsOf = (page: readonly { readonly position: number }[]): readonly number[] => page.map(({ position }) => position);

describe('pages of the log', () => {
  it('are read and decoded once, however many consumers take them at the same time', async () => {
    const { reader, asked } = counting(10);
    const pages = await Promise.all([reader.read(0), reader.read(0), reader.read(4)]);
    for (const page of pages) for (const item of page) item.event();
    expect(pages.map(positionsOf)).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      [5, 6, 7, 8, 9, 10],
    ]);
    expect(asked.reads).toBe(1);
    expect(asked.decoded).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('leave no event out, wherever a consumer starts and however the log grows meanwhile', async () => {
    const { reader, log } = counting(3);
    const seen: number[] = [];
    for (const length of [3, 4, 11, 11, 27]) {
      log.length = length;
      for (;;) {
        const page = await reader.read(seen.at(-1) ?? 0);
        if (page.length === 0) break;
        seen.push(...positionsOf(page));
      }
    }
    expect(seen).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
    expect(positionsOf(await reader.read(13))).toEqual([14, 15, 16, 17, 18, 19, 20]);
    expect(positionsOf(await reader.read(11))).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it('name an event that can not be read only to those who take it, each time', async () => {
    const { reader, asked } = counting(5, { undecodable: 3 });
    const page = await reader.read(0);
    expect(() => page[1]?.event()).not.toThrow();
    expect(() => page[2]?.event()).toThrow('not readable');
    expect(() => page[2]?.event()).toThrow('not readable');
    expect(asked.decoded).toEqual([2, 3]);
  });

  it('are forgotten when positions begin to mean other events', async () => {
    const { reader, asked } = counting(5);
    await reader.read(0);
    reader.forget();
    await reader.read(0);
    expect(asked.reads).toBe(2);
  });
});
