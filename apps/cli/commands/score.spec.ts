import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { templateText } from '#libs/scheme';
import { register as registerCalendar } from './calendar';
import { register as registerScore } from './score';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centum-score-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ran {
  readonly out: string;
  readonly exitCode: number;
}

async function centum(...args: readonly string[]): Promise<Ran> {
  const written: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const err = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  process.exitCode = 0;
  try {
    const program = new Command('centum').exitOverride();
    registerScore(program);
    registerCalendar(program);
    await program.parseAsync(['node', 'centum', ...args]);
    return { out: written.join(''), exitCode: Number(process.exitCode) };
  } finally {
    process.exitCode = 0;
    out.mockRestore();
    err.mockRestore();
  }
}

async function file(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const EXAMPLE =
  '{"period":"2026-10","facts":{"revenue.amount":96000,"revenue.target":"80000","pay.performance_base":3000.00},"ratings":{"behaviour":0.85}}';

describe('centum score', () => {
  it('prints the result as JSON and exits 0', async () => {
    const { out, exitCode } = await centum(
      'score',
      '--scheme',
      'result-times-behaviour',
      '--input',
      await file('in.json', EXAMPLE),
      '--json',
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      score: '102.00',
      grade: 'good',
      sections: [{ key: 'result', score: '120.00', indicators: [{ key: 'result', score: '120.00' }] }],
      pay: { lines: [{ key: 'performance_pay', amount: '3060.00' }], total: '3060.00' },
      outcome: { coefficient: '0.85' },
      actions: [],
      errors: [],
    });
  });

  it('takes a file of one’s own as a scheme', async () => {
    const scheme = await file(
      'own.yaml',
      templateText('result-times-behaviour').replace('result_cap: { value: 150%', 'result_cap: { value: 110%'),
    );
    const { out } = await centum('score', '--scheme', scheme, '--input', await file('in.json', EXAMPLE), '--json');
    expect(JSON.parse(out)).toMatchObject({ score: '93.50' });
  });

  it('explains in words, in both languages', async () => {
    const input = await file('in.json', EXAMPLE);
    expect((await centum('score', '--scheme', 'result-times-behaviour', '--input', input, '--language', 'en')).out).toContain(
      'Performance pay',
    );
    expect((await centum('score', '--scheme', 'result-times-behaviour', '--input', input, '--language', 'zh-CN')).out).toContain(
      '绩效工资',
    );
  });

  it.each<[string, string, string | Uint8Array, string]>([
    ['no JSON', 'no-such-scheme', '{', 'invalid-json input'],
    ['no UTF-8', 'result-times-behaviour', Uint8Array.of(0x22, 0xff, 0x22), 'invalid-json input'],
    ['an unknown scheme', 'no-such-scheme', '[]', 'unknown-scheme scheme'],
    ['no object', 'result-times-behaviour', '[]', 'invalid-input input'],
    ['no period', 'result-times-behaviour', '{}', 'invalid-period period'],
    ['a quarter', 'result-times-behaviour', '{"period":"2026-Q1"}', 'unsupported-period period'],
  ])('%s: %s', async (_what, scheme, text, expected) => {
    const { out, exitCode } = await centum('score', '--scheme', scheme, '--input', await file('bad.json', text), '--json');
    expect(exitCode).toBe(2);
    const result: { errors: { code: string; key: string }[] } = JSON.parse(out);
    expect(result.errors.map(({ code, key }) => `${code} ${key}`)).toEqual([expected]);
    expect(result).toMatchObject({ score: null, grade: null, pay: { lines: [], total: null }, actions: [] });
  });

  it('names the places of a broken scheme', async () => {
    const scheme = await file(
      'broken.yaml',
      templateText('result-times-behaviour').replace('formula: pay.performance_base', 'formula: revenue'),
    );
    const { out, exitCode } = await centum('score', '--scheme', scheme, '--input', await file('in.json', EXAMPLE), '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      errors: [{ code: 'invalid-scheme', key: 'scheme' }],
      problems: [{ code: 'unknown-name', detail: 'revenue' }],
    });
  });

  it('a missing input file is no JSON', async () => {
    expect((await centum('score', '--scheme', 'twelve-item-sheet', '--input', join(folder, 'none.json'), '--json')).exitCode).toBe(2);
  });
});

describe('centum calendar window', () => {
  const window = async (first: string, last: string, ...more: readonly string[]) =>
    centum('calendar', 'window', '--first', first, '--last', last, '--json', ...more);

  it('prints the shifted window', async () => {
    expect(await window('2026-10-01', '2026-10-05')).toEqual({ out: '{"first":"2026-10-08","last":"2026-10-12"}\n', exitCode: 0 });
    expect((await window('2026-10-01', '2026-10-05', '--region', 'WEEKDAYS')).out).toBe('{"first":"2026-10-01","last":"2026-10-05"}\n');
  });

  it('says which years have no official days yet', async () => {
    expect((await window('2031-10-01', '2031-10-05')).out).toBe('{"first":"2031-10-01","last":"2031-10-06","flaggedYears":["2031"]}\n');
  });

  it('refuses what is no window', async () => {
    expect((await window('2026-10-05', '2026-10-01')).exitCode).toBe(2);
    expect((await window('2026-02-30', '2026-03-01')).exitCode).toBe(2);
  });
});
