import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A payload as it stands in the store: canonical JSON text of one event type and schema version. */
export interface Sample {
  readonly type: string;
  readonly version: number;
  readonly payload: string;
}

const FOLDER = path.join(__dirname, 'samples');
const NAME = /^([A-Za-z0-9]+)\.v(\d+)\.json$/;

export function readSamples(): readonly Sample[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER).flatMap((file) => {
    const match = NAME.exec(file);
    return match
      ? [{ type: match[1] ?? '', version: Number(match[2]), payload: readFileSync(path.join(FOLDER, file), 'utf8').trimEnd() }]
      : [];
  });
}

export function writeSample({ type, version, payload }: Sample): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, `${type}.v${version}.json`), `${payload}\n`);
}
