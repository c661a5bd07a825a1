import type { Instant } from '#kernel';

/** Limits of a request, the same on every adapter; over them an append is refused by name before anything is sent. */
export const EVENT_LOG_LIMITS = {
  eventBytes: 256 * 1024,
  requestEvents: 1_000,
  requestBytes: 1024 * 1024,
  requestStreams: 64,
  keyBytes: 300,
  streamIdBytes: 200,
  readPage: 5_000,
  requestKeyDays: 400,
} as const;

/** An event as it will be stored: bytes exactly as hashed. Its id is `<request key>#<index in request>`. */
export interface EncodedEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly eventId: string;
  readonly metadata: Uint8Array;
  readonly payload: Uint8Array;
}

export interface StreamAppend {
  /** `category-id`. */
  readonly streamId: string;
  /** Exact; 0 means the stream must not exist. There is no "any". */
  readonly expectedVersion: number;
  readonly events: readonly EncodedEvent[];
}

/**
 * Written whole or not at all. `streams` may be empty or hold a stream with no events: a decision that yields no event
 * records its key too (expected versions of streams without events are then not checked).
 */
export interface AppendRequest {
  readonly requestKey: string;
  /** HMAC-SHA-256 of the canonical command (32 bytes). */
  readonly fingerprint: Uint8Array;
  readonly streams: readonly StreamAppend[];
}

/** The answer of an append; the same for every repeat of its request key. */
export interface Receipt {
  readonly requestKey: string;
  /** Version of each stream after the append, in the order of the request. */
  readonly versions: readonly { readonly streamId: string; readonly version: number }[];
  /** Hand it to `waitFor`. Null when nothing was written. */
  readonly token: string | null;
}

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly receipt: Receipt }
  /** Known key, same fingerprint: the first receipt. */
  | { readonly kind: 'repeated'; readonly receipt: Receipt };

export interface StoredEvent extends EncodedEvent {
  readonly epoch: number;
  /** Dense, from 1. */
  readonly position: number;
  readonly streamId: string;
  /** Dense, from 1, within the stream. */
  readonly streamVersion: number;
  /** The log's own time: never goes back from one position to the next. */
  readonly recordedAt: Instant;
}

export interface LogHead {
  readonly logId: string;
  readonly epoch: number;
  readonly position: number;
}

export interface KnownRequest {
  readonly fingerprint: Uint8Array;
  readonly receipt: Receipt;
}

export interface StreamSlice {
  readonly streamId: string;
  /** 0 when the stream does not exist. */
  readonly version: number;
  readonly events: readonly StoredEvent[];
}

/** Streams half. Thrown by all: EventStoreError with a code of `EventStoreErrorCode`. */
export interface EventStreams {
  append(request: AppendRequest): Promise<AppendOutcome>;
  readStream(
    streamId: string,
    options?: { readonly fromVersion?: number; readonly maxEvents?: number; readonly toPosition?: number },
  ): Promise<StreamSlice>;
  /** Many streams in one query, in the order asked. */
  readStreams(streamIds: readonly string[]): Promise<readonly StreamSlice[]>;
  /** In the order asked; undefined where unknown. */
  findRequests(requestKeys: readonly string[]): Promise<readonly (KnownRequest | undefined)[]>;
}

/** Sequenced half. Positions are dense; a hole means damage and is thrown as `log-damaged`. */
export interface SequencedLog {
  head(): Promise<LogHead>;
  readAll(after: number, options: { readonly maxEvents: number; readonly types?: readonly string[] }): Promise<readonly StoredEvent[]>;
  /** Position of the last event of that append. Thrown after `timeoutMs`: `wait-timed-out`. */
  waitFor(token: string, timeoutMs: number): Promise<number>;
  /** The last position recorded at or before that instant; 0 when none. */
  positionAt(time: Instant): Promise<number>;
  /** Calls `wake` soon after something was committed: a hint, never the truth. Returns how to stop. */
  onCommit(wake: () => void): Promise<() => Promise<void>>;
}

/** What an adapter can promise beyond the port; printed by the contract suite and by `doctor`. */
export interface EventLogCapabilities {
  readonly adapter: 'postgres' | 'kurrentdb' | 'in-memory';
  readonly sequencing: 'at-commit' | 'leased-consumer';
  readonly cannotBeAltered: 'grants' | 'access-lists' | 'no';
  readonly durable: boolean;
}

export interface EventLog extends EventStreams, SequencedLog {
  readonly capabilities: EventLogCapabilities;
  close(): Promise<void>;
}

export type EventStoreErrorCode =
  | 'version-conflict'
  | 'request-key-reused'
  | 'event-too-large'
  | 'request-too-large'
  | 'too-many-events'
  | 'too-many-streams'
  | 'duplicate-stream-in-request'
  | 'invalid-request'
  | 'unknown-event-type'
  | 'undecodable-event'
  | 'log-damaged'
  | 'wait-timed-out'
  | 'outcome-unknown'
  | 'store-unavailable'
  | 'closed';

/** `outcome-unknown`: the connection went after the append was sent; the same request key tells what happened. */
export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';

  constructor(
    readonly code: EventStoreErrorCode,
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: { readonly cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(details)}`, options);
  }
}
