import { defineEvent, personalText } from '#libs/event-store';
import { zCode, zDecimalText, zHash, zInstant, zLabel, zPlainDay, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';
import { z } from 'zod';
import { ORGANISATION_GOLDEN } from './golden';

/*
 * Names and shapes below are the storage format of this feature: they never change, new shapes are new versions.
 * Streams: `organisation-main` (order of accepted imports, settings), `import-<id>` (one file's start), `import-<id>.<n>` (its
 * rows, a chunk each, so that no append reads the ones before). Rows of an import mean nothing until its PeopleImportCompleted stands in organisation-main.
 */

export const ROLES = [
  'rep',
  'manager',
  'planning',
  'second-reviewer',
  'hr',
  'general-manager',
  'finance',
  'panel',
  'coach',
  'auditor',
  'admin',
] as const;
export const zRole = z.enum(ROLES);
export type Role = (typeof ROLES)[number];

export const ORGANISATION_LIMITS = { chunkLines: 200, rolesPerLine: 11, sites: 500, calendarDays: 1_000 } as const;

/**
 * One effective-dated line of one employee; an absent validFrom means always, validTo is the first day it no longer holds.
 * From the first day that an import says something about a person (always, where one of its lines has no validFrom), that
 * import alone is the truth about them; for earlier days what was known before stays.
 * The `…Key` fields are the keyed index (HMAC of the normalised value) by which people are found without decrypting.
 */
export const zPersonLine = z.strictObject({
  subject: zSubjectId,
  row: z.int().min(1),
  employeeNo: personalText(),
  employeeNoKey: zHash,
  name: personalText(),
  nameKey: zHash,
  login: personalText().optional(),
  loginKey: zHash.optional(),
  roles: z.array(zRole).max(ORGANISATION_LIMITS.rolesPerLine),
  position: zLabel.optional(),
  department: zLabel,
  team: zLabel.optional(),
  region: zLabel.optional(),
  site: zLabel.optional(),
  manager: zSubjectId.optional(),
  validFrom: zPlainDay.optional(),
  validTo: zPlainDay.optional(),
  /** The import's first day about this person, the same on all their lines of it; absent means always. */
  speaksFrom: zPlainDay.optional(),
});
export type PersonLine = z.infer<typeof zPersonLine>;

/** `basedOn`: how many imports had been completed when this one's rows were checked. */
export const peopleImportStarted = defineEvent({
  type: 'PeopleImportStarted',
  version: 1,
  golden: { 1: ORGANISATION_GOLDEN.PeopleImportStarted },
  schema: z.strictObject({
    importId: zUuid,
    fileHash: zHash,
    rows: z.int().min(1),
    basedOn: z.int().min(0),
    profile: z.strictObject({ name: zCode, version: zVersion }).optional(),
  }),
});
/** All lines that an import says about a person stand in one chunk, in order of time. */
export const peopleLinesRecorded = defineEvent({
  type: 'PeopleLinesRecorded',
  version: 1,
  golden: { 1: ORGANISATION_GOLDEN.PeopleLinesRecorded },
  schema: z.strictObject({
    importId: zUuid,
    chunk: z.int().min(0),
    lines: z.array(zPersonLine).min(1).max(ORGANISATION_LIMITS.chunkLines),
  }),
});
/** In organisation-main, at the version its rows were checked against: what makes an import count. */
export const peopleImportCompleted = defineEvent({
  type: 'PeopleImportCompleted',
  version: 1,
  golden: { 1: ORGANISATION_GOLDEN.PeopleImportCompleted },
  schema: z.strictObject({
    importId: zUuid,
    fileHash: zHash,
    rows: z.int(),
    chunks: z.int(),
    newPeople: z.int(),
    changedPeople: z.int(),
    unchangedPeople: z.int(),
    completedAt: zInstant,
  }),
});
/** Overrides of the official calendar, per region code; wins over make-up days and weekends. */
export const calendarOverridden = defineEvent({
  type: 'CalendarOverridden',
  version: 1,
  golden: { 1: ORGANISATION_GOLDEN.CalendarOverridden },
  schema: z.strictObject({ region: zCode, day: zPlainDay, kind: z.enum(['off', 'working', 'official']), reason: zLabel }),
});
/** A place with its own clock; lines name it by its code. */
export const siteDeclared = defineEvent({
  type: 'SiteDeclared',
  version: 1,
  golden: { 1: ORGANISATION_GOLDEN.SiteDeclared },
  schema: z.strictObject({ site: zLabel, zone: z.string().min(1).max(60), calendarRegion: zCode }),
});
export const metricDeclared = defineEvent({
  type: 'MetricDeclared',
  version: 1,
  golden: { 1: ORGANISATION_GOLDEN.MetricDeclared },
  schema: z.strictObject({
    metric: zCode,
    unit: z.enum(['money', 'count', 'percent', 'days', 'points']),
    combine: z.enum(['sum', 'last', 'mean']),
    /** Answers for its facts when one is contested. */
    owner: zSubjectId.optional(),
    minimum: zDecimalText.optional(),
  }),
});

export const organisationEvents = [
  peopleImportStarted,
  peopleLinesRecorded,
  peopleImportCompleted,
  calendarOverridden,
  siteDeclared,
  metricDeclared,
] as const;
