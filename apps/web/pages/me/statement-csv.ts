import type { Statement } from './queries';

const BOM = '\uFEFF';
const NUMBER = /^-?\d+(\.\d+)?$/;
/** What a spreadsheet would run. */
const RUNS = /^[=+\-@\t\r]/;

/** A statement as a table for spreadsheets: exact amounts without grouping, no cell that would be run. */
export function statementCsv(of: Statement, head: readonly string[], titleOf: (key: string) => string): string {
  const rows = of.lines.map((line) => [
    titleOf(line.key),
    line.sentence ?? '',
    line.entitled,
    line.settled,
    line.held,
    line.before ?? '',
    line.difference ?? '',
  ]);
  const total = ['', '', of.entitledTotal, of.settledTotal, of.heldTotal, of.beforeTotal ?? '', of.difference ?? ''];
  return `${BOM}${[head, ...rows, total].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const safe = RUNS.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function downloadCsv(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
