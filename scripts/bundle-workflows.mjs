// Bundles the workflows into one file that workers load and histories are replayed against: at build time, not at start.
// node scripts/bundle-workflows.mjs [output file]; does nothing when the output was made from the same sources.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'workflows');
const output = path.resolve(root, process.argv[2] ?? path.join('dist', 'workflow-bundle.js'));
const note = `${output}.sources`;

const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
const sources = readdirSync(folder, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .sort();
for (const file of sources)
  hash
    .update(`${path.relative(folder, file)}\0`)
    .update(readFileSync(file))
    .update('\0');
const wanted = hash.digest('hex');

if (!existsSync(output) || !existsSync(note) || readFileSync(note, 'utf8') !== wanted) {
  const lines = [];
  const remember = (...parts) => void lines.push(parts.map(String).join(' '));
  const logger = { log: remember, trace: () => {}, debug: () => {}, info: () => {}, warn: remember, error: remember };
  try {
    const { code } = await bundleWorkflowCode({ workflowsPath: path.join(folder, 'index.ts'), logger });
    mkdirSync(path.dirname(output), { recursive: true });
    // Whole or not at all: a worker may be starting right now.
    const fresh = `${output}.${process.pid}`;
    writeFileSync(fresh, code);
    renameSync(fresh, output);
    writeFileSync(note, wanted);
  } catch (error) {
    console.error(lines.join('\n'));
    console.error(`The workflows could not be bundled: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
