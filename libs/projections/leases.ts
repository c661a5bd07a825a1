import type { Pool, PoolClient } from 'pg';

/**
 * One owner per consumer over all processes: advisory locks held by one connection of this process. They end with the
 * connection, so a killed process frees them at once. A lease only saves double work: what guards the effect is that
 * each write moves a checkpoint which must still stand where the writer read it.
 */
export class Leases {
  private session: PoolClient | undefined;
  private readonly held = new Set<string>();
  private connecting: Promise<PoolClient> | undefined;
  private asking: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(private readonly pool: Pool) {}

  /** True when this process owns the name, from before or from now on. */
  async hold(name: string): Promise<boolean> {
    if (this.held.has(name)) return true;
    if (this.closed) return false;
    // One question at a time: a connection answers in order, and all consumers ask at the start.
    const asking = this.asking.then(() => this.ask(name));
    this.asking = asking.catch(() => undefined);
    return asking;
  }

  private async ask(name: string): Promise<boolean> {
    const session = await this.connected();
    const { rows } = await session.query<{ locked: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked', [
      `centum.consumer/${name}`,
    ]);
    const locked = rows[0]?.locked === true && session === this.session;
    if (locked) this.held.add(name);
    return locked;
  }

  close(): void {
    this.closed = true;
    this.forget(this.session, true);
  }

  private connected(): Promise<PoolClient> {
    if (this.session) return Promise.resolve(this.session);
    this.connecting ??= this.connect().finally(() => {
      this.connecting = undefined;
    });
    return this.connecting;
  }

  private async connect(): Promise<PoolClient> {
    const session = await this.pool.connect();
    session.once('error', () => this.forget(session, true));
    session.once('end', () => this.forget(session, true));
    if (this.closed) session.release(true);
    else this.session = session;
    return session;
  }

  private forget(session: PoolClient | undefined, destroy: boolean): void {
    if (!session || session !== this.session) return;
    this.session = undefined;
    this.held.clear();
    session.release(destroy);
  }
}
