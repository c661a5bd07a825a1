import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'clock in a decision': ['no-restricted-properties'],
  'today in a decision': ['no-restricted-syntax'],
  'chance in a decision': ['no-restricted-properties'],
  'environment in a decision': ['no-restricted-properties'],
  'environment in an app': ['no-restricted-properties'],
  'floats in money': ['no-restricted-globals'],
  'floats in a text of money': ['no-restricted-syntax'],
  'default export': ['no-restricted-syntax'],
  'export of everything': ['no-restricted-syntax'],
  'console in a library': ['no-console'],
  'any type': ['@typescript-eslint/no-explicit-any'],
  'silenced absence': ['@typescript-eslint/no-non-null-assertion'],
  'five parameters': ['max-params'],
  'clock where the world is reached': [],
  'clock that workflows replay': [],
};

describe('lint rules of the house', () => {
  const run = spawnSync(process.execPath, [path.join(__dirname, 'lint-planted.mjs')], { encoding: 'utf8', timeout: 120_000 });
  const found = z.record(z.string(), z.array(z.string())).parse(JSON.parse(run.stdout === '' ? '{}' : run.stdout));

  it.each(Object.entries(EXPECTED))('%s: %j', (name, rules) => {
    expect({ stderr: run.stderr, rules: found[name] }).toEqual({ stderr: '', rules });
  });

  it('nothing else is planted', () => {
    expect(Object.keys(found).sort()).toEqual(Object.keys(EXPECTED).sort());
  });
});

const NEEDS_TYPES: Readonly<Record<string, readonly [code: string, ...rules: string[]]>> = {
  'forgotten-promise': ['export function begin(work: () => Promise<void>): void {\n  work();\n}', 'typescript(no-floating-promises)'],
  'promise-as-condition': [
    'export const may = (work: () => Promise<boolean>): string => (work() ? "yes" : "no");',
    'typescript(no-misused-promises)',
  ],
  'case-left-out': [
    "export function word(kind: 'a' | 'b'): string {\n  switch (kind) {\n    case 'a':\n      return 'A';\n  }\n  return '';\n}",
    'typescript(switch-exhaustiveness-check)',
  ],
  'any-passed-on': ['export const read = (text: string): string => JSON.parse(text);', 'typescript(no-unsafe-return)'],
  'object-in-a-text': [
    'export const text = (value: object): string => `${value}`;',
    'typescript(no-base-to-string)',
    'typescript(restrict-template-expressions)',
  ],
  'nothing-wrong': ['export const twice = (value: number): number => value * 2;'],
};
const zFound = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

describe('lint rules that need types', () => {
  const root = path.resolve(__dirname, '../..');
  const folder = mkdtempSync(path.join(tmpdir(), 'centum-lint-'));
  const compilerOptions = { strict: true, target: 'es2023', module: 'esnext', moduleResolution: 'bundler', types: [] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  for (const [name, [code]] of Object.entries(NEEDS_TYPES)) writeFileSync(path.join(folder, `${name}.ts`), `${code}\n`);
  const oxlint = path.join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const args = [oxlint, '--config', path.join(root, '.oxlintrc.json'), '--format', 'json', folder];
  const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', timeout: 60_000 });
  const { diagnostics } = zFound.parse(JSON.parse(run.stdout));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.entries(NEEDS_TYPES))('%s', (name, [, ...rules]) => {
    const found = diagnostics.filter(({ filename }) => path.basename(filename, '.ts') === name).map(({ code }) => code);
    expect(found.sort()).toEqual(rules);
  });
});
