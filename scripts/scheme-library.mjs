// Writes libs/scheme/library/library.json from the YAML files beside it, for the domain, which reads no files. A test compares them.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const folder = new URL('../libs/scheme/library/', import.meta.url);

/** Scalars as the text they were written in, as in a scheme: no digit is lost. */
function read(name) {
  return parse(readFileSync(new URL(`${name}.yaml`, folder), 'utf8'), { schema: 'failsafe' });
}

/** The few members that are no text. */
const FLAGS = new Set(['mayBeNegative', 'positive', 'whole']);

function withFlags(value) {
  if (Array.isArray(value)) return value.map(withFlags);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      FLAGS.has(key) && typeof member === 'string' ? member === 'true' : withFlags(member),
    ]),
  );
}

const library = withFlags({ facts: read('facts'), ratings: read('ratings'), indicators: read('indicators') });
writeFileSync(new URL('library.json', folder), `${JSON.stringify(library, null, 1)}\n`);
