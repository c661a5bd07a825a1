import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { DataTable } from '../../pieces/data-table';
import { formatInstant } from '../../pieces/format';

/** How many have read it of those whom a cycle scores by it, and who has not. */
export function Acknowledgements({ schemeId, version }: { readonly schemeId: string; readonly version: number }): ReactElement {
  const { t } = useTranslation(['schemes', 'common']);
  const { after } = useAddress();
  const query = useQuery({
    queryKey: ['schemes', 'acknowledgements', schemeId, version, after ?? ''],
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/schemes/{schemeId}/versions/{version}/acknowledgements', {
          params: { path: { schemeId, version }, query: after === undefined ? {} : { after } },
        }),
      ),
  });
  return (
    <Answer query={query}>
      {({ concerned, acknowledged, missing }) => (
        <>
          <p>
            <progress
              value={acknowledged}
              max={Math.max(concerned, 1)}
              aria-label={t('acknowledgements.count', { acknowledged, count: concerned })}
            />{' '}
            {t('acknowledgements.count', { acknowledged, count: concerned })}
          </p>
          <h2>{t('acknowledgements.missing')}</h2>
          <DataTable
            label={t('acknowledgements.missing')}
            rows={missing.items}
            rowKey={({ subject }) => subject}
            next={missing.next}
            columns={[
              { key: 'name', title: t('acknowledgements.name'), primary: true, render: ({ name }) => name ?? t('common:erased') },
              { key: 'since', title: t('acknowledgements.since'), render: ({ concernedSince }) => formatInstant(concernedSince) },
            ]}
            empty={<p className="soft">{concerned === 0 ? t('acknowledgements.nobody') : t('acknowledgements.all')}</p>}
          />
        </>
      )}
    </Answer>
  );
}
