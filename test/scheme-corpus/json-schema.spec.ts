import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readScheme, SCHEME_TEMPLATES, schemeJsonSchema, templateText, writeScheme } from '#libs/scheme';
import { misfits } from './validate';

const FILE = join(__dirname, '../../docs/schemes/scheme.schema.json');
const schema = schemeJsonSchema();

describe('the JSON Schema of the scheme language', () => {
  it('is committed as the program gives it; CENTUM_WRITE_SCHEMA=yes writes it', () => {
    const text = `${JSON.stringify(schema, undefined, 2)}\n`;
    if (process.env['CENTUM_WRITE_SCHEMA'] === 'yes') writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8') === text).toBe(true);
  });

  it.each(SCHEME_TEMPLATES)('fits %s as it is written, and written out', (template) => {
    const text = templateText(template);
    expect(misfits(schema, parse(text))).toEqual([]);
    const reading = readScheme(text);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    expect(misfits(schema, parse(writeScheme(reading.source.document)))).toEqual([]);
  });

  it.each([
    ['an unknown member', { colour: 'red' }, '.colour is not allowed'],
    ['another language', { language: 2 }, '.language is none of 1 1'],
    ['an id with capitals', { id: 'Own' }, '.id does not match ^[a-z][a-z0-9-]{1,59}$'],
    ['a title in one language', { title: { en: 'Own' } }, '.title lacks zh-CN'],
    ['a phase of no name', { schedule: { month: [{ phase: 'party', kind: 'by-day', day: 3 }] } }, '.schedule.month.0.phase is none of'],
    [
      'an indicator that the library does not have',
      { sections: [{ key: 'a', title: { 'zh-CN': '一', en: 'One' }, indicators: [{ use: 'luck', points: 4 }] }] },
      '.sections.0.indicators.0.use is none of',
    ],
  ])('refuses %s', (_what, change, misfit) => {
    const own: unknown = { ...parse(templateText('twelve-item-sheet')), ...change };
    expect(misfits(schema, own).some((one) => one.startsWith(misfit))).toBe(true);
  });
});
