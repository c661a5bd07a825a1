import type { Pool, QueryResultRow } from 'pg';
import type { Instant } from '#kernel';
import type { SequencedLog } from '#libs/event-store';
import { readStandings, type Standing } from './consumer-store';
import type { AnyProjection } from './definition';
import { ProjectionError } from './errors';
import { PROJECTION_LIMITS } from './limits';
import { readTypes } from './row-codec';
import { FROM_POSITION, historyViewName, qualified, quoted, READ_SCHEMA, TO_POSITION } from './sql-names';

/** A past position or time, or undefined for now. */
export type AsOf = { readonly position: number } | { readonly time: Instant } | undefined;

/**
 * Queries over read models. Values come as rows hold them: bigint as a safe integer, numeric and date as text,
 * instants in UTC with milliseconds.
 */
export interface ReadDb {
  query<R extends QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<readonly R[]>;
  /** The first row, undefined when none. */
  one<R extends QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<R | undefined>;
  /**
   * Resolves with the checkpoint once the projection has reached the position.
   * Thrown: ProjectionError `wait-timed-out`, `projection-parked` (before that position), `unknown-projection`.
   */
  waitForProjection(projection: AnyProjection | string, position: number, timeoutMs: number): Promise<number>;
  /** The position that stands for a past moment; undefined for now. */
  positionOf(asOf: AsOf, log: Pick<SequencedLog, 'positionAt'>): Promise<number | undefined>;
}

/**
 * A table expression for FROM: current rows, or the rows as they were right after that position.
 * The position is a number of ours, never a caller's text. Thrown for a past position of a projection without history:
 * ProjectionError `no-history`.
 */
export function asOfTable(projection: AnyProjection, position?: number): string {
  if (position === undefined) return qualified(READ_SCHEMA, projection.name);
  if (!projection.history) throw new ProjectionError('no-history', { projection: projection.name });
  if (!Number.isSafeInteger(position) || position < 0) throw new RangeError('a position is a whole number from 0');
  const columns = Object.keys(projection.columns).map(quoted).join(', ');
  const view = qualified(READ_SCHEMA, historyViewName(projection.name));
  return `(SELECT ${columns} FROM ${view} WHERE ${FROM_POSITION} <= ${position} AND (${TO_POSITION} IS NULL OR ${TO_POSITION} > ${position}))`;
}

export function openReadDb(pool: Pool): ReadDb {
  return new PooledReadDb(pool);
}

class PooledReadDb implements ReadDb {
  /** One look at the checkpoints serves everybody who waits at that moment. */
  private looking: Promise<ReadonlyMap<string, Standing>> | undefined;
  /** The last look: who waits for several projections in turn finds most of them there already. */
  private seen: { readonly at: number; readonly standings: ReadonlyMap<string, Standing> } | undefined;

  constructor(private readonly pool: Pool) {}

  async query<R extends QueryResultRow>(sql: string, params: readonly unknown[] = []): Promise<readonly R[]> {
    const { rows } = await this.pool.query<R>({ text: sql, values: [...params], types: readTypes });
    return rows;
  }

  async one<R extends QueryResultRow>(sql: string, params: readonly unknown[] = []): Promise<R | undefined> {
    return (await this.query<R>(sql, params))[0];
  }

  async waitForProjection(projection: AnyProjection | string, position: number, timeoutMs: number): Promise<number> {
    const name = typeof projection === 'string' ? projection : projection.name;
    const known = this.justSeen(name);
    if (known && known.position >= position) return known.position;
    const deadline = performance.now() + Math.min(timeoutMs, PROJECTION_LIMITS.waitMaxMs);
    for (let waitMs: number = PROJECTION_LIMITS.waitPollMinMs; ; waitMs = Math.min(PROJECTION_LIMITS.waitPollMaxMs, waitMs * 2)) {
      const standing = (await this.look()).get(name);
      if (standing && standing.position >= position) return standing.position;
      if (standing?.parkedAt !== undefined && standing.parkedAt <= position) {
        throw new ProjectionError('projection-parked', { projection: name, position, parkedAt: standing.parkedAt });
      }
      if (performance.now() + waitMs > deadline) {
        if (!standing) throw new ProjectionError('unknown-projection', { projection: name });
        throw new ProjectionError('wait-timed-out', { projection: name, position, at: standing.position });
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  async positionOf(asOf: AsOf, log: Pick<SequencedLog, 'positionAt'>): Promise<number | undefined> {
    if (!asOf) return undefined;
    return 'position' in asOf ? asOf.position : log.positionAt(asOf.time);
  }

  /** Checkpoints go back only when a log is put back: a look of a moment ago says at least how far they are. */
  private justSeen(name: string): Standing | undefined {
    if (!this.seen || performance.now() - this.seen.at > PROJECTION_LIMITS.seenMaxMs) return undefined;
    return this.seen.standings.get(name);
  }

  private look(): Promise<ReadonlyMap<string, Standing>> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async lookOnce(): Promise<ReadonlyMap<string, Standing>> {
    const at = performance.now();
    const standings = await readStandings(this.pool);
    this.seen = { at, standings };
    return standings;
  }
}
