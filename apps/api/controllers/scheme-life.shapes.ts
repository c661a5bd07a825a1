import { z } from 'zod';
import type { PersonalText } from '#kernel';
import { zActorId, zCode, zDecimalText, zHash, zInstant, zPeriod, zPlainDay, zSubjectId, zUuid } from '#libs/kernel/schema';
import { SCHEME_LIFE_LIMITS, SCHEME_STATUSES, type SchemeReport, zCommenterSide, zTitle } from '#libs/scheme/contracts';
import { PAGE_LIMIT, zPage } from '../http/page';

const zText = z.string().trim().min(1).max(SCHEME_LIFE_LIMITS.commentChars);

export const zVersionNumber = z.coerce.number().int().min(1).max(100_000);
export const zSchemeVersion = z
  .strictObject({
    schemeId: zCode,
    version: z.int(),
    status: z.enum(SCHEME_STATUSES),
    template: z.string().nullable(),
    title: zTitle,
    yaml: z.string(),
    yamlHash: zHash,
    draftedBy: zActorId,
    draftedAt: zInstant,
    approvedBy: zActorId.nullable(),
    approvedAt: zInstant.nullable(),
    inForceAt: zInstant.nullable(),
    reviewOn: zPlainDay.nullable(),
    conclusion: z.enum(['keep', 'change', 'retire']).nullable(),
    reviewedAt: zInstant.nullable(),
  })
  .meta({ id: 'SchemeVersion' });

export const zOpenDiscussion = z.strictObject({
  people: z.array(zSubjectId).max(SCHEME_LIFE_LIMITS.invited).default([]).describe('HR, sales, finance and reps: at least one of each'),
  logins: z.array(z.string().min(1).max(120)).max(SCHEME_LIFE_LIMITS.invited).default([]).describe('The same by login'),
  until: zPlainDay.optional(),
});
export const zCloseDiscussion = z.strictObject({ summary: zText });
export const zComment = z.strictObject({ text: zText, about: z.string().trim().min(1).max(200).optional() });
export const zEdit = z.strictObject({ text: zText });
export const zConclusion = z.strictObject({
  conclusion: z.enum(['keep', 'change', 'retire']),
  nextReviewOn: zPlainDay.optional(),
  reason: zText,
});

const zCommentBody = z.strictObject({
  commentId: zUuid,
  by: zSubjectId,
  name: z.string().nullable(),
  about: z.string().nullable(),
  text: z.string().nullable().describe('Null when withdrawn or erased'),
  commentedAt: zInstant,
  editedAt: zInstant.nullable(),
});
export const zDiscussion = z
  .strictObject({
    schemeId: zCode,
    version: z.int(),
    status: z.enum(SCHEME_STATUSES),
    until: zPlainDay.nullable(),
    openedAt: zInstant,
    closedAt: zInstant.nullable(),
    summary: z.string().nullable(),
    silent: z.array(z.string()),
    invited: z.array(
      z.strictObject({ subject: zSubjectId, name: z.string().nullable(), sides: z.array(zCommenterSide), commented: z.boolean() }),
    ),
    comments: z.array(zCommentBody).max(SCHEME_LIFE_LIMITS.comments),
  })
  .meta({ id: 'SchemeDiscussion' });
export type DiscussionBody = z.infer<typeof zDiscussion>;

export const zAcknowledgements = z.strictObject({
  concerned: z.int(),
  acknowledged: z.int(),
  missing: zPage(z.strictObject({ subject: zSubjectId, name: z.string().nullable(), concernedSince: zInstant })),
});
export const zAcknowledgementsQuery = z.strictObject({
  after: zSubjectId.optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT.most).default(PAGE_LIMIT.default),
});
export const zToComment = z.strictObject({
  items: z.array(z.strictObject({ schemeId: zCode, version: z.int(), title: zTitle, until: zPlainDay.nullable() })),
});
export const zToAcknowledge = z.strictObject({
  items: z.array(z.strictObject({ schemeId: zCode, version: z.int(), concernedSince: zInstant })),
});
export const zReviewsDue = z.strictObject({
  today: zPlainDay,
  items: z.array(z.strictObject({ schemeId: zCode, version: z.int(), title: zTitle, reviewOn: zPlainDay.nullable() })),
});

export const zReport = z
  .strictObject({
    schemeId: zCode,
    version: z.int(),
    title: zTitle,
    status: z.enum(SCHEME_STATUSES),
    inForceAt: zInstant.nullable(),
    reviewOn: zPlainDay.nullable(),
    today: zPlainDay,
    due: z.boolean(),
    results: z.array(
      z.strictObject({
        period: zPeriod,
        people: z.int(),
        withScore: z.int(),
        amended: z.int(),
        meanScore: zDecimalText.nullable(),
        lowest: zDecimalText.nullable(),
        highest: zDecimalText.nullable(),
        grades: z.array(z.strictObject({ grade: z.string().nullable(), people: z.int() })),
        scores: z.array(z.strictObject({ from: z.string(), people: z.int() })),
      }),
    ),
    cost: z.array(
      z.strictObject({
        cycleId: zUuid,
        name: z.string(),
        period: zPeriod,
        members: z.int(),
        computed: zDecimalText,
        released: zDecimalText,
      }),
    ),
    totalReleased: zDecimalText,
    appeals: z.strictObject({
      appeals: z.int(),
      lines: z.array(z.strictObject({ line: z.string().nullable(), outcome: z.string(), appeals: z.int() })),
    }),
    schemeAtFault: z.array(z.strictObject({ appealId: z.string(), outcome: z.string(), note: z.string().nullable(), closedAt: zInstant })),
    acknowledgements: z.strictObject({ concerned: z.int(), acknowledged: z.int() }),
    summary: z.string().nullable(),
    comments: z.array(zCommentBody),
    reviews: z.array(
      z.strictObject({
        conclusion: z.enum(['keep', 'change', 'retire']),
        nextReviewOn: zPlainDay.nullable(),
        reason: z.string().nullable(),
        reviewedBy: zActorId,
        reviewedAt: zInstant,
      }),
    ),
  })
  .meta({ id: 'SchemeReview' });
export type ReportBody = z.infer<typeof zReport>;

/** What a page shows of sealed texts: null where one is withdrawn or erased. */
export type ReadText = (text: PersonalText | null) => string | null;

export function commentBodies(
  comments: SchemeReport['comments'],
  read: ReadText,
  names: ReadonlyMap<string, string>,
): z.infer<typeof zCommentBody>[] {
  return comments.map(({ text, ...comment }) => ({ ...comment, name: names.get(comment.by) ?? null, text: read(text) }));
}

export function reportBody(report: SchemeReport, read: ReadText, names: ReadonlyMap<string, string>): ReportBody {
  const { schemeId, version, title, status, inForceAt, reviewOn } = report.version;
  return {
    schemeId,
    version,
    title,
    status,
    inForceAt,
    reviewOn,
    today: report.today,
    due: report.due,
    results: report.results.map((result) => ({ ...result, grades: [...result.grades], scores: [...result.scores] })),
    cost: [...report.cost],
    totalReleased: report.totalReleased,
    appeals: { appeals: report.appeals.appeals, lines: [...report.appeals.lines] },
    schemeAtFault: report.notes.map(({ appealId, outcome, note, closedAt }) => ({ appealId, outcome, note: read(note), closedAt })),
    acknowledgements: report.acknowledgements,
    summary: read(report.discussion?.summary ?? null),
    comments: commentBodies(report.comments, read, names),
    reviews: report.reviews.map(({ reason, ...review }) => ({ ...review, reason: read(reason) })),
  };
}
