import { isSubjectId, type SubjectId } from '#kernel';
import { type AppraisalEvent, parseAppraisalId } from '#libs/appraisal/contracts';
import { defineProjection, type RowKey } from '#libs/projections';
import type { PayoutEvent } from '../contracts';
import type { DepositEvent } from '../domain/deposit.decider';
import type { DifferenceCause } from '../domain/settlement.policy';

/** Who may have a difference to be settled, and what made it last. Whether there is one is computed, not remembered. */
export type PayoutCandidateRow = {
  readonly cycle_id: string;
  readonly subject: SubjectId;
  readonly cause_kind: DifferenceCause['kind'];
  readonly cause_id: string;
  readonly position: number;
};

type CandidateEvent =
  | Extract<AppraisalEvent, { type: 'AppraisalAmended' | 'AppraisalPublished' }>
  | Extract<PayoutEvent, { type: 'PayoutHoldLifted' }>
  | DepositEvent;

export const payoutCandidateProjection = defineProjection<PayoutCandidateRow, CandidateEvent>({
  name: 'payout_candidate',
  version: 4,
  columns: { cycle_id: 'text', subject: 'text', cause_kind: 'text', cause_id: 'text', position: 'bigint' },
  key: ['cycle_id', 'subject'],
  history: true,
  on: {
    AppraisalAmended: {
      keys: ({ streamId }): readonly RowKey[] => {
        const ids = parseAppraisalId(streamId.slice('appraisal-'.length));
        return ids ? [[ids.cycleId, ids.subject]] : [];
      },
      evolve: (row, { streamId, data, position }) => {
        const ids = parseAppraisalId(streamId.slice('appraisal-'.length));
        return ids ? { cycle_id: ids.cycleId, subject: ids.subject, cause_kind: data.cause.kind, cause_id: data.cause.id, position } : row;
      },
    },
    // A person publishes late, when the regular batch may be out; the sweep's own publications are what that batch pays.
    AppraisalPublished: {
      keys: ({ streamId, metadata }): readonly RowKey[] => {
        const ids = isSubjectId(metadata.actor) ? parseAppraisalId(streamId.slice('appraisal-'.length)) : undefined;
        return ids ? [[ids.cycleId, ids.subject]] : [];
      },
      evolve: (row, { streamId, position }) => {
        const ids = parseAppraisalId(streamId.slice('appraisal-'.length));
        if (row || !ids) return row;
        return { cycle_id: ids.cycleId, subject: ids.subject, cause_kind: 'correction', cause_id: ids.cycleId, position };
      },
    },
    DepositReleased: {
      keys: ({ data }) => [[data.cycleId, data.subject]],
      evolve: (_row, { data, position }) => ({
        cycle_id: data.cycleId,
        subject: data.subject,
        cause_kind: 'deposit-release',
        cause_id: data.releaseId,
        position,
      }),
    },
    PayoutHoldLifted: {
      keys: ({ data }) => (data.inBatch ? [] : [[data.cycleId, data.subject]]),
      evolve: (_row, { data, position }) => ({
        cycle_id: data.cycleId,
        subject: data.subject,
        cause_kind: data.cause.kind === 'appeal' ? 'appeal' : 'hold-lifted',
        cause_id: data.cause.kind === 'appeal' ? data.cause.appealId : data.cause.holdId,
        position,
      }),
    },
  },
});
