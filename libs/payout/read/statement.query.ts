import { addDecimal, decimal, formatFixed, type SubjectId, sumDecimals, ZERO } from '#kernel';
import { appraisalIdOf, type AppraisalReader } from '#libs/appraisal/contracts';
import type { PayoutReader, Statement } from '../contracts';
import { DEPOSIT_RELEASE, settledOf } from '../domain/settlement.policy';

/** Undefined before publication. Every line of the result is there, also one of nothing, and every line that was paid. */
export async function statementOf(
  readers: { readonly payouts: PayoutReader; readonly appraisals: AppraisalReader },
  cycleId: string,
  subject: SubjectId,
): Promise<Statement | undefined> {
  const result = await readers.appraisals.publishedResult(appraisalIdOf(cycleId, subject));
  if (!result) return undefined;
  const batchLines = await readers.payouts.linesOf(cycleId, [subject]);
  // To the person a held line is not paid yet, though no other batch may pay it meanwhile.
  const settled = settledOf(batchLines.filter(({ status }) => status !== 'held'));
  const released = (await readers.payouts.depositReleases(cycleId, [subject])).get(subject);
  const payLines = [...result.current.result.payLines, ...(released === undefined ? [] : [{ key: DEPOSIT_RELEASE, amount: released }])];
  const gone = [...settled.keys()].filter((key) => !payLines.some((line) => line.key === key)).map((key) => ({ key, amount: '0.00' }));
  const lines = [...payLines, ...gone].map(({ key, amount }) => ({
    key,
    entitled: formatFixed(decimal(amount), 2),
    settled: formatFixed(settled.get(key) ?? ZERO, 2),
    batchLines: batchLines.filter((line) => line.key === key),
  }));
  const held = batchLines.filter(({ status }) => status === 'held').map(({ amount }) => decimal(amount));
  const { explanationHash, scheme } = result.current.basis;
  return {
    cycleId,
    subject,
    appraisalId: result.appraisalId,
    currency: batchLines[0]?.currency ?? DEFAULT_CURRENCY,
    lines,
    entitledTotal: formatFixed(sumDecimals(lines.map(({ entitled }) => decimal(entitled))), 2),
    settledTotal: formatFixed([...settled.values()].reduce(addDecimal, ZERO), 2),
    heldTotal: formatFixed(sumDecimals(held), 2),
    explanation: { appraisalId: result.appraisalId, explanationHash, scheme },
  };
}

export const DEFAULT_CURRENCY = 'CNY';
