import { z } from 'zod';
import { defineEvent, type EventsOf } from '#libs/event-store';
import { zActorId, zCode, zHash, zInstant, zPlainDay, zVersion } from '#libs/kernel/schema';
import { SCHEME_LIMITS } from './document';
import { schemeAcknowledged, schemeLifeEvents } from './life-events';

/*
 * Storage format. Stream: `scheme-<schemeId>`: the versions of one scheme. The YAML text of a version stands in its
 * draft and never changes; what is put in force names it by hash.
 */

const ACTOR = '0190f000-0000-7000-8000-000000000001';
const AT = '2026-11-01T00:00:00.000Z';
const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

const zYaml = z.string().min(1).max(SCHEME_LIMITS.textChars);

export const schemeDrafted = defineEvent({
  type: 'SchemeDrafted',
  version: 1,
  schema: z.strictObject({
    schemeId: zCode,
    version: zVersion,
    /** The template it was made from. */
    template: zCode.optional(),
    yaml: zYaml,
    /** SHA-256 of the UTF-8 text. */
    yamlHash: zHash,
    draftedBy: zActorId,
    draftedAt: zInstant,
  }),
  golden: {
    1: {
      schemeId: 'trial',
      version: 1,
      template: 'twelve-item-sheet',
      yaml: 'language: 1',
      yamlHash: HASH,
      draftedBy: ACTOR,
      draftedAt: AT,
    },
  },
});
/** From here on the version is immutable and may be used by cycles. */
export const schemePutInForce = defineEvent({
  type: 'SchemePutInForce',
  version: 1,
  schema: z.strictObject({
    schemeId: zCode,
    version: zVersion,
    yamlHash: zHash,
    /** The version that was in force until now. */
    supersedes: zVersion.optional(),
    approvedBy: zActorId,
    inForceAt: zInstant,
    reviewOn: zPlainDay,
  }),
  golden: { 1: { schemeId: 'trial', version: 2, yamlHash: HASH, supersedes: 1, approvedBy: ACTOR, inForceAt: AT, reviewOn: '2027-11-01' } },
});
/** No new cycle may use it; cycles under way go on with it. */
export const schemeRetired = defineEvent({
  type: 'SchemeRetired',
  version: 1,
  schema: z.strictObject({ schemeId: zCode, version: zVersion, retiredBy: zActorId, retiredAt: zInstant }),
  golden: { 1: { schemeId: 'trial', version: 1, retiredBy: ACTOR, retiredAt: AT } },
});

/** On the stream of a scheme. */
const schemeStreamEvents = [schemeDrafted, ...schemeLifeEvents, schemePutInForce, schemeRetired] as const;
export type SchemeEvent = EventsOf<typeof schemeStreamEvents>;
export type SchemeAcknowledgementEvent = EventsOf<readonly [typeof schemeAcknowledged]>;

export const schemeEvents = [...schemeStreamEvents, schemeAcknowledged] as const;
