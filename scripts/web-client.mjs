// Writes the types of the API client from docs/openapi.json to an ignored folder, when the document changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, '.cache', 'web-client');
const output = path.join(folder, 'schema.ts');
const note = path.join(folder, 'schema.sources');

const document = readFileSync(path.join(root, 'docs', 'openapi.json'), 'utf8');
const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules', 'openapi-typescript', 'package.json'), 'utf8'));
const wanted = createHash('sha256').update(`${version}\0${document}`).digest('hex');
if (!existsSync(output) || !existsSync(note) || readFileSync(note, 'utf8') !== wanted) {
  const text = astToString(await openapiTS(JSON.parse(document)));
  mkdirSync(folder, { recursive: true });
  const fresh = `${output}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, output);
  writeFileSync(note, wanted);
}
