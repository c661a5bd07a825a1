import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { formatFixed } from '#kernel';
import { safeCell } from '#libs/tabular';
import { PAYROLL_HEADER, payrollFileStart, payrollRow } from './payroll-file.policy';

const row = (employeeNo: string, amount = '12.50') => ({
  lineId: 'c.s.commission.1',
  employeeNo,
  key: 'commission',
  amount,
  currency: 'CNY',
  period: '2026-10',
});

describe('payroll file', () => {
  it('is UTF-8 with BOM and the columns agreed', () => {
    expect(Buffer.from(payrollFileStart(), 'utf8').subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(PAYROLL_HEADER).toBe('line_id,employee_no,key,amount,currency,period');
    expect(payrollRow(row('E001'))).toBe('c.s.commission.1,E001,commission,12.50,CNY,2026-10\r\n');
  });
  it('holds no cell that a spreadsheet would run, but amounts below zero are numbers', () => {
    for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1']) expect(safeCell(evil).replace(/^"/, '')).toMatch(/^'/);
    expect(payrollRow(row('E1', '-3.00'))).toContain(',-3.00,');
    expect(() => payrollRow(row('E1', '=1'))).toThrow('payout.not-to-the-cent');
    expect(() => payrollRow(row('E1', '3.0'))).toThrow('payout.not-to-the-cent');
  });
  it('reads back as written, whatever the employee number', () => {
    const amounts = fc.integer({ min: -9_999_999, max: 9_999_999 }).map((units) => formatFixed({ units: BigInt(units), scale: 2 }, 2));
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), amounts, (employeeNo, amount) => {
        const file = payrollFileStart() + payrollRow(row(employeeNo, amount));
        const [, cells]: string[][] = parse(file, { bom: true, record_delimiter: '\r\n' });
        expect(cells?.[3]).toBe(amount);
        expect(cells?.[1]?.replace(/^'/, '')).toBe(employeeNo.replace(/^'/, ''));
        expect(cells?.[1]).not.toMatch(/^[=+\-@]/);
      }),
    );
  });
});
