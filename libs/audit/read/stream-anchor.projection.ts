import type { Message } from '#kernel';
import { type AnyProjection, defineProjection, type RowChange, type RowKey } from '#libs/projections';
import { anchorsOf, categoryOf } from '../domain/anchors.policy';

/** A stream in which a person, cycle or appeal is named, from its first mention on. */
export type StreamAnchorRow = {
  readonly anchor: string;
  readonly stream_id: string;
  readonly category: string;
  readonly first_position: number;
};

export const STREAM_ANCHOR = 'stream_anchor';

/** One row per pair, however many events follow: what a timeline goes through, not a copy of the log. */
export function streamAnchorProjection(types: readonly string[]): AnyProjection {
  const change: RowChange<Message, StreamAnchorRow> = {
    keys: (event) => anchorsOf(event).map((anchor): RowKey => [anchor, event.streamId]),
    evolve: (row, event, key) =>
      row ?? { anchor: String(key[0]), stream_id: event.streamId, category: categoryOf(event.streamId), first_position: event.position },
  };
  return defineProjection<StreamAnchorRow, Message>({
    name: STREAM_ANCHOR,
    version: 1,
    columns: { anchor: 'text', stream_id: 'text', category: 'text', first_position: 'bigint' },
    key: ['anchor', 'stream_id'],
    indexes: [{ columns: ['anchor', 'first_position'] }],
    history: false,
    keepsFirst: true,
    on: Object.fromEntries(types.map((type) => [type, change])),
  });
}
