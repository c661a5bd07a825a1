import { type Clock, type Instant, systemClock } from '#kernel';
import {
  type AppendOutcome,
  type AppendRequest,
  EVENT_LOG_LIMITS,
  type EventLog,
  EventStoreError,
  type KnownRequest,
  type LogHead,
  type Receipt,
  type StoredEvent,
  type StreamSlice,
} from '../port';
import { answerKnown, checkRequest, versionConflict } from '../request-check';
import { formatToken, parseToken } from '../token';

export interface InMemoryLogOptions {
  /** Source of `recordedAt`; it is never let go back. */
  readonly clock?: Clock;
  readonly logId?: string;
}

const EPOCH = 1;
const DEFAULT_LOG_ID = '00000000-0000-7000-8000-000000000001';

/** The log for unit tests: same contract as the others, nothing outlives the process. */
export function createInMemoryLog(options: InMemoryLogOptions = {}): EventLog {
  return new InMemoryLog(options.clock ?? systemClock, options.logId ?? DEFAULT_LOG_ID);
}

class InMemoryLog implements EventLog {
  readonly capabilities = { adapter: 'in-memory', sequencing: 'at-commit', cannotBeAltered: 'no', durable: false } as const;
  readonly #events: StoredEvent[] = [];
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #requests = new Map<string, KnownRequest>();
  readonly #wakes = new Set<() => void>();
  #closed = false;

  constructor(
    readonly clock: Clock,
    readonly logId: string,
  ) {}

  async append(request: AppendRequest): Promise<AppendOutcome> {
    this.#assertOpen();
    checkRequest(request);
    // One turn, as a real store would take: callers must not rely on an append being done at once.
    await Promise.resolve();
    const known = this.#requests.get(request.requestKey);
    if (known) return answerKnown(request, known);
    for (const stream of request.streams) {
      const actual = this.#versionOf(stream.streamId);
      if (stream.events.length > 0 && actual !== stream.expectedVersion) throw versionConflict(stream, actual);
    }
    const receipt = this.#write(request);
    this.#requests.set(request.requestKey, { fingerprint: Buffer.from(request.fingerprint), receipt });
    if (receipt.token !== null) for (const wake of this.#wakes) queueMicrotask(wake);
    return { kind: 'appended', receipt };
  }

  #write(request: AppendRequest): Receipt {
    const recordedAt = this.#recordedNow();
    const versions: { streamId: string; version: number }[] = [];
    let written = 0;
    for (const { streamId, expectedVersion, events } of request.streams) {
      const stream = this.#streams.get(streamId) ?? [];
      if (events.length > 0) this.#streams.set(streamId, stream);
      for (const event of events) {
        const stored: StoredEvent = {
          ...event,
          metadata: Buffer.from(event.metadata),
          payload: Buffer.from(event.payload),
          epoch: EPOCH,
          position: this.#events.length + 1,
          streamId,
          streamVersion: stream.length + 1,
          recordedAt,
        };
        this.#events.push(stored);
        stream.push(stored);
        written += 1;
      }
      versions.push({ streamId, version: expectedVersion + events.length });
    }
    const token = written === 0 ? null : formatToken({ epoch: EPOCH, position: this.#events.length });
    return { requestKey: request.requestKey, versions, token };
  }

  #recordedNow(): Instant {
    const now = this.clock.now();
    const last = this.#events.at(-1)?.recordedAt;
    return last !== undefined && last > now ? last : now;
  }

  #versionOf(streamId: string): number {
    return this.#streams.get(streamId)?.length ?? 0;
  }

  async readStream(
    streamId: string,
    options: { readonly fromVersion?: number; readonly maxEvents?: number; readonly toPosition?: number } = {},
  ): Promise<StreamSlice> {
    this.#assertOpen();
    await Promise.resolve();
    const { fromVersion = 1, maxEvents = EVENT_LOG_LIMITS.readPage, toPosition = Number.MAX_SAFE_INTEGER } = options;
    const all = (this.#streams.get(streamId) ?? []).filter((event) => event.position <= toPosition);
    const from = Math.max(fromVersion, 1) - 1;
    return { streamId, version: all.length, events: all.slice(from, from + Math.min(maxEvents, EVENT_LOG_LIMITS.readPage)) };
  }

  async readStreams(streamIds: readonly string[]): Promise<readonly StreamSlice[]> {
    return Promise.all(streamIds.map((streamId) => this.readStream(streamId)));
  }

  async findRequests(requestKeys: readonly string[]): Promise<readonly (KnownRequest | undefined)[]> {
    this.#assertOpen();
    await Promise.resolve();
    return requestKeys.map((key) => this.#requests.get(key));
  }

  async head(): Promise<LogHead> {
    this.#assertOpen();
    await Promise.resolve();
    return { logId: this.logId, epoch: EPOCH, position: this.#events.length };
  }

  async readAll(
    after: number,
    options: { readonly maxEvents: number; readonly types?: readonly string[] },
  ): Promise<readonly StoredEvent[]> {
    this.#assertOpen();
    await Promise.resolve();
    const { maxEvents, types } = options;
    const limit = Math.min(maxEvents, EVENT_LOG_LIMITS.readPage);
    const wanted = types && new Set(types);
    const page: StoredEvent[] = [];
    for (let index = after; index < this.#events.length && page.length < limit; index += 1) {
      const event = this.#events[index];
      if (event && (!wanted || wanted.has(event.type))) page.push(event);
    }
    return page;
  }

  async waitFor(token: string, timeoutMs: number): Promise<number> {
    this.#assertOpen();
    const { position } = parseToken(token);
    if (position <= this.#events.length) return position;
    await new Promise<void>((resolve, reject) => {
      const wake = (): void => {
        if (position > this.#events.length) return;
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#wakes.delete(wake);
        reject(new EventStoreError('wait-timed-out', { position, timeoutMs }));
      }, timeoutMs);
      this.#wakes.add(wake);
    });
    return position;
  }

  async positionAt(time: Instant): Promise<number> {
    this.#assertOpen();
    await Promise.resolve();
    return this.#events.findLast((event) => event.recordedAt <= time)?.position ?? 0;
  }

  async onCommit(wake: () => void): Promise<() => Promise<void>> {
    this.#assertOpen();
    await Promise.resolve();
    const own = (): void => wake();
    this.#wakes.add(own);
    return async () => {
      await Promise.resolve();
      this.#wakes.delete(own);
    };
  }

  async close(): Promise<void> {
    await Promise.resolve();
    this.#closed = true;
    this.#wakes.clear();
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreError('closed');
  }
}
