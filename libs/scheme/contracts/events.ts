import { z } from 'zod';
import { defineEvent } from '#libs/event-store';
import { zActorId, zCode, zHash, zInstant, zPlainDay, zVersion } from '#libs/kernel/schema';
import { SCHEME_LIMITS } from './document';

/*
 * Storage format. Stream: `scheme-<schemeId>`: the versions of one scheme. The YAML text of a version stands in its
 * draft and never changes; what is put in force names it by hash.
 */

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
});
/** No new cycle may use it; cycles under way go on with it. */
export const schemeRetired = defineEvent({
  type: 'SchemeRetired',
  version: 1,
  schema: z.strictObject({ schemeId: zCode, version: zVersion, retiredBy: zActorId, retiredAt: zInstant }),
});

export const schemeEvents = [schemeDrafted, schemePutInForce, schemeRetired] as const;
