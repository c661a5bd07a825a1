import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import { TABULAR_LIMITS } from './limits';
import { Problems, type ProblemReport } from './problems';
import { type ImportProgress, NO_PROGRESS, PROGRESS_ROWS } from './progress';

export const ENCODINGS = ['utf-8', 'gb18030'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface CsvFormat {
  /** UTF-8 with or without a byte order mark unless said otherwise: an encoding is told, never guessed. */
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
}

export type FileSource = Uint8Array | AsyncIterable<Uint8Array>;

export interface TableRow {
  /** As a spreadsheet counts: the header is 1. */
  readonly row: number;
  /** As many as the header has, in its order, without blanks around. */
  readonly cells: readonly string[];
}

/** A file read whole; rows without any text are left out. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  /** SHA-256 of the bytes, in hex. */
  readonly fileHash: string;
  readonly bytes: number;
}

export type TableResult =
  { readonly kind: 'table'; readonly table: Table } | { readonly kind: 'refused'; readonly problems: ProblemReport };

/** A reason to stop reading at once: nothing sensible can follow in the file. */
class Unreadable extends Error {
  constructor(
    readonly code: string,
    readonly row = 0,
  ) {
    super(code);
  }
}

/**
 * Reads a CSV file as it streams in: bytes are counted and hashed, decoded strictly, and split into rows with all limits held.
 * A file that can't be read is a result that names why, by row and column.
 */
export async function readCsv(source: FileSource, format: CsvFormat = {}, progress: ImportProgress = NO_PROGRESS): Promise<TableResult> {
  const problems = new Problems();
  const taking = new RowTaker(problems, progress);
  const bytes = new CountedBytes(source);
  try {
    await parseInto(taking, decoded(bytes, format.encoding ?? 'utf-8'), format.delimiter ?? ',');
    taking.finish();
  } catch (error) {
    const { code, row } = asUnreadable(error, taking.nextRow);
    problems.add(row, null, code);
  }
  if (problems.total > 0) return { kind: 'refused', problems: problems.report() };
  return { kind: 'table', table: { header: taking.header, rows: taking.rows, fileHash: bytes.hash(), bytes: bytes.count } };
}

const PIECE_BYTES = 64 * 1024;

/** A file that is in memory is read in pieces all the same, so that others get their turn in between. */
function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

class CountedBytes {
  readonly #hash = createHash('sha256');
  count = 0;

  constructor(private readonly source: FileSource) {}

  async *chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.source instanceof Uint8Array ? pieces(this.source) : this.source) {
      this.count += chunk.byteLength;
      if (this.count > TABULAR_LIMITS.fileBytes) throw new Unreadable('file-too-large');
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  hash(): string {
    return this.#hash.digest('hex');
  }
}

/** Fatal: a wrong byte is an error, never a replacement character. The decoder itself drops a UTF-8 byte order mark. */
async function* decoded(bytes: CountedBytes, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new Unreadable(`not-${encoding}`);
    }
  };
  let first = true;
  for await (const chunk of bytes.chunks()) {
    if (first && isUtf16(chunk)) throw new Unreadable('utf-16-not-supported');
    first = false;
    const text = decode(chunk);
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

function isUtf16(chunk: Uint8Array): boolean {
  return (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
}

async function parseInto(taking: RowTaker, text: AsyncGenerator<string>, delimiter: Delimiter): Promise<void> {
  const parser = parse({
    delimiter,
    // Told, because looking for line ends costs the parser more than all the rest.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: TABULAR_LIMITS.recordChars,
    // Rows are taken as they are found; none is kept in the parser's own queue.
    on_record: (record: unknown) => {
      if (!isTextList(record)) throw new TypeError('the parser gave something that is no list of texts');
      taking.take(record);
      return null;
    },
  });
  parser.resume();
  await pipeline(Readable.from(text), parser);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((cell) => typeof cell === 'string');
}

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

class RowTaker {
  header: readonly string[] = [];
  readonly rows: TableRow[] = [];
  /** Of the record that comes next. */
  nextRow = 1;

  constructor(
    private readonly problems: Problems,
    private readonly progress: ImportProgress,
  ) {}

  take(record: readonly string[]): void {
    const row = this.nextRow;
    this.nextRow += 1;
    if (row % PROGRESS_ROWS === 0) this.progress('reading', row, null);
    if (row === 1) return this.takeHeader(record);
    const cells = record.map((cell) => cell.trim());
    if (cells.every((cell) => cell === '')) return;
    if (this.rows.length >= TABULAR_LIMITS.rows) throw new Unreadable('too-many-rows', row);
    const width = this.header.length;
    if (cells.length > width && cells.slice(width).some((cell) => cell !== '')) this.problems.add(row, null, 'too-many-cells');
    else if (cells.length < width) this.problems.add(row, this.header[cells.length] ?? null, 'too-few-cells');
    this.checkCells(row, cells);
    this.rows.push({ row, cells: cells.length === width ? cells : cells.slice(0, width) });
  }

  finish(): void {
    if (this.header.length === 0) throw new Unreadable('empty-file');
    if (this.rows.length === 0 && this.problems.total === 0) throw new Unreadable('no-rows');
  }

  private takeHeader(record: readonly string[]): void {
    const names = record.map((name) => name.trim());
    while (names.length > 0 && names[names.length - 1] === '') names.pop();
    if (names.length === 0) throw new Unreadable('no-header', 1);
    if (names.length > TABULAR_LIMITS.columns) throw new Unreadable('too-many-columns', 1);
    const seen = new Set<string>();
    for (const name of names) {
      const folded = foldName(name);
      if (folded === '') this.problems.add(1, null, 'unnamed-column');
      else if (seen.has(folded)) this.problems.add(1, name, 'duplicate-column');
      seen.add(folded);
    }
    this.header = names;
  }

  private checkCells(row: number, record: readonly string[]): void {
    record.forEach((cell, index) => {
      const column = this.header[index] ?? null;
      if (cell.length > TABULAR_LIMITS.cellChars) this.problems.add(row, column, 'cell-too-long');
      else if (CONTROL.test(cell)) this.problems.add(row, column, 'control-character');
    });
  }
}

/** Column names and words of a file are compared without regard to case, width and blanks around. */
export function foldName(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

function asUnreadable(error: unknown, row: number): { readonly code: string; readonly row: number } {
  if (error instanceof Unreadable) return error;
  if (isCsvError(error)) return { code: error.code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-long' : 'malformed-quotes', row };
  throw error;
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('CSV_');
}
