import type { SubjectId } from '#kernel';
import { defineProjection } from '#libs/projections';
import type { DepositEvent } from '../domain/deposit.decider';

/** Deposits given back, by the cycle whose supplementary batch pays them. */
export type DepositReleaseRow = {
  readonly release_id: string;
  readonly subject: SubjectId;
  readonly cycle_id: string;
  readonly amount: string;
  readonly position: number;
};

export const depositReleaseProjection = defineProjection<DepositReleaseRow, DepositEvent>({
  name: 'deposit_release',
  version: 1,
  columns: { release_id: 'text', subject: 'text', cycle_id: 'text', amount: 'numeric', position: 'bigint' },
  key: ['release_id'],
  indexes: [{ columns: ['cycle_id', 'subject'] }, { columns: ['subject'] }],
  history: true,
  on: {
    DepositReleased: {
      keys: ({ data }) => [[data.releaseId]],
      evolve: (row, { data, position }) =>
        row ?? { release_id: data.releaseId, subject: data.subject, cycle_id: data.cycleId, amount: data.amount, position },
    },
  },
});
