import { defineEvent, personalText } from '#libs/event-store';
import { zCode, zDecimalText, zHash, zInstant, zLabel, zPlainDay, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';
import { z } from 'zod';

/*
 * Names and shapes below are the storage format of this feature: they never change, new shapes are new versions.
 * Streams: `organisation-main` (order of accepted imports, settings), `import-<id>` (the rows of one file, in chunks).
 * Rows of an import mean nothing until its PeopleImportCompleted stands in organisation-main.
 */

export const ROLES = ['rep', 'manager', 'planning', 'second-reviewer', 'hr', 'general-manager', 'finance', 'panel', 'coach', 'auditor', 'admin'] as const;
export const zRole = z.enum(ROLES);
export type Role = (typeof ROLES)[number];

/** One effective-dated line of one employee; an absent validFrom means always, validTo is the first day it no longer holds. */
export const zPersonLine = z.strictObject({
  subject: zSubjectId,
  row: z.int().min(1),
  employeeNo: personalText(),
  name: personalText(),
  login: personalText().optional(),
  roles: z.array(zRole).max(11),
  position: zLabel.optional(),
  department: zLabel,
  team: zLabel.optional(),
  region: zLabel.optional(),
  site: zCode.optional(),
  manager: zSubjectId.optional(),
  validFrom: zPlainDay.optional(),
  validTo: zPlainDay.optional(),
});
export type PersonLine = z.infer<typeof zPersonLine>;

export const peopleImportStarted = defineEvent({
  type: 'PeopleImportStarted',
  version: 1,
  schema: z.strictObject({ importId: zUuid, fileHash: zHash, rows: z.int().min(1), profile: z.strictObject({ name: zCode, version: zVersion }).optional() }),
});
export const peopleLinesRecorded = defineEvent({
  type: 'PeopleLinesRecorded',
  version: 1,
  schema: z.strictObject({ importId: zUuid, chunk: z.int().min(0), lines: z.array(zPersonLine).min(1).max(200) }),
});
/** In organisation-main, at the version its rows were checked against: what makes an import count. */
export const peopleImportCompleted = defineEvent({
  type: 'PeopleImportCompleted',
  version: 1,
  schema: z.strictObject({ importId: zUuid, fileHash: zHash, rows: z.int(), chunks: z.int(), newPeople: z.int(), changedPeople: z.int(), completedAt: zInstant }),
});
/** Overrides of the official calendar, per region code; wins over make-up days and weekends. */
export const calendarOverridden = defineEvent({
  type: 'CalendarOverridden',
  version: 1,
  schema: z.strictObject({ region: zCode, day: zPlainDay, kind: z.enum(['off', 'working', 'official']), reason: zLabel }),
});
export const metricDeclared = defineEvent({
  type: 'MetricDeclared',
  version: 1,
  schema: z.strictObject({
    metric: zCode,
    unit: z.enum(['money', 'count', 'percent', 'days', 'points']),
    combine: z.enum(['sum', 'last', 'mean']),
    owner: zSubjectId.optional(),
    minimum: zDecimalText.optional(),
  }),
});

export const organisationEvents = [peopleImportStarted, peopleLinesRecorded, peopleImportCompleted, calendarOverridden, metricDeclared] as const;
