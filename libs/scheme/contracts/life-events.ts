import { z } from 'zod';
import { defineEvent, personalText } from '#libs/event-store';
import { zActorId, zCode, zInstant, zPlainDay, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';
import { LIFE_GOLDEN } from './life-golden';

/*
 * Storage format. What people do with a version between its draft and its retirement, on the scheme's own stream
 * `scheme-<schemeId>`; acknowledgements each on a stream of their own, `schemeacknowledgement-<schemeId>.<version>.<subject>`,
 * so that a hundred thousand of them don't grow one stream.
 */

export const SCHEME_LIFE_LIMITS = { invited: 100, comments: 500, commentChars: 4_000, commentPage: 200, reviewsDue: 200 } as const;

/** The sides that a discussion has to hear (domain.md "Scheme"). */
export const COMMENTER_SIDES = ['hr', 'sales', 'finance', 'rep'] as const;
export const zCommenterSide = z.enum(COMMENTER_SIDES);
export type CommenterSide = (typeof COMMENTER_SIDES)[number];
const zInvited = z.strictObject({
  subject: zSubjectId,
  /** By the roles the person had when invited; somebody may speak for no side, or for two. */
  sides: z.array(zCommenterSide).max(COMMENTER_SIDES.length),
});
export type InvitedCommenter = z.infer<typeof zInvited>;

const version = { schemeId: zCode, version: zVersion };

/** These people may comment from now on. Again while it is open or after it was closed: the whole list, wider than before. */
export const schemeDiscussionOpened = defineEvent({
  type: 'SchemeDiscussionOpened',
  version: 1,
  schema: z.strictObject({
    ...version,
    invited: z.array(zInvited).min(1).max(SCHEME_LIFE_LIMITS.invited),
    /** Asked for by this day; nothing closes by itself. */
    until: zPlainDay.optional(),
    openedBy: zActorId,
    openedAt: zInstant,
  }),
  golden: { 1: LIFE_GOLDEN.SchemeDiscussionOpened },
});
export const schemeCommented = defineEvent({
  type: 'SchemeCommented',
  version: 1,
  schema: z.strictObject({
    ...version,
    commentId: zUuid,
    by: zSubjectId,
    /** The place in the document, `sections.result`; absent: the whole. */
    about: z.string().max(200).optional(),
    text: personalText(),
    commentedAt: zInstant,
  }),
  golden: { 1: LIFE_GOLDEN.SchemeCommented },
});
/** What it said before stays in the history. */
export const schemeCommentEdited = defineEvent({
  type: 'SchemeCommentEdited',
  version: 1,
  schema: z.strictObject({ ...version, commentId: zUuid, text: personalText(), editedAt: zInstant }),
  golden: { 1: LIFE_GOLDEN.SchemeCommentEdited },
});
export const schemeCommentWithdrawn = defineEvent({
  type: 'SchemeCommentWithdrawn',
  version: 1,
  schema: z.strictObject({ ...version, commentId: zUuid, withdrawnAt: zInstant }),
  golden: { 1: LIFE_GOLDEN.SchemeCommentWithdrawn },
});
export const schemeDiscussionClosed = defineEvent({
  type: 'SchemeDiscussionClosed',
  version: 1,
  schema: z.strictObject({
    ...version,
    summary: personalText(),
    /** Not counting those withdrawn. */
    comments: z.int().min(1),
    /** Sides that were invited and said nothing; the general manager sees them beside the summary. */
    silent: z.array(zCommenterSide).max(COMMENTER_SIDES.length),
    closedBy: zActorId,
    closedAt: zInstant,
  }),
  golden: { 1: LIFE_GOLDEN.SchemeDiscussionClosed },
});
export const schemeApproved = defineEvent({
  type: 'SchemeApproved',
  version: 1,
  schema: z.strictObject({ ...version, approvedBy: zActorId, approvedAt: zInstant }),
  golden: { 1: LIFE_GOLDEN.SchemeApproved },
});
/** The review of a version in force. `retire` comes with SchemeRetired beside it. */
export const schemeReviewed = defineEvent({
  type: 'SchemeReviewed',
  version: 1,
  schema: z.strictObject({
    ...version,
    conclusion: z.enum(['keep', 'change', 'retire']),
    /** `keep`: looked at again then; `change`: the next version should be in force by then. Absent when retired. */
    nextReviewOn: zPlainDay.optional(),
    reason: personalText(),
    reviewedBy: zActorId,
    reviewedAt: zInstant,
  }),
  golden: { 1: LIFE_GOLDEN.SchemeReviewed },
});
/** A person whom a cycle scores by this version has read it. Not needed for any step; shown. */
export const schemeAcknowledged = defineEvent({
  type: 'SchemeAcknowledged',
  version: 1,
  schema: z.strictObject({ ...version, subject: zSubjectId, acknowledgedAt: zInstant }),
  golden: { 1: LIFE_GOLDEN.SchemeAcknowledged },
});

export const schemeLifeEvents = [
  schemeDiscussionOpened,
  schemeCommented,
  schemeCommentEdited,
  schemeCommentWithdrawn,
  schemeDiscussionClosed,
  schemeApproved,
  schemeReviewed,
] as const;
