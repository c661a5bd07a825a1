// `npm start`: builds when sources changed, then `centum up` in this same process, so that a signal to it reaches Centum itself.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';

if (!existsSync(path.resolve(import.meta.dirname, '../dist/.sources'))) console.error('Building (once) …');
if (!build()) {
  console.error('The build failed: see above.');
  process.exit(1);
}
process.argv.splice(2, 0, 'up');
await import('../bin/centum.mjs');
