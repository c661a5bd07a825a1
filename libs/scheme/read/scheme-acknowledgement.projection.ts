import type { SubjectId } from '#kernel';
import type { AppraisalEvent } from '#libs/appraisal/contracts';
import { defineProjection } from '#libs/projections';
import type { SchemeAcknowledgementEvent } from '../contracts/events';

/** Whom a version concerns, from the first appraisal that was opened under it, and whether they have acknowledged it. */
export type SchemeAcknowledgementRecord = {
  readonly scheme_id: string;
  readonly version: number;
  readonly subject: SubjectId;
  readonly concerned_since: string;
  readonly acknowledged_at: string | null;
};

type ConcernEvent = Extract<AppraisalEvent, { type: 'AppraisalOpened' }> | SchemeAcknowledgementEvent;

export const schemeAcknowledgementProjection = defineProjection<SchemeAcknowledgementRecord, ConcernEvent>({
  name: 'scheme_acknowledgement',
  version: 1,
  columns: { scheme_id: 'text', version: 'integer', subject: 'text', concerned_since: 'timestamptz', acknowledged_at: 'timestamptz' },
  key: ['scheme_id', 'version', 'subject'],
  indexes: [{ columns: ['subject'] }],
  history: false,
  on: {
    AppraisalOpened: {
      keys: ({ data: { scheme, subject } }) => [[scheme.schemeId, scheme.version, subject]],
      evolve: (row, { data: { scheme, subject, openedAt } }) =>
        row ?? {
          scheme_id: scheme.schemeId,
          version: scheme.version,
          subject,
          concerned_since: openedAt,
          acknowledged_at: null,
        },
    },
    SchemeAcknowledged: {
      keys: ({ data }) => [[data.schemeId, data.version, data.subject]],
      evolve: (row, { data }) => row && { ...row, acknowledged_at: data.acknowledgedAt },
    },
  },
});
