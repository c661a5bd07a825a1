// `npm test`: every check in order, a line for each, and at the end how many passed and failed. A guard counts as one check.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { ensureChromium } from './chromium.mjs';

const root = path.resolve(import.meta.dirname, '..');
const RESULTS = path.join(root, '.cache', 'jest-results.json');
const MINUTE_MS = 60_000;
const { PRIORITY_BELOW_NORMAL } = constants.priority;
/** The whole run ends by itself well before whoever waits for it gives up. */
const deadline = Date.now() + 23.3 * MINUTE_MS;

const bin = (name, file) => path.join('node_modules', name, file);
const guards = [
  ['build', ['scripts/build.mjs']],
  ['types', [bin('typescript7', 'bin/tsc'), '-p', 'tsconfig.json']],
  ['types of pages', [bin('typescript7', 'bin/tsc'), '-p', 'apps/web/tsconfig.json']],
  ['lint with types', [bin('oxlint', 'bin/oxlint')]],
  [
    'lint',
    [bin('eslint', 'bin/eslint.js'), '.', '--max-warnings=0', '--cache', '--cache-strategy=content', '--cache-location=.cache/eslint'],
  ],
  ['format', [bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.', '--cache', '--cache-location=.cache/prettier']],
  [
    'boundaries',
    [
      bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'workflows',
      'infra',
      'test',
    ],
  ],
  ['unused', [bin('knip', 'bin/knip.js'), '--cache', '--cache-location=.cache/knip', '--no-progress']],
];
const totals = { passed: 0, failed: 0, skipped: [] };
const lines = [];

mkdirSync(path.dirname(RESULTS), { recursive: true });
const [build, ...others] = guards;
if (await guard(build)) process.env.CENTUM_TEST_BUILT = '1';
browser();
// Suites with real servers wait a quarter of their time: what guards the sources is done meanwhile, and gives way to them.
await Promise.all([jest(), inTurn(others)]);
report();

async function inTurn(several) {
  for (const one of several) await guard(one);
}

async function guard([name, command]) {
  const { ok, seconds } = await run(name, command, { limitMs: 12 * MINUTE_MS, givesWay: name !== 'build' });
  count(name, ok ? 1 : 0, ok ? 0 : 1, seconds);
  return ok;
}

/** A part that can't run fails: browser tests without a browser would say nothing. */
function browser() {
  const place = ensureChromium();
  if (place) process.env.CENTUM_TEST_CHROMIUM = place;
  else
    console.error(
      'No Chromium: install it (Debian: apt-get install chromium-headless-shell fonts-noto-cjk) or name it in CENTUM_TEST_CHROMIUM.',
    );
  count('browser', place ? 1 : 0, place ? 0 : 1);
}

async function jest() {
  rmSync(RESULTS, { force: true });
  const args = [bin('jest', 'bin/jest.js'), '--ci', '--json', `--outputFile=${RESULTS}`, '--maxWorkers=2', '--workerIdleMemoryLimit=4GB'];
  // Suites make much that is soon forgotten: a larger nursery collects it less often.
  const env = { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`.trim() };
  // --json sends the tests' own report to stderr and the results to stdout; only the first is for people.
  const { ok, seconds } = await run('jest', args, { limitMs: 22 * MINUTE_MS, stdout: 'ignore', env });
  const results = readResults();
  if (results === undefined) return count('jest', 0, 1, seconds);
  const projects = new Map();
  for (const suite of results.testResults) {
    const kind = kindOf(suite.name);
    const sum = projects.get(kind) ?? { passed: 0, failed: 0 };
    projects.set(kind, sum);
    // A suite that could not run has no tests to fail.
    if (suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed')) sum.failed += 1;
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') sum.passed += 1;
      else if (test.status === 'failed') sum.failed += 1;
      else totals.skipped.push(test.fullName);
    }
  }
  for (const [kind, sum] of [...projects].sort()) count(kind, sum.passed, sum.failed);
  const anyFailed = [...projects.values()].some((sum) => sum.failed > 0);
  if (!ok && !anyFailed) count('jest itself', 0, 1, seconds);
}

function kindOf(file) {
  const place = path.relative(root, file);
  if (place.startsWith(`test${path.sep}architecture`)) return 'architecture';
  if (place.startsWith(`test${path.sep}replay`)) return 'replay';
  if (place.startsWith(`test${path.sep}browser`)) return 'browser';
  if (place.endsWith('.e2e.spec.ts')) return 'end to end';
  return place.endsWith('.int.spec.ts') ? 'integration' : 'unit';
}

function readResults() {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8'));
  } catch {
    return undefined;
  }
}

function run(name, command, { limitMs, stdout = 'inherit', givesWay = false, env = process.env }) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const limit = Math.max(MINUTE_MS / 6, Math.min(limitMs, deadline - started));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', stdout, 'inherit'] });
    if (givesWay && child.pid !== undefined) setPriority(child.pid, PRIORITY_BELOW_NORMAL);
    const timer = setTimeout(() => {
      console.log(`${name} did not end within ${Math.round(limit / 1000)} s and was stopped.`);
      child.kill('SIGKILL');
    }, limit);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ ok: code === 0, seconds: (Date.now() - started) / 1000 });
    });
  });
}

function count(name, passed, failed, seconds) {
  totals.passed += passed;
  totals.failed += failed;
  const time = seconds === undefined ? '' : `  ${seconds.toFixed(1)} s`;
  lines.push(`${failed === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(14)} ${passed} passed, ${failed} failed${time}`);
}

function report() {
  console.log(`\n${lines.join('\n')}`);
  if (totals.skipped.length > 0) console.log(`\nleft out (${totals.skipped.length}):\n  ${totals.skipped.join('\n  ')}`);
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}
