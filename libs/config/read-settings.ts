import { readFileSync } from 'node:fs';
import { ConfigurationError } from './errors';
import { FOREIGN_PREFIXES, SECRET_SETTINGS, settings, type Settings } from './settings';

export type Environment = Readonly<Record<string, string | undefined>>;

const NAMES = Object.keys(settings.shape);

/** Thrown: ConfigurationError with every problem at once. An unknown CENTUM_ name is one: it is a setting misspelt. */
export function readSettings(environment: Environment): Settings {
  const problems: string[] = unknownNames(environment).map((name) => `${name}: there is no such setting`);
  const read = settings.safeParse(Object.fromEntries(NAMES.map((name) => [name, textOf(name, environment, problems)])));
  if (!read.success) problems.push(...read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  if (!read.success || problems.length > 0) throw new ConfigurationError(problems);
  return read.data;
}

function unknownNames(environment: Environment): readonly string[] {
  const known = new Set(NAMES.flatMap((name) => (SECRET_SETTINGS.has(name) ? [name, `${name}_FILE`] : [name])));
  return Object.keys(environment).filter(
    (name) => name.startsWith('CENTUM_') && !known.has(name) && !FOREIGN_PREFIXES.some((prefix) => name.startsWith(prefix)),
  );
}

function textOf(name: string, environment: Environment, problems: string[]): string | undefined {
  const text = environment[name];
  const file = SECRET_SETTINGS.has(name) ? environment[`${name}_FILE`] : undefined;
  if (file === undefined) return text === '' ? undefined : text;
  if (text !== undefined) problems.push(`${name}: given twice, here and in ${name}_FILE`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE: that file can't be read`);
    return undefined;
  }
}
