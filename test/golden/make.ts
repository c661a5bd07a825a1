import { EVENT_CONTRACTS } from '#apps/assembly';
import { canonicalJson } from '#kernel';
import { readSamples, writeSample } from './samples';
import { sampleOf } from './sample-of';

/**
 * Writes a golden sample for each event type that has none in its current version:
 * node --conditions=centum-source test/contract/run-ts.cjs test/golden/make.ts
 * With --renew it writes all current ones anew, which is only right before the first release: afterwards a sample
 * that no longer decodes means that stored events no longer do.
 */
function main(renew: boolean): void {
  const present = new Set(readSamples().map(({ type, version }) => `${type} ${version}`));
  let written = 0;
  for (const { type, version, schema, golden } of EVENT_CONTRACTS) {
    if (golden[version] !== undefined || (present.has(`${type} ${version}`) && !renew)) continue;
    writeSample({ type, version, payload: canonicalJson(sampleOf(schema, type)) });
    written += 1;
  }
  process.stdout.write(`${written} samples written\n`);
}

main(process.argv.includes('--renew'));
