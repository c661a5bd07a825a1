import { z } from 'zod';
import { isSubjectId } from '#kernel';
import type { CycleReader } from '#libs/cycle/contracts';
import { zActorId, zHash, zInstant, zPeriod, zUuid } from '#libs/kernel/schema';
import { heldAmounts } from '#libs/payout';
import { PAYOUT_STAGES, type PayLineRow, type PayoutBatchRow, zPayLine } from '#libs/payout/contracts';
import type { ReadDb } from '#libs/projections';
import type { NameBook } from '../http/name-book';

export const zStage = z.enum(PAYOUT_STAGES);
export const zLineStatus = z.enum(['computed', 'held', 'released', 'withheld', 'acknowledged', 'cancelled']);
export const zBatch = z
  .strictObject({
    batchId: zUuid,
    cycleId: zUuid,
    cycleName: z.string().nullable(),
    period: zPeriod,
    kind: z.enum(['regular', 'supplementary']),
    round: z.int(),
    stage: zStage,
    currency: z.string(),
    statements: z.int(),
    lines: z.int(),
    total: z.string(),
    withoutScore: z.int(),
    releasedLines: z.int(),
    releasedTotal: z.string().nullable(),
    heldTotal: z.string().nullable().describe('Set at the release'),
    held: z.string().describe('What is held: until the release now, from then on what it held'),
    acknowledgedLines: z.int(),
    computedBy: zActorId,
    checkedBy: zActorId.nullable(),
    approvedBy: zActorId.nullable(),
    checkedByName: z.string().nullable(),
    approvedByName: z.string().nullable(),
    releasedAt: zInstant.nullable(),
    fileHash: zHash.nullable(),
    findings: z.array(z.strictObject({ lineId: z.string().nullable(), code: z.string() })),
    startedAt: zInstant,
    version: z.int(),
    position: z.int(),
  })
  .meta({ id: 'PayoutBatch' });
export const zLine = zPayLine
  .extend({
    name: z.string().nullable(),
    batchId: zUuid,
    cycleId: zUuid,
    round: z.int(),
    chunk: z.int(),
    seq: z.int(),
    currency: z.string(),
    status: zLineStatus,
    heldBy: z.array(z.string()),
    reference: z.string().nullable(),
  })
  .meta({ id: 'PayLine' });

export type BatchBody = z.infer<typeof zBatch>;
export type LineBody = z.infer<typeof zLine>;

export interface PayoutNames {
  readonly names: NameBook;
  readonly cycles: Pick<CycleReader, 'byIds'>;
  readonly read: ReadDb;
}

/** Batches with the name of their cycle and of who checked and approved them. */
export async function batchBodies({ names, cycles, read }: PayoutNames, batches: readonly PayoutBatchRow[]): Promise<BatchBody[]> {
  const actors = batches.flatMap(({ checkedBy, approvedBy }) =>
    [checkedBy, approvedBy].flatMap((actor) => (actor && isSubjectId(actor) ? [actor] : [])),
  );
  const book = new Map<string, string>(await names.of(actors));
  const held = await heldAmounts(
    read,
    batches.map(({ batchId }) => batchId),
  );
  const views = await cycles.byIds(batches.map(({ cycleId }) => cycleId));
  return batches.map((batch) => ({
    ...batch,
    held: batch.heldTotal ?? held.get(batch.batchId) ?? '0.00',
    findings: [...batch.findings],
    cycleName: views.get(batch.cycleId)?.name ?? null,
    checkedByName: batch.checkedBy === null ? null : (book.get(batch.checkedBy) ?? null),
    approvedByName: batch.approvedBy === null ? null : (book.get(batch.approvedBy) ?? null),
  }));
}

export async function lineBodies(names: NameBook, lines: readonly PayLineRow[]): Promise<LineBody[]> {
  const book = await names.of(lines.map(({ subject }) => subject));
  return lines.map((line) => ({ ...line, name: book.get(line.subject) ?? null, heldBy: [...line.heldBy] }));
}
