import { mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { destination, type Logger, pino } from 'pino';
import type { Settings } from '#libs/config';

const LARGEST_FILE_BYTES = 20 * 1024 * 1024;

/** Logs as JSON lines to standard output, or to a file; never names or free text, which travel as PersonalText and print nothing. */
export function createLogger(level: Settings['CENTUM_LOG_LEVEL'], file?: string): Logger {
  if (file === undefined) return pino({ level, base: null });
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  keepOneOld(file);
  return pino({ level, base: null }, destination({ dest: file, mode: 0o600, sync: true }));
}

function keepOneOld(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_FILE_BYTES) renameSync(file, `${file}.1`);
}
