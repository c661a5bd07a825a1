import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EVENT_CONTRACTS, PRODUCT_PROJECTIONS } from '#apps/assembly';

const root = path.resolve(__dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const table = readme.slice(readme.indexOf('## Slices'), readme.indexOf('## Glossary'));
const words = new Set(table.split(/[^A-Za-z0-9_./-]+/));

describe('the slice table of the README', () => {
  it('names every event that is stored', () => {
    expect(EVENT_CONTRACTS.map(({ type }) => type).filter((type) => !words.has(type))).toEqual([]);
  });

  it('names every read model of a feature', () => {
    const auditOnly = new Set(['stream_anchor']);
    expect(PRODUCT_PROJECTIONS.map(({ name }) => name).filter((name) => !words.has(name) && !auditOnly.has(name))).toEqual([]);
  });

  it('names no test and no document that is not there', () => {
    const tests = [...words].filter((word) => word.endsWith('.spec.ts'));
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
    expect(tests.length).toBeGreaterThan(5);
    expect([...tests, ...links].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});
