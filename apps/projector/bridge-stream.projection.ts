import type { RecordedEvent } from '#libs/event-store';
import { type AnyProjection, type AnyWorkflowRoute, defineProjection, type RowChange } from '#libs/projections';
import type { Message } from '#kernel';

/** A stream that has, or had, a workflow. `open`: no event of its route's `endsOn` was recorded yet. */
export type BridgeStreamRow = {
  readonly stream_id: string;
  readonly category: string;
  readonly start_version: number;
  readonly start_position: number;
  readonly open: boolean;
};

export const BRIDGE_STREAM = 'bridge_stream';

/** Which streams are owed a workflow: what the bridge goes through when Temporal may have lost some. */
export function bridgeStreamProjection(routes: readonly AnyWorkflowRoute[]): AnyProjection {
  const on: Record<string, RowChange<Message, BridgeStreamRow>> = {};
  for (const type of new Set(routes.flatMap(({ startsOn, endsOn }) => [...startsOn, ...endsOn]))) on[type] = changeOf(type, routes);
  return defineProjection<BridgeStreamRow, Message>({
    name: BRIDGE_STREAM,
    version: 2,
    columns: { stream_id: 'text', category: 'text', start_version: 'integer', start_position: 'bigint', open: 'boolean' },
    key: ['stream_id'],
    indexes: [{ columns: ['category', 'open', 'start_position'] }],
    history: false,
    on,
  });
}

function changeOf(type: string, routes: readonly AnyWorkflowRoute[]): RowChange<Message, BridgeStreamRow> {
  const routeOf = (event: RecordedEvent): AnyWorkflowRoute | undefined =>
    routes.find(({ category }) => event.streamId.startsWith(`${category}-`));
  return {
    keys: (event) => (routeOf(event) ? [[event.streamId]] : []),
    evolve: (row, event) => {
      const route = routeOf(event);
      if (!route) return row;
      if (!row && route.startsOn.includes(type)) {
        return {
          stream_id: event.streamId,
          category: route.category,
          start_version: event.streamVersion,
          start_position: event.position,
          open: true,
        };
      }
      return row && route.endsOn.includes(type) && (route.ends?.(event) ?? true) ? { ...row, open: false } : row;
    },
  };
}
