import { z } from 'zod';
import { zInstant, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import { BOARD_MEASURES, BOARD_SCOPES, HONOURS, LEADERBOARD_LIMITS } from '#libs/leaderboard';
import { zAsOf, zPage } from '../http/page';

export const zBoardQuery = z.strictObject({
  cycleId: zUuid,
  scope: z.enum(BOARD_SCOPES).default('company'),
  unit: z.string().max(120).optional().describe('The region or team'),
  measure: z.enum(BOARD_MEASURES).default('score'),
  asOf: zAsOf,
  since: z.iso.datetime({ offset: true }).optional().describe('Movement is told from this moment on; the beginning of the day when absent'),
  audience: z
    .enum(['viewer', 'public'])
    .default('viewer')
    .describe('`public`: only the names that everybody may see, and nobody’s own row; for a screen on a wall'),
  after: z
    .string()
    .regex(/^\d{1,7}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(LEADERBOARD_LIMITS.page).default(50),
});
export type BoardAsked = z.infer<typeof zBoardQuery>;

const zEntry = z.strictObject({
  place: z.int(),
  publishedPlace: z.int(),
  placeBefore: z.int().nullable().describe('At the moment of `before`; null for who was not on the board'),
  subject: zSubjectId.nullable(),
  name: z.string().nullable(),
  isViewer: z.boolean(),
  value: z.string(),
  publishedValue: z.string(),
  note: z.literal('amended-after-publication').nullable(),
});
export const zBoard = z
  .strictObject({
    tieRule: z.strictObject({ code: z.string(), 'zh-CN': z.string(), en: z.string() }),
    ranked: z.int(),
    publicNames: z.int().describe('How many places have their names shown to everybody: never more than the upper half'),
    before: zInstant.nullable().describe('What `placeBefore` is from; null where there is nothing to compare with'),
    items: z.array(zEntry),
    own: zEntry.extend({ ranked: z.int(), appraisalId: z.string() }).nullable(),
    next: z.string().optional(),
  })
  .meta({ id: 'Board' });
export type BoardBody = z.infer<typeof zBoard>;
export type EntryBody = z.infer<typeof zEntry>;

export const zBoardCyclesQuery = z.strictObject({
  period: zPeriod.optional(),
  after: z.string().max(80).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(50).default(24),
});
export const zBoardCycles = zPage(
  z.strictObject({ cycleId: zUuid, name: z.string(), period: z.string(), ranked: z.int().describe('People placed by their score') }),
);

export const zUnitsQuery = z.strictObject({ cycleId: zUuid });
const zUnit = z.strictObject({ unit: z.string(), region: z.string().nullable(), ranked: z.int() });
export const zUnits = z.strictObject({
  regions: z.array(zUnit),
  teams: z.array(zUnit),
  own: z.strictObject({ region: z.string().nullable(), team: z.string().nullable() }).nullable(),
});

export const zHonoursQuery = z.strictObject({
  period: zPeriod.optional(),
  limit: z.coerce.number().int().min(1).max(LEADERBOARD_LIMITS.honours).default(12),
});
export const zHonours = z.strictObject({
  items: z.array(
    z.strictObject({
      cycleId: zUuid,
      cycle: z.string(),
      period: z.string(),
      honour: z.enum(HONOURS),
      holders: z
        .array(z.strictObject({ subject: zSubjectId.nullable(), name: z.string().nullable(), isViewer: z.boolean(), value: z.string() }))
        .describe('Those of the first published place; nobody, when a correction took it away'),
    }),
  ),
});
