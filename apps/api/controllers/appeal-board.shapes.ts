import { z } from 'zod';
import { APPEAL_LIMITS, APPEAL_STAGES, APPEAL_TODO_KINDS, zAppealGround, zDeadline } from '#libs/appeal/contracts';
import { zInstant, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import { zPageQuery } from '../http/page';

const zFlag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const zBoardQuery = zPageQuery.extend({
  whose: z.enum(['all', 'assigned', 'mine']).default('all'),
  stage: z.enum(APPEAL_STAGES).optional(),
  cycleId: zUuid.optional(),
  period: zPeriod.optional(),
  open: zFlag.optional().describe('Only those that somebody still has to do something about'),
  overdue: zFlag.optional(),
  limit: z.coerce.number().int().min(1).max(APPEAL_LIMITS.page).default(50),
});
export const zCountsQuery = z.strictObject({ whose: z.enum(['all', 'assigned', 'mine']).default('all') });

/** An appeal as lists show it. */
export const zAppealOnBoard = z.strictObject({
  appealId: zUuid,
  cycleId: zUuid,
  cycleName: z.string().nullable(),
  period: z.string().nullable(),
  subject: zSubjectId,
  name: z.string().nullable(),
  stage: z.enum(APPEAL_STAGES),
  grounds: z.array(zAppealGround),
  /** Contested lines. */
  lines: z.int(),
  late: z.boolean(),
  holds: z.boolean(),
  filedAt: zInstant,
  /** Of the stage; null while its clock is stopped or nothing is owed. */
  due: zDeadline.nullable(),
  decideBy: zDeadline.nullable(),
  overdue: z.boolean(),
  /** Votes cast of those owed; null where the viewer may not know yet. */
  votes: z.strictObject({ cast: z.int(), of: z.int() }).nullable(),
  verdict: z.enum(['upheld', 'partly', 'dismissed']).nullable(),
});
export type AppealOnBoard = z.infer<typeof zAppealOnBoard>;

export const zStageCounts = z.strictObject({
  items: z.array(z.strictObject({ stage: z.enum(APPEAL_STAGES), appeals: z.int(), overdue: z.int() })),
});

/** Something about an appeal that the caller has to do. */
export const zAppealTodo = z.strictObject({
  kind: z.enum(APPEAL_TODO_KINDS),
  appealId: zUuid,
  cycleId: zUuid,
  cycleName: z.string(),
  period: z.string(),
  /** Whose appeal it is. */
  subject: zSubjectId,
  name: z.string().nullable(),
  /** Null while the clock is stopped. */
  dueAt: zInstant.nullable(),
  overdue: z.boolean(),
});
export type AppealTodoBody = z.infer<typeof zAppealTodo>;
