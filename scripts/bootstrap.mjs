// Runs before `npm start` and `npm test`: installs the packages of the lock file when that was not done yet. Node's built-ins only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const NOTE = path.join(root, 'node_modules', '.centum-lock');
const OLDEST_NODE = [20, 19];

refuseOldNode();
const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
// Native packages differ by platform, so a folder carried to another machine is installed again.
const machine = `${process.platform}-${process.arch}`;
const wanted = `${machine} ${createHash('sha256').update(lockText).digest('hex')}`;
if (!isNoted() && !isInstalled()) install();
if (!isNoted()) writeFileSync(NOTE, wanted);

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(`Centum needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

function isNoted() {
  return existsSync(NOTE) && readFileSync(NOTE, 'utf8') === wanted;
}

/** Whether npm installed just these packages here itself, by the note it keeps. */
function isInstalled() {
  const npmNote = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(npmNote) || (existsSync(NOTE) && !readFileSync(NOTE, 'utf8').startsWith(machine))) return false;
  const installed = JSON.parse(readFileSync(npmNote, 'utf8')).packages;
  const packages = Object.entries(JSON.parse(lockText).packages).filter(([place, entry]) => place !== '' && !entry.optional);
  return packages.every(([place, entry]) => installed[place]?.version === entry.version);
}

function install() {
  console.error('Installing packages (once per lock file) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const run = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--include=dev'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, npm_config_loglevel: 'error' },
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (run.status === 0) return;
  console.error(
    `npm ci failed (${run.error?.message ?? `exit code ${run.status ?? run.signal}`}): see above; is the package registry reachable?`,
  );
  process.exit(1);
}
