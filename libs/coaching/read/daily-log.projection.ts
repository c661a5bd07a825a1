import type { SealedText } from '#kernel';
import { defineProjection } from '#libs/projections';
import type { CoachingEvent } from '../contracts';

/** One row a day of a plan; a second log of the day replaces the first. */
export type DailyLogRow = {
  readonly plan_id: string;
  readonly date: string;
  readonly day: number;
  readonly visits: number;
  readonly calls: number;
  readonly prospects: number;
  readonly quotes: number;
  readonly follow_ups: number;
  /** One at most. */
  readonly notes: readonly SealedText[];
  readonly position: number;
};

export const dailyLogProjection = defineProjection<DailyLogRow, Extract<CoachingEvent, { type: 'DailyLogRecorded' }>>({
  name: 'coaching_daily_log',
  version: 2,
  columns: {
    plan_id: 'text',
    date: 'text',
    day: 'integer',
    visits: 'integer',
    calls: 'integer',
    prospects: 'integer',
    quotes: 'integer',
    follow_ups: 'integer',
    notes: 'jsonb',
    position: 'bigint',
  },
  key: ['plan_id', 'date'],
  history: false,
  on: {
    DailyLogRecorded: {
      keys: ({ data }) => [[data.planId, data.date]],
      evolve: (_row, { data, position }) => ({
        plan_id: data.planId,
        date: data.date,
        day: data.day,
        visits: data.visits,
        calls: data.calls,
        prospects: data.prospects,
        quotes: data.quotes,
        follow_ups: data.followUps,
        notes: data.note ? [data.note.toJSON()] : [],
        position,
      }),
    },
  },
});
