import type { ClientConfig } from 'pg';
import { connect, type OpenClient } from './connection';

const CHANNEL = 'centum_log';
/** At most one NOTIFY per interval and process; a reconnect waits double from the first to the longest. */
export const SIGNAL_LIMITS = { notifyEveryMs: 15, firstReconnectMs: 50, longestReconnectMs: 2_000 } as const;

/**
 * Tells others that something was committed, after the commit (inside it, NOTIFY takes a lock that puts all commits in a
 * row). The first at once, the rest of an interval as one at its end. A hint: a lost one costs a poll.
 */
export class CommitNotifier {
  #timer: NodeJS.Timeout | undefined;
  #owed = false;

  constructor(readonly send: (channel: string) => Promise<unknown>) {}

  committed(): void {
    if (this.#timer) {
      this.#owed = true;
      return;
    }
    this.#notify();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#owed) return;
      this.#owed = false;
      this.committed();
    }, SIGNAL_LIMITS.notifyEveryMs);
  }

  /** Sends what is owed; nothing is left running. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#owed) await this.send(CHANNEL).catch(() => undefined);
  }

  #notify(): void {
    // Whoever misses it polls; there is nobody to tell.
    this.send(CHANNEL).catch(() => undefined);
  }
}

/** Hears of commits of all processes, and reconnects for as long as someone listens. */
export class CommitListener {
  readonly #wakes = new Set<() => void>();
  #open: OpenClient | undefined;
  #starting: Promise<void> | undefined;
  #closed = false;
  #reconnect: NodeJS.Timeout | undefined;
  #waitMs: number = SIGNAL_LIMITS.firstReconnectMs;

  constructor(
    readonly connection: ClientConfig,
    readonly onTrouble: (error: unknown, what: string) => void,
  ) {}

  async add(wake: () => void): Promise<() => Promise<void>> {
    // A value of its own: the same function may be given twice and is taken away once each.
    const own = (): void => wake();
    this.#wakes.add(own);
    this.#starting ??= this.#start();
    await this.#starting;
    return async () => {
      this.#wakes.delete(own);
      await Promise.resolve();
    };
  }

  /** For commits of this process, without the way through the database. */
  wakeAll(): void {
    for (const wake of this.#wakes) wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#reconnect);
    await this.#starting;
    const open = this.#open;
    this.#open = undefined;
    await open?.client.end();
  }

  async #start(): Promise<void> {
    if (this.#closed) return;
    try {
      const open = await connect(this.connection, (lost) => this.#lost(lost));
      open.client.on('notification', () => this.wakeAll());
      await open.client.query(`LISTEN ${CHANNEL}`);
      this.#open = open;
      this.#waitMs = SIGNAL_LIMITS.firstReconnectMs;
      // What was committed while nobody listened was not heard.
      this.wakeAll();
    } catch (error) {
      this.onTrouble(error, 'the database can not be reached to listen for commits');
      this.#later();
    }
  }

  #lost(open: OpenClient): void {
    open.abandon();
    if (this.#open !== open) return;
    this.#open = undefined;
    this.#later();
  }

  #later(): void {
    if (this.#closed) return;
    this.#reconnect = setTimeout(() => {
      this.#starting = this.#start();
    }, this.#waitMs);
    this.#reconnect.unref();
    this.#waitMs = Math.min(this.#waitMs * 2, SIGNAL_LIMITS.longestReconnectMs);
  }
}
