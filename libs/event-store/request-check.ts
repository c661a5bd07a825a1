import { type AppendOutcome, type AppendRequest, EVENT_LOG_LIMITS, EventStoreError, type KnownRequest, type StreamAppend } from './port';

export const FINGERPRINT_BYTES = 32;
/** Counted for each event beside its bytes, so that a request's size is about what travels and is stored. */
const EVENT_OVERHEAD_BYTES = 64;

/** `category-id`; visible ASCII, so that no two ids look alike or change on their way. */
const STREAM_ID = /^[A-Za-z][A-Za-z0-9]*-[!-~]+$/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const EVENT_TYPE = /^[A-Z][A-Za-z0-9]{0,119}$/;

/** Size of a request as the limits count it, in bytes. */
export interface RequestSize {
  readonly events: number;
  readonly bytes: number;
}

/**
 * Refuses by name whatever is over a limit or malformed, before anything is sent: the same on every adapter.
 * Thrown: EventStoreError `event-too-large`, `request-too-large`, `too-many-events`, `too-many-streams`,
 * `duplicate-stream-in-request`, `invalid-request`.
 */
export function checkRequest(request: AppendRequest): RequestSize {
  checkKey(request.requestKey);
  if (request.fingerprint.length !== FINGERPRINT_BYTES) throw refuse('fingerprint', request.fingerprint.length);
  if (request.streams.length > EVENT_LOG_LIMITS.requestStreams) {
    throw new EventStoreError('too-many-streams', { streams: request.streams.length, limit: EVENT_LOG_LIMITS.requestStreams });
  }
  let events = 0;
  let bytes = 0;
  for (const stream of request.streams) {
    bytes += checkStream(stream);
    events += stream.events.length;
  }
  checkDistinct(request.streams);
  if (events > EVENT_LOG_LIMITS.requestEvents)
    throw new EventStoreError('too-many-events', { events, limit: EVENT_LOG_LIMITS.requestEvents });
  if (bytes > EVENT_LOG_LIMITS.requestBytes)
    throw new EventStoreError('request-too-large', { bytes, limit: EVENT_LOG_LIMITS.requestBytes });
  return { events, bytes };
}

function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key, 'utf8');
  if (bytes === 0 || bytes > EVENT_LOG_LIMITS.keyBytes || !isStorableText(key)) throw refuse('requestKey', bytes);
}

/** PostgreSQL's text holds no NUL, and half a surrogate pair has no bytes of its own. */
function isStorableText(text: string): boolean {
  return !text.includes('\0') && !LONE_SURROGATE.test(text);
}

/** Gives the bytes of the stream's events. */
function checkStream({ streamId, expectedVersion, events }: StreamAppend): number {
  const idBytes = Buffer.byteLength(streamId, 'utf8');
  if (idBytes > EVENT_LOG_LIMITS.streamIdBytes || !STREAM_ID.test(streamId)) throw refuse('streamId', idBytes);
  if (!Number.isSafeInteger(expectedVersion) || expectedVersion < 0) throw refuse('expectedVersion', expectedVersion);
  let bytes = 0;
  for (const event of events) {
    const size = event.payload.length + event.metadata.length + EVENT_OVERHEAD_BYTES;
    if (size > EVENT_LOG_LIMITS.eventBytes) {
      throw new EventStoreError('event-too-large', { eventId: event.eventId, bytes: size, limit: EVENT_LOG_LIMITS.eventBytes });
    }
    if (!EVENT_TYPE.test(event.type)) throw refuse('eventType', event.type.length);
    if (event.eventId.length === 0 || !isStorableText(event.eventId)) throw refuse('eventId', event.eventId.length);
    if (!Number.isSafeInteger(event.schemaVersion) || event.schemaVersion < 1) throw refuse('schemaVersion', event.schemaVersion);
    bytes += size;
  }
  return bytes;
}

function checkDistinct(streams: readonly StreamAppend[]): void {
  if (streams.length < 2) return;
  const seen = new Set<string>();
  for (const { streamId } of streams) {
    if (seen.has(streamId)) throw new EventStoreError('duplicate-stream-in-request', { streamId });
    seen.add(streamId);
  }
}

function refuse(field: string, value: number): EventStoreError {
  return new EventStoreError('invalid-request', { field, value });
}

/** Thrown when the key was used for another command: `request-key-reused`. */
export function answerKnown(request: AppendRequest, known: KnownRequest): AppendOutcome {
  if (!Buffer.from(known.fingerprint).equals(request.fingerprint)) {
    throw new EventStoreError('request-key-reused', { requestKey: request.requestKey });
  }
  return { kind: 'repeated', receipt: known.receipt };
}

export function versionConflict(stream: StreamAppend | undefined, actual?: number): EventStoreError {
  if (!stream) return new EventStoreError('version-conflict');
  const details = { streamId: stream.streamId, expectedVersion: stream.expectedVersion };
  return new EventStoreError('version-conflict', actual === undefined ? details : { ...details, actualVersion: actual });
}
