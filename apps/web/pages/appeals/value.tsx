import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { figureText } from '../../pieces/figures';
import { language } from '../../texts';
import type { Form, Value } from './appeal';

/** A value of a contested line to read: numbers grouped, words by their titles. */
export function ValueShown({ value, form }: { readonly value: Value | null; readonly form: Form | null }): ReactElement {
  const { t } = useTranslation('common');
  if (value === null) return <>–</>;
  const shown = (text: string): string =>
    form?.optionTitles[text]?.[language()] ?? (/^-?\d/.test(text) ? figureText(form?.unit ?? 'number', text) : text);
  if (typeof value === 'string') return <span className="number">{shown(value)}</span>;
  return <>{value.length === 0 ? t('none') : value.map(shown).join(' · ')}</>;
}
