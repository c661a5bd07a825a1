import { headOf, readHead, valuesIn } from './csv-head';

it('finds columns and rows whatever parts them, with quotes and a byte order mark', () => {
  expect(headOf('\uFEFF编号,负责人,"金额, 元"\r\n1,"李 ""强""",5\r\n\r\n2,王芳,"6\n7"\r\n')).toEqual({
    header: ['编号', '负责人', '金额, 元'],
    rows: [
      ['1', '李 "强"', '5'],
      ['2', '王芳', '6\n7'],
    ],
    delimiter: ',',
  });
  expect(headOf('a;b;c,d\n1;2;3')).toMatchObject({ header: ['a', 'b', 'c,d'], delimiter: ';' });
  expect(headOf('a\tb\n1\t2')).toMatchObject({ header: ['a', 'b'], rows: [['1', '2']], delimiter: '\t' });
});

it('leaves out the row that the beginning cuts in half, and finds nothing in nothing', () => {
  expect(headOf('a,b\n1,2\n3', false)?.rows).toEqual([['1', '2']]);
  expect(headOf('')).toBeUndefined();
});

it('reads files of old spreadsheets, too', async () => {
  const head = await readHead(new Blob([Uint8Array.from([0xbd, 0xf0, 0xb6, 0xee, 0x2c, 0x61, 0x0a, 0x31, 0x2c, 0x32])]), 'gb18030');
  expect(head).toEqual({ header: ['金额', 'a'], rows: [['1', '2']], delimiter: ',' });
});

it('says what stands in a column', () => {
  const head = headOf('stage,x\nwon,1\nlost,2\nwon,3\n,4\nopen,5');
  expect(head && valuesIn(head, 'stage', 10)).toEqual(['won', 'lost', 'open']);
  expect(head && valuesIn(head, 'stage', 2)).toEqual(['won', 'lost']);
});
