import type { SubjectId } from '#kernel';
import type { AppealRow } from '#libs/appeal/contracts';
import { type HoldCause, holdKey, type HoldPayoutLines, PAYOUT_LIMITS, type PayLineRow, type PayoutReader } from '../contracts';
import { dependentPayLines } from '../domain/pay-dependence.policy';
import type { PayoutParts } from './payout-parts';

/** The pay lines of the appellant that depend on what is contested; all of them where that can't be told. */
async function dependentKeys(
  { appraisals, explain }: Pick<PayoutParts, 'appraisals' | 'explain'>,
  appeal: AppealRow,
): Promise<ReadonlySet<string> | 'all'> {
  const result = await appraisals.publishedResult(appeal.appraisalId);
  if (!result || !explain) return 'all';
  const tree = await explain({ period: result.period, ...result.current });
  return dependentPayLines(tree, [...new Set(appeal.lines.flatMap(({ line, key }) => [line, key]))]);
}

const RELEASED: ReadonlySet<string> = new Set(['released', 'acknowledged', 'withheld', 'cancelled']);

/** One command per batch that has lines of this appeal not yet held for it; empty when there is nothing to hold. */
export async function holdsFor(
  parts: Pick<PayoutParts, 'appraisals' | 'explain'>,
  payouts: PayoutReader,
  appeal: AppealRow,
): Promise<readonly { readonly batchId: string; readonly command: HoldPayoutLines }[]> {
  const cause: HoldCause = { kind: 'appeal', appealId: appeal.appealId };
  const lines = (await payouts.linesOf(appeal.cycleId, [appeal.subject])).filter(
    ({ status, heldBy }) => !RELEASED.has(status) && !heldBy.includes(holdKey(cause)),
  );
  if (lines.length === 0) return [];
  const keys = await dependentKeys(parts, appeal);
  const affected = lines.filter(({ key }) => keys === 'all' || keys.has(key));
  return [...new Set(affected.map(({ batchId }) => batchId))].map((batchId) => ({
    batchId,
    command: holdCommand(
      appeal.subject,
      cause,
      affected.filter((line) => line.batchId === batchId),
    ),
  }));
}

/** Of an appeal at most as many lines as one command takes: the release asks again for the rest. Finance is refused more before. */
export function holdCommand(subject: SubjectId, cause: HoldCause, lines: readonly PayLineRow[], reason?: string): HoldPayoutLines {
  const held = lines.slice(0, PAYOUT_LIMITS.linesPerHold).map(({ lineId, amount }) => ({ lineId, amount }));
  return { type: 'HoldPayoutLines', data: { subject, cause, lines: held, reason } };
}
