import { instant } from '#kernel';
import { type AppendRequest, EVENT_LOG_LIMITS, type EventLog, type EventLogCapabilities, type StoredEvent } from '#libs/event-store';
import { eventually } from '#libs/testing';
import { events, fingerprint, request, requestOver } from './requests';
import type { Acknowledged } from './writers';

/** A fresh log of the adapter under test. */
export interface LogUnderTest {
  readonly log: EventLog;
  /** Writers that run at the same time, in processes of their own where the adapter reaches beyond one. Gives all they were told. */
  write(plan: { readonly writers: number; readonly appends: number; readonly streams: number }): Promise<Acknowledged>;
  close(): Promise<void>;
}

/** What every adapter promises; none is let off a case. */
export function describeEventLog(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`event log on ${name}`, () => {
    let subject: LogUnderTest;
    let log: EventLog;
    beforeEach(async () => {
      subject = await open();
      log = subject.log;
    });
    afterEach(() => subject.close());

    describe('streams', () => streamCases(() => log));
    describe('request keys', () => keyCases(() => log));
    describe('limits', () => limitCases(() => log));
    describe('the sequenced log', () => sequenceCases(() => log));
    describe('many writers', () => concurrencyCases(() => subject));

    it('states what it can and can not promise', () => {
      const { capabilities } = log;
      process.stdout.write(`${describeCapabilities(capabilities)}\n`);
      expect(capabilities.adapter).toBe(name);
    });

    it('says so when it is closed', async () => {
      await log.close();
      await expect(log.append(request('k', 'a-1', 0))).rejects.toMatchObject({ code: 'closed' });
      await expect(log.readAll(0, { maxEvents: 1 })).rejects.toMatchObject({ code: 'closed' });
    });
  });
}

function describeCapabilities({ adapter, sequencing, cannotBeAltered, durable }: EventLogCapabilities): string {
  return `event log capabilities: ${adapter}: sequencing ${sequencing}, cannot be altered by ${cannotBeAltered}, durable here ${durable ? 'yes' : 'no'}`;
}

function streamCases(logOf: () => EventLog): void {
  it('a stream that does not exist has version 0 and no events', async () => {
    expect(await logOf().readStream('a-1')).toEqual({ streamId: 'a-1', version: 0, events: [] });
  });

  it('stores events exactly, at the next versions', async () => {
    const log = logOf();
    const payload = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await log.append({
      requestKey: '键/1',
      fingerprint: fingerprint('1'),
      streams: [{ streamId: 'a-1', expectedVersion: 0, events: events('键/1', 2, payload) }],
    });
    const { receipt } = await log.append(request('k2', 'a-1', 2));
    expect(receipt.versions).toEqual([{ streamId: 'a-1', version: 3 }]);
    const slice = await log.readStream('a-1');
    expect(slice.version).toBe(3);
    expect(slice.events.map((event) => [event.streamVersion, event.position, event.eventId])).toEqual([
      [1, 1, '键/1#0'],
      [2, 2, '键/1#1'],
      [3, 3, 'k2#0'],
    ]);
    expect(Buffer.from(slice.events[0]?.payload ?? []).equals(payload)).toBe(true);
    expect(Buffer.from(slice.events[0]?.metadata ?? []).toString()).toBe('{"actor":"system:test"}');
    expect(slice.events[0]).toMatchObject({ type: 'Tested', schemaVersion: 1, streamId: 'a-1', epoch: 1 });
  });

  it.each([
    ['a stream that should not exist', 0, 1],
    ['an older version', 1, 2],
    ['a version not reached yet', 3, 2],
  ])('refuses %s', async (_, expectedVersion, present) => {
    const log = logOf();
    await log.append(request('first', 'a-1', 0, present));
    await expect(log.append(request('k', 'a-1', expectedVersion))).rejects.toMatchObject({ code: 'version-conflict' });
    await expect(log.append(request('other', 'a-2', 1))).rejects.toMatchObject({ code: 'version-conflict' });
    expect(await log.head()).toMatchObject({ position: present });
    // The key of what was refused is free.
    await log.append(request('k', 'a-1', present));
  });

  it('writes several streams whole or not at all', async () => {
    const log = logOf();
    await log.append(request('k0', 'b-1', 0));
    const both = (key: string, b: number): AppendRequest =>
      requestOver(key, [
        { streamId: 'a-1', expectedVersion: 0, events: events(key, 2) },
        { streamId: 'b-1', expectedVersion: b, events: events(key, 1) },
      ]);
    await expect(log.append(both('k1', 0))).rejects.toMatchObject({ code: 'version-conflict' });
    expect((await log.readStream('a-1')).version).toBe(0);
    const { receipt } = await log.append(both('k2', 1));
    expect(receipt.versions).toEqual([
      { streamId: 'a-1', version: 2 },
      { streamId: 'b-1', version: 2 },
    ]);
    expect(await log.head()).toMatchObject({ position: 4 });
  });

  it('reads a part of a stream, and the stream as it was', async () => {
    const log = logOf();
    await log.append(request('k1', 'a-1', 0, 3));
    await log.append(request('k2', 'b-1', 0, 1));
    await log.append(request('k3', 'a-1', 3, 2));
    expect((await log.readStream('a-1', { fromVersion: 2, maxEvents: 2 })).events.map((event) => event.streamVersion)).toEqual([2, 3]);
    expect(await log.readStream('a-1', { toPosition: 4 })).toMatchObject({ version: 3 });
    expect(await log.readStream('a-1', { toPosition: 0 })).toEqual({ streamId: 'a-1', version: 0, events: [] });
    expect(await log.readStream('a-1', { fromVersion: 9 })).toEqual({ streamId: 'a-1', version: 5, events: [] });
  });

  it('reads many streams in the order asked', async () => {
    const log = logOf();
    await log.append(request('k1', 'a-1', 0, 2));
    await log.append(request('k2', 'a-2', 0, 1));
    const slices = await log.readStreams(['a-2', 'a-9', 'a-1', 'a-2']);
    expect(slices.map(({ streamId, version, events: read }) => [streamId, version, read.length])).toEqual([
      ['a-2', 1, 1],
      ['a-9', 0, 0],
      ['a-1', 2, 2],
      ['a-2', 1, 1],
    ]);
    expect(await log.readStreams([])).toEqual([]);
  });

  it('rejects only the one request in conflict of those that come at once', async () => {
    const log = logOf();
    await log.append(request('k', 'a-3', 0));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => log.append(request(`k${index}`, `a-${index}`, 0, index === 6 ? 3 : 1))),
    );
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, false, true, true, true, true]);
    expect(outcomes[3]).toMatchObject({ reason: { code: 'version-conflict', details: { streamId: 'a-3' } } });
    const all = await log.readAll(0, { maxEvents: 100 });
    expect(all.map(({ position }) => position)).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') assertStoredAt(all, outcome.value.receipt);
  });

  it('lets one of those that want the same version through', async () => {
    const log = logOf();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => log.append(request(`k${index}`, 'a-1', 0))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await log.readStream('a-1')).toMatchObject({ version: 1 });
  });
}

/** The token names the position of the request's last event. */
function assertStoredAt(all: readonly StoredEvent[], receipt: { readonly requestKey: string; readonly token: string | null }): void {
  const last = all.findLast((event) => event.eventId.startsWith(`${receipt.requestKey}#`));
  expect(receipt.token).toBe(`${last?.epoch}.${last?.position}`);
}

function keyCases(logOf: () => EventLog): void {
  it('answers the same request with its first receipt', async () => {
    const log = logOf();
    const first = await log.append(request('k', 'a-1', 0, 2));
    await log.append(request('k2', 'a-1', 2));
    expect(first.kind).toBe('appended');
    expect(await log.append(request('k', 'a-1', 0, 2))).toEqual({ kind: 'repeated', receipt: first.receipt });
    // Decided again on a later state the same command may look different; key and fingerprint count.
    expect(await log.append(request('k', 'a-1', 3, 1))).toEqual({ kind: 'repeated', receipt: first.receipt });
    expect(await log.head()).toMatchObject({ position: 3 });
  });

  it('answers repeats among others that come at once', async () => {
    const log = logOf();
    const first = await log.append(request('k3', 'a-3', 0));
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_, index) => log.append(request(`k${index}`, `a-${index}`, 0))));
    expect(outcomes[3]).toEqual({ kind: 'repeated', receipt: first.receipt });
    expect(await log.head()).toMatchObject({ position: 6 });
  });

  it('writes once what is sent several times at once', async () => {
    const log = logOf();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => log.append(request('k', 'a-1', 0))));
    expect(outcomes.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
    expect(new Set(outcomes.map(({ receipt }) => JSON.stringify(receipt))).size).toBe(1);
  });

  it('refuses a key that was used for something else', async () => {
    const log = logOf();
    await log.append(request('k', 'a-1', 0));
    const other = { ...request('k', 'a-1', 1), fingerprint: fingerprint('other') };
    await expect(log.append(other)).rejects.toMatchObject({ code: 'request-key-reused' });
    const outcomes = await Promise.allSettled([
      log.append(request('k1', 'a-2', 0)),
      log.append(other),
      log.append(request('k2', 'a-3', 0)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'request-key-reused' } });
  });

  it('records the key of a decision without events', async () => {
    const log = logOf();
    const nothing = requestOver('k', [{ streamId: 'a-1', expectedVersion: 7, events: [] }]);
    const first = await log.append(nothing);
    expect(first).toEqual({ kind: 'appended', receipt: { requestKey: 'k', versions: [{ streamId: 'a-1', version: 7 }], token: null } });
    expect(await log.append(nothing)).toEqual({ kind: 'repeated', receipt: first.receipt });
    await expect(log.append({ ...nothing, fingerprint: fingerprint('x') })).rejects.toMatchObject({ code: 'request-key-reused' });
    await log.append(requestOver('k2', []));
    expect(await log.head()).toMatchObject({ position: 0 });
    expect(await log.readStream('a-1')).toMatchObject({ version: 0 });
  });

  it('finds requests by their keys, in the order asked', async () => {
    const log = logOf();
    const { receipt } = await log.append(request('k', 'a-1', 0, 2));
    const [unknown, known] = await log.findRequests(['nope', 'k']);
    expect(unknown).toBeUndefined();
    expect(known?.receipt).toEqual(receipt);
    expect(Buffer.from(known?.fingerprint ?? []).equals(fingerprint('k'))).toBe(true);
    expect(await log.findRequests([])).toEqual([]);
  });
}

function limitCases(logOf: () => EventLog): void {
  const { eventBytes, requestEvents, requestBytes, requestStreams, keyBytes, streamIdBytes } = EVENT_LOG_LIMITS;
  const big = (key: string, count: number, bytes: number): AppendRequest =>
    requestOver(key, [{ streamId: 'a-1', expectedVersion: 0, events: events(key, count, Buffer.alloc(bytes, 0x20)) }]);
  const one = { streamId: 'a-1', expectedVersion: 0, events: events('k', 1) };

  it.each<[string, AppendRequest, string]>([
    ['an event that is too large', big('k', 1, eventBytes), 'event-too-large'],
    ['a request that is too large', big('k', 5, requestBytes / 5), 'request-too-large'],
    ['too many events', request('k', 'a-1', 0, requestEvents + 1), 'too-many-events'],
    [
      'too many streams',
      requestOver(
        'k',
        Array.from({ length: requestStreams + 1 }, (_, index) => ({ ...one, streamId: `a-${index}` })),
      ),
      'too-many-streams',
    ],
    ['a stream named twice', requestOver('k', [one, one]), 'duplicate-stream-in-request'],
    ['a key that is too long', request('k'.repeat(keyBytes + 1), 'a-1', 0), 'invalid-request'],
    ['an empty key', request('', 'a-1', 0), 'invalid-request'],
    ['a key with NUL', request('a\0b', 'a-1', 0), 'invalid-request'],
    ['half a character in a key', request('a\ud800', 'a-1', 0), 'invalid-request'],
    ['a stream id that is too long', request('k', `a-${'x'.repeat(streamIdBytes)}`, 0), 'invalid-request'],
    ['a stream id without category', request('k', 'stream', 0), 'invalid-request'],
    ['a version below zero', request('k', 'a-1', -1), 'invalid-request'],
    ['a fingerprint of another length', { ...request('k', 'a-1', 0), fingerprint: Buffer.alloc(31) }, 'invalid-request'],
  ])('refuses %s by name', async (_, bad, code) => {
    await expect(logOf().append(bad)).rejects.toMatchObject({ name: 'EventStoreError', code });
    expect(await logOf().head()).toMatchObject({ position: 0 });
  });

  it('takes what is just within', async () => {
    const log = logOf();
    await log.append(big('k1', 1, eventBytes - 200));
    await log.append(request('k2', 'b-1', 0, requestEvents));
    await log.append(request('k'.repeat(keyBytes), 'c-1', 0));
    expect(await log.head()).toMatchObject({ position: requestEvents + 2 });
    expect((await log.readStream('a-1')).events[0]?.payload).toHaveLength(eventBytes - 200);
  });
}

function sequenceCases(logOf: () => EventLog): void {
  it('numbers all events densely and reads them in order, page by page', async () => {
    const log = logOf();
    for (let index = 0; index < 5; index += 1) await log.append(request(`k${index}`, `a-${index}`, 0, 2));
    expect((await log.readAll(0, { maxEvents: 4 })).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect((await log.readAll(8, { maxEvents: 100 })).map(({ position, streamId }) => [position, streamId])).toEqual([
      [9, 'a-4'],
      [10, 'a-4'],
    ]);
    expect(await log.readAll(10, { maxEvents: 100 })).toEqual([]);
  });

  it('reads some types alone', async () => {
    const log = logOf();
    const typed = (key: string, type: string): AppendRequest =>
      requestOver(key, [{ streamId: `a-${key}`, expectedVersion: 0, events: events(key, 1).map((event) => ({ ...event, type })) }]);
    for (const [key, type] of [
      ['1', 'Apple'],
      ['2', 'Pear'],
      ['3', 'Apple'],
      ['4', 'Plum'],
    ] as const)
      await log.append(typed(key, type));
    expect((await log.readAll(0, { maxEvents: 10, types: ['Apple', 'Plum'] })).map(({ position }) => position)).toEqual([1, 3, 4]);
    expect((await log.readAll(1, { maxEvents: 1, types: ['Apple', 'Plum'] })).map(({ position }) => position)).toEqual([3]);
    expect(await log.readAll(0, { maxEvents: 10, types: ['Fig'] })).toEqual([]);
  });

  it('has a head with the identity of the log', async () => {
    const log = logOf();
    expect(await log.head()).toEqual({ logId: expect.stringMatching(/^[0-9a-f-]{36}$/), epoch: 1, position: 0 });
  });

  it('tells the position of a token, and gives up on one that does not come', async () => {
    const log = logOf();
    const { receipt } = await log.append(request('k', 'a-1', 0, 3));
    expect(await log.waitFor(receipt.token ?? '', 1_000)).toBe(3);
    await expect(log.waitFor('1.4', 60)).rejects.toMatchObject({ code: 'wait-timed-out' });
    await expect(log.waitFor('nonsense', 60)).rejects.toMatchObject({ code: 'invalid-request' });
    const coming = log.waitFor('1.4', 10_000);
    await log.append(request('k2', 'a-1', 3));
    expect(await coming).toBe(4);
  });

  it('finds the position of a time by recorded times that never go back', async () => {
    const log = logOf();
    for (let index = 0; index < 6; index += 1) await log.append(request(`k${index}`, `a-${index}`, 0));
    const all = await log.readAll(0, { maxEvents: 10 });
    const times = all.map(({ recordedAt }) => recordedAt);
    expect(times).toEqual([...times].sort());
    expect(await log.positionAt(instant('2000-01-01T00:00:00.000Z'))).toBe(0);
    expect(await log.positionAt(instant('2999-01-01T00:00:00.000Z'))).toBe(6);
    const middle = times[2] ?? instant('2000-01-01T00:00:00.000Z');
    expect(await log.positionAt(middle)).toBe(all.findLast(({ recordedAt }) => recordedAt <= middle)?.position);
  });

  it('wakes who listens soon after a commit, and no longer once told so', async () => {
    const log = logOf();
    let woken = 0;
    const stop = await log.onCommit(() => {
      woken += 1;
    });
    woken = 0;
    await log.append(request('k', 'a-1', 0));
    await eventually(() => expect(woken).toBeGreaterThan(0));
    await stop();
    const before = woken;
    await log.append(request('k2', 'a-1', 1));
    await log.readAll(0, { maxEvents: 1 });
    expect(woken).toBe(before);
  });
}

function concurrencyCases(subjectOf: () => LogUnderTest): void {
  it('loses, doubles and reorders nothing, neither for writers nor for a reader beside them', async () => {
    const { log, write } = subjectOf();
    const seen: StoredEvent[] = [];
    let done = false;
    const reader = (async () => {
      for (;;) {
        const wasDone = done;
        const page = await log.readAll(seen.length, { maxEvents: 97 });
        seen.push(...page);
        if (page.length === 0 && wasDone) return;
        if (page.length === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const acknowledged = await write({ writers: 4, appends: 150, streams: 12 });
    done = true;
    await reader;
    expect(acknowledged.size).toBe(600);
    expect(seen.map(({ position }) => position)).toEqual(seen.map((_, index) => index + 1));
    checkHistory(seen, acknowledged);
  });
}

/** Knows nothing of the adapter: what was acknowledged is there once, at its position; versions of each stream are dense and in order. */
export function checkHistory(all: readonly StoredEvent[], acknowledged: Acknowledged): void {
  const byKey = new Map<string, StoredEvent>();
  const versions = new Map<string, number>();
  let recorded = '';
  for (const event of all) {
    const key = event.eventId.slice(0, event.eventId.lastIndexOf('#'));
    expect(byKey.has(key)).toBe(false);
    byKey.set(key, event);
    expect(event.streamVersion).toBe((versions.get(event.streamId) ?? 0) + 1);
    versions.set(event.streamId, event.streamVersion);
    expect(event.recordedAt >= recorded).toBe(true);
    recorded = event.recordedAt;
  }
  for (const [key, token] of acknowledged) {
    const event = byKey.get(key);
    expect(`${event?.epoch}.${event?.position}`).toBe(token);
  }
}
