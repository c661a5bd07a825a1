import { type Decider, type Message, Rejection } from '#kernel';
import type { CommandContext, CommandResult } from './contract-types';
import { fingerprintKey, type FingerprintKey, fingerprintOf, fingerprintOfAll } from './fingerprint';
import type { PersonalTextSealer } from './personal-field';
import {
  type AppendOutcome,
  type AppendRequest,
  type EncodedEvent,
  EventStoreError,
  type EventStreams,
  type StoredEvent,
  type StreamSlice,
} from './port';
import { encodeMetadata, type EventRegistry, type EventToEncode } from './registry';
import { answerKnown } from './request-check';
import type { CommandRunner, ManyItem, ManyOutcome, TogetherPart } from './runner-types';

/** Bounds of the runner's own loops. Waits double from `retryBaseMs` to `retryMaxMs`, of which a random half is taken. */
export const RUNNER_LIMITS = {
  conflictRetries: 12,
  unknownRetries: 6,
  retryBaseMs: 4,
  retryMaxMs: 400,
  manyItems: 5_000,
  streamEvents: 100_000,
} as const;

const FINGERPRINT_KEY_BYTES = 32;

/** The part of a pino logger that the runner uses. */
export interface RunnerLogger {
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
}

export interface RunnerParts {
  readonly log: EventStreams;
  readonly registry: EventRegistry;
  readonly sealer: PersonalTextSealer;
  /** 32 secret bytes, the same for all processes of an installation and never changed. */
  readonly fingerprintKey: Uint8Array;
  readonly logger?: RunnerLogger;
  /** How retries wait; tests count instead. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** Thrown when the fingerprint key has not 32 bytes: RangeError. */
export function createRunner(parts: RunnerParts): CommandRunner {
  if (parts.fingerprintKey.length !== FINGERPRINT_KEY_BYTES) throw new RangeError(`a fingerprint key has ${FINGERPRINT_KEY_BYTES} bytes`);
  return new DecidingRunner(parts);
}

export function streamIdOf(category: string, id: string): string {
  return `${category}-${id}`;
}

/** One stream's part of a decision over several; keeps the types of decider and command in step. */
export function together<C extends Message, S, E extends Message>(decider: Decider<C, S, E>, id: string, command: C): TogetherPart {
  return {
    streamId: streamIdOf(decider.category, id),
    command,
    decide: (past, context) => decider.decide(command, foldPast(decider, past), context),
  };
}

/** A stream's events are of its decider's type by construction: only that decider's category is ever appended to it. */
function foldPast<S, E extends Message>(decider: Pick<Decider<Message, S, E>, 'initial' | 'evolve'>, past: readonly Message[]): S {
  let state = decider.initial;
  for (const message of past) state = decider.evolve(state, message as E);
  return state;
}

type Context = Omit<CommandContext, 'requestKey'>;

/** A request as decided, before its events have bytes. */
interface Decided {
  readonly requestKey: string;
  readonly fingerprint: Uint8Array;
  readonly streams: readonly { readonly streamId: string; readonly expectedVersion: number; readonly events: readonly EventToEncode[] }[];
}

class DecidingRunner implements CommandRunner {
  readonly #log: EventStreams;
  readonly #parts: RunnerParts;
  readonly #fingerprintKey: FingerprintKey;
  readonly #pause: (ms: number) => Promise<void>;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#log = parts.log;
    this.#fingerprintKey = fingerprintKey(parts.fingerprintKey);
    this.#pause = parts.pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  }

  async run<C extends Message, S, E extends Message>(
    decider: Decider<C, S, E>,
    id: string,
    command: C,
    context: CommandContext,
  ): Promise<CommandResult> {
    return this.#runParts([together(decider, id, command)], context, this.#fingerprintOf(decider.category, id, command, context));
  }

  async runTogether(parts: readonly TogetherPart[], context: CommandContext): Promise<CommandResult> {
    const commands = parts.map(({ command, streamId }) => ({ command: saidBy(command, context), target: streamId }));
    return this.#runParts(parts, context, fingerprintOfAll(this.#fingerprintKey, commands, context.actor));
  }

  async load<S, E extends Message>(
    decider: Pick<Decider<Message, S, E>, 'category' | 'initial' | 'evolve'>,
    id: string,
    options: { readonly toPosition?: number } = {},
  ): Promise<{ readonly state: S; readonly version: number }> {
    const slice = await this.#readWhole(streamIdOf(decider.category, id), options);
    return { state: foldPast(decider, this.#messages(slice.events)), version: slice.version };
  }

  async loadMany<S, E extends Message>(
    decider: Pick<Decider<Message, S, E>, 'category' | 'initial' | 'evolve'>,
    ids: readonly string[],
  ): Promise<readonly { readonly state: S; readonly version: number }[]> {
    if (ids.length > RUNNER_LIMITS.manyItems)
      throw new RangeError(`loadMany takes at most ${RUNNER_LIMITS.manyItems} streams, got ${ids.length}`);
    if (ids.length === 0) return [];
    const slices = await this.#readMany(ids.map((id) => streamIdOf(decider.category, id)));
    return slices.map(({ events, version }) => ({ state: foldPast(decider, this.#messages(events)), version }));
  }

  async runMany<C extends Message, S, E extends Message>(
    decider: Decider<C, S, E>,
    items: readonly ManyItem<C>[],
    context: Context,
  ): Promise<readonly ManyOutcome[]> {
    if (items.length > RUNNER_LIMITS.manyItems)
      throw new RangeError(`runMany takes at most ${RUNNER_LIMITS.manyItems} items, got ${items.length}`);
    if (items.length === 0) return [];
    const known = await this.#log.findRequests(items.map(({ requestKey }) => requestKey));
    const outcomes: ManyOutcome[] = new Array<ManyOutcome>(items.length);
    const open: OpenItem<C>[] = [];
    items.forEach((item, index) => {
      const fingerprint = this.#fingerprintOf(decider.category, item.id, item.command, context);
      const found = known[index];
      if (found) outcomes[index] = done(item.id, answerKnown({ requestKey: item.requestKey, fingerprint, streams: [] }, found));
      else open.push({ index, item, fingerprint });
    });
    const appended = await this.#decideMany(decider, open, context, outcomes);
    const failed = appended.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return outcomes;
  }

  /** Fills in the outcomes; waits for all items even when one fails, so that nothing is still under way when it throws. */
  async #decideMany<C extends Message, S, E extends Message>(
    decider: Decider<C, S, E>,
    open: readonly OpenItem<C>[],
    context: Context,
    outcomes: ManyOutcome[],
  ): Promise<readonly PromiseSettledResult<void>[]> {
    if (open.length === 0) return [];
    const slices = await this.#readMany(open.map(({ item }) => streamIdOf(decider.category, item.id)));
    const accepted: { readonly open: OpenItem<C>; readonly decided: Decided }[] = [];
    const thrown: { readonly open: OpenItem<C>; readonly error: unknown }[] = [];
    open.forEach((entry, at) => {
      const slice = slices[at];
      if (!slice) throw new TypeError('the log answered fewer streams than it was asked for');
      const { item, fingerprint } = entry;
      try {
        const part = together(decider, item.id, item.command);
        const decided = this.#decide([part], [slice], { ...context, requestKey: item.requestKey }, fingerprint);
        accepted.push({ open: entry, decided });
      } catch (error) {
        thrown.push({ open: entry, error });
      }
    });
    // As in #knownAfterAll: a first try may have been written after its key was asked for.
    const known = thrown.length === 0 ? [] : await this.#log.findRequests(thrown.map(({ open: { item } }) => item.requestKey));
    thrown.forEach(({ open: { index, item, fingerprint }, error }, at) => {
      const found = known[at];
      outcomes[index] = found
        ? done(item.id, answerKnown({ requestKey: item.requestKey, fingerprint, streams: [] }, found))
        : refused(item.id, error);
    });
    const requests = await this.#encode(accepted.map(({ decided }) => decided));
    return Promise.allSettled(
      accepted.map(async ({ open: { index, item } }, at) => {
        const request = requests[at];
        if (request) outcomes[index] = await this.#appendOne(decider, item, context, request);
      }),
    );
  }

  async #appendOne<C extends Message, S, E extends Message>(
    decider: Decider<C, S, E>,
    item: ManyItem<C>,
    context: Context,
    request: AppendRequest,
  ): Promise<ManyOutcome> {
    try {
      return done(item.id, await this.#append(request));
    } catch (error) {
      if (!isCode(error, 'version-conflict')) throw error;
    }
    try {
      const result = await this.run(decider, item.id, item.command, { ...context, requestKey: item.requestKey });
      return { kind: 'done', id: item.id, result };
    } catch (error) {
      return refused(item.id, error);
    }
  }

  async #runParts(parts: readonly TogetherPart[], context: CommandContext, fingerprint: Uint8Array): Promise<CommandResult> {
    const { requestKey } = context;
    for (let attempt = 1; ; attempt += 1) {
      // The key is asked for and the streams are read at the same time; a known key wins before anything is decided.
      const [[known], slices] = await Promise.all([
        this.#log.findRequests([requestKey]),
        this.#readMany(parts.map(({ streamId }) => streamId)),
      ]);
      if (known) return resultOf(answerKnown({ requestKey, fingerprint, streams: [] }, known));
      let decided: Decided;
      try {
        decided = this.#decide(parts, slices, context, fingerprint);
      } catch (error) {
        return this.#knownAfterAll(requestKey, fingerprint, error);
      }
      const [request] = await this.#encode([decided]);
      if (!request) throw new TypeError('nothing was encoded');
      try {
        return resultOf(await this.#append(request));
      } catch (error) {
        if (!isCode(error, 'version-conflict') || attempt > RUNNER_LIMITS.conflictRetries) throw error;
        await this.#pause(retryDelayMs(attempt));
      }
    }
  }

  /**
   * The first try of a key may be written after the key was asked for and before the streams were read: its own events
   * are then what the decision or the version named fails on, and the first receipt is the answer.
   */
  async #knownAfterAll(requestKey: string, fingerprint: Uint8Array, error: unknown): Promise<CommandResult> {
    const [known] = await this.#log.findRequests([requestKey]);
    if (!known) throw error;
    return resultOf(answerKnown({ requestKey, fingerprint, streams: [] }, known));
  }

  #decide(parts: readonly TogetherPart[], slices: readonly StreamSlice[], context: CommandContext, fingerprint: Uint8Array): Decided {
    const { requestKey, actor, now } = context;
    const metadata = encodeMetadata({
      actor,
      commandId: requestKey,
      causationId: context.causationId ?? requestKey,
      correlationId: context.correlationId ?? requestKey,
      occurredAt: now,
    });
    let index = 0;
    const streams = parts.map((part, at) => {
      const slice = slices[at];
      if (!slice) throw new TypeError('the log answered fewer streams than it was asked for');
      requireExpected(slice, context.expectedVersion);
      const decided = part.decide(this.#messages(slice.events), context);
      const events = decided.map(({ type, data }) => ({ type, data, metadata, eventId: `${requestKey}#${index++}` }));
      return { streamId: part.streamId, expectedVersion: slice.version, events };
    });
    return { requestKey, fingerprint, streams };
  }

  /** One call to the registry, so that all personal texts of a batch are sealed at once. */
  async #encode(decisions: readonly Decided[]): Promise<readonly AppendRequest[]> {
    const flat = decisions.flatMap(({ streams }) => streams.flatMap(({ events }) => events));
    const encoded = await this.#parts.registry.encodeAll(flat, this.#parts.sealer);
    let next = 0;
    const take = (count: number): readonly EncodedEvent[] => encoded.slice(next, (next += count));
    return decisions.map(({ requestKey, fingerprint, streams }) => ({
      requestKey,
      fingerprint,
      streams: streams.map(({ streamId, expectedVersion, events }) => ({ streamId, expectedVersion, events: take(events.length) })),
    }));
  }

  /** Asks again with the same key and the same bytes while the outcome is unknown: at most one of the tries is ever written. */
  async #append(request: AppendRequest): Promise<AppendOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#log.append(request);
      } catch (error) {
        if (!isCode(error, 'outcome-unknown') || attempt > RUNNER_LIMITS.unknownRetries) throw error;
        this.#parts.logger?.warn({ requestKey: request.requestKey, attempt }, 'outcome of an append is unknown, asking again');
        await this.#pause(retryDelayMs(attempt));
      }
    }
  }

  async #readMany(streamIds: readonly string[]): Promise<readonly StreamSlice[]> {
    const [only] = streamIds;
    if (only !== undefined && streamIds.length === 1) return [await this.#readWhole(only, {})];
    const slices = await this.#log.readStreams(streamIds);
    return Promise.all(slices.map(async (slice) => (slice.events.length === slice.version ? slice : this.#readWhole(slice.streamId, {}))));
  }

  /** Reads page by page to the version of the first page, so that state and expected version belong together. */
  async #readWhole(streamId: string, options: { readonly toPosition?: number }): Promise<StreamSlice> {
    const first = await this.#log.readStream(streamId, options);
    if (first.events.length === first.version) return first;
    if (first.version > RUNNER_LIMITS.streamEvents)
      throw new EventStoreError('invalid-request', { streamId, version: first.version, limit: RUNNER_LIMITS.streamEvents });
    const events: StoredEvent[] = [...first.events];
    while (events.length < first.version) {
      const page = await this.#log.readStream(streamId, {
        ...options,
        fromVersion: events.length + 1,
        maxEvents: first.version - events.length,
      });
      if (page.events.length === 0) throw new EventStoreError('log-damaged', { streamId, version: events.length + 1 });
      events.push(...page.events);
    }
    return { streamId, version: first.version, events };
  }

  #messages(events: readonly StoredEvent[]): readonly Message[] {
    return events.map((event) => this.#parts.registry.decodeMessage(event));
  }

  #fingerprintOf(category: string, id: string, command: Message, context: Context): Uint8Array {
    return fingerprintOf(this.#fingerprintKey, { command: saidBy(command, context), target: streamIdOf(category, id) }, context.actor);
  }
}

/** What a request key stands for: the intent, where one is given, instead of the input derived from it. */
function saidBy(command: Message, { intent }: Context): Message {
  return intent === undefined ? command : { type: command.type, data: intent };
}

interface OpenItem<C extends Message> {
  readonly index: number;
  readonly item: ManyItem<C>;
  readonly fingerprint: Uint8Array;
}

function resultOf(outcome: AppendOutcome): CommandResult {
  const { receipt, kind } = outcome;
  const [first] = receipt.versions;
  return { streamId: first?.streamId ?? '', version: first?.version ?? 0, token: receipt.token, repeated: kind === 'repeated' };
}

function done(id: string, outcome: AppendOutcome): ManyOutcome {
  return { kind: 'done', id, result: resultOf(outcome) };
}

/** A refusal is a result; anything else is a failure and goes on. */
function refused(id: string, error: unknown): ManyOutcome {
  if (!(error instanceof Rejection)) throw error;
  return { kind: 'rejected', id, code: error.code, details: error.details };
}

function isCode(error: unknown, code: EventStoreError['code']): boolean {
  return error instanceof EventStoreError && error.code === code;
}

function retryDelayMs(attempt: number): number {
  const ceiling = Math.min(RUNNER_LIMITS.retryBaseMs * 2 ** (attempt - 1), RUNNER_LIMITS.retryMaxMs);
  return ceiling / 2 + Math.random() * (ceiling / 2);
}

/** Who named the version they saw wants to decide on that one alone. */
function requireExpected(slice: StreamSlice, expected: number | undefined): void {
  if (expected !== undefined && slice.version !== expected) {
    throw new EventStoreError('version-conflict', { stream: slice.streamId, expected, actual: slice.version });
  }
}
