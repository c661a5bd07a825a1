#!/usr/bin/env node
import { createRequire } from 'node:module';

process.setSourceMapsEnabled(true);
const require = createRequire(import.meta.url);
let main;
try {
  ({ main } = require('../dist/apps/cli/main.js'));
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND' || !String(error.message).includes('dist/apps/cli/main.js')) throw error;
  console.error('Centum is not built yet: run "npm run build", or "npm start", which does.');
  process.exit(1);
}
await main(process.argv);
