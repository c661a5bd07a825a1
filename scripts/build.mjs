// Compiles to dist/ when a source changed since the last time: the programs by TypeScript, the pages by Vite (scripts/web.mjs).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildWeb } from './web.mjs';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const NOTE = path.join(dist, '.sources');
const FOLDERS = ['apps', 'libs', 'workflows', 'infra', 'test/bench'];
const ASSETS = new Set(['.sql', '.csv', '.yaml', '.html']);
/** The pages have sources, a compiler and an output of their own. */
const WEB = path.join('apps', 'web');

export function build() {
  return buildPrograms() && buildWeb();
}

function buildPrograms() {
  const sources = FOLDERS.flatMap((folder) => filesBelow(folder));
  const hash = createHash('sha256');
  for (const file of [...sources, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  const wanted = hash.digest('hex');
  if (existsSync(NOTE) && readFileSync(NOTE, 'utf8') === wanted) return true;
  rmSync(NOTE, { force: true });
  removeOrphans();
  if (!run('node_modules/typescript7/bin/tsc', ['-p', 'tsconfig.build.json', '--noCheck'])) return false;
  copyAssets(sources);
  if (!run('scripts/bundle-workflows.mjs', [])) return false;
  writeFileSync(NOTE, wanted);
  return true;
}

function filesBelow(folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(WEB + path.sep));
}

/** Output whose source is gone would still be found by an import. */
function removeOrphans() {
  for (const folder of FOLDERS) {
    for (const file of filesBelow(path.join('dist', folder))) {
      const source = path.relative('dist', file).replace(/\.js(\.map)?$/, '.ts');
      if (/\.js(\.map)?$/.test(file) && !existsSync(path.join(root, source)) && !file.includes('workflow-bundle')) {
        rmSync(path.join(root, file));
        rmSync(path.join(dist, 'tsconfig.build.tsbuildinfo'), { force: true });
      }
    }
  }
}

function copyAssets(sources) {
  for (const file of sources.filter((name) => ASSETS.has(path.extname(name)))) {
    mkdirSync(path.dirname(path.join(dist, file)), { recursive: true });
    copyFileSync(path.join(root, file), path.join(dist, file));
  }
}

function run(script, args) {
  return spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

// Node resolves links in the module's name but not in the argument: a clone may be reached through one.
const called = process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename;
if (called && !build()) {
  console.error('The build failed: see above.');
  process.exit(1);
}
