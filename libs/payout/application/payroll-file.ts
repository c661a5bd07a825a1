import { createHash } from 'node:crypto';
import { addDecimal, decimal, formatFixed, Rejection, type SubjectId, ZERO } from '#kernel';
import type { PayLineRow, PayoutReader } from '../contracts';
import { payrollFileStart, payrollRow } from '../domain/payroll-file.policy';
import { PAYOUT_WORK_LIMITS, type PayoutParts } from './payout-parts';

export interface PayrollFileSummary {
  readonly fileHash: string;
  readonly lines: number;
  readonly total: string;
}

type FileParts = Pick<PayoutParts, 'organisation' | 'privacy'>;

/**
 * The file in pieces: the lines that are not held, in the order of chunk and line, so that the same batch always gives the
 * same bytes. Before release these are the lines that would go out. Thrown: Rejection `payout.no-employee-number`.
 */
export async function* payrollFile(
  parts: FileParts,
  payouts: PayoutReader,
  batch: { readonly batchId: string; readonly period: string },
): AsyncGenerator<{ readonly text: string; readonly lines: readonly PayLineRow[] }> {
  yield { text: payrollFileStart(), lines: [] };
  for (let after: string | undefined, more = true; more;) {
    const page = await payouts.lines({
      batchId: batch.batchId,
      limit: PAYOUT_WORK_LIMITS.filePage,
      ...(after === undefined ? {} : { after }),
    });
    const lines = page.items.filter(({ status }) => status === 'computed' || status === 'released' || status === 'acknowledged');
    const numbers = await employeeNumbers(parts, lines);
    const rows = lines.map((line) => {
      const employeeNo = numbers.get(line.subject);
      if (employeeNo === undefined) throw new Rejection('payout.no-employee-number', { subject: line.subject });
      return payrollRow({ ...line, employeeNo, period: batch.period });
    });
    yield { text: rows.join(''), lines };
    after = page.next;
    more = after !== undefined;
  }
}

export async function summaryOf(
  pieces: AsyncIterable<{ readonly text: string; readonly lines: readonly PayLineRow[] }>,
): Promise<PayrollFileSummary> {
  const hash = createHash('sha256');
  let lines = 0;
  let total = ZERO;
  for await (const piece of pieces) {
    hash.update(piece.text, 'utf8');
    lines += piece.lines.length;
    for (const { amount } of piece.lines) total = addDecimal(total, decimal(amount));
  }
  return { fileHash: hash.digest('hex'), lines, total: formatFixed(total, 2) };
}

/** An erased person's number is gone: their lines say so instead of naming somebody else. */
async function employeeNumbers(
  { organisation, privacy }: FileParts,
  lines: readonly PayLineRow[],
): Promise<ReadonlyMap<SubjectId, string>> {
  const subjects = [...new Set(lines.map(({ subject }) => subject))];
  const texts = await organisation.texts(subjects);
  const known = subjects.flatMap((subject) => {
    const employeeNo = texts.get(subject)?.employeeNo;
    return employeeNo ? [{ subject, employeeNo }] : [];
  });
  const opened = await privacy.open(known.map(({ employeeNo }) => employeeNo));
  const numbers = new Map<SubjectId, string>();
  known.forEach(({ subject }, index) => {
    const text = opened[index];
    if (text?.kind === 'text') numbers.set(subject, text.text);
  });
  return numbers;
}
