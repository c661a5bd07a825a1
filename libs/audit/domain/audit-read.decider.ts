import type { Decider, SubjectId } from '#kernel';
import type { EventsOf } from '#libs/event-store';
import type { AuditQuestion, auditEvents } from '../contracts';

type AuditEvent = EventsOf<typeof auditEvents>;

export interface RecordAuditRead {
  readonly type: 'RecordAuditRead';
  readonly data: {
    readonly auditor: SubjectId;
    readonly question: AuditQuestion;
    readonly operation: string | null;
    readonly about: string;
    readonly reason: string | null;
  };
}

/** What somebody looked at on a day, one after another: every look is recorded, also the same one again. */
export const auditReadDecider: Decider<RecordAuditRead, null, AuditEvent> = {
  category: 'auditread',
  initial: null,
  decide: ({ data }, _state, { now }) => [{ type: 'AuditRead', data: { ...data, readAt: now } }],
  evolve: (state) => state,
  isTerminal: () => false,
};
