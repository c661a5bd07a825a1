import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import type { CycleEvent } from '../contracts';
import { type Cycle, evolveCycle, NO_CYCLE } from '../domain/cycle.state';

/** One row a cycle: its state as the decider folds it, with the columns that lists are filtered by. */
export type CycleRow = {
  readonly cycle_id: string;
  readonly status: string;
  readonly published: boolean;
  readonly period: string;
  readonly scheme_id: string;
  readonly state: Cycle;
  /** Stream version, for ETag. */
  readonly version: number;
  readonly position: number;
};

const STREAM_PREFIX = 'cycle-';

export function cycleIdOfStream(streamId: string): string {
  return streamId.slice(STREAM_PREFIX.length);
}

function change<E extends CycleEvent>(): RowChange<E, CycleRow> {
  return {
    keys: (event): readonly RowKey[] => [[cycleIdOfStream(event.streamId)]],
    evolve: (row, event) => rowAfter(row, event),
  };
}

function rowAfter(row: CycleRow | undefined, event: RecordedEvent<CycleEvent>): CycleRow | undefined {
  const state = evolveCycle(row?.state ?? NO_CYCLE, messageOf(event));
  if (state.status === 'none') return row;
  const { period, scheme } = state.terms;
  // Whom a reminder keeps from another is for deciding; a row for each person stands in `cycle_reminder`.
  const { reminders: _reminders, ...kept } = state;
  return {
    cycle_id: state.cycleId,
    status: state.status,
    published: state.published,
    period,
    scheme_id: scheme.schemeId,
    state: kept,
    version: event.streamVersion,
    position: event.position,
  };
}

/** A recorded event without what the log adds. Type and data belong together: they were checked as one when they were decoded. */
function messageOf({ type, data }: RecordedEvent<CycleEvent>): CycleEvent {
  const message = { type, data };
  return message as CycleEvent;
}

export const cycleProjection = defineProjection<CycleRow, CycleEvent>({
  name: 'cycle',
  version: 1,
  columns: {
    cycle_id: 'text',
    status: 'text',
    published: 'boolean',
    period: 'text',
    scheme_id: 'text',
    state: 'jsonb',
    version: 'integer',
    position: 'bigint',
  },
  key: ['cycle_id'],
  indexes: [{ columns: ['period', 'scheme_id'] }],
  history: true,
  on: {
    CycleStarted: change(),
    CycleSweepRecorded: change(),
    CyclePhaseOpened: change(),
    CyclePhaseCompleted: change(),
    CyclePhaseClosed: change(),
    CyclePhaseExtended: change(),
    CyclePeopleReminded: change(),
    CyclePaused: change(),
    CycleResumed: change(),
    CycleCancelled: change(),
    CyclePublished: change(),
    CycleClosed: change(),
  },
});
