import fc from 'fast-check';
import { Columns, compileCondition, dateReader, isDateFormat, readCsv, readNumber, TABULAR_LIMITS, type Table, zCondition } from './index';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

async function tableOf(source: Uint8Array | AsyncIterable<Uint8Array>, format = {}): Promise<Table> {
  const result = await readCsv(source, format);
  if (result.kind !== 'table') throw new Error(JSON.stringify(result.problems));
  return result.table;
}

async function codesOf(source: Uint8Array, format = {}): Promise<readonly string[]> {
  const result = await readCsv(source, format);
  return result.kind === 'refused' ? result.problems.listed.map(({ row, column, code }) => `${row} ${column ?? '-'} ${code}`) : [];
}

describe('reading a CSV file', () => {
  it('reads UTF-8 with and without a byte order mark alike, but for the hash', async () => {
    const plain = await tableOf(bytes('工号,姓名\nE1,张伟\n'));
    const marked = await tableOf(bytes('\ufeff工号,姓名\r\nE1,张伟\r\n'));
    expect(marked.header).toEqual(plain.header);
    expect(marked.rows).toEqual([{ row: 2, cells: ['E1', '张伟'] }]);
    expect(marked.fileHash).not.toBe(plain.fileHash);
  });

  it('reads GB18030 when told, also characters of four bytes', async () => {
    // 工号,姓名 / E1,张伟㐀 in GB18030
    const file = Buffer.from('b9a4bac52cd0d5c3fb0a45312cd5c5ceb08139ee390a', 'hex');
    expect((await tableOf(file, { encoding: 'gb18030' })).rows).toEqual([{ row: 2, cells: ['E1', '张伟㐀'] }]);
    expect(await codesOf(file)).toEqual(['0 - not-utf-8']);
  });

  it('gives the same table however the bytes are cut', async () => {
    const file = bytes('\ufeff工号,姓名\n"E,1","张""伟\n二"\n\nE2, 李 \n');
    const whole = await tableOf(file);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 40 }), async (sizes) => {
        async function* cut(): AsyncGenerator<Uint8Array> {
          let at = 0;
          for (let index = 0; at < file.length; index += 1) {
            const size = sizes[index % sizes.length] ?? 1;
            yield file.subarray(at, at + size);
            at += size;
          }
        }
        expect(await tableOf(cut())).toEqual(whole);
      }),
      { numRuns: 30 },
    );
    expect(whole.rows).toEqual([
      { row: 2, cells: ['E,1', '张"伟\n二'] },
      { row: 4, cells: ['E2', '李'] },
    ]);
  });

  it.each([
    ['an empty file', '', ['0 - empty-file']],
    ['a header alone', 'a,b\n', ['0 - no-rows']],
    ['a header twice', 'a,A \n1,2\n', ['1 A duplicate-column']],
    ['a column without a name', 'a,,c\n1,2,3\n', ['1 - unnamed-column']],
    ['rows of other lengths', 'a,b\n1\n1,2,3\n1,2,\n', ['2 b too-few-cells', '3 - too-many-cells']],
    ['quotes that never close', 'a,b\n1,"2\n', ['2 - malformed-quotes']],
    ['quotes in mid-cell', 'a,b\n1,2\n3,"4"5\n', ['3 - malformed-quotes']],
    ['control characters', 'a,b\n1,\u0000\n', ['2 b control-character']],
    ['a cell too long', `a,b\n1,${'x'.repeat(TABULAR_LIMITS.cellChars + 1)}\n`, ['2 b cell-too-long']],
  ])('names what is wrong with %s', async (_, text, expected) => {
    expect(await codesOf(bytes(text))).toEqual(expected);
  });

  it('names UTF-16 and other bytes that are no text', async () => {
    expect(await codesOf(Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'))).toEqual(['0 - utf-16-not-supported']);
    expect(await codesOf(Buffer.from([0x61, 0x0a, 0xff, 0x80]))).toEqual(['0 - not-utf-8']);
    expect(await codesOf(Buffer.from([0x61, 0x0a, 0xe5, 0xbc]))).toEqual(['0 - not-utf-8']);
  });

  it('stops at the limits of rows and bytes', async () => {
    const many = `a\n${'1\n'.repeat(TABULAR_LIMITS.rows + 1)}`;
    expect(await codesOf(bytes(many))).toEqual([`${TABULAR_LIMITS.rows + 2} - too-many-rows`]);
    async function* endless(): AsyncGenerator<Uint8Array> {
      const line = Buffer.alloc(1024 * 1024, 'a,b\n');
      for (;;) yield line;
    }
    const result = await readCsv(endless());
    expect(result).toMatchObject({ kind: 'refused' });
  });

  it('lists the first problems and counts all', async () => {
    const result = await readCsv(bytes(`a,b\n${'1\n'.repeat(1500)}`));
    expect(result.kind === 'refused' && [result.problems.total, result.problems.listed.length]).toEqual([
      1500,
      TABULAR_LIMITS.problemsListed,
    ]);
  });
});

describe('dates', () => {
  it.each([
    ['M/D/YYYY', '3/1/2017', '2017-03-01'],
    ['M/D/YYYY', '12/31/2017', '2017-12-31'],
    ['D.M.YYYY', '1.3.2017', '2017-03-01'],
    ['YYYY年M月D日', '2026年1月9日', '2026-01-09'],
    ['YYYY-MM-DD HH:mm:ss', '2026-01-09 23:59:59', '2026-01-09'],
    ['YYYY-MM-DD', '2026-1-9', undefined],
    ['M/D/YYYY', '13/1/2017', undefined],
    ['M/D/YYYY', '2/29/2017', undefined],
    ['M/D/YYYY', '2/29/2016', '2016-02-29'],
  ])('%s reads %s as %s', (format, text, expected) => {
    expect(dateReader([format])(text)).toBe(expected);
  });

  it('takes the first format that fits and refuses formats without a year, month or day', () => {
    expect(dateReader(['YYYY-MM-DD', 'M/D/YYYY'])('3/1/2017')).toBe('2017-03-01');
    expect([isDateFormat('M/D'), isDateFormat('YYYY-MM-DD-D'), isDateFormat('YYYY-M-D')]).toEqual([false, false, true]);
  });
});

describe('numbers', () => {
  it.each([
    ['1054', {}, '1054'],
    ['1,234,567.89', { thousands: ',' as const }, '1234567.89'],
    ['12,34', { thousands: ',' as const }, undefined],
    ['1.234,5', { thousands: '.' as const, decimal: ',' as const }, '1234.5'],
    ['$1,054.00', { thousands: ',' as const, strip: ['$'] }, '1054.00'],
    ['-￥5', { strip: ['￥'] }, '-5'],
    ['(12.50)', { parentheses: true }, '-12.5'],
    ['86%', { percentSign: true }, '86'],
    ['-0', {}, '0'],
    ['1e3', {}, undefined],
    ['', {}, undefined],
    ['+1', {}, undefined],
    ['1.2.3', {}, undefined],
  ])('%s with %j is %s', (text, format, expected) => {
    expect(readNumber(text, format)).toBe(expected);
  });
});

describe('row conditions', () => {
  const columns = new Columns(['Stage', 'Amount', 'Close Date']);
  const test = (condition: unknown, cells: readonly string[]): boolean =>
    compileCondition(zCondition.parse(condition), columns, () => undefined)(cells);

  it('joins comparisons by all, any and not', () => {
    const won = {
      all: [{ column: ['deal_stage', 'stage'], op: 'in', values: ['Won', '赢单'] }, { not: { column: 'close date', op: 'empty' } }],
    };
    expect(test(won, [' won', '5', '3/1/2017'])).toBe(true);
    expect(test(won, ['Won', '5', ''])).toBe(false);
    expect(
      test(
        {
          any: [
            { column: 'Amount', op: 'above', value: '10' },
            { column: 'Stage', op: 'equals', value: 'ＷＯＮ' },
          ],
        },
        ['won', '1', ''],
      ),
    ).toBe(true);
    expect(test({ column: 'Amount', op: 'below', value: '10.5' }, ['', 'ten', ''])).toBe(false);
  });

  it('names a column that the file does not have', () => {
    const missing: string[] = [];
    compileCondition({ column: 'Nowhere', op: 'empty' }, columns, (column) => missing.push(column));
    expect(missing).toEqual(['Nowhere']);
  });
});
