import type { ActorId, Instant, Message } from '#kernel';
import type { z } from 'zod';

/** Metadata of every event; stored as canonical JSON, exactly as hashed. */
export interface EventMetadata {
  /** The request key of the command that decided it. */
  readonly commandId: string;
  /** Event id or request key that led to the command. */
  readonly causationId: string;
  /** One id for everything that follows from one act at an edge. */
  readonly correlationId: string;
  readonly actor: ActorId;
  /** When it happened as the context said it; the log's own time is `recordedAt`. */
  readonly occurredAt: Instant;
}

/** A decoded event as projections, reactors, the bridge and queries see it. */
export interface RecordedEvent<E extends Message = Message> {
  readonly epoch: number;
  readonly position: number;
  readonly streamId: string;
  readonly streamVersion: number;
  readonly eventId: string;
  readonly schemaVersion: number;
  readonly recordedAt: Instant;
  readonly metadata: EventMetadata;
  readonly type: E['type'];
  readonly data: E['data'];
}

/**
 * One event type as a feature's `contracts/` declares it: names and shapes are the storage format and never change;
 * a new shape is a new version with an upcaster from the one before.
 */
export interface EventContract<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  /** Current schema version, from 1. */
  readonly version: number;
  /** Shape of the current version. Personal fields are `personalText()` and appear as PersonalText after decoding. */
  readonly schema: z.ZodType<Data>;
  /** upcasters[n] turns data of version n into n + 1; present for each version below the current one. */
  readonly upcasters: Readonly<Record<number, (data: unknown) => unknown>>;
  /** One real stored payload (parsed JSON) of each version ever shipped; tests decode all of them. */
  readonly golden: Readonly<Record<number, unknown>>;
}

/** The union of event messages that a list of contracts declares. */
export type EventsOf<C extends readonly EventContract<string, never>[] | readonly EventContract[]> = {
  [K in keyof C]: C[K] extends EventContract<infer T, infer D> ? { readonly type: T; readonly data: D } : never;
}[number];

/** What the runner is told with each command. */
export interface CommandContext {
  readonly now: Instant;
  readonly actor: ActorId;
  /** Idempotency key: from the client's header, or a business key built by a workflow or reactor. */
  readonly requestKey: string;
  readonly causationId?: string;
  readonly correlationId?: string;
  /** The version of the stream that the caller saw (If-Match): another one is a `version-conflict` that is not decided again. */
  readonly expectedVersion?: number;
  /**
   * What the caller asked for, where the command holds derived data beside it (deadlines, counts, positions) that may differ
   * on the next try: the fingerprint of the request key is taken from this instead of the command's data.
   */
  readonly intent?: object;
}

export interface CommandResult {
  readonly streamId: string;
  readonly version: number;
  /** Hand it to `waitFor` to read your own write; null when nothing was written. */
  readonly token: string | null;
  readonly repeated: boolean;
}
