/** Excel reads the text as UTF-8 only with this in front. */
const BOM = '\u{feff}';
/** Cells that a spreadsheet would take for a formula. */
const RUNS = /^[=+\-@\t\r]/;

export function saveJson(name: string, content: unknown): void {
  save(`${name}.json`, 'application/json', JSON.stringify(content, undefined, 2));
}

/** RFC 4180, without a cell that a spreadsheet would run. */
export function saveCsv(name: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [head, ...rows].map((cells) => cells.map(cellOf).join(','));
  save(`${name}.csv`, 'text/csv', `${BOM}${lines.join('\r\n')}\r\n`);
}

function cellOf(text: string): string {
  const safe = RUNS.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function save(fileName: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
