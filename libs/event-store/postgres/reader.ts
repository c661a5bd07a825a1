import type { Pool } from 'pg';
import { type Instant, instant } from '#kernel';
import { EVENT_LOG_LIMITS, EventStoreError, type KnownRequest, type LogHead, type StoredEvent, type StreamSlice } from '../port';
import { FIND_REQUESTS, knownRequest, type RequestRow } from './append';
import { textArray } from './binary-array';

/** How many positions a read by types looks through in one query, so that a rare type holds no connection for long. */
const TYPED_WINDOW = 20_000;

const COLUMNS =
  'e.position, e.epoch, e.recorded_ms, e.stream_version, e.schema_version, e.stream_id, e.type, e.event_id, e.metadata, e.payload';
type EventRow = [number, number, number, number, number, string, string, string, Buffer, Buffer];
type EventAtVersionRow = [number, ...EventRow];
/** A stream's version with an event of it, or alone when it has none in the range asked. */
type MaybeEventRow = EventAtVersionRow | [number, null];

const READ_ALL = `SELECT ${COLUMNS} FROM log.events e WHERE e.position > $1 AND e.position <= $1 + $2 ORDER BY e.position`;
const READ_TYPED = `SELECT ${COLUMNS} FROM log.events e WHERE e.position > $1 AND e.position <= $2 AND e.type = ANY ($3::text[]) ORDER BY e.position LIMIT $4`;
const COUNT = 'SELECT count(*) FROM log.events e WHERE e.position > $1 AND e.position <= $2';
const READ_STREAM = `SELECT v.version, ${COLUMNS}
FROM (SELECT s.version FROM log.streams s WHERE s.stream_id = $1) v
LEFT JOIN LATERAL (SELECT * FROM log.events e WHERE e.stream_id = $1 AND e.stream_version >= $2 ORDER BY e.stream_version LIMIT $3) e ON true`;
const READ_STREAM_TO = `SELECT v.version, ${COLUMNS}
FROM (SELECT max(s.stream_version) AS version FROM log.events s WHERE s.stream_id = $1 AND s.position <= $4) v
LEFT JOIN LATERAL (
  SELECT * FROM log.events e WHERE e.stream_id = $1 AND e.stream_version >= $2 AND e.position <= $4 ORDER BY e.stream_version LIMIT $3) e ON true
WHERE v.version IS NOT NULL`;
const READ_STREAMS = `SELECT s.version, ${COLUMNS}
FROM log.streams s JOIN LATERAL (SELECT * FROM log.events e WHERE e.stream_id = s.stream_id ORDER BY e.stream_version LIMIT $2) e ON true
WHERE s.stream_id = ANY ($1::text[])`;
const HEAD = 'SELECT i.log_id, h.epoch, h.position FROM log.identity i, log.head h';

/** Many events share a millisecond; making its text is the dearer part. */
function instantMaker(): (ms: number) => Instant {
  let lastMs = Number.NaN;
  let last = instant(new Date(0).toISOString());
  return (ms) => {
    if (ms !== lastMs) {
      lastMs = ms;
      last = instant(new Date(ms).toISOString());
    }
    return last;
  };
}

function eventReader(): (row: EventRow) => StoredEvent {
  const instantOf = instantMaker();
  return ([position, epoch, recordedMs, streamVersion, schemaVersion, streamId, type, eventId, metadata, payload]) => ({
    position,
    epoch,
    recordedAt: instantOf(recordedMs),
    streamVersion,
    schemaVersion,
    streamId,
    type,
    eventId,
    metadata,
    payload,
  });
}

function isEvent(row: MaybeEventRow): row is EventAtVersionRow {
  return row[1] !== null;
}

/** The reading half. All versions and events of an answer come from one statement, so that they belong together. */
export class LogReader {
  constructor(readonly pool: Pool) {}

  async head(): Promise<LogHead> {
    const { rows } = await this.#query<[string, number, number]>('head', HEAD, []);
    const [row] = rows;
    if (!row) throw new EventStoreError('log-damaged', { reason: 'no head' });
    return { logId: row[0], epoch: row[1], position: row[2] };
  }

  async readStream(
    streamId: string,
    options: { readonly fromVersion?: number; readonly maxEvents?: number; readonly toPosition?: number },
  ): Promise<StreamSlice> {
    const { fromVersion = 1, maxEvents = EVENT_LOG_LIMITS.readPage, toPosition } = options;
    const values: (string | number)[] = [streamId, fromVersion, Math.min(maxEvents, EVENT_LOG_LIMITS.readPage)];
    const { rows } =
      toPosition === undefined
        ? await this.#query<MaybeEventRow>('read-stream', READ_STREAM, values)
        : await this.#query<MaybeEventRow>('read-stream-to', READ_STREAM_TO, [...values, toPosition]);
    const toEvent = eventReader();
    const events = rows.filter(isEvent).map(([, ...row]) => toEvent(row));
    assertVersions(streamId, events, fromVersion);
    return { streamId, version: rows[0]?.[0] ?? 0, events };
  }

  async readStreams(streamIds: readonly string[]): Promise<readonly StreamSlice[]> {
    if (streamIds.length === 0) return [];
    const { rows } = await this.#query<EventAtVersionRow>('read-streams', READ_STREAMS, [textArray(streamIds), EVENT_LOG_LIMITS.readPage]);
    const toEvent = eventReader();
    const found = new Map<string, { readonly version: number; readonly events: StoredEvent[] }>();
    for (const [version, ...row] of rows) {
      const event = toEvent(row);
      const slice = found.get(event.streamId);
      if (slice) slice.events.push(event);
      else found.set(event.streamId, { version, events: [event] });
    }
    return streamIds.map((streamId) => {
      const slice = found.get(streamId);
      if (!slice) return { streamId, version: 0, events: [] };
      slice.events.sort((a, b) => a.streamVersion - b.streamVersion);
      assertVersions(streamId, slice.events, 1);
      return { streamId, version: slice.version, events: slice.events };
    });
  }

  async findRequests(requestKeys: readonly string[]): Promise<readonly (KnownRequest | undefined)[]> {
    if (requestKeys.length === 0) return [];
    const { rows } = await this.#query<[...RequestRow]>('find-requests', FIND_REQUESTS, [textArray(requestKeys)]);
    const found = new Map(rows.map((row) => [row[0], row]));
    return requestKeys.map((key) => {
      const row = found.get(key);
      return row && knownRequest(row);
    });
  }

  /** Thrown: EventStoreError `log-damaged` naming the first position that is missing. */
  async readAll(
    after: number,
    options: { readonly maxEvents: number; readonly types?: readonly string[] },
  ): Promise<readonly StoredEvent[]> {
    const limit = Math.min(options.maxEvents, EVENT_LOG_LIMITS.readPage);
    if (options.types) return this.#readTyped(after, limit, options.types);
    const page = await this.#page(after, limit);
    if (page.length > 0) return page;
    const { position } = await this.head();
    if (position <= after) return [];
    // Committed between the two questions, or missing: the second answer tells which.
    const again = await this.#page(after, limit);
    if (again.length === 0) throw new EventStoreError('log-damaged', { position: after + 1 });
    return again;
  }

  async #page(after: number, limit: number): Promise<readonly StoredEvent[]> {
    const { rows } = await this.#query<EventRow>('read-all', READ_ALL, [after, limit]);
    const toEvent = eventReader();
    return rows.map((row, index) => {
      if (row[0] !== after + 1 + index) throw new EventStoreError('log-damaged', { position: after + 1 + index });
      return toEvent(row);
    });
  }

  async #readTyped(after: number, limit: number, types: readonly string[]): Promise<readonly StoredEvent[]> {
    const { position: end } = await this.head();
    const toEvent = eventReader();
    const events: StoredEvent[] = [];
    for (let from = after; from < end && events.length < limit; from += TYPED_WINDOW) {
      const to = Math.min(from + TYPED_WINDOW, end);
      const wanted = limit - events.length;
      const { rows } = await this.#query<EventRow>('read-typed', READ_TYPED, [from, to, types, wanted]);
      for (const row of rows) events.push(toEvent(row));
      // What other types stand between is not read, but must be there.
      await this.#assertDense(from, rows.length < wanted ? to : (events.at(-1)?.position ?? to));
    }
    return events;
  }

  async #assertDense(after: number, to: number): Promise<void> {
    const { rows } = await this.#query<[number]>('count', COUNT, [after, to]);
    if (rows[0]?.[0] === to - after) return;
    const { rows: first } = await this.#query<[number | null]>(
      'first-hole',
      'SELECT min(p) FROM generate_series($1::bigint + 1, $2::bigint) p WHERE NOT EXISTS (SELECT 1 FROM log.events e WHERE e.position = p)',
      [after, to],
    );
    throw new EventStoreError('log-damaged', { position: first[0]?.[0] ?? after + 1 });
  }

  async positionAt(time: Instant): Promise<number> {
    const { rows } = await this.#query<[number]>('position-at', 'SELECT log.position_at($1)', [Date.parse(time)]);
    return rows[0]?.[0] ?? 0;
  }

  async #query<R extends unknown[]>(name: string, text: string, values: unknown[]): Promise<{ readonly rows: R[] }> {
    try {
      return await this.pool.query<R>({ name, text, values, rowMode: 'array' });
    } catch (error) {
      throw new EventStoreError(
        'store-unavailable',
        { reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown' },
        { cause: error },
      );
    }
  }
}

/** Within a stream versions are dense, too; a hole is damage that a fold must not hide. */
function assertVersions(streamId: string, events: readonly StoredEvent[], from: number): void {
  events.forEach((event, index) => {
    if (event.streamVersion !== from + index) throw new EventStoreError('log-damaged', { streamId, version: from + index });
  });
}
