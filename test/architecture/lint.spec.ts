import { spawnSync } from 'node:child_process';
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
