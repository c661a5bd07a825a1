const HR = '0190f000-0000-7000-8000-000000000001';
const REP = '0190f000-0000-7000-8000-000000000002';
const GENERAL_MANAGER = '0190f000-0000-7000-8000-000000000003';
const COMMENT = '0190f000-0000-8000-8000-0000000000c1';
const AT = '2026-11-01T00:00:00.000Z';

const sealed = (subject: string, at: string) => ({ subject, keyVersion: 1, tag: 'TfQ1vGd0b2tlbg', at, sealed: 'c2VhbGVk' });

/** One stored payload of each event at version 1: it must decode for ever. */
export const LIFE_GOLDEN = {
  SchemeDiscussionOpened: {
    schemeId: 'trial',
    version: 1,
    invited: [
      { subject: HR, sides: ['hr'] },
      { subject: REP, sides: ['sales', 'rep'] },
    ],
    until: '2026-11-20',
    openedBy: HR,
    openedAt: AT,
  },
  SchemeCommented: {
    schemeId: 'trial',
    version: 1,
    commentId: COMMENT,
    by: REP,
    about: 'sections.result',
    text: sealed(REP, 'r#0/text'),
    commentedAt: AT,
  },
  SchemeCommentEdited: { schemeId: 'trial', version: 1, commentId: COMMENT, text: sealed(REP, 'e#0/text'), editedAt: AT },
  SchemeCommentWithdrawn: { schemeId: 'trial', version: 1, commentId: COMMENT, withdrawnAt: AT },
  SchemeDiscussionClosed: {
    schemeId: 'trial',
    version: 1,
    summary: sealed(HR, 'c#0/summary'),
    comments: 1,
    silent: ['finance'],
    closedBy: HR,
    closedAt: AT,
  },
  SchemeApproved: { schemeId: 'trial', version: 1, approvedBy: GENERAL_MANAGER, approvedAt: AT },
  SchemeReviewed: {
    schemeId: 'trial',
    version: 1,
    conclusion: 'keep',
    nextReviewOn: '2027-11-01',
    reason: sealed(HR, 'v#0/reason'),
    reviewedBy: HR,
    reviewedAt: AT,
  },
  SchemeAcknowledged: { schemeId: 'trial', version: 1, subject: REP, acknowledgedAt: AT },
} as const;
