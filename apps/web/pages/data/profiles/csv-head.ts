/** The beginning of a CSV file, enough to see its columns and what stands in them. */
export interface CsvHead {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: Delimiter;
}

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const READ_BYTES = 262_144;
const READ_ROWS = 500;

/** Reads no more than the beginning; undefined where no line of columns stands there. */
export async function readHead(file: Blob, encoding: 'utf-8' | 'gb18030'): Promise<CsvHead | undefined> {
  const bytes = await file.slice(0, READ_BYTES).arrayBuffer();
  // As a stream: a character that is cut at the end is left out instead of being told as a wrong one.
  return headOf(new TextDecoder(encoding).decode(bytes, { stream: true }), file.size <= READ_BYTES);
}

export function headOf(text: string, isWhole = true): CsvHead | undefined {
  const clean = text.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(clean);
  const lines = linesOf(clean, delimiter);
  // Whatever was being read where the beginning ends is half a row.
  const whole = isWhole ? lines : lines.slice(0, -1);
  const [header, ...rows] = whole.filter((cells) => cells.some((cell) => cell !== ''));
  return header === undefined ? undefined : { header, rows: rows.slice(0, READ_ROWS), delimiter };
}

/** Whatever parts the first line into the most columns. */
function delimiterOf(text: string): Delimiter {
  const counts = DELIMITERS.map((one) => [one, linesOf(text.split(/\r?\n/, 1)[0] ?? '', one)[0]?.length ?? 0] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function linesOf(text: string, delimiter: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let [cells, cell, isQuoted]: [string[], string, boolean] = [[], '', false];
  const endCell = (): void => {
    cells.push(cell.trim());
    cell = '';
  };
  for (let index = 0; index < text.length && lines.length <= READ_ROWS + 1; index += 1) {
    const char = text.charAt(index);
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = false;
    } else if (char === '"' && cell.trim() === '') [cell, isQuoted] = ['', true];
    else if (char === delimiter) endCell();
    else if (char === '\n') {
      endCell();
      lines.push(cells);
      cells = [];
    } else if (char !== '\r') cell += char;
  }
  if (cell !== '' || cells.length > 0) {
    endCell();
    lines.push(cells);
  }
  return lines;
}

/** What stands in a column, each once, the first of them. */
export function valuesIn({ header, rows }: CsvHead, column: string, most: number): readonly string[] {
  const index = header.indexOf(column);
  const values = new Set<string>();
  for (const row of rows) {
    const value = row[index] ?? '';
    if (value !== '') values.add(value);
    if (values.size >= most) break;
  }
  return [...values];
}
