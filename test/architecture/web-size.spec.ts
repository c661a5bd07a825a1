import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';

const zSize = z.object({ files: z.array(z.string()), bytes: z.int(), limit: z.int() });

/** Builds the pages when they are not built, and says what a rep's first page loads. */
function firstLoad(): z.infer<typeof zSize> {
  const run = spawnSync(process.execPath, [path.resolve(__dirname, '../../scripts/web.mjs'), '--first-load'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return zSize.parse(JSON.parse(run.stdout));
}

describe('the first load of the pages', () => {
  it('stays below 300 KB of JavaScript by gzip: the shell and a rep’s home', () => {
    const { bytes, limit, files } = firstLoad();
    expect(limit).toBe(300 * 1024);
    expect(files.length).toBeGreaterThan(3);
    expect(bytes).toBeGreaterThan(100 * 1024);
    expect(bytes).toBeLessThan(limit);
  }, 120_000);
});
