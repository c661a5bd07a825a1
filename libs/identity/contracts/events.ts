import { defineEvent } from '#libs/event-store';
import { zInstant, zSubjectId } from '#libs/kernel/schema';
import { zRole } from '#libs/organisation/contracts';
import { z } from 'zod';

/* Storage format. Stream: `account-<subject>`. Passwords are no events (ADR 0004). */

const SUBJECT = '0190f000-0000-7000-8000-000000000001';
const AT = '2026-11-01T00:00:00.000Z';

export const accountInvited = defineEvent({
  type: 'AccountInvited',
  version: 1,
  schema: z.strictObject({ subject: zSubjectId, invitedAt: zInstant, expiresAt: zInstant }),
  golden: { 1: { subject: SUBJECT, invitedAt: AT, expiresAt: AT } },
});
export const passwordChanged = defineEvent({
  type: 'PasswordChanged',
  version: 1,
  schema: z.strictObject({ subject: zSubjectId, changedAt: zInstant, how: z.enum(['invitation', 'by-person', 'embedded-demo']) }),
  golden: { 1: { subject: SUBJECT, changedAt: AT, how: 'invitation' } },
});
/** Roles beside those of the organisation's lines; the whole list, not a difference. */
export const rolesGranted = defineEvent({
  type: 'RolesGranted',
  version: 1,
  schema: z.strictObject({ subject: zSubjectId, roles: z.array(zRole).max(11), grantedAt: zInstant }),
  golden: { 1: { subject: SUBJECT, roles: ['admin'], grantedAt: AT } },
});
/** Too many wrong passwords: signing in is refused until then. */
export const accountLocked = defineEvent({
  type: 'AccountLocked',
  version: 1,
  schema: z.strictObject({ subject: zSubjectId, lockedAt: zInstant, until: zInstant }),
  golden: { 1: { subject: SUBJECT, lockedAt: AT, until: AT } },
});

export const identityEvents = [accountInvited, passwordChanged, rolesGranted, accountLocked] as const;
