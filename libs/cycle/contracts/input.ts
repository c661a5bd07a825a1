import { z } from 'zod';
import { CALENDAR_REGIONS, COMPANY_ZONE } from '#libs/calendar';
import { zCode, zLabel, zPeriod, zSubjectId, zVersion } from '#libs/kernel/schema';
import { zScope } from './events';

/** What a person says to start a cycle; everything else is derived from it and shown in the preview first. */
export const zStartCycleInput = z.strictObject({
  name: zLabel,
  period: zPeriod,
  schemeId: zCode,
  /** The version in force when absent. */
  schemeVersion: zVersion.optional(),
  scope: zScope.default({}),
  setAside: z
    .array(z.strictObject({ subject: zSubjectId, reason: zLabel }))
    .max(1000)
    .default([]),
  calendarRegion: z.enum(CALENDAR_REGIONS).default('CN'),
  /** IANA name. */
  zone: z.string().min(1).max(60).default(COMPANY_ZONE),
  /** Demo and tests: milliseconds that stand for one working day. */
  dayLengthMs: z.int().min(50).max(86_400_000).optional(),
});
export type StartCycleInput = z.infer<typeof zStartCycleInput>;
