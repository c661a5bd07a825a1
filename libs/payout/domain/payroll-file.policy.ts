import { parseDecimal, Rejection } from '#kernel';
import { CSV_BOM, safeCell } from '#libs/tabular';

export interface PayrollRow {
  readonly lineId: string;
  readonly employeeNo: string;
  readonly key: string;
  readonly amount: string;
  readonly currency: string;
  readonly period: string;
}

export const PAYROLL_HEADER = 'line_id,employee_no,key,amount,currency,period';

/** The start of the file; rows follow in the order of their line ids, each ended by CRLF (RFC 4180). */
export function payrollFileStart(): string {
  return `${CSV_BOM}${PAYROLL_HEADER}\r\n`;
}

/** Thrown when the amount is no plain decimal to the cent: Rejection `payout.not-to-the-cent`. */
export function payrollRow(row: PayrollRow): string {
  const value = parseDecimal(row.amount);
  if (!value || value.scale !== 2) throw new Rejection('payout.not-to-the-cent', { lineId: row.lineId });
  const cells = [
    safeCell(row.lineId),
    safeCell(row.employeeNo),
    safeCell(row.key),
    row.amount,
    safeCell(row.currency),
    safeCell(row.period),
  ];
  return `${cells.join(',')}\r\n`;
}
