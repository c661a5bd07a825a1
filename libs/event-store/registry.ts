import { canonicalJson, isActorId, isInstant, type Message, type PersonalText, type SealedText } from '#kernel';
import type { z } from 'zod';
import type { EventContract, EventMetadata, RecordedEvent } from './contract-types';
import {
  collectMarked,
  findPersonalTexts,
  type FoundText,
  type PersonalTextSealer,
  replacePersonalTexts,
  type TextToSeal,
} from './personal-field';
import { type EncodedEvent, EventStoreError, type StoredEvent } from './port';

/** A decided event on its way to the store. */
export interface EventToEncode {
  readonly type: string;
  readonly data: object;
  readonly eventId: string;
  /** Canonical JSON of the metadata; see `encodeMetadata`. One act's events share it. */
  readonly metadata: Uint8Array;
}

/** What `defineEvent` takes: upcasters and golden samples may be left out while there is one version. */
export interface EventDefinition<Type extends string, Data extends object> {
  readonly type: Type;
  readonly version: number;
  readonly schema: z.ZodType<Data>;
  readonly upcasters?: Readonly<Record<number, (data: unknown) => unknown>>;
  readonly golden?: Readonly<Record<number, unknown>>;
}

/** Declares an event type. Thrown when a version below the current one has no upcaster: TypeError. */
export function defineEvent<const Type extends string, Data extends object>(
  definition: EventDefinition<Type, Data>,
): EventContract<Type, Data> {
  const { type, version, schema, upcasters = {}, golden = {} } = definition;
  if (!Number.isSafeInteger(version) || version < 1) throw new TypeError(`event ${type}: version must be a whole number from 1`);
  for (let from = 1; from < version; from += 1) {
    if (!upcasters[from]) throw new TypeError(`event ${type}: no upcaster from version ${from}`);
  }
  return { type, version, schema, upcasters, golden };
}

interface PreparedEvent {
  readonly event: EventToEncode;
  readonly version: number;
  readonly data: object;
  readonly texts: readonly TextToSeal[];
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** All event types that may be stored or read: the one way from events to bytes and back. */
export class EventRegistry {
  readonly #contracts: ReadonlyMap<string, EventContract>;

  /** Thrown when two contracts share a type name: TypeError. */
  constructor(contracts: readonly EventContract[]) {
    const byType = new Map<string, EventContract>();
    for (const contract of contracts) {
      if (byType.has(contract.type)) throw new TypeError(`event type ${contract.type} is declared twice`);
      byType.set(contract.type, contract);
    }
    this.#contracts = byType;
  }

  get types(): readonly string[] {
    return [...this.#contracts.keys()];
  }

  /** Thrown: EventStoreError `unknown-event-type`. */
  contractOf(type: string): EventContract {
    const contract = this.#contracts.get(type);
    if (!contract) throw new EventStoreError('unknown-event-type', { type: type.slice(0, 100) });
    return contract;
  }

  /**
   * Validates, seals all personal texts of the batch in one call, and writes canonical JSON.
   * Thrown: EventStoreError `unknown-event-type`, `invalid-request` (data does not fit its schema, or holds a personal
   * text where the schema marks none); whatever the sealer throws.
   */
  async encodeAll(events: readonly EventToEncode[], sealer: PersonalTextSealer): Promise<readonly EncodedEvent[]> {
    const prepared = events.map((event) => this.#prepare(event));
    const texts = prepared.flatMap(({ texts }) => texts);
    if (texts.length === 0) return prepared.map((item) => finish(item, item.data));
    const sealed = await sealer.sealAll(texts);
    if (sealed.length !== texts.length) throw new TypeError(`the sealer answered ${sealed.length} of ${texts.length} texts`);
    let next = 0;
    return prepared.map((item) => {
      if (item.texts.length === 0) return finish(item, item.data);
      const own = sealed.slice(next, next + item.texts.length);
      next += item.texts.length;
      return finish(item, withSealed(item.data, own));
    });
  }

  #prepare(event: EventToEncode): PreparedEvent {
    const contract = this.contractOf(event.type);
    const { result, marked } = collectMarked(() => contract.schema.safeParse(event.data));
    if (!result.success) throw invalid(event, result.error);
    const found = findPersonalTexts(result.data);
    assertMarked(event, found, marked);
    const texts = found.filter(({ text }) => !text.stored).map(({ text, field }) => ({ text, field, eventId: event.eventId }));
    return { event, version: contract.version, data: result.data, texts };
  }

  /**
   * A stored event as its current version, personal texts as PersonalText (still sealed).
   * Thrown: EventStoreError `unknown-event-type`, `undecodable-event` (naming position, event id and the first problem).
   */
  decode(stored: StoredEvent): RecordedEvent {
    const contract = this.contractOf(stored.type);
    return {
      epoch: stored.epoch,
      position: stored.position,
      streamId: stored.streamId,
      streamVersion: stored.streamVersion,
      eventId: stored.eventId,
      schemaVersion: stored.schemaVersion,
      recordedAt: stored.recordedAt,
      metadata: decodeMetadata(stored),
      type: stored.type,
      data: decodeData(contract, stored),
    };
  }

  /** Only what a decider needs, for folding long streams without paying for metadata. */
  decodeMessage(stored: StoredEvent): Message {
    return { type: stored.type, data: decodeData(this.contractOf(stored.type), stored) };
  }
}

function finish({ event, version }: PreparedEvent, data: unknown): EncodedEvent {
  const payload = Buffer.from(canonicalJson(data), 'utf8');
  return { type: event.type, schemaVersion: version, eventId: event.eventId, metadata: event.metadata, payload };
}

/** Texts are visited in the same document order by finding and by replacing. */
function withSealed(data: object, sealed: readonly SealedText[]): unknown {
  let index = 0;
  return replacePersonalTexts(data, (personal) => {
    if (personal.stored) return personal.stored;
    const text = sealed[index];
    index += 1;
    return text;
  });
}

function assertMarked(event: EventToEncode, found: readonly FoundText[], marked: readonly PersonalText[]): void {
  if (found.length === 0) return;
  const left = [...marked];
  for (const { text, field } of found) {
    const index = left.indexOf(text);
    if (index < 0)
      throw new EventStoreError('invalid-request', { type: event.type, field, problem: 'personal text in a field that is not marked' });
    left.splice(index, 1);
  }
}

/** Names the place and kind of the problem, never the value: it may be a person's. */
function invalid(event: EventToEncode, error: z.ZodError): EventStoreError {
  return new EventStoreError('invalid-request', { type: event.type, eventId: event.eventId, problem: firstIssue(error) });
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.code} at /${issue.path.map(String).join('/')}` : 'unknown';
}

function decodeData(contract: EventContract, stored: StoredEvent): object {
  if (stored.schemaVersion > contract.version || stored.schemaVersion < 1) {
    throw undecodable(stored, `schema version ${stored.schemaVersion} is not known`);
  }
  let data = parseJson(stored, stored.payload);
  for (let version = stored.schemaVersion; version < contract.version; version += 1) data = upcast(contract, stored, version, data);
  const result = contract.schema.safeParse(data);
  if (!result.success) throw undecodable(stored, firstIssue(result.error));
  return result.data;
}

function upcast(contract: EventContract, stored: StoredEvent, version: number, data: unknown): unknown {
  const upcaster = contract.upcasters[version];
  if (!upcaster) throw undecodable(stored, `no upcaster from version ${version}`);
  try {
    return upcaster(data);
  } catch (error) {
    throw undecodable(stored, `upcaster from version ${version} failed`, error);
  }
}

function parseJson(stored: StoredEvent, bytes: Uint8Array): unknown {
  try {
    const parsed: unknown = JSON.parse(decoder.decode(bytes));
    return parsed;
  } catch (error) {
    throw undecodable(stored, 'not UTF-8 JSON', error);
  }
}

function undecodable(stored: StoredEvent, problem: string, cause?: unknown): EventStoreError {
  return new EventStoreError(
    'undecodable-event',
    { position: stored.position, eventId: stored.eventId, type: stored.type, problem },
    { cause },
  );
}

export function encodeMetadata(metadata: EventMetadata): Uint8Array {
  return Buffer.from(canonicalJson(metadata), 'utf8');
}

function decodeMetadata(stored: StoredEvent): EventMetadata {
  const value = parseJson(stored, stored.metadata);
  if (
    typeof value === 'object' &&
    value !== null &&
    'actor' in value &&
    'causationId' in value &&
    'commandId' in value &&
    'correlationId' in value &&
    'occurredAt' in value
  ) {
    const { actor, causationId, commandId, correlationId, occurredAt } = value;
    if (
      typeof actor === 'string' &&
      isActorId(actor) &&
      typeof occurredAt === 'string' &&
      isInstant(occurredAt) &&
      typeof causationId === 'string' &&
      typeof commandId === 'string' &&
      typeof correlationId === 'string'
    ) {
      return { actor, causationId, commandId, correlationId, occurredAt };
    }
  }
  throw undecodable(stored, 'metadata is not of its form');
}
