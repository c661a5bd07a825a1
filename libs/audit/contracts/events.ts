import { defineEvent } from '#libs/event-store';
import { zInstant, zLabel, zSubjectId } from '#libs/kernel/schema';
import { z } from 'zod';

/* Storage format. Stream: `auditread-<auditor>`. */

/** The history was looked at: who looked is the actor; ids only, and what was asked for, never what was shown. */
export const auditRead = defineEvent({
  type: 'AuditRead',
  version: 1,
  schema: z.strictObject({
    auditor: zSubjectId,
    question: z.enum(['timeline', 'difference', 'uses']),
    /** A person or another thing by id, a stream, an appraisal, or a fact. */
    about: z.string().max(200),
    reason: zLabel.nullable(),
    readAt: zInstant,
  }),
  golden: {
    1: {
      auditor: '0190f000-0000-7000-8000-000000000001',
      question: 'timeline',
      about: '0190f000-0000-7000-8000-000000000002',
      reason: null,
      readAt: '2026-11-01T00:00:00.000Z',
    },
  },
});

export const auditEvents = [auditRead] as const;
