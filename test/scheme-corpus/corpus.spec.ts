import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { register as registerScheme } from '../../apps/cli/commands/scheme';
import { register as registerScore } from '../../apps/cli/commands/score';

/** Malformed inputs and schemes, each with what the command says of it: `code key` of an input, `severity code line:column` of a scheme. */
const zIndex = z.strictObject({
  inputs: z.array(z.strictObject({ file: z.string(), scheme: z.string(), expect: z.array(z.string()) })),
  schemes: z.array(z.strictObject({ file: z.string(), expect: z.array(z.string()) })),
});
const zScored = z.looseObject({
  score: z.string().nullable(),
  grade: z.string().nullable(),
  pay: z.looseObject({ lines: z.array(z.unknown()), total: z.string().nullable() }),
  actions: z.array(z.unknown()),
  errors: z.array(z.looseObject({ code: z.string(), key: z.string() })),
});
const zFinding = z.looseObject({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  line: z.number(),
  column: z.number(),
  sentence: z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) }),
});
const zChecked = z.strictObject({ ok: z.boolean(), errors: z.number(), warnings: z.number(), findings: z.array(zFinding) });

async function centum(...args: readonly string[]): Promise<{ readonly out: unknown; readonly exitCode: number }> {
  const written: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  process.exitCode = 0;
  try {
    const program = new Command('centum').exitOverride();
    registerScore(program);
    registerScheme(program);
    await program.parseAsync(['node', 'centum', ...args, '--json']);
    return { out: JSON.parse(written.join('')), exitCode: Number(process.exitCode) };
  } finally {
    process.exitCode = 0;
    out.mockRestore();
  }
}

const score = async (scheme: string, input: string) => {
  const { out, exitCode } = await centum('score', '--scheme', scheme, '--input', input);
  return { scored: zScored.parse(out), exitCode };
};
const check = async (file: string) => {
  const { out, exitCode } = await centum('scheme', 'check', file);
  const checked = zChecked.parse(out);
  return { checked, exitCode, told: checked.findings.map(({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`) };
};

const index = async () => zIndex.parse(JSON.parse(await readFile(join(__dirname, 'index.json'), 'utf8')));

describe('the corpus', () => {
  it('holds every file and no other, well over sixty refused', async () => {
    const { inputs, schemes } = await index();
    const files = (
      await Promise.all(
        ['inputs', 'schemes'].map(async (folder) => (await readdir(join(__dirname, folder))).map((name) => `${folder}/${name}`)),
      )
    ).flat();
    expect([...inputs, ...schemes].map(({ file }) => file).sort()).toEqual(files.sort());
    expect(inputs.filter((one) => one.expect.length > 0).length).toBeGreaterThan(90);
    expect(schemes.filter((one) => one.expect.some((told) => told.startsWith('error'))).length).toBeGreaterThan(60);
  });

  it('each input is refused by name, or scored', async () => {
    const wrong: unknown[] = [];
    for (const { file, scheme, expect: expected } of (await index()).inputs) {
      const { scored, exitCode } = await score(scheme, join(__dirname, file));
      const told = scored.errors.map(({ code, key }) => `${code} ${key}`);
      if (JSON.stringify(told) !== JSON.stringify(expected) || exitCode !== (expected.length > 0 ? 2 : 0))
        wrong.push({ file, expected, told, exitCode });
      const empty =
        scored.score === null &&
        scored.grade === null &&
        scored.pay.total === null &&
        scored.pay.lines.length + scored.actions.length === 0;
      if (empty !== expected.length > 0) wrong.push({ file, scored });
    }
    expect(wrong).toEqual([]);
  });

  it('each scheme is refused by line, warned of, or clean', async () => {
    const wrong: unknown[] = [];
    for (const { file, expect: expected } of (await index()).schemes) {
      const { checked, told, exitCode } = await check(join(__dirname, file));
      const failing = expected.some((one) => one.startsWith('error'));
      if (JSON.stringify(told) !== JSON.stringify(expected) || exitCode !== (failing ? 2 : 0) || checked.ok === failing)
        wrong.push({ file, expected, told, exitCode });
    }
    expect(wrong).toEqual([]);
  });

  it('a refused scheme scores nothing', async () => {
    const { scored, exitCode } = await score(join(__dirname, 'schemes/fact-unknown.yaml'), join(__dirname, 'inputs/control-not-read.json'));
    expect([scored.errors, exitCode]).toEqual([[{ code: 'invalid-scheme', key: 'scheme' }], 2]);
  });
});

describe('what is too large for a file here', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'centum-corpus-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const made = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  it.each([
    ['a scheme of a million characters', `language: 1 ${'#'.repeat(1_000_000)}`, 'error scheme-too-long 1:1'],
    ['lists in lists a hundred thousand deep', `a: ${'['.repeat(100_000)}`, 'error invalid-yaml 1:1582'],
  ])('%s', async (_what, text, expected) => {
    const { told, exitCode } = await check(await made('large.yaml', text));
    expect([told, exitCode]).toEqual([[expected], 2]);
  });

  it.each([
    ['lists a million deep', '['.repeat(1_000_000)],
    ['objects a hundred thousand deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['more text than an input may have', JSON.stringify({ period: '2026-10', note: 'x'.repeat(17 * 1024 * 1024) })],
  ])('%s is no input', async (_what, text) => {
    const { scored, exitCode } = await score('weighted-70-20-10', await made('large.json', text));
    expect([scored.errors, exitCode]).toEqual([[{ code: 'invalid-json', key: 'input' }], 2]);
  });

  it('a number of a million digits is no number', async () => {
    const text = `{"period":"2026-10","facts":{"revenue.amount":${'9'.repeat(1_000_000)},"revenue.target":1,"pay.performance_base":1},"ratings":{"behaviour":1}}`;
    expect((await score('result-times-behaviour', await made('digits.json', text))).scored.errors).toEqual(
      [{ code: 'invalid-number', key: 'revenue.amount' }].map((error) => expect.objectContaining(error)),
    );
  });
});
