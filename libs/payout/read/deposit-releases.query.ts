import { addDecimal, type Decimal, decimal, type SubjectId, ZERO } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { depositReleaseProjection, type DepositReleaseRow } from './deposit-release.projection';

/** What is given back to these people with one cycle's batches. */
export async function releasesOf(
  read: ReadDb,
  { cycleId, subjects, asOf }: { readonly cycleId: string; readonly subjects: readonly SubjectId[]; readonly asOf?: number },
): Promise<ReadonlyMap<SubjectId, Decimal>> {
  const rows = await read.query<Pick<DepositReleaseRow, 'subject' | 'amount'>>(
    `SELECT subject, amount FROM ${asOfTable(depositReleaseProjection, asOf)} d WHERE cycle_id = $1 AND subject = ANY($2)`,
    [cycleId, subjects],
  );
  const releases = new Map<SubjectId, Decimal>();
  for (const { subject, amount } of rows) releases.set(subject, addDecimal(releases.get(subject) ?? ZERO, decimal(amount)));
  return releases;
}
