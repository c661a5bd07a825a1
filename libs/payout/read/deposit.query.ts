import { addDecimal, compareDecimal, type Decimal, decimal, formatFixed, negateDecimal, type SubjectId, ZERO } from '#kernel';
import type { CycleReader } from '#libs/cycle/contracts';
import { asOfTable, type ReadDb } from '#libs/projections';
import type { SchemeSource } from '#libs/scheme';
import { depositReleaseProjection, type DepositReleaseRow } from './deposit-release.projection';
import { createPayoutReader } from './payout.reader';
import { payoutLineProjection } from './payout-line.projection';

/** What was withheld of a person's pay as a deposit, over all cycles, in batches that went out. */
export interface DepositHeld {
  readonly subject: SubjectId;
  readonly withheld: string;
  readonly released: string;
  readonly held: string;
  /** The last cycle that withheld; null where none did. */
  readonly cycleId: string | null;
}

interface DepositParts {
  readonly read: ReadDb;
  readonly cycles: Pick<CycleReader, 'cycle'>;
  readonly schemes: SchemeSource;
}

export async function depositOf({ read, cycles, schemes }: DepositParts, subject: SubjectId): Promise<DepositHeld> {
  const own = await read.query<{ readonly cycle_id: string }>(
    `SELECT cycle_id, max(position) AS last FROM ${asOfTable(payoutLineProjection)} l WHERE subject = $1 GROUP BY cycle_id ORDER BY last`,
    [subject],
  );
  const payouts = createPayoutReader(read);
  let withheld: Decimal = ZERO;
  let last: string | null = null;
  for (const { cycle_id: cycleId } of own) {
    const cycle = await cycles.cycle(cycleId);
    const scheme = cycle && (await schemes.scheme(cycle.scheme.schemeId, cycle.scheme.version));
    const keys = new Set((scheme?.document.pay ?? []).flatMap((line) => (line.kind === 'deposit' ? [line.key] : [])));
    const lines = (await payouts.linesOf(cycleId, [subject])).filter(({ key, status }) => keys.has(key) && isOut(status));
    if (lines.length > 0) last = cycleId;
    for (const { amount } of lines) withheld = addDecimal(withheld, negateDecimal(decimal(amount)));
  }
  const rows = await read.query<Pick<DepositReleaseRow, 'amount'>>(
    `SELECT amount FROM ${asOfTable(depositReleaseProjection)} d WHERE subject = $1`,
    [subject],
  );
  const released = rows.reduce<Decimal>((sum, { amount }) => addDecimal(sum, decimal(amount)), ZERO);
  const held = addDecimal(withheld, negateDecimal(released));
  return {
    subject,
    withheld: formatFixed(withheld, 2),
    released: formatFixed(released, 2),
    held: formatFixed(compareDecimal(held, ZERO) > 0 ? held : ZERO, 2),
    cycleId: last,
  };
}

function isOut(status: string): boolean {
  return status === 'released' || status === 'acknowledged';
}
