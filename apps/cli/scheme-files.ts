import { readFile } from 'node:fs/promises';
import type { Language } from '#libs/scheme';

/** Undefined when there is no such file or it isn't UTF-8. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch {
    return undefined;
  }
}

/** Of the person at the machine. */
export function defaultLanguage(): Language {
  return /^zh/i.test(new Intl.DateTimeFormat().resolvedOptions().locale) ? 'zh-CN' : 'en';
}
