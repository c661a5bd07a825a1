import type { RecordedEvent } from '#libs/event-store';
import type { AnyProjection, Row, RowKey } from './definition';
import { ProjectionError } from './errors';
import { PROJECTION_LIMITS } from './limits';
import { keyOfRow, keyText, sameRow, settleRow } from './row-codec';

/** An event whose decoding may fail; decoded once for all consumers. */
export interface PageEvent {
  readonly position: number;
  readonly type: string;
  readonly streamId: string;
  /** Thrown when it can't be decoded: EventStoreError, the same each time. */
  event(): RecordedEvent;
}

export interface TouchedKey {
  readonly text: string;
  readonly key: RowKey;
}

/** One version of a row: true from its position until the next. `to` null: current. */
export interface RowVersion {
  readonly key: RowKey;
  readonly row: Row;
  readonly from: number;
  to: number | null;
}

export interface PageChanges {
  /** Final state of every changed key; `row` undefined means deleted. */
  readonly current: ReadonlyMap<string, { readonly key: RowKey; readonly row: Row | undefined }>;
  /** Versions begun in this page, closed ones too, in order of position. */
  readonly versions: readonly RowVersion[];
  /** Keys whose stored current version ended in this page. */
  readonly ended: readonly { readonly key: RowKey; readonly at: number }[];
}

/** The event at `index` could not be decoded or folded; those before it could. */
export class FoldFailure extends Error {
  override readonly name = 'FoldFailure';

  constructor(
    readonly index: number,
    readonly failed: Pick<PageEvent, 'position' | 'type'>,
    cause: unknown,
  ) {
    super('an event could not be folded', { cause });
  }
}

/** Keys that the events touch, each once, in order of first touch. Thrown: FoldFailure. */
export function touchedKeys(projection: AnyProjection, events: readonly PageEvent[]): readonly TouchedKey[] {
  const touched = new Map<string, RowKey>();
  for (const [index, item] of events.entries()) {
    const keys = attempt(index, item, () => keysOf(projection, item));
    for (const key of keys) {
      const text = keyText(key);
      if (!touched.has(text)) touched.set(text, key);
    }
  }
  return [...touched].map(([text, key]) => ({ text, key }));
}

/** Thrown: FoldFailure around whatever `work` throws. */
function attempt<T>(index: number, item: PageEvent, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new FoldFailure(index, item, cause);
  }
}

function keysOf(projection: AnyProjection, item: PageEvent): readonly RowKey[] {
  const handler = projection.on[item.type];
  if (!handler) return [];
  const keys = handler.keys(item.event());
  if (keys.length > PROJECTION_LIMITS.keysPerEvent) throw new ProjectionError('too-many-keys', { keys: keys.length });
  return keys;
}

/**
 * Folds events over the rows given (every touched key must be in `rows`, undefined where no row exists).
 * Pure; an event counts whole or not at all. Thrown: FoldFailure naming the first event that failed.
 */
export function foldEvents(
  projection: AnyProjection,
  events: readonly PageEvent[],
  rows: ReadonlyMap<string, Row | undefined>,
): PageChanges {
  const folding = new Folding(projection, rows);
  for (const [index, item] of events.entries()) attempt(index, item, () => folding.take(item));
  return folding.changes();
}

interface Next {
  readonly text: string;
  readonly key: RowKey;
  readonly row: Row | undefined;
}

class Folding {
  private readonly current = new Map<string, { readonly key: RowKey; readonly row: Row | undefined }>();
  private readonly open = new Map<string, RowVersion>();
  private readonly versions: RowVersion[] = [];
  private readonly ended: { key: RowKey; at: number }[] = [];
  private readonly columns: readonly string[];
  private readonly jsonColumns: readonly string[];

  constructor(
    private readonly projection: AnyProjection,
    private readonly rows: ReadonlyMap<string, Row | undefined>,
  ) {
    this.columns = Object.keys(projection.columns);
    this.jsonColumns = this.columns.filter((column) => projection.columns[column] === 'jsonb');
  }

  take(item: PageEvent): void {
    const handler = this.projection.on[item.type];
    if (!handler) return;
    const event = item.event();
    const next: Next[] = [];
    const seen = new Set<string>();
    for (const key of handler.keys(event)) {
      const text = keyText(key);
      if (seen.has(text)) continue;
      seen.add(text);
      const before = this.rowOf(text);
      const evolved = handler.evolve(before, event, key);
      if (evolved === before) continue;
      const row = evolved && settleRow(this.jsonColumns, evolved, before);
      if (row && before && sameRow(this.columns, row, before)) continue;
      if (row) this.checkKey(row, text);
      next.push({ text, key, row });
    }
    for (const change of next) this.apply(change, item.position);
  }

  changes(): PageChanges {
    return { current: this.current, versions: this.versions, ended: this.ended };
  }

  private rowOf(text: string): Row | undefined {
    const changed = this.current.get(text);
    return changed ? changed.row : this.rows.get(text);
  }

  private apply({ text, key, row }: Next, position: number): void {
    const before = this.rowOf(text);
    this.current.set(text, { key, row });
    if (!this.projection.history) return;
    if (before) {
      const open = this.open.get(text);
      if (open) open.to = position;
      else this.ended.push({ key, at: position });
    }
    this.open.delete(text);
    if (!row) return;
    const version: RowVersion = { key, row, from: position, to: null };
    this.open.set(text, version);
    this.versions.push(version);
  }

  /** A row whose key cells differ from the key it was found by would be lost on the next read. */
  private checkKey(row: Row, text: string): void {
    const ownText = keyText(keyOfRow(this.projection, row));
    if (ownText !== text)
      throw new ProjectionError('invalid-definition', { projection: this.projection.name, reason: 'row and key differ' });
  }
}

/** Rows after these events from nothing, by key text: for specs of a projection, no database needed. */
export function foldRows(projection: AnyProjection, events: readonly RecordedEvent[]): ReadonlyMap<string, Row> {
  const items = events.map((event): PageEvent => ({
    position: event.position,
    type: event.type,
    streamId: event.streamId,
    event: () => event,
  }));
  const rows = new Map<string, Row>();
  for (const [text, { row }] of foldEvents(projection, items, new Map()).current) if (row) rows.set(text, row);
  return rows;
}
