/** So that a spreadsheet reads UTF-8 as UTF-8. */
export const CSV_BOM = '\uFEFF';
const RUNS_IN_SPREADSHEET = /^[=+\-@\t\r\n|%＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]/;
const PLAIN_NUMBER = /^-?\d{1,20}(\.\d{1,20})?$/;

/** A text that a spreadsheet would run gets an apostrophe before it: it shows the text and runs nothing. */
export function safeCell(text: string): string {
  const harmless = RUNS_IN_SPREADSHEET.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A row ended by CRLF (RFC 4180); what is a plain number stays one, also below zero. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map((cell) => (PLAIN_NUMBER.test(cell) ? cell : safeCell(cell))).join(',')}\r\n`;
}
