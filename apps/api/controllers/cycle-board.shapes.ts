import { z } from 'zod';
import { STEPS } from '#libs/appraisal/contracts';
import { zPhase } from '#libs/cycle/contracts';
import { zInstant, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import { zTitle } from '#libs/scheme/contracts';
import { zAsOf, zPageQuery } from '../http/page';
import { zCycle, zProgress } from './cycles.shapes';

const zFilters = z.strictObject({
  status: z.enum(['running', 'paused', 'cancelled', 'closed']).optional(),
  period: zPeriod.optional(),
});
export const zBoardQuery = zPageQuery.extend({
  ...zFilters.shape,
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const zBoardLiveQuery = zFilters;
export const zOnBoard = z.strictObject({ cycle: zCycle, progress: z.array(zProgress) }).meta({ id: 'CycleOnBoard' });

/** What a live board is sent: of each of the newest 50 cycles that fit, what moves. */
export const zBoardLive = z
  .strictObject({
    items: z.array(
      z.strictObject({
        cycleId: zUuid,
        status: z.enum(['running', 'paused', 'cancelled', 'closed']),
        published: z.boolean(),
        phases: z.array(z.strictObject({ phase: zPhase, state: z.enum(['planned', 'open', 'complete', 'closed']), closesAt: zInstant })),
        progress: z.array(zProgress),
      }),
    ),
  })
  .meta({ id: 'CycleBoardLive' });
export type BoardLive = z.infer<typeof zBoardLive>;

export const zUnits = z
  .strictObject({ departments: z.array(z.string()), regions: z.array(z.string()), teams: z.array(z.string()) })
  .meta({ id: 'UnitNames' });

export const zOfCycleQuery = z.strictObject({ asOf: zAsOf });
export const zCompletion = z.strictObject({
  items: z.array(
    z
      .strictObject({
        region: z.string().nullable(),
        department: z.string(),
        team: z.string().nullable(),
        step: z.enum([...STEPS, 'confirmation']),
        people: z.int(),
        done: z.int(),
        late: z.int(),
      })
      .meta({ id: 'TeamCompletion' }),
  ),
});

const zGradeInGroup = z.strictObject({
  grade: z.string().nullable().describe('Null for those who have none'),
  title: zTitle.nullable(),
  have: z.int(),
  target: z.int().optional(),
  atMost: z.int().optional(),
});
export const zSpread = z
  .strictObject({
    scored: z.int().describe('With a score and without an error'),
    lowest: z.string().nullable(),
    highest: z.string().nullable(),
    mean: z.string().nullable(),
    bins: z.array(z.strictObject({ from: z.string(), to: z.string(), people: z.int() })).describe('From `from` up to, but not with, `to`'),
    groups: z
      .array(z.strictObject({ department: z.string().nullable(), people: z.int(), grades: z.array(zGradeInGroup) }))
      .describe('The whole cycle (department null), then each department'),
  })
  .meta({ id: 'CycleSpread' });

export const zByScoreQuery = zPageQuery.extend({
  department: z.string().max(120).optional(),
  grade: z.string().max(100).optional(),
  after: z.string().max(80).optional(),
  asOf: zAsOf,
});
export const zByScore = z
  .strictObject({
    appraisalId: z.string(),
    subject: zSubjectId,
    name: z.string().nullable(),
    department: z.string(),
    team: z.string().nullable(),
    status: z.enum(['open', 'scored', 'published', 'final', 'cancelled']),
    score: z.string().nullable(),
    grade: z.string().nullable(),
    errors: z.int(),
  })
  .meta({ id: 'PersonByScore' });
