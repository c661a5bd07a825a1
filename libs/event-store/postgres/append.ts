import type { Client } from 'pg';
import { z } from 'zod';
import type { AppendRequest, EncodedEvent, KnownRequest, Receipt, StreamAppend } from '../port';
import { formatToken } from '../token';
import { byteaArray, int4Array, int8Array, textArray } from './binary-array';

/** A batch of one request with one event on one stream: the common case, spared the arrays. */
export interface SingleAppend {
  readonly request: AppendRequest;
  readonly stream: StreamAppend;
  readonly event: EncodedEvent;
}

export function asSingle(request: AppendRequest): SingleAppend | undefined {
  const [stream] = request.streams;
  const event = stream?.events[0];
  return request.streams.length === 1 && stream && event && stream.events.length === 1 ? { request, stream, event } : undefined;
}

/** Versions are known before the append: an append either takes its expected versions or is refused. */
export function receiptOf(request: AppendRequest, token: string | null): Receipt {
  const versions = request.streams.map(({ streamId, expectedVersion, events }) => ({ streamId, version: expectedVersion + events.length }));
  return { requestKey: request.requestKey, versions, token };
}

function versionsText(request: AppendRequest): string {
  return JSON.stringify(request.streams.map(({ streamId, expectedVersion, events }) => [streamId, expectedVersion + events.length]));
}

/*
 * Everything hangs off the UPDATE of the head, so nothing is written before its lock is had. A stream that must not exist
 * is a plain INSERT: the unique index sees what the snapshot does not.
 */
const HEAD = `head AS (
  UPDATE log.head h SET position = h.position + 1, recorded_ms = greatest(h.recorded_ms, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)
  WHERE h.one RETURNING h.position, h.epoch, h.recorded_ms)`;
const REQUEST_AND_EVENT = `request AS (
  INSERT INTO log.requests (position, created_ms, epoch, request_key, fingerprint, versions)
  SELECT head.position, head.recorded_ms, head.epoch, $2::text, $3::bytea, $4::text FROM head),
event AS (
  INSERT INTO log.events (position, recorded_ms, stream_version, epoch, schema_version, stream_id, type, event_id, metadata, payload)
  SELECT head.position, head.recorded_ms, $5::bigint + 1, head.epoch, $6::integer, $1::text, $7::text, $8::text, $9::bytea, $10::bytea FROM head)`;

const APPEND_FIRST = `WITH ${HEAD},
stream AS (INSERT INTO log.streams (version, stream_id) SELECT $5::bigint + 1, $1::text FROM head),
${REQUEST_AND_EVENT}
SELECT head.position, head.epoch FROM head`;

const APPEND_NEXT = `WITH ${HEAD},
stream AS (UPDATE log.streams s SET version = $5::bigint + 1 FROM head WHERE s.stream_id = $1::text AND s.version = $5::bigint RETURNING s.version),
${REQUEST_AND_EVENT}
SELECT head.position, head.epoch, log.assert_appended(stream.version) FROM head LEFT JOIN stream ON true`;

/** Gives the token. Thrown: DatabaseError `CE001` (stale version) or 23505 (stream exists, or known key). */
export async function appendSingle(client: Client, { request, stream, event }: SingleAppend): Promise<string> {
  const first = stream.expectedVersion === 0;
  const { rows } = await client.query<[number, number]>({
    name: first ? 'append-first' : 'append-next',
    text: first ? APPEND_FIRST : APPEND_NEXT,
    rowMode: 'array',
    values: [
      stream.streamId,
      request.requestKey,
      request.fingerprint,
      versionsText(request),
      stream.expectedVersion,
      event.schemaVersion,
      event.type,
      event.eventId,
      event.metadata,
      event.payload,
    ],
  });
  const [row] = rows;
  if (!row) throw new TypeError('the append gave no row');
  return formatToken({ position: row[0], epoch: row[1] });
}

/** What became of each request of a batch. */
export type BatchVerdict =
  { readonly kind: 'written'; readonly token: string | null } | { readonly kind: 'known' } | { readonly kind: 'stale' };

const APPEND_BATCH = `SELECT base, at_epoch, array_to_string(known, ',') AS known, array_to_string(stale, ',') AS stale
FROM log.append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`;

export async function appendBatch(client: Client, requests: readonly AppendRequest[]): Promise<readonly BatchVerdict[]> {
  const { rows } = await client.query<[number, number, string | null, string | null]>({
    name: 'append-batch',
    text: APPEND_BATCH,
    rowMode: 'array',
    values: batchArguments(requests),
  });
  const [row] = rows;
  if (!row) throw new TypeError('the append gave no row');
  const [base, epoch, knownText, staleText] = row;
  const known = ordinals(knownText);
  const stale = ordinals(staleText);
  let position = base;
  return requests.map((request, index): BatchVerdict => {
    if (known.has(index + 1)) return { kind: 'known' };
    if (stale.has(index + 1)) return { kind: 'stale' };
    const events = eventCount(request);
    position += events;
    return { kind: 'written', token: events === 0 ? null : formatToken({ epoch, position }) };
  });
}

function ordinals(text: string | null): ReadonlySet<number> {
  return new Set(text === null || text === '' ? [] : text.split(',').map(Number));
}

function eventCount(request: AppendRequest): number {
  let count = 0;
  for (const { events } of request.streams) count += events.length;
  return count;
}

/** In the order of the function's parameters. */
function batchArguments(requests: readonly AppendRequest[]): Buffer[] {
  const fresh: { stream: StreamAppend; nr: number }[] = [];
  const old: { stream: StreamAppend; nr: number }[] = [];
  const events: { event: EncodedEvent; streamId: string; version: number; nr: number }[] = [];
  requests.forEach((request, index) => {
    const nr = index + 1;
    for (const stream of request.streams) {
      if (stream.events.length === 0) continue;
      (stream.expectedVersion === 0 ? fresh : old).push({ stream, nr });
      let version = stream.expectedVersion;
      for (const event of stream.events) events.push({ event, streamId: stream.streamId, version: ++version, nr });
    }
  });
  const versionAfter = ({ stream }: { readonly stream: StreamAppend }): number => stream.expectedVersion + stream.events.length;
  return [
    textArray(requests.map(({ requestKey }) => requestKey)),
    byteaArray(requests.map(({ fingerprint }) => fingerprint)),
    textArray(requests.map(versionsText)),
    int4Array(requests.map(eventCount)),
    textArray(fresh.map(({ stream }) => stream.streamId)),
    int8Array(fresh.map(versionAfter)),
    int4Array(fresh.map(({ nr }) => nr)),
    textArray(old.map(({ stream }) => stream.streamId)),
    int8Array(old.map(({ stream }) => stream.expectedVersion)),
    int8Array(old.map(versionAfter)),
    int4Array(old.map(({ nr }) => nr)),
    int4Array(events.map(({ nr }) => nr)),
    textArray(events.map(({ streamId }) => streamId)),
    int8Array(events.map(({ version }) => version)),
    textArray(events.map(({ event }) => event.type)),
    int4Array(events.map(({ event }) => event.schemaVersion)),
    textArray(events.map(({ event }) => event.eventId)),
    byteaArray(events.map(({ event }) => event.metadata)),
    byteaArray(events.map(({ event }) => event.payload)),
  ];
}

export const FIND_REQUESTS = `SELECT request_key, fingerprint, versions, epoch, position FROM log.requests WHERE request_key = ANY ($1::text[])`;

/** As `FIND_REQUESTS` gives it, row mode `array`. */
export type RequestRow = readonly [string, Buffer, string, number, number | null];

const storedVersions = z.array(z.tuple([z.string(), z.int().min(0)]));

export function knownRequest([requestKey, fingerprint, versionsJson, epoch, position]: RequestRow): KnownRequest {
  const versions = storedVersions.parse(JSON.parse(versionsJson)).map(([streamId, version]) => ({ streamId, version }));
  return { fingerprint, receipt: { requestKey, versions, token: position === null ? null : formatToken({ epoch, position }) } };
}
