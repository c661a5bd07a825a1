import type { Pool, PoolClient } from 'pg';
import type { SequencedLog } from '#libs/event-store';
import type { CheckpointLane } from './checkpoint-lane';
import type { Consumer, ConsumerLogger, Turn } from './consumer';
import { advanceMarks, type ConsumerRow, lockConsumers, type Mark, markId, park, putConsumer, readConsumers } from './consumer-store';
import type { AnyProjection } from './definition';
import { errorCode, errorFrames, isTransient, ProjectionError } from './errors';
import { FoldFailure, foldEvents, type PageEvent, touchedKeys } from './fold';
import { PROJECTION_LIMITS } from './limits';
import type { PageReader } from './page-reader';
import { RowCache } from './row-cache';
import { checkDefinition, definitionSignature, qualified, READ_SCHEMA, tableName } from './sql-names';
import { createTableStatements, createViewStatements, dropViewStatements } from './table-plan';
import { type TableStore, tableStore } from './table-store';
import { inTransaction } from './transaction';

export interface ProjectionDeps {
  readonly pool: Pool;
  readonly log: SequencedLog;
  readonly reader: PageReader;
  readonly lane: CheckpointLane;
  readonly logger: ConsumerLogger;
}

/** One table being written: where it stands, what of it is in memory, how many events to take at once. */
interface Writing {
  readonly row: ConsumerRow;
  position: number;
  parked: boolean;
  readonly store: TableStore;
  readonly cache: RowCache;
  batch: number;
  attempts: number;
  /** The log had nothing more when it was last read. */
  atTail: boolean;
}

/** Keeps one projection up to date; builds a new version beside the old one and swaps when it has caught up. */
export function projectionConsumer(projection: AnyProjection, deps: ProjectionDeps): Consumer {
  checkDefinition(projection);
  return new ProjectionConsumer(projection, deps);
}

class ProjectionConsumer implements Consumer {
  readonly kind = 'projection';
  readonly name: string;
  readonly lease: string;
  private readonly signature: string;
  private live: Writing | undefined;
  private building: Writing | undefined;
  /** Where a live table stands that another definition made: readers never go back behind it. */
  private frozenAt = Infinity;
  /** A newer version of the program has taken over: nothing to do here until told otherwise. */
  private superseded = false;

  constructor(
    private readonly projection: AnyProjection,
    private readonly deps: ProjectionDeps,
  ) {
    this.name = projection.name;
    // By version, so that during a roll-out the old program keeps the old table going while the new one builds beside it.
    this.lease = `${projection.name}/v${projection.version}`;
    this.signature = definitionSignature(projection);
  }

  async open(): Promise<void> {
    this.live = undefined;
    this.building = undefined;
    const { epoch, position: head } = await this.deps.log.head();
    await inTransaction(this.deps.pool, async (client) => {
      // Two processes may meet here on the first start.
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [this.name]);
      const rows = await lockConsumers(client, this.name);
      await this.reconcile(client, rows, epoch);
    });
    for (const row of await readConsumers(this.deps.pool, this.name)) {
      // Same epoch and less history: the log was put back without raising its epoch, which nothing here can mend.
      if (row.epoch === epoch && row.position > head)
        throw new ProjectionError('checkpoint-ahead-of-log', { consumer: this.name, position: row.position, head });
      this.adopt(row, epoch);
    }
  }

  async turn(): Promise<Turn> {
    if (this.superseded) return { kind: 'idle', position: Number.MAX_SAFE_INTEGER };
    const live = this.live && (await this.follow(this.live));
    const building = this.building && (await this.follow(this.building));
    // Both are moved by this loop alone, so a building one that has reached the live one stays there until it is swapped.
    const reached = this.building && (this.building.atTail || this.building.position >= (this.live?.position ?? this.frozenAt));
    if (this.building && reached && (await this.swap(this.building))) return { kind: 'more' };
    if (live?.kind === 'more' || building?.kind === 'more') return { kind: 'more' };
    // A rebuild that is parked must not keep the live one from following.
    if (live?.kind === 'idle' && building?.kind === 'parked') return { ...live, withinMs: building.retryInMs };
    return building ?? live ?? { kind: 'idle', position: Number.MAX_SAFE_INTEGER };
  }

  private isOwn(row: Pick<ConsumerRow, 'version' | 'signature' | 'epoch'>, epoch: number): boolean {
    return row.version === this.projection.version && row.signature === this.signature && row.epoch === epoch;
  }

  /** Makes what is missing: the first table, or a table beside when the live one was made by another definition or epoch. */
  private async reconcile(client: PoolClient, rows: readonly ConsumerRow[], epoch: number): Promise<void> {
    const live = rows.find((row) => row.role === 'live');
    const building = rows.find((row) => row.role === 'building');
    if (!live) {
      await this.begin(client, 'live', 1, epoch);
      await this.makeViews(client, tableName(this.projection, 1));
      return;
    }
    if (live.version > this.projection.version) return;
    const asked = building !== undefined && building.tableName === null;
    if (building && !asked && this.isOwn(building, epoch)) return;
    if (this.isOwn(live, epoch) && !asked) {
      if (building) await this.discard(client, building);
      return;
    }
    if (building) await this.discard(client, building);
    const build = live.version === this.projection.version ? Math.max(live.build + 1, building?.build ?? 0) : 1;
    await this.begin(client, 'building', build, epoch);
    this.deps.logger.info(
      { projection: this.name, version: this.projection.version, build, epoch },
      'projection is rebuilt beside the live one',
    );
  }

  private async begin(client: PoolClient, role: 'live' | 'building', build: number, epoch: number): Promise<void> {
    const table = tableName(this.projection, build);
    await client.query(`DROP TABLE IF EXISTS ${qualified(READ_SCHEMA, table)} CASCADE`);
    for (const statement of createTableStatements(this.projection, READ_SCHEMA, table)) await client.query(statement);
    const { name, version } = this.projection;
    await putConsumer(client, {
      name,
      role,
      kind: 'projection',
      version,
      build,
      tableName: table,
      signature: this.signature,
      epoch,
      position: 0,
    });
  }

  private async discard(client: PoolClient, row: ConsumerRow): Promise<void> {
    if (row.tableName !== null) await client.query(`DROP TABLE IF EXISTS ${qualified(READ_SCHEMA, row.tableName)}`);
    await client.query(`DELETE FROM ${READ_SCHEMA}.consumers WHERE name = $1 AND role = $2`, [row.name, row.role]);
  }

  private async makeViews(client: PoolClient, table: string): Promise<void> {
    for (const statement of dropViewStatements(this.name, READ_SCHEMA)) await client.query(statement);
    for (const statement of createViewStatements(this.projection, READ_SCHEMA, table)) await client.query(statement);
  }

  private adopt(row: ConsumerRow, epoch: number): void {
    if (row.role === 'live') this.superseded = row.version > this.projection.version;
    if (row.role === 'live') this.frozenAt = row.epoch === epoch ? row.position : Infinity;
    if (row.tableName === null || !this.isOwn(row, epoch)) return;
    const writing: Writing = {
      row,
      position: row.position,
      parked: row.parked !== null,
      store: tableStore(this.projection, READ_SCHEMA, row.tableName),
      cache: new RowCache(row.position === 0),
      batch: row.parked ? 1 : PROJECTION_LIMITS.pageEvents,
      attempts: row.attempts,
      atTail: false,
    };
    if (row.role === 'live') this.live = writing;
    else this.building = writing;
  }

  private async follow(writing: Writing): Promise<Turn> {
    if (writing.parked) {
      const due = await this.due(writing);
      if (due > 0) return { kind: 'parked', retryInMs: due };
    }
    const page = await this.deps.reader.read(writing.position);
    writing.atTail = page.length === 0;
    if (writing.atTail) return { kind: 'idle', position: writing.position };
    const events = page.length > writing.batch ? page.slice(0, writing.batch) : page;
    const last = events.at(-1)?.position ?? writing.position;
    if (events.length === page.length) this.deps.reader.prefetch(last, (type) => this.projection.on[type] !== undefined);
    try {
      await this.take(writing, events);
    } catch (error) {
      writing.cache.clear();
      return this.failed(writing, events, error);
    }
    writing.position = last;
    writing.attempts = 0;
    writing.parked = false;
    writing.batch = Math.min(PROJECTION_LIMITS.pageEvents, writing.batch * 2);
    return { kind: 'more' };
  }

  /** Milliseconds until a parked one is tried again; read from the store, since `--resume` changes it there. */
  private async due(writing: Writing): Promise<number> {
    const rows = await readConsumers(this.deps.pool, this.name);
    const row = rows.find(({ role }) => role === writing.row.role);
    if (!row || row.build !== writing.row.build || row.position !== writing.position)
      throw new ProjectionError('fenced', { projection: this.name });
    writing.attempts = row.attempts;
    return row.parked ? row.retryInMs : 0;
  }

  private mark(writing: Writing): Mark {
    return { name: this.name, role: writing.row.role, build: writing.row.build, epoch: writing.row.epoch, position: writing.position };
  }

  private async take(writing: Writing, events: readonly PageEvent[]): Promise<void> {
    const mine = events.filter((event) => this.projection.on[event.type] !== undefined);
    const to = events.at(-1)?.position ?? writing.position;
    const advance = { mark: this.mark(writing), to };
    if (mine.length === 0) {
      if (!(await this.deps.lane.advance(advance))) throw new ProjectionError('fenced', { projection: this.name });
      return;
    }
    const indexOf = (failure: FoldFailure): number => events.findIndex((event) => event.position === failure.failed.position);
    try {
      const keys = touchedKeys(this.projection, mine);
      const changes = await inTransaction(this.deps.pool, async (client) => {
        // First the checkpoint: it locks the row, so that a second owner waits here and then finds that it moved.
        const moved = await advanceMarks(client, [advance]);
        if (!moved.has(markId(advance.mark))) throw new ProjectionError('fenced', { projection: this.name });
        const missing = this.projection.keepsFirst === true ? [] : writing.cache.missing(keys);
        if (missing.length > 0) writing.cache.loaded(missing, await writing.store.load(client, missing));
        const folded = foldEvents(this.projection, mine, writing.cache.rows);
        await writing.store.write(client, folded);
        return folded;
      });
      writing.cache.changed(changes.current);
    } catch (error) {
      throw error instanceof FoldFailure ? new FoldFailure(indexOf(error), error.failed, error.cause) : error;
    }
  }

  /**
   * Takes fewer events until the one that fails stands alone, then parks before it. What came before it is kept,
   * because each turn is a transaction of its own.
   */
  private async failed(writing: Writing, events: readonly PageEvent[], error: unknown): Promise<Turn> {
    if (isTransient(error) || (error instanceof ProjectionError && error.code === 'fenced')) throw error;
    if (events.length > 1) {
      const good = error instanceof FoldFailure && error.index > 0 ? error.index : undefined;
      writing.batch = good ?? (error instanceof FoldFailure ? 1 : Math.floor(events.length / 2));
      return { kind: 'more' };
    }
    const failed = events[0];
    if (!failed) throw error;
    const cause = error instanceof FoldFailure ? error.cause : error;
    if (isTransient(cause)) throw error;
    const code = errorCode(cause);
    const retryInMs = await park(
      this.deps.pool,
      this.mark(writing),
      { position: failed.position, type: failed.type, code },
      writing.attempts,
    );
    this.deps.logger.error(
      {
        projection: this.name,
        role: writing.row.role,
        position: failed.position,
        type: failed.type,
        code,
        retryInMs,
        frames: errorFrames(cause),
      },
      'projection parked',
    );
    writing.attempts += 1;
    writing.batch = 1;
    writing.parked = true;
    return { kind: 'parked', retryInMs };
  }

  /** The new table becomes what everyone reads, and the old one goes, in one transaction. */
  private async swap(building: Writing): Promise<boolean> {
    const table = building.row.tableName;
    if (table === null) return false;
    // Readers meet the new table at once; without numbers about it their first plans would be guesses.
    await this.deps.pool.query(`ANALYZE ${qualified(READ_SCHEMA, table)}`);
    const swapped = await inTransaction(this.deps.pool, async (client) => {
      await client.query(`SET LOCAL lock_timeout TO ${PROJECTION_LIMITS.swapLockTimeoutMs}`);
      const rows = await lockConsumers(client, this.name);
      const live = rows.find((row) => row.role === 'live');
      const built = rows.find((row) => row.role === 'building');
      if (!live || !built || built.build !== building.row.build || built.position !== building.position) {
        throw new ProjectionError('fenced', { projection: this.name });
      }
      if (live.epoch === built.epoch && live.position > built.position) return false;
      await this.makeViews(client, table);
      if (live.tableName !== null) await client.query(`DROP TABLE IF EXISTS ${qualified(READ_SCHEMA, live.tableName)}`);
      await client.query(`DELETE FROM ${READ_SCHEMA}.consumers WHERE name = $1 AND role = 'live'`, [this.name]);
      await client.query(`UPDATE ${READ_SCHEMA}.consumers SET role = 'live', updated_at = now() WHERE name = $1`, [this.name]);
      this.deps.logger.info(
        { projection: this.name, version: built.version, build: built.build, position: built.position },
        'projection swapped',
      );
      return true;
    });
    if (swapped) await this.open();
    return swapped;
  }
}
