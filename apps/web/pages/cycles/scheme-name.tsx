import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { language } from '../../texts';

/** A version of a scheme by its title; by its id while that is not known. */
export function SchemeName({
  scheme: { schemeId, version },
}: {
  readonly scheme: { readonly schemeId: string; readonly version: number };
}): ReactElement {
  const { t } = useTranslation('cycles');
  const { data } = useQuery({
    queryKey: ['schemes', schemeId, version],
    queryFn: () => bodyOf(api.GET('/api/v1/schemes/{schemeId}/versions/{version}', { params: { path: { schemeId, version } } })),
  });
  return <>{t('cycle.schemeVersion', { scheme: data?.title[language()] ?? schemeId, version })}</>;
}
