import { type AppendOutcome, type AppendRequest, EventStoreError } from '../port';
import type { RequestSize } from '../request-check';

/** Bounds of one process's lane. Bytes are those of events as the request limits count them. */
export const LANE_LIMITS = {
  queuedRequests: 50_000,
  queuedBytes: 128 * 1024 * 1024,
  batchRequests: 1_500,
  batchEvents: 4_000,
  batchBytes: 4 * 1024 * 1024,
} as const;

export interface LaneItem {
  readonly request: AppendRequest;
  readonly size: RequestSize;
}

/** Either an outcome or the error of that request alone. */
export type LaneResult = { readonly outcome: AppendOutcome } | { readonly error: unknown };

/** Writes a batch; gives a result for each item in order. Never throws for one item's sake. */
export type LaneFlush = (batch: readonly LaneItem[]) => Promise<readonly LaneResult[]>;

interface Waiting extends LaneItem {
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The way of one process to the log: takes everything that waits as one batch, one batch at a time, without a timer.
 * The first request is written at once; what arrives meanwhile forms the next batch. No stream and no key stands twice in
 * a batch: the second waits for the next.
 */
export class Lane {
  #queue: Waiting[] = [];
  #queuedBytes = 0;
  #busy = false;
  #closed = false;
  #idle: (() => void)[] = [];

  constructor(readonly flush: LaneFlush) {}

  /** Thrown: EventStoreError `closed`, `store-unavailable` when the queue is full. */
  async push(item: LaneItem): Promise<AppendOutcome> {
    if (this.#closed) throw new EventStoreError('closed');
    if (this.#queue.length >= LANE_LIMITS.queuedRequests || this.#queuedBytes + item.size.bytes > LANE_LIMITS.queuedBytes) {
      throw new EventStoreError('store-unavailable', { reason: 'lane-full', queued: this.#queue.length });
    }
    return new Promise<AppendOutcome>((resolve, reject) => {
      this.#queue.push({ ...item, resolve, reject });
      this.#queuedBytes += item.size.bytes;
      if (!this.#busy) void this.#work();
    });
  }

  /** Takes nothing new and waits for what was taken. */
  async close(): Promise<void> {
    this.#closed = true;
    if (!this.#busy) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#queue.length > 0) {
      const batch = this.#take();
      await this.#write(batch);
      // Those just answered often come back at once: give them one turn, so that they form one batch and not one and the rest.
      // After a batch of one there is nobody else to wait for.
      if (batch.length > 1) await new Promise((resolve) => setImmediate(resolve));
    }
    this.#busy = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    let results: readonly LaneResult[];
    try {
      results = await this.flush(batch);
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    batch.forEach(({ resolve, reject }, index) => {
      const result = results[index];
      if (!result) reject(new TypeError('the lane got fewer results than requests'));
      else if ('error' in result) reject(result.error);
      else resolve(result.outcome);
    });
  }

  #take(): readonly Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const taken = new Set<string>();
    let events = 0;
    let bytes = 0;
    let index = 0;
    for (; index < this.#queue.length && batch.length < LANE_LIMITS.batchRequests; index += 1) {
      const item = this.#queue[index];
      if (!item) break;
      const fits =
        batch.length === 0 || (events + item.size.events <= LANE_LIMITS.batchEvents && bytes + item.size.bytes <= LANE_LIMITS.batchBytes);
      if (!fits) break;
      if (!claim(taken, item.request)) {
        later.push(item);
        continue;
      }
      batch.push(item);
      events += item.size.events;
      bytes += item.size.bytes;
    }
    this.#queue = later.length === 0 && index === this.#queue.length ? [] : [...later, ...this.#queue.slice(index)];
    this.#queuedBytes -= bytes;
    return batch;
  }
}

/** False when the key or one of the streams is in the batch already. Keys and streams can't be mistaken: see the prefixes. */
function claim(taken: Set<string>, { requestKey, streams }: AppendRequest): boolean {
  if (taken.has(`k${requestKey}`)) return false;
  for (const { streamId } of streams) if (taken.has(`s${streamId}`)) return false;
  taken.add(`k${requestKey}`);
  for (const { streamId } of streams) taken.add(`s${streamId}`);
  return true;
}
