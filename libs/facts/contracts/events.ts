import { defineEvent } from '#libs/event-store';
import { zCode, zDecimalText, zHash, zInstant, zLabel, zPeriod, zPlainDay, zSubjectId, zUuid, zVersion } from '#libs/kernel/schema';
import { z } from 'zod';
import { FACTS_GOLDEN } from './golden';

/*
 * Storage format. Streams: `factimport-<id>` (start of one file or REST call), `factimport-<id>.<n>` (its rows, a chunk
 * each), `factsource-<source>` (FactImportCompleted: the accepted imports of one source in order, so that two never count the
 * same record), `importprofile-<name>`. Facts count from FactImportCompleted on.
 * The same (source, recordId, metric) twice: the first stands; only FactCorrected replaces it.
 */

export const FACT_LIMITS = {
  chunkFacts: 500,
  setAsideRows: 200,
  setAsideListed: 1_000,
  completeMetrics: 50,
  completePeople: 3_000,
} as const;

/** Whose facts there are beside people's. */
export const FACT_UNITS = ['team', 'department', 'region', 'company'] as const;
const zUnitOwner = z.strictObject({ unit: z.enum(FACT_UNITS), label: zLabel });
export type UnitOwner = z.infer<typeof zUnitOwner>;

/** One measured thing; a fact belongs to the period in which it happened, not when it arrived. */
export const zFact = z.strictObject({
  factId: zUuid,
  row: z.int().min(1).optional(),
  /** A person, or a unit by its label. */
  owner: z.union([z.strictObject({ subject: zSubjectId }), zUnitOwner]),
  metric: zCode,
  value: zDecimalText,
  happenedOn: zPlainDay,
  source: zCode,
  recordId: zLabel,
});
export type Fact = z.infer<typeof zFact>;

export const zCompleteFor = z.strictObject({
  metrics: z.array(zCode).min(1).max(FACT_LIMITS.completeMetrics),
  period: zPeriod,
  people: z.union([z.literal('everyone'), z.array(zSubjectId).max(FACT_LIMITS.completePeople)]),
});
export type CompleteFor = z.infer<typeof zCompleteFor>;

/** A row whose owner could not be told, kept without any personal text: by the keyed index of what stood in the owner's column. */
export const zSetAsideRow = z.strictObject({
  row: z.int().min(1),
  reason: z.enum(['unknown-owner', 'ambiguous-owner']),
  ownerKeys: z
    .array(z.strictObject({ kind: z.enum(['employee-no', 'login', 'name']), key: zHash }))
    .min(1)
    .max(3),
  facts: z
    .array(z.strictObject({ metric: zCode, value: zDecimalText, happenedOn: zPlainDay, recordId: zLabel }))
    .min(1)
    .max(20),
});
export type SetAsideRow = z.infer<typeof zSetAsideRow>;

export const factImportStarted = defineEvent({
  type: 'FactImportStarted',
  version: 1,
  golden: { 1: FACTS_GOLDEN.FactImportStarted },
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
  golden: { 1: FACTS_GOLDEN.FactsRecorded },
  schema: z.strictObject({ importId: zUuid, chunk: z.int().min(0), facts: z.array(zFact).min(1).max(FACT_LIMITS.chunkFacts) }),
});
/** Rows kept for later because nobody could be told as their owner; they are no facts. */
export const factRowsSetAside = defineEvent({
  type: 'FactRowsSetAside',
  version: 1,
  golden: { 1: FACTS_GOLDEN.FactRowsSetAside },
  schema: z.strictObject({
    importId: zUuid,
    source: zCode,
    chunk: z.int().min(0),
    rows: z.array(zSetAsideRow).min(1).max(FACT_LIMITS.setAsideRows),
  }),
});
/** `completeFor`: covered people without a row have 0 for these `sum` metrics in that period, explained by this import. */
export const factImportCompleted = defineEvent({
  type: 'FactImportCompleted',
  version: 1,
  golden: { 1: FACTS_GOLDEN.FactImportCompleted },
  schema: z.strictObject({
    importId: zUuid,
    source: zCode,
    facts: z.int(),
    repeated: z.int(),
    filtered: z.int(),
    setAside: z.array(z.strictObject({ row: z.int(), reason: zCode })).max(FACT_LIMITS.setAsideListed),
    setAsideTotal: z.int().min(0),
    completeFor: zCompleteFor.optional(),
    completedAt: zInstant,
  }),
});
/**
 * Supersedes an earlier fact of the same source record and metric. Its stream is `factimport-<superseded fact's id>`, so that
 * a fact is superseded once; counts at once.
 */
export const factCorrected = defineEvent({
  type: 'FactCorrected',
  version: 1,
  golden: { 1: FACTS_GOLDEN.FactCorrected },
  schema: z.strictObject({ importId: zUuid, supersedes: zUuid, fact: zFact, reason: zLabel }),
});
/** A profile is data: `definition` is the canonical JSON text of an ImportProfile. */
export const importProfileSaved = defineEvent({
  type: 'ImportProfileSaved',
  version: 1,
  golden: { 1: FACTS_GOLDEN.ImportProfileSaved },
  schema: z.strictObject({ name: zCode, version: zVersion, kind: z.enum(['facts', 'people']), definition: z.string().max(20_000) }),
});

export const factEvents = [
  factImportStarted,
  factsRecorded,
  factRowsSetAside,
  factImportCompleted,
  factCorrected,
  importProfileSaved,
] as const;
