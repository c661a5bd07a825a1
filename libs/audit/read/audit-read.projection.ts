import type { Instant, SubjectId } from '#kernel';
import type { EventsOf } from '#libs/event-store';
import { defineProjection } from '#libs/projections';
import type { AuditQuestion, auditRead } from '../contracts';

/** One row a look: who looked at what, when, and why where they said so. */
export type AuditReadRow = {
  readonly position: number;
  readonly auditor: SubjectId;
  readonly question: AuditQuestion;
  readonly operation: string | null;
  readonly about: string;
  readonly reason: string | null;
  readonly read_at: Instant;
};

export const auditReadProjection = defineProjection<AuditReadRow, EventsOf<readonly [typeof auditRead]>>({
  name: 'audit_read',
  version: 2,
  columns: {
    position: 'bigint',
    auditor: 'text',
    question: 'text',
    operation: 'text',
    about: 'text',
    reason: 'text',
    read_at: 'timestamptz',
  },
  key: ['position'],
  indexes: [{ columns: ['auditor', 'position'] }, { columns: ['about', 'position'] }],
  history: false,
  on: {
    AuditRead: {
      keys: ({ position }) => [[position]],
      evolve: (row, { data, position }) =>
        row ?? {
          position,
          auditor: data.auditor,
          question: data.question,
          operation: data.operation,
          about: data.about,
          reason: data.reason,
          read_at: data.readAt,
        },
    },
  },
});
