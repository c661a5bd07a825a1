import { Pool } from 'pg';
import type { Instant } from '#kernel';
import {
  type AppendOutcome,
  type AppendRequest,
  type EventLog,
  type EventLogCapabilities,
  EventStoreError,
  type KnownRequest,
  type LogHead,
  type StoredEvent,
  type StreamSlice,
} from '../port';
import { checkRequest } from '../request-check';
import { type LogToken, parseToken } from '../token';
import { CommitListener, CommitNotifier } from './commit-signal';
import { appendConfig, type PostgresConnection, readConfig } from './connection';
import { Lane } from './lane';
import { LogReader } from './reader';
import { BatchWriter } from './writer';

export interface PostgresLogOptions extends PostgresConnection {
  /** Connections for reading; 4 unless said otherwise. One more each for appends and for listening. */
  readonly readConnections?: number;
  readonly logger?: { warn(details: Readonly<Record<string, unknown>>, message: string): void };
}

const DEFAULT_READ_CONNECTIONS = 4;
const WAIT_POLL_MS = 20;

/**
 * Opens the log of a database that `migrateEventLog` has prepared.
 * Thrown when the database can't be reached or holds no log: EventStoreError `store-unavailable`.
 */
export async function openPostgresLog(options: PostgresLogOptions): Promise<EventLog> {
  const pool = new Pool({ ...readConfig(options, 'read'), max: options.readConnections ?? DEFAULT_READ_CONNECTIONS });
  const warn = (error: unknown, what: string): void =>
    options.logger?.warn({ reason: error instanceof Error ? error.message : String(error) }, what);
  pool.on('error', (error) => warn(error, 'a read connection was lost'));
  try {
    const capabilities = await capabilitiesOf(pool);
    const log = new PostgresLog({ pool, options, capabilities, warn });
    await log.ensurePartitions();
    return log;
  } catch (error) {
    await pool.end();
    if (error instanceof EventStoreError) throw error;
    throw new EventStoreError(
      'store-unavailable',
      { reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown' },
      { cause: error },
    );
  }
}

/** Asked of the database rather than assumed: a superuser may alter whatever the grants forbid. */
async function capabilitiesOf(pool: Pool): Promise<EventLogCapabilities> {
  const { rows } = await pool.query<{ alterable: string; durable: string }>(
    `SELECT (has_table_privilege('log.events', 'UPDATE') OR has_table_privilege('log.events', 'DELETE') OR has_table_privilege('log.events', 'TRUNCATE'))::text AS alterable,
       (current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on')::text AS durable`,
  );
  const [row] = rows;
  return {
    adapter: 'postgres',
    sequencing: 'at-commit',
    cannotBeAltered: row?.alterable === 'false' ? 'grants' : 'no',
    durable: row?.durable === 'true',
  };
}

interface Parts {
  readonly pool: Pool;
  readonly options: PostgresLogOptions;
  readonly capabilities: EventLogCapabilities;
  readonly warn: (error: unknown, what: string) => void;
}

class PostgresLog implements EventLog {
  readonly capabilities: EventLogCapabilities;
  readonly #pool: Pool;
  readonly #warn: Parts['warn'];
  readonly #reader: LogReader;
  readonly #writer: BatchWriter;
  readonly #lane: Lane;
  readonly #notifier: CommitNotifier;
  readonly #listener: CommitListener;
  /** The furthest commit seen by this process: what a token is compared with before the database is asked. */
  #seen: LogToken = { epoch: 0, position: 0 };
  /** Partitions reach to here. */
  #coveredTo = 0;
  #ensureFrom = 0;
  #ensuring: Promise<void> | undefined;
  #closed = false;

  constructor({ pool, options, capabilities, warn }: Parts) {
    this.capabilities = capabilities;
    this.#pool = pool;
    this.#warn = warn;
    this.#reader = new LogReader(pool);
    this.#writer = new BatchWriter({ connection: appendConfig(options), ensurePartitions: () => this.ensurePartitions(), onTrouble: warn });
    this.#lane = new Lane(this.#writer.flush);
    this.#notifier = new CommitNotifier((channel) => pool.query(`SELECT pg_notify('${channel}', '')`));
    this.#listener = new CommitListener(readConfig(options, 'listen'), warn);
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    this.#assertOpen();
    const outcome = await this.#lane.push({ request, size: checkRequest(request) });
    if (outcome.kind === 'appended' && outcome.receipt.token !== null) this.#committed(parseToken(outcome.receipt.token));
    return outcome;
  }

  #committed(token: LogToken): void {
    this.#see(token);
    this.#notifier.committed();
    this.#listener.wakeAll();
    if (token.position > this.#ensureFrom) this.#ensureSoon();
  }

  #see(token: LogToken): void {
    if (token.epoch > this.#seen.epoch || (token.epoch === this.#seen.epoch && token.position > this.#seen.position)) this.#seen = token;
  }

  /** Half a span before partitions end, the next is made beside the appends. */
  #ensureSoon(): void {
    if (this.#ensuring) return;
    this.#ensuring = this.ensurePartitions()
      .catch((error: unknown) => this.#warn(error, 'partitions could not be made ahead'))
      .finally(() => {
        this.#ensuring = undefined;
      });
  }

  async ensurePartitions(): Promise<void> {
    const { rows } = await this.#pool.query<{ covered: number; position: number }>(
      'SELECT log.ensure_partitions() AS covered, (SELECT h.position FROM log.head h) AS position',
    );
    const [row] = rows;
    if (!row) return;
    this.#coveredTo = row.covered;
    this.#ensureFrom = row.position + Math.floor((this.#coveredTo - row.position) / 2);
  }

  async readStream(
    streamId: string,
    options: { readonly fromVersion?: number; readonly maxEvents?: number; readonly toPosition?: number } = {},
  ): Promise<StreamSlice> {
    this.#assertOpen();
    return this.#reader.readStream(streamId, options);
  }

  async readStreams(streamIds: readonly string[]): Promise<readonly StreamSlice[]> {
    this.#assertOpen();
    return this.#reader.readStreams(streamIds);
  }

  async findRequests(requestKeys: readonly string[]): Promise<readonly (KnownRequest | undefined)[]> {
    this.#assertOpen();
    return this.#reader.findRequests(requestKeys);
  }

  async head(): Promise<LogHead> {
    this.#assertOpen();
    const head = await this.#reader.head();
    this.#see(head);
    return head;
  }

  async readAll(
    after: number,
    options: { readonly maxEvents: number; readonly types?: readonly string[] },
  ): Promise<readonly StoredEvent[]> {
    this.#assertOpen();
    return this.#reader.readAll(after, options);
  }

  /** Positions are given at commit, so a token already says its position; only one that is not there yet is waited for. */
  async waitFor(token: string, timeoutMs: number): Promise<number> {
    this.#assertOpen();
    const wanted = parseToken(token);
    const deadline = performance.now() + timeoutMs;
    while (!reached(this.#seen, wanted)) {
      if (reached(await this.head(), wanted)) break;
      if (performance.now() + WAIT_POLL_MS > deadline)
        throw new EventStoreError('wait-timed-out', { position: wanted.position, timeoutMs });
      await new Promise((resolve) => setTimeout(resolve, WAIT_POLL_MS));
    }
    return wanted.position;
  }

  async positionAt(time: Instant): Promise<number> {
    this.#assertOpen();
    return this.#reader.positionAt(time);
  }

  async onCommit(wake: () => void): Promise<() => Promise<void>> {
    this.#assertOpen();
    return this.#listener.add(wake);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#lane.close();
    await Promise.all([this.#writer.close(), this.#listener.close(), this.#notifier.close(), this.#ensuring]);
    await this.#pool.end();
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreError('closed');
  }
}

function reached(seen: LogToken, wanted: LogToken): boolean {
  return seen.epoch > wanted.epoch || (seen.epoch === wanted.epoch && seen.position >= wanted.position);
}

/** Removes at most `maxRows` request keys older than `keepDays` (never below 400); gives how many. For a daily chore. */
export async function pruneRequests(
  pool: Pick<Pool, 'query'>,
  { keepDays, maxRows }: { readonly keepDays: number; readonly maxRows: number },
): Promise<number> {
  const { rows } = await pool.query<{ removed: number }>('SELECT log.prune_requests($1, $2) AS removed', [keepDays, maxRows]);
  return Number(rows[0]?.removed ?? 0);
}
