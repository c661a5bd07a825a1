import { defineEvent } from '#libs/event-store';
import { zCode, zDecimalText, zHash, zInstant, zLabel, zPeriod, zPlainDay, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';
import { z } from 'zod';

/*
 * Storage format. Streams: `factimport-<id>` (the rows of one file or one REST call, in chunks), `importprofile-<name>`.
 * Facts count from FactImportCompleted on. The same (source, recordId, metric) twice: the first in log order stands;
 * only FactCorrected replaces it.
 */

/** One measured thing; a fact belongs to the period in which it happened, not when it arrived. */
export const zFact = z.strictObject({
  factId: zUuid,
  row: z.int().min(1).optional(),
  /** A person, or a team/region/company by its label. */
  owner: z.union([z.strictObject({ subject: zSubjectId }), z.strictObject({ unit: z.enum(['team', 'region', 'company']), label: zLabel })]),
  metric: zCode,
  value: zDecimalText,
  happenedOn: zPlainDay,
  source: zCode,
  recordId: zLabel,
});
export type Fact = z.infer<typeof zFact>;

export const factImportStarted = defineEvent({
  type: 'FactImportStarted',
  version: 1,
  schema: z.strictObject({
    importId: zUuid,
    source: zCode,
    fileHash: zHash,
    rows: z.int().min(0),
    profile: z.strictObject({ name: zCode, version: zVersion }).optional(),
  }),
});
export const factsRecorded = defineEvent({
  type: 'FactsRecorded',
  version: 1,
  schema: z.strictObject({ importId: zUuid, chunk: z.int().min(0), facts: z.array(zFact).min(1).max(500) }),
});
/** `completeFor`: covered people without a row have 0 for these `sum` metrics in that period, explained by this import. */
export const factImportCompleted = defineEvent({
  type: 'FactImportCompleted',
  version: 1,
  schema: z.strictObject({
    importId: zUuid,
    facts: z.int(),
    repeated: z.int(),
    filtered: z.int(),
    setAside: z.array(z.strictObject({ row: z.int(), reason: zCode })).max(1000),
    completeFor: z
      .strictObject({ metrics: z.array(zCode).min(1).max(50), period: zPeriod, people: z.union([z.literal('everyone'), z.array(zSubjectId).max(3000)]) })
      .optional(),
    completedAt: zInstant,
  }),
});
/** Supersedes an earlier fact of the same source record, in the stream of the correction's own import. */
export const factCorrected = defineEvent({
  type: 'FactCorrected',
  version: 1,
  schema: z.strictObject({ importId: zUuid, supersedes: zUuid, fact: zFact, reason: zLabel }),
});
/** A profile is data: see application docs for its shape; `definition` is its canonical JSON text. */
export const importProfileSaved = defineEvent({
  type: 'ImportProfileSaved',
  version: 1,
  schema: z.strictObject({ name: zCode, version: zVersion, kind: z.enum(['facts', 'people']), definition: z.string().max(20_000) }),
});

export const factEvents = [factImportStarted, factsRecorded, factImportCompleted, factCorrected, importProfileSaved] as const;
