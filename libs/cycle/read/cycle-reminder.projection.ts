import { defineProjection } from '#libs/projections';
import type { CycleEvent } from '../contracts';

/** When each person's open step of a phase was last reminded of by hand. */
export type CycleReminderRow = {
  readonly cycle_id: string;
  readonly phase: string;
  readonly subject: string;
  readonly reminded_at: string;
  readonly again_from: string;
  readonly times: number;
  readonly position: number;
};

type Reminded = Extract<CycleEvent, { readonly type: 'CyclePeopleReminded' }>;

export const cycleReminderProjection = defineProjection<CycleReminderRow, Reminded>({
  name: 'cycle_reminder',
  version: 1,
  columns: {
    cycle_id: 'text',
    phase: 'text',
    subject: 'text',
    reminded_at: 'timestamptz',
    again_from: 'timestamptz',
    times: 'integer',
    position: 'bigint',
  },
  key: ['cycle_id', 'subject', 'phase'],
  history: false,
  on: {
    CyclePeopleReminded: {
      keys: ({ data }) => data.subjects.map((subject) => [data.cycleId, subject, data.phase]),
      evolve: (row, { data, position }, [cycleId, subject, phase]) => ({
        cycle_id: String(cycleId),
        phase: String(phase),
        subject: String(subject),
        reminded_at: data.remindedAt,
        again_from: data.againFrom,
        times: (row?.times ?? 0) + 1,
        position,
      }),
    },
  },
});
