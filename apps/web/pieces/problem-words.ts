import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem';

export interface ProblemWords {
  readonly what: string;
  readonly todo: string;
}

/** The words of a problem by its stable code; the API's own title where a code has none of its own. */
export function useProblemWords(): (problem: Problem) => ProblemWords {
  const { t, i18n } = useTranslation('problems');
  return ({ code, title, status, details }) => {
    // Codes hold dots, which separate keys here: looked up in the bundle itself.
    const known = (table: 'code' | 'todo'): string | undefined => {
      const found = i18n.getResource(i18n.language, 'problems', table, { keySeparator: false }) as
        Readonly<Record<string, unknown>> | undefined;
      const words = found?.[code];
      return typeof words === 'string' ? fill(words, details ?? {}) : undefined;
    };
    return { what: known('code') ?? title, todo: known('todo') ?? t(`status.${kindOf(status)}`) };
  };
}

/** What is wrong with one field, by the error's code: the API's own message is for programs. */
export function useFieldErrorWords(): (code: string) => string {
  const { t } = useTranslation('problems');
  return (code) => (code === 'invalid' || code === 'unknown-field' ? t(`field.${code}`) : t('field.other', { code }));
}

function kindOf(status: number): 'retry' | 'fix' | 'state' | 'missing' {
  if (status === 404 || status === 410) return 'missing';
  if (status === 400 || status === 413 || status === 415 || status === 422) return 'fix';
  return status === 409 || status === 412 || status === 403 ? 'state' : 'retry';
}

function fill(words: string, details: Readonly<Record<string, unknown>>): string {
  return words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = details[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
  });
}
