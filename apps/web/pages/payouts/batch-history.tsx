import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatAmount, formatInstant } from '../../pieces/format';
import { findingWords } from './batch-lines';
import { type Batch, type BatchAct, historyQuery } from './payout-queries';
import { actorOf, actWords } from './payout-words';

/** What was done with the batch, by whom and why; the latest first. */
export function History({ batch }: { readonly batch: Batch }): ReactElement {
  const { t } = useTranslation('payouts');
  const query = useQuery(historyQuery(batch));
  const columns = useColumns();
  return (
    <div className="stack">
      <FindingsOfBatch batch={batch} />
      <Answer query={query}>
        {({ items }) => (
          <DataTable
            label={t('tab.history')}
            rows={items}
            rowKey={({ position }) => String(position)}
            columns={columns}
            empty={<Empty title={t('differences.none')} />}
          />
        )}
      </Answer>
    </div>
  );
}

/** Findings about the batch as a whole; those about a line stand at the line. */
function FindingsOfBatch({ batch }: { readonly batch: Batch }): ReactElement | null {
  const { t } = useTranslation('payouts');
  const whole = batch.findings.filter(({ lineId }) => lineId === null);
  if (whole.length === 0) return null;
  return (
    <div className="note bad">
      <strong>{t('check.foundOnBatch')}</strong>
      <p>{whole.map(({ code }) => findingWords(code, t)).join(' · ')}</p>
    </div>
  );
}

function useColumns(): readonly Column<BatchAct>[] {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  return [
    { key: 'what', title: t('column.what'), primary: true, render: (act) => actWords(act, t, common) },
    { key: 'when', title: t('column.when'), render: ({ at }) => formatInstant(at) },
    { key: 'who', title: t('column.who'), render: (act) => actorOf(act, t, common) },
    { key: 'amount', title: t('column.amount'), number: true, render: ({ total }) => (total === null ? '' : formatAmount(total)) },
    {
      key: 'reason',
      title: t('column.reason'),
      render: ({ reason, hold }) => reason ?? (hold?.kind === 'appeal' ? t('heldBy.appeal') : ''),
    },
  ];
}
