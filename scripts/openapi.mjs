// `npm run openapi`: writes docs/openapi.json from the application as it is. The same test, without this, holds the two equal.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const jest = path.join('node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, '--selectProjects', 'e2e', '--', 'test/e2e/openapi.e2e.spec.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CENTUM_WRITE_OPENAPI: 'yes' },
});
process.exitCode = status ?? 1;
