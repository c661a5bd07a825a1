import { z } from 'zod';
import { zInstant, zPlainDay, zUuid } from '#libs/kernel/schema';

/** Cycle and person, with a dot between. */
export const zAppraisalId = z.string().min(73).max(73);
export const LEAF_KINDS = ['fact', 'target', 'zero', 'rating', 'override', 'earlier', 'place'] as const;

/** The file or call that brought it: `profile` names the import profile, `fileHash` is the SHA-256 of the file. */
const zImportOfLeaf = z
  .strictObject({
    importId: zUuid,
    of: z.enum(['facts', 'targets']),
    source: z.string().nullable(),
    profile: z.string().nullable(),
    fileHash: z.string().nullable(),
    rows: z.int().nullable(),
    completedAt: zInstant.nullable(),
    by: z.string().nullable(),
    byName: z.string().nullable(),
  })
  .meta({ id: 'ImportOfLeaf' });

/**
 * One record under a leaf of the tree. `key` and `positions` of the tree's node name it: several records where a metric sums them.
 * `zero`: nothing was recorded and the import says that it is complete. `override`: what a decision put in its place.
 */
export const zLeaf = z
  .strictObject({
    kind: z.enum(LEAF_KINDS),
    key: z.string(),
    period: z.string().nullable().describe('Of an earlier period that the scheme reads; null for the period of the appraisal'),
    value: z.string().nullable().describe('Of this record; null where a group of people answered'),
    metric: z.string(),
    position: z.int(),
    type: z.string().nullable().describe('The event at that position'),
    recordedAt: zInstant.nullable(),
    by: z.string().nullable(),
    byName: z.string().nullable(),
    factId: zUuid.nullable(),
    source: z.string().nullable(),
    recordId: z.string().nullable(),
    happenedOn: zPlainDay.nullable(),
    targetPeriod: z.string().nullable(),
    unit: z.strictObject({ kind: z.string(), label: z.string() }).nullable().describe('Whose fact it is, where it is not the person’s own'),
    import: zImportOfLeaf.nullable(),
    reason: z.string().nullable(),
    replaces: z.strictObject({ factId: zUuid, value: z.string() }).nullable(),
    supersededBy: z
      .strictObject({ factId: zUuid, position: z.int(), value: z.string().nullable(), reason: z.string().nullable() })
      .nullable(),
    cause: z
      .strictObject({ kind: z.enum(['appeal', 'correction']), id: zUuid })
      .nullable()
      .describe('The decision of an override'),
  })
  .meta({ id: 'ExplainedLeaf' });
export type LeafBody = z.infer<typeof zLeaf>;
export type ImportOfLeaf = z.infer<typeof zImportOfLeaf>;

/** A leaf before the log is asked when and by whom. */
export type Leaf = Omit<LeafBody, 'type' | 'recordedAt' | 'by' | 'byName' | 'import'> & {
  readonly importedBy: { readonly importId: string; readonly of: ImportOfLeaf['of'] } | null;
};

const NOTHING = {
  period: null,
  factId: null,
  source: null,
  recordId: null,
  happenedOn: null,
  targetPeriod: null,
  unit: null,
  reason: null,
  replaces: null,
  supersededBy: null,
  cause: null,
  importedBy: null,
} as const;

export function leaf(known: Pick<Leaf, 'kind' | 'key' | 'value' | 'position'> & Partial<Leaf>): Leaf {
  return { ...NOTHING, metric: known.key, ...known };
}
