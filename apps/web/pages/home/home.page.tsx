import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../pieces/page';

export function HomePage(): ReactElement {
  const { t } = useTranslation('common');
  return <Page title={t('nav.home')}>…</Page>;
}
