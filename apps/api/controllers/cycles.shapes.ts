import { z } from 'zod';
import { EXCLUSION_REASONS, zPhase, zPhasePlan, zScope, zStartCycleInput } from '#libs/cycle/contracts';
import { zCode, zInstant, zLabel, zPeriod, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';

const zSchemeRef = z.strictObject({ schemeId: zCode, version: zVersion });
const zCalendarRef = z.strictObject({ region: z.string(), version: z.string(), zone: z.string() });

export const zPreview = z.strictObject({
  scheme: zSchemeRef.nullable(),
  phases: z.array(zPhasePlan),
  members: z.int(),
  excluded: z.array(z.strictObject({ reason: z.enum(EXCLUSION_REASONS), count: z.int() })),
  cohorts: z.int(),
  ranked: z.boolean().describe('The scheme places people among each other'),
  membersAt: z.int(),
  calendar: zCalendarRef,
  flaggedYears: z.array(z.string()),
  errors: z.array(z.strictObject({ code: z.string(), detail: z.string().optional() })),
});

export const zPreviewPerson = z.strictObject({
  subject: zSubjectId,
  name: z.string().nullable(),
  employeeNo: z.string().nullable(),
  department: z.string(),
  team: z.string().nullable(),
  region: z.string().nullable(),
  manager: zSubjectId.nullable(),
  reason: z.enum(EXCLUSION_REASONS).nullable(),
});

export const zCycle = z
  .strictObject({
    cycleId: zUuid,
    name: z.string(),
    period: zPeriod,
    scheme: zSchemeRef,
    scope: zScope,
    setAside: z
      .array(z.strictObject({ subject: z.string(), reason: z.string() }))
      .optional()
      .describe('For HR and the auditor alone'),
    status: z.enum(['running', 'paused', 'cancelled', 'closed']),
    published: z.boolean(),
    publishedAt: zInstant.nullable(),
    startedAt: zInstant,
    membersAt: z.int(),
    members: z.int(),
    excluded: z.array(z.strictObject({ reason: z.string(), count: z.int() })),
    cohorts: z.int(),
    phases: z.array(
      zPhasePlan.extend({
        state: z.enum(['planned', 'open', 'complete', 'closed']),
        openedAt: zInstant.nullable(),
        closedAt: zInstant.nullable(),
      }),
    ),
    calendar: zCalendarRef,
    dayLengthMs: z.int().nullable(),
    ranked: z.boolean(),
    rankedAt: z.int().nullable().describe('Log position that the ranking group was frozen at'),
    version: z.int(),
    position: z.int(),
  })
  .meta({ id: 'Cycle' });

export const zProgress = z.strictObject({
  cycleId: zUuid,
  phase: zPhase,
  members: z.int(),
  done: z.int(),
  late: z.int(),
  skipped: z.int(),
});

export const zPeopleOfPreview = zStartCycleInput.extend({
  which: z.enum(['in', 'out']),
  reason: z.enum(EXCLUSION_REASONS).optional(),
  after: zSubjectId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export const zExtend = z.strictObject({ phase: zPhase, closesAt: zInstant, reason: zLabel });
export const zReason = z.strictObject({ reason: zLabel });
