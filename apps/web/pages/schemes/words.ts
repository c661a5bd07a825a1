import { useTranslation } from 'react-i18next';
import { language } from '../../texts';
import type { WordGroup } from './form/language';
import { isMembers, type Plain } from './yaml/read';

export interface Title {
  readonly 'zh-CN': string;
  readonly en: string;
}

export function inLanguage(title: Title): string {
  return title[language()];
}

/** The title in the language of now, where there is one. */
export function titleIn(value: Plain | undefined): string | undefined {
  if (!isMembers(value)) return undefined;
  const title = value[language()];
  return typeof title === 'string' && title !== '' ? title : undefined;
}

export interface Words {
  /** What a member of the language is called on forms and in the readable whole. */
  readonly field: (name: string) => string;
  /** What one of the closed words of the language means. */
  readonly option: (group: WordGroup, value: string) => string;
  /** Functions and fixed names of formulas. */
  readonly inFormula: (name: string) => string;
}

/** Words of the scheme language; a name without one is shown as it is written. */
export function useWords(): Words {
  const { i18n } = useTranslation('schemes');
  const found = (table: string, name: string): string | undefined => {
    const words = i18n.getResource(i18n.language, 'schemes', table) as Readonly<Record<string, unknown>> | undefined;
    const word = words?.[name];
    return typeof word === 'string' ? word : undefined;
  };
  return {
    field: (name) => found('field', name) ?? name,
    option: (group, value) => found(`word.${group}`, value) ?? value,
    inFormula: (name) => found('formula', name) ?? name,
  };
}
