import type { Client, ClientConfig } from 'pg';
import { type AppendOutcome, type AppendRequest, EventStoreError, type KnownRequest } from '../port';
import { answerKnown, versionConflict } from '../request-check';
import { appendBatch, appendSingle, asSingle, type BatchVerdict, FIND_REQUESTS, knownRequest, receiptOf, type RequestRow } from './append';
import { classify, connect, type Failure, type OpenClient } from './connection';
import type { LaneItem, LaneResult } from './lane';

/** Tries for a batch whose connection was lost or could not be had; waits double from the first to the longest. */
export const WRITER_LIMITS = { tries: 7, firstWaitMs: 25, longestWaitMs: 800 } as const;

export interface WriterOptions {
  readonly connection: ClientConfig;
  /** Makes partitions ahead of the head. */
  readonly ensurePartitions: () => Promise<void>;
  readonly onTrouble: (error: unknown, what: string) => void;
}

/** `sent`: it may have been written, though no answer came. */
interface Try {
  readonly results: readonly LaneResult[] | undefined;
  readonly sent: boolean;
  readonly cause: unknown;
}

/** The lane's one connection: writes batches, and finds out what became of one when the connection is lost under way. */
export class BatchWriter {
  #open: OpenClient | undefined;

  constructor(readonly options: WriterOptions) {}

  /** One result for each item, in order. Never throws. */
  readonly flush = async (batch: readonly LaneItem[]): Promise<readonly LaneResult[]> => {
    const requests = batch.map(({ request }) => request);
    try {
      return await this.#write(requests);
    } catch (error) {
      return requests.map(() => ({ error }));
    }
  };

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.client.end();
  }

  /**
   * A batch whose connection went away is sent again whole: what was written is known by its key, so nothing is written
   * twice, and the first try, should it still be under way, is refused the same way.
   */
  async #write(requests: readonly AppendRequest[]): Promise<readonly LaneResult[]> {
    let sent = false;
    let cause: unknown;
    let waitMs: number = WRITER_LIMITS.firstWaitMs;
    for (let attempt = 1; attempt <= WRITER_LIMITS.tries; attempt += 1) {
      const tried = await this.#try(requests, sent);
      if (tried.results) return tried.results;
      sent ||= tried.sent;
      cause = tried.cause;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      waitMs = Math.min(waitMs * 2, WRITER_LIMITS.longestWaitMs);
    }
    throw new EventStoreError(sent ? 'outcome-unknown' : 'store-unavailable', { attempts: WRITER_LIMITS.tries }, { cause });
  }

  async #try(requests: readonly AppendRequest[], again: boolean): Promise<Try> {
    let open: OpenClient;
    try {
      open = await this.#connected();
    } catch (cause) {
      this.options.onTrouble(cause, 'the database can not be reached for appends');
      return { results: undefined, sent: false, cause };
    }
    try {
      return { results: await this.#send(open.client, requests, again), sent: false, cause: undefined };
    } catch (cause) {
      this.#drop(open);
      this.options.onTrouble(cause, 'append connection lost');
      return { results: undefined, sent: true, cause };
    }
  }

  /** Undefined when the batch should be sent once more. Thrown: only when the connection is lost. */
  async #send(client: Client, requests: readonly AppendRequest[], again: boolean): Promise<readonly LaneResult[] | undefined> {
    const [only] = requests;
    const single = requests.length === 1 && only ? asSingle(only) : undefined;
    try {
      if (single) return [{ outcome: { kind: 'appended', receipt: receiptOf(single.request, await appendSingle(client, single)) } }];
      return await this.#settle(client, requests, await appendBatch(client, requests), again);
    } catch (error) {
      const failure = classify(error);
      if (failure === 'connection') throw error;
      if (failure === 'no-partition') {
        await this.options.ensurePartitions();
        return undefined;
      }
      if (single) return [await this.#singleRefused(client, single.request, failure, { error, again })];
      if (failure === 'request' || failure === 'duplicate') return this.#oneByOne(client, requests, again);
      return requests.map(() => ({ error: unavailable(error) }));
    }
  }

  /** A batch that failed as a whole for one request's sake: each by itself, so that only that one fails. */
  async #oneByOne(client: Client, requests: readonly AppendRequest[], again: boolean): Promise<readonly LaneResult[]> {
    const results: LaneResult[] = [];
    for (const request of requests) {
      try {
        const settled = await this.#settle(client, [request], await appendBatch(client, [request]), again);
        results.push(...settled);
      } catch (error) {
        if (classify(error) === 'connection') throw error;
        results.push({ error: unavailable(error) });
      }
    }
    return results;
  }

  async #singleRefused(
    client: Client,
    request: AppendRequest,
    failure: Failure,
    { error, again }: { readonly error: unknown; readonly again: boolean },
  ): Promise<LaneResult> {
    if (failure !== 'stale' && failure !== 'duplicate') return { error: unavailable(error) };
    // The key is looked at before the version: a repeat finds its stream moved on by itself.
    const known = (await this.#findRequests(client, [request.requestKey])).get(request.requestKey);
    return known ? answer(request, known, again) : { error: versionConflict(request.streams[0]) };
  }

  async #settle(
    client: Client,
    requests: readonly AppendRequest[],
    verdicts: readonly BatchVerdict[],
    again: boolean,
  ): Promise<readonly LaneResult[]> {
    const repeated = requests.filter((_, index) => verdicts[index]?.kind === 'known').map(({ requestKey }) => requestKey);
    const known = repeated.length === 0 ? undefined : await this.#findRequests(client, repeated);
    return requests.map((request, index): LaneResult => {
      const verdict = verdicts[index];
      if (verdict?.kind === 'written') return { outcome: { kind: 'appended', receipt: receiptOf(request, verdict.token) } };
      const first = known?.get(request.requestKey);
      if (first) return answer(request, first, again);
      return { error: versionConflict(request.streams.find(({ events }) => events.length > 0)) };
    });
  }

  async #findRequests(client: Client, requestKeys: readonly string[]): Promise<ReadonlyMap<string, KnownRequest>> {
    const { rows } = await client.query<[...RequestRow]>({
      name: 'find-requests',
      text: FIND_REQUESTS,
      values: [requestKeys],
      rowMode: 'array',
    });
    return new Map(rows.map((row) => [row[0], knownRequest(row)]));
  }

  async #connected(): Promise<OpenClient> {
    if (this.#open) return this.#open;
    this.#open = await connect(this.options.connection, (lost) => this.#drop(lost));
    return this.#open;
  }

  #drop(open: OpenClient): void {
    if (this.#open === open) this.#open = undefined;
    open.abandon();
  }
}

/** A key found after the same batch was sent before is that try's own work. */
function answer(request: AppendRequest, known: KnownRequest, again: boolean): LaneResult {
  try {
    const outcome: AppendOutcome = answerKnown(request, known);
    return { outcome: again ? { kind: 'appended', receipt: outcome.receipt } : outcome };
  } catch (error) {
    return { error };
  }
}

function unavailable(error: unknown): EventStoreError {
  return new EventStoreError(
    'store-unavailable',
    { reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown' },
    { cause: error },
  );
}
