import { defineEvent } from '#libs/event-store';
import { zInstant, zLabel, zSubjectId } from '#libs/kernel/schema';
import { z } from 'zod';

/* Storage format. Stream: `auditread-<auditor>.<day>`; until version 2 `auditread-<auditor>`. */

export const AUDIT_QUESTIONS = ['timeline', 'difference', 'uses', 'read', 'export'] as const;
/** What was asked for: a part of the history, what the role of auditor alone lets one read, or a file that may hold names. */
export type AuditQuestion = (typeof AUDIT_QUESTIONS)[number];

/** Something was looked at: who looked is the actor; ids only, and what was asked for, never what was shown. */
export const auditRead = defineEvent({
  type: 'AuditRead',
  version: 2,
  schema: z.strictObject({
    auditor: zSubjectId,
    question: z.enum(AUDIT_QUESTIONS),
    /** Of a read: the operation that the policy allowed, e.g. `appraisal.read`. */
    operation: z.string().max(60).nullable(),
    /** A person or another thing by id, a stream, an appraisal, or a fact; `all` of what concerns nobody alone. */
    about: z.string().max(200),
    reason: zLabel.nullable(),
    readAt: zInstant,
  }),
  upcasters: { 1: (data) => ({ ...z.looseObject({}).parse(data), operation: null }) },
  golden: {
    1: {
      auditor: '0190f000-0000-7000-8000-000000000001',
      question: 'timeline',
      about: '0190f000-0000-7000-8000-000000000002',
      reason: null,
      readAt: '2026-11-01T00:00:00.000Z',
    },
    2: {
      auditor: '0190f000-0000-7000-8000-000000000001',
      question: 'read',
      operation: 'appraisal.read',
      about: '0190f000-0000-7000-8000-000000000002',
      reason: null,
      readAt: '2026-11-01T00:00:00.000Z',
    },
  },
});

export const auditEvents = [auditRead] as const;
