import { addDecimal, compareDecimal, type Decimal, decimal, formatFixed, negateDecimal, type SubjectId, ZERO } from '#kernel';
import { appraisalIdOf, type AppraisalReader } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import { asOfTable, type ReadDb } from '#libs/projections';
import type { SchemeSource } from '#libs/scheme';
import { depositReleaseProjection, type DepositReleaseRow } from './deposit-release.projection';
import { createPayoutReader } from './payout.reader';
import { payoutLineProjection } from './payout-line.projection';

/** What is held of a person's pay as a deposit, over all cycles whose batches went out. */
export interface DepositHeld {
  readonly subject: SubjectId;
  /** Before the first of them: what the facts of that period said was held. */
  readonly opening: string;
  readonly withheld: string;
  readonly released: string;
  readonly held: string;
  /** The last cycle with a deposit line; null where there is none. */
  readonly cycleId: string | null;
}

interface DepositParts {
  readonly read: ReadDb;
  readonly cycles: Pick<CycleReader, 'cycle'>;
  readonly appraisals: Pick<AppraisalReader, 'publishedResult'>;
  readonly schemes: SchemeSource;
}

/** One cycle that pays under a deposit line. */
interface DepositCycle {
  readonly cycleId: string;
  readonly period: string;
  /** Facts that say what was held before. */
  readonly heldFacts: readonly string[];
  readonly withheld: Decimal;
}

export async function depositOf(parts: DepositParts, subject: SubjectId): Promise<DepositHeld> {
  const cycles = await depositCycles(parts, subject);
  const [first] = [...cycles].sort((a, b) => (a.period < b.period ? -1 : 1));
  const opening = first ? await heldBefore(parts, first, subject) : ZERO;
  const withheld = cycles.reduce<Decimal>((sum, cycle) => addDecimal(sum, cycle.withheld), ZERO);
  const rows = await parts.read.query<Pick<DepositReleaseRow, 'amount'>>(
    `SELECT amount FROM ${asOfTable(depositReleaseProjection)} d WHERE subject = $1`,
    [subject],
  );
  const released = rows.reduce<Decimal>((sum, { amount }) => addDecimal(sum, decimal(amount)), ZERO);
  const held = addDecimal(addDecimal(opening, withheld), negateDecimal(released));
  return {
    subject,
    opening: formatFixed(opening, 2),
    withheld: formatFixed(withheld, 2),
    released: formatFixed(released, 2),
    held: formatFixed(compareDecimal(held, ZERO) > 0 ? held : ZERO, 2),
    cycleId: cycles.at(-1)?.cycleId ?? null,
  };
}

/** In the order in which they were paid. */
async function depositCycles({ read, cycles, schemes }: DepositParts, subject: SubjectId): Promise<readonly DepositCycle[]> {
  const own = await read.query<{ readonly cycle_id: string }>(
    `SELECT cycle_id, max(position) AS last FROM ${asOfTable(payoutLineProjection)} l WHERE subject = $1 GROUP BY cycle_id ORDER BY last`,
    [subject],
  );
  const payouts = createPayoutReader(read);
  const found: DepositCycle[] = [];
  for (const { cycle_id: cycleId } of own) {
    const cycle = await cycles.cycle(cycleId);
    const scheme = cycle && (await schemes.scheme(cycle.scheme.schemeId, cycle.scheme.version));
    const deposits = (scheme?.document.pay ?? []).flatMap((line) => (line.kind === 'deposit' ? [line] : []));
    const out = (await payouts.linesOf(cycleId, [subject])).filter(({ status }) => isOut(status));
    if (!cycle || deposits.length === 0 || out.length === 0) continue;
    const keys = new Set(deposits.map(({ key }) => key));
    const withheld = out
      .filter(({ key }) => keys.has(key))
      .reduce<Decimal>((sum, { amount }) => addDecimal(sum, negateDecimal(decimal(amount))), ZERO);
    found.push({ cycleId, period: cycle.period, heldFacts: [...new Set(deposits.map(({ held }) => held))], withheld });
  }
  return found;
}

/** What the first of them was scored with: held from before anything was paid here. */
async function heldBefore({ appraisals }: DepositParts, { cycleId, heldFacts }: DepositCycle, subject: SubjectId): Promise<Decimal> {
  const result = await appraisals.publishedResult(appraisalIdOf(cycleId, subject));
  const facts = result?.current.basis.facts.filter(({ key }) => heldFacts.includes(key)) ?? [];
  return facts.reduce<Decimal>((sum, { value }) => addDecimal(sum, decimal(value)), ZERO);
}

function isOut(status: string): boolean {
  return status === 'released' || status === 'acknowledged';
}
