import { addDecimal, compareDecimal, type Decimal, decimal, formatFixed, subtractDecimal, type SubjectId, ZERO } from '#kernel';
import { type DIFFERENCE_CAUSES, type PayLine, payLineId } from '../contracts';

/** What one person's result gives now, line by line as the scheme orders them. */
export interface Entitlement {
  readonly cycleId: string;
  readonly subject: SubjectId;
  readonly appraisalId: string;
  /** Log position of the score event the amounts follow from. */
  readonly scoredAt: number;
  readonly payLines: readonly { readonly key: string; readonly amount: string }[];
}

/**
 * Lines of earlier batches that count as settled: the batch not cancelled, the line not left out of its file. One that is
 * still held counts: its hold decides about it, not a supplementary batch.
 */
export type Settled = ReadonlyMap<string, Decimal>;

export type DifferenceCause = { readonly kind: (typeof DIFFERENCE_CAUSES)[number]; readonly id: string };

/** The line that gives a deposit back. */
export const DEPOSIT_RELEASE = 'deposit_release';

export function settledOf(lines: readonly { readonly key: string; readonly amount: string; readonly status: string }[]): Settled {
  const settled = new Map<string, Decimal>();
  for (const { key, amount, status } of lines) {
    if (status === 'cancelled' || status === 'withheld') continue;
    settled.set(key, addDecimal(settled.get(key) ?? ZERO, decimal(amount)));
  }
  return settled;
}

/** The regular batch pays what the published result says; a line of nothing is no line. */
export function regularLines(entitlement: Entitlement, round: number): PayLine[] {
  return linesOf(entitlement, round, new Map()).map(({ line }) => line);
}

/**
 * A supplementary batch pays what the result gives now less what is settled, per line: so whatever happened before, the
 * sum over all batches is what is due, and a round computed twice has nothing left to pay.
 */
export function supplementaryLines(entitlement: Entitlement, round: number, settled: Settled, cause: DifferenceCause): PayLine[] {
  return linesOf(entitlement, round, settled).map(({ line, entitled, before }) => ({
    ...line,
    kind: 'adjustment',
    difference: { entitled: formatFixed(entitled, 2), settled: formatFixed(before, 2), cause },
  }));
}

function linesOf({ cycleId, subject, appraisalId, scoredAt, payLines }: Entitlement, round: number, settled: Settled) {
  const due = new Map<string, Decimal>();
  for (const { key, amount } of payLines) due.set(key, addDecimal(due.get(key) ?? ZERO, decimal(amount)));
  for (const key of settled.keys()) if (!due.has(key)) due.set(key, ZERO);
  return [...due].flatMap(([key, entitled]) => {
    const before = settled.get(key) ?? ZERO;
    const amount = subtractDecimal(entitled, before);
    if (compareDecimal(amount, ZERO) === 0) return [];
    const lineId = payLineId({ cycleId, subject, key, round });
    const line: PayLine = { lineId, subject, key, amount: formatFixed(amount, 2), kind: 'regular', appraisalId, scoredAt };
    return [{ line, entitled, before }];
  });
}
