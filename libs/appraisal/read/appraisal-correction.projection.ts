import type { SubjectId } from '#kernel';
import { defineProjection, type RowChange } from '#libs/projections';
import { type AppraisalEvent, type CorrectionDifference, parseAppraisalId } from '../contracts';
import { appraisalKey } from './appraisal.projection';

/** The last correction proposed for a published result; what it comes to stands in the event. */
export type AppraisalCorrectionRow = {
  readonly cycle_id: string;
  readonly subject: SubjectId;
  readonly state: 'proposed' | 'settled';
  readonly cause_kind: 'fact-correction' | 'earlier-score';
  readonly cause_position: number;
  readonly changed_facts: readonly string[];
  readonly difference: CorrectionDifference;
  readonly errors: readonly { readonly code: string; readonly key: string }[];
  readonly proposed_at: string;
  readonly position: number;
};

type CorrectionEvent = Extract<AppraisalEvent, { readonly type: 'AppraisalCorrectionProposed' | 'AppraisalCorrectionSettled' }>;
type EventOf<T extends CorrectionEvent['type']> = Extract<CorrectionEvent, { readonly type: T }>;

const proposed: RowChange<EventOf<'AppraisalCorrectionProposed'>, AppraisalCorrectionRow> = {
  keys: appraisalKey,
  evolve: (row, { streamId, data, position }) => {
    const ids = parseAppraisalId(streamId.slice('appraisal-'.length));
    if (!ids) return row;
    return {
      cycle_id: ids.cycleId,
      subject: ids.subject,
      state: 'proposed',
      cause_kind: data.cause.kind,
      cause_position: data.cause.position,
      changed_facts: data.changed.facts,
      difference: data.difference,
      errors: data.result.errors,
      proposed_at: data.proposedAt,
      position,
    };
  },
};

const settled: RowChange<EventOf<'AppraisalCorrectionSettled'>, AppraisalCorrectionRow> = {
  keys: appraisalKey,
  evolve: (row, { position }) => row && { ...row, state: 'settled', position },
};

export const appraisalCorrectionProjection = defineProjection<AppraisalCorrectionRow, CorrectionEvent>({
  name: 'appraisal_correction',
  version: 1,
  columns: {
    cycle_id: 'text',
    subject: 'text',
    state: 'text',
    cause_kind: 'text',
    cause_position: 'bigint',
    changed_facts: 'jsonb',
    difference: 'jsonb',
    errors: 'jsonb',
    proposed_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['cycle_id', 'subject'],
  history: true,
  on: { AppraisalCorrectionProposed: proposed, AppraisalCorrectionSettled: settled },
});
