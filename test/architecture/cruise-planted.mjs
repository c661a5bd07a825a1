// Cruises each planted folder by itself with the real rules and prints { rule: [[rule, from, to], …] }: run by boundaries.spec.ts.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

const planted = path.join(import.meta.dirname, 'planted');
const options = await extractOptions(path.resolve(import.meta.dirname, '../../.dependency-cruiser.cjs'));
const found = {};
for (const folder of readdirSync(planted).sort()) {
  const base = path.join(planted, folder);
  process.chdir(base);
  const { output } = await cruise(
    ['.'],
    { ...options, baseDir: base, exclude: undefined, tsConfig: undefined },
    options.enhancedResolveOptions,
  );
  found[folder] = output.summary.violations.map((violation) => [violation.rule.name, violation.from, violation.to]);
}
process.stdout.write(JSON.stringify(found));
