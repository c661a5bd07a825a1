import { defineEvent } from '#libs/event-store';
import { zCode, zDecimalText, zHash, zInstant, zLabel, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import { z } from 'zod';
import { TARGETS_GOLDEN } from './golden';

/*
 * Storage format. Streams: `targetimport-<id>` (start and completion), `targetimport-<id>.<n>` (its rows, a chunk each),
 * `targetacceptance-<subject>.<period>`. The last completed import that sets (owner, metric, period) holds.
 */

export const TARGET_LIMITS = { chunkTargets: 500 } as const;

export const zTarget = z.strictObject({
  row: z.int().min(1).optional(),
  owner: z.union([z.strictObject({ subject: zSubjectId }), z.strictObject({ unit: z.enum(['team', 'region', 'company']), label: zLabel })]),
  metric: zCode,
  period: zPeriod,
  value: zDecimalText,
});
export type Target = z.infer<typeof zTarget>;

export const targetImportStarted = defineEvent({
  type: 'TargetImportStarted',
  version: 1,
  golden: { 1: TARGETS_GOLDEN.TargetImportStarted },
  schema: z.strictObject({ importId: zUuid, fileHash: zHash, rows: z.int().min(1) }),
});
export const targetsSet = defineEvent({
  type: 'TargetsSet',
  version: 1,
  golden: { 1: TARGETS_GOLDEN.TargetsSet },
  schema: z.strictObject({
    importId: zUuid,
    chunk: z.int().min(0),
    targets: z.array(zTarget).min(1).max(TARGET_LIMITS.chunkTargets),
    /** Why they were revised; absent for the first setting. */
    reason: zLabel.optional(),
  }),
});
export const targetImportCompleted = defineEvent({
  type: 'TargetImportCompleted',
  version: 1,
  golden: { 1: TARGETS_GOLDEN.TargetImportCompleted },
  schema: z.strictObject({ importId: zUuid, targets: z.int(), revised: z.int(), completedAt: zInstant }),
});
export const targetAccepted = defineEvent({
  type: 'TargetAccepted',
  version: 1,
  golden: { 1: TARGETS_GOLDEN.TargetAccepted },
  schema: z.strictObject({ subject: zSubjectId, period: zPeriod, acceptedAt: zInstant }),
});

export const targetEvents = [targetImportStarted, targetsSet, targetImportCompleted, targetAccepted] as const;
