import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { texts } from '../../texts/zh-CN/data';

type CellCode = Exclude<keyof (typeof texts)['cell'], 'other'>;

/** What is wrong with a cell, row or file, in words; a code without words is told as it is. */
export function useCellWords(): (code: string) => string {
  const { t, i18n } = useTranslation('data');
  const has = useCallback((code: string): code is CellCode => i18n.exists(`data:cell.${code}`), [i18n]);
  return useCallback((code) => (has(code) ? t(`cell.${code}`) : t('cell.other', { code })), [has, t]);
}
