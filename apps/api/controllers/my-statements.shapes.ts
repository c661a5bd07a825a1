import { z } from 'zod';
import { zInstant, zPeriod, zPlainDay, zSubjectId, zUuid } from '#libs/kernel/schema';
import { DIFFERENCE_CAUSES } from '#libs/payout/contracts';
import { zPageQuery } from '../http/page';

/** Each statement is computed from what holds now: fewer a page than rows of a list. */
export const STATEMENT_LIMITS = { default: 12, page: 24 } as const;

export const zMyStatementsQuery = zPageQuery.extend({
  after: zUuid.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(STATEMENT_LIMITS.page).default(STATEMENT_LIMITS.default),
});

/** One period's pay of a person in a list, newest first. */
export const zStatementSummary = z
  .strictObject({
    cycleId: zUuid,
    appraisalId: z.string(),
    period: zPeriod,
    name: z.string(),
    score: z.string().nullable(),
    grade: z.string().nullable(),
    currency: z.string(),
    entitledTotal: z.string(),
    settledTotal: z.string(),
    heldTotal: z.string(),
    publishedAt: zInstant.nullable(),
  })
  .meta({ id: 'StatementSummary' });
export type StatementSummaryBody = z.infer<typeof zStatementSummary>;

export const zStatementWordsQuery = z.strictObject({
  cycleId: zUuid,
  subject: zSubjectId.optional().describe("One's own when absent"),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
});

const zHold = z.strictObject({
  cause: z.enum(['appeal', 'finance']),
  id: zUuid,
  amount: z.string(),
  reason: z.string().nullable().describe('As finance gave it'),
  since: zInstant.nullable(),
});
const zPayment = z.strictObject({
  lineId: z.string(),
  kind: z.enum(['regular', 'adjustment']),
  amount: z.string(),
  status: z.enum(['computed', 'held', 'released', 'withheld', 'acknowledged', 'cancelled']),
  reference: z.string().nullable(),
  releasedOn: zPlainDay.nullable(),
  cause: z.enum(DIFFERENCE_CAUSES).nullable().describe('Of an adjustment'),
});

/** A statement that explains itself: each line with its rule, what was paid, what is held and why, and what differs from the period before. */
export const zStatementInWords = z
  .strictObject({
    cycleId: zUuid,
    appraisalId: z.string(),
    subject: zSubjectId,
    name: z.string().nullable(),
    period: zPeriod,
    cycleName: z.string(),
    currency: z.string(),
    score: z.string().nullable(),
    grade: z.string().nullable(),
    previous: z.strictObject({ cycleId: zUuid, period: zPeriod, score: z.string().nullable(), grade: z.string().nullable() }).nullable(),
    lines: z.array(
      z.strictObject({
        key: z.string(),
        title: z.string().nullable().describe('Null where the scheme names none: a deposit given back'),
        sentence: z.string().nullable(),
        inputs: z.array(z.strictObject({ key: z.string(), title: z.string(), text: z.string() })).describe('What the rule read'),
        entitled: z.string(),
        settled: z.string(),
        held: z.string(),
        holds: z.array(zHold),
        payments: z.array(zPayment),
        before: z.string().nullable().describe('Of the period before'),
        difference: z.string().nullable(),
        sentenceBefore: z.string().nullable(),
        changes: z.array(z.strictObject({ key: z.string(), title: z.string(), before: z.string().nullable(), now: z.string().nullable() })),
      }),
    ),
    entitledTotal: z.string(),
    settledTotal: z.string(),
    heldTotal: z.string(),
    beforeTotal: z.string().nullable(),
    difference: z.string().nullable(),
  })
  .meta({ id: 'StatementInWords' });
export type StatementInWordsBody = z.infer<typeof zStatementInWords>;
