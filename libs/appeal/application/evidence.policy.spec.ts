import { evidenceTypeOf } from './evidence.policy';

const bytes = (hex: string, rest = ''): Uint8Array => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(rest, 'latin1')]);

describe('evidence is known by its content', () => {
  it.each([
    ['application/pdf', bytes('255044462d', '1.7')],
    ['image/png', bytes('89504e470d0a1a0a')],
    ['image/jpeg', bytes('ffd8ffe0')],
    ['image/webp', bytes('52494646', '0000WEBPVP8 ')],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes('504b0304', '[Content_Types].xml xl/workbook.xml')],
    ['application/x-ole-storage', bytes('d0cf11e0a1b11ae1')],
  ])('%s', (type, content) => {
    expect(evidenceTypeOf(content)).toBe(type);
  });
  it.each([
    ['a program', bytes('4d5a9000')],
    ['a page', bytes('', '<html><script>')],
    ['a bare archive', bytes('504b0304', 'run.exe')],
    ['a document with macros', bytes('504b0304', '[Content_Types].xml word/document.xml word/vbaProject.bin')],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', (_, content) => {
    expect(evidenceTypeOf(content)).toBeUndefined();
  });
});
