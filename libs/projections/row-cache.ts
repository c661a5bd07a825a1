import type { Row, RowKey } from './definition';
import type { TouchedKey } from './fold';
import { PROJECTION_LIMITS } from './limits';

/**
 * Rows last written or read by the only writer of a table. While nothing has been let go of a table that began empty,
 * a key that is not here has no row, so a rebuild reads nothing back.
 */
export class RowCache {
  private readonly held = new Map<string, Row | undefined>();

  /** `complete`: the table is empty. */
  constructor(private complete: boolean) {}

  missing(keys: readonly TouchedKey[]): readonly TouchedKey[] {
    return this.complete ? [] : keys.filter(({ text }) => !this.held.has(text));
  }

  loaded(keys: readonly TouchedKey[], rows: ReadonlyMap<string, Row>): void {
    for (const { text } of keys) this.held.set(text, rows.get(text));
  }

  get rows(): ReadonlyMap<string, Row | undefined> {
    return this.held;
  }

  /** After the commit. Lets the longest unused go when there are too many. */
  changed(current: ReadonlyMap<string, { readonly key: RowKey; readonly row: Row | undefined }>): void {
    for (const [text, { row }] of current) {
      this.held.delete(text);
      this.held.set(text, row);
    }
    if (this.held.size <= PROJECTION_LIMITS.cachedRows) return;
    this.complete = false;
    for (const text of this.held.keys()) {
      if (this.held.size <= PROJECTION_LIMITS.cachedRows) break;
      this.held.delete(text);
    }
  }

  /** After any failure: what is held may not be what is stored. */
  clear(): void {
    this.held.clear();
    this.complete = false;
  }
}
