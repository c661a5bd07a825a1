// Builds the pages to dist/web when one of their sources changed, compresses them, and prints what a page loads first.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = path.resolve(import.meta.dirname, '..');
const web = path.join(root, 'apps', 'web');
const output = path.join(root, 'dist', 'web');
const NOTE = path.join(root, 'dist', '.web-sources');
/** Shell and a rep's home, as they go over the wire; held by test/architecture/web-size.spec.ts. */
const FIRST_LOAD_LIMIT = 300 * 1024;
const COMPRESSED = new Set(['.js', '.css', '.html', '.svg', '.json']);
/** A small file gains nothing. */
const SMALLEST = 1024;
/** Parts of earlier versions are kept this long for pages that are still open. */
const KEPT_MS = 24 * 60 * 60_000;

export function buildWeb() {
  if (!runNode('scripts/web-client.mjs')) return false;
  const wanted = hashOfSources();
  if (existsSync(NOTE) && readFileSync(NOTE, 'utf8') === wanted) return true;
  rmSync(NOTE, { force: true });
  removeOld();
  if (!runNode('node_modules/vite/bin/vite.js', 'build', 'apps/web', '--logLevel', 'warn')) return false;
  compress();
  const { files, bytes } = firstLoad();
  console.error(
    `Pages: first load ${Math.round(bytes / 1024)} KB of JavaScript (gzip, ${files.length} files; at most ${FIRST_LOAD_LIMIT / 1024} KB)`,
  );
  writeFileSync(NOTE, wanted);
  return true;
}

/** What the browser must load before a rep sees their home: the entry and everything it imports, without what is loaded later. */
function firstLoad() {
  const manifest = JSON.parse(readFileSync(path.join(output, '.vite', 'manifest.json'), 'utf8'));
  const files = new Set();
  const follow = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const next of chunk.imports ?? []) follow(next);
  };
  follow('index.html');
  // One language's words of the frame and the home come along; Chinese is what most people load.
  for (const key of Object.keys(manifest)) if (/texts\/zh-CN\/(common|problems|home)\.ts$/.test(key)) follow(key);
  follow('node_modules/antd/es/locale/zh_CN.js');
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(output, file))).length, 0);
  return { files: [...files], bytes };
}

function removeOld() {
  const assets = path.join(output, 'assets');
  if (!existsSync(assets)) return;
  for (const name of readdirSync(assets)) {
    const file = path.join(assets, name);
    if (Date.now() - statSync(file).mtimeMs > KEPT_MS) rmSync(file);
  }
}

function compress() {
  for (const entry of readdirSync(output, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() || !COMPRESSED.has(path.extname(file)) || file.includes('.vite')) continue;
    const content = readFileSync(file);
    if (content.length < SMALLEST || (file.includes('assets') && existsSync(`${file}.br`))) continue;
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}

function hashOfSources() {
  const hash = createHash('sha256');
  const sources = readdirSync(web, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of [...sources, path.join(root, 'package-lock.json'), import.meta.filename].sort())
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/** Whoever asks for the build, tests too, gets the one that is shipped. */
function runNode(script, ...args) {
  const env = { ...process.env, NODE_ENV: 'production' };
  return spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}

const called = process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename;
if (called) {
  if (!buildWeb()) {
    console.error('The pages could not be built: see above.');
    process.exit(1);
  }
  if (process.argv.includes('--first-load')) console.log(JSON.stringify({ ...firstLoad(), limit: FIRST_LOAD_LIMIT }));
}
