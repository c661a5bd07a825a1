import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import cruiserConfig from '../../.dependency-cruiser.cjs';

const violations = z.record(z.string(), z.array(z.tuple([z.string(), z.string(), z.string()])));

/** What the real rules say about each planted folder, by folder. */
function cruisePlanted(): z.infer<typeof violations> {
  const run = spawnSync(process.execPath, [path.join(__dirname, 'cruise-planted.mjs')], { encoding: 'utf8', timeout: 60_000 });
  if (run.status !== 0) throw new Error(run.stderr);
  return violations.parse(JSON.parse(run.stdout));
}

describe('boundary rules', () => {
  const found = cruisePlanted();
  const rules = cruiserConfig.forbidden;

  it.each(rules.map((rule) => [rule.name, rule] as const))('%s says why and fires on what was planted for it, alone', (name, rule) => {
    expect(rule.comment.length).toBeGreaterThan(40);
    const fired = (found[name] ?? []).map(([ruleName]) => ruleName);
    expect(new Set(fired)).toEqual(new Set([name]));
  });

  it('nothing is planted for a rule that is gone', () => {
    expect(Object.keys(found).sort()).toEqual(rules.map((rule) => rule.name).sort());
  });

  it('every way into a sealed workflow that was planted is found', () => {
    expect(found['workflows-sealed']?.map(([, from]) => from).sort()).toEqual([
      'workflows/appeal.workflow.ts',
      'workflows/coaching.workflow.ts',
      'workflows/payout.workflow.ts',
    ]);
  });
});
