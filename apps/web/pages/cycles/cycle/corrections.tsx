import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../../api/client';
import { useAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { type Column, DataTable } from '../../../pieces/data-table';
import { Empty } from '../../../pieces/empty';
import { explainScore, Explained } from '../../../pieces/explain/explained';
import { formatAmount, formatInstant } from '../../../pieces/format';
import { Panel } from '../../../pieces/page';
import type { Correction } from '../queries';

/** Results that came out and would be others with the facts of now. */
export function Corrections({ cycleId }: { readonly cycleId: string }): ReactElement {
  const { t } = useTranslation('cycles');
  const { after } = useAddress();
  const query = useQuery({
    queryKey: ['corrections', cycleId, after],
    queryFn: () => bodyOf(api.GET('/api/v1/corrections', { params: { query: { cycleId, ...(after === undefined ? {} : { after }) } } })),
  });
  const columns = useColumns();
  return (
    <Panel title={t('cycle.tabs.corrections')}>
      <p className="soft">{t('corrections.text')}</p>
      <Answer query={query}>
        {({ items, next }) => (
          <DataTable
            label={t('corrections.list')}
            rows={items}
            rowKey={({ appraisalId, cause }) => `${appraisalId} ${cause.position}`}
            columns={columns}
            next={next}
            empty={<Empty title={t('corrections.emptyTitle')} text={t('corrections.emptyText')} />}
          />
        )}
      </Answer>
    </Panel>
  );
}

function useColumns(): readonly Column<Correction>[] {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const change = (
    pair: { readonly from: string | number | null; readonly to: string | number | null } | undefined,
    write: (value: string | number) => string,
  ): string =>
    pair === undefined
      ? t('corrections.same')
      : t('corrections.from', {
          from: pair.from === null ? t('corrections.none') : write(pair.from),
          to: pair.to === null ? t('corrections.none') : write(pair.to),
        });
  return [
    { key: 'person', title: t('corrections.person'), primary: true, render: ({ name }) => name ?? common('erased') },
    { key: 'cause', title: t('corrections.cause'), render: ({ cause }) => t(`corrections.causes.${cause.kind}`) },
    {
      key: 'score',
      title: t('corrections.score'),
      number: true,
      render: ({ appraisalId, score }) => (
        <Explained of={explainScore(appraisalId)}>{change(score, (value) => formatAmount(String(value)))}</Explained>
      ),
    },
    { key: 'grade', title: t('corrections.grade'), render: ({ grade }) => change(grade, String) },
    { key: 'place', title: t('corrections.place'), number: true, render: ({ place }) => change(place, String) },
    { key: 'at', title: t('corrections.proposedAt'), render: ({ proposedAt }) => formatInstant(proposedAt) },
  ];
}
