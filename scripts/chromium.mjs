// Finds the Chromium that browser tests drive, or installs Debian's where that can be done here. Prints its path; fails in one clear line.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';

const PLACES = [
  // Chromium without its own windows: the same engine, and half the work for the machine.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** With fonts for Chinese: without them every page is boxes. */
const PACKAGES = ['chromium-headless-shell', 'fonts-noto-cjk'];

function findChromium() {
  const configured = process.env.CENTUM_TEST_CHROMIUM;
  if (configured) return existsSync(configured) ? configured : undefined;
  return PLACES.find((place) => existsSync(place));
}

/** Undefined when there is none and none can be installed. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.env.CENTUM_TEST_CHROMIUM || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.error('Installing Chromium for the browser tests (once) …');
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
      .status === 0;
  if (!apt('update', '-q') || !apt('install', '-q', '-y', '--no-install-recommends', ...PACKAGES)) return undefined;
  return findChromium();
}

const called = process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename;
if (called) {
  const place = ensureChromium();
  if (place) console.log(place);
  else {
    console.error(
      'The browser tests need Chromium: install it (Debian: apt-get install chromium-headless-shell fonts-noto-cjk), or name it in CENTUM_TEST_CHROMIUM.',
    );
    process.exitCode = 1;
  }
}
