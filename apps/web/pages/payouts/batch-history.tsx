import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatAmount, formatInstant } from '../../pieces/format';
import { findingWords } from './batch-lines';
import { type Batch, type BatchAct, historyQuery } from './payout-queries';

const WORDS = [
  'PayoutStarted',
  'PayoutComputed',
  'PayoutChecked',
  'PayoutApproved',
  'PayoutReleased',
  'PayoutAcknowledged',
  'PayoutCancelled',
] as const;

/** What was done with the batch, by whom and why; the latest first. */
export function History({ batch }: { readonly batch: Batch }): ReactElement {
  const { t } = useTranslation('payouts');
  const query = useQuery(historyQuery(batch.batchId));
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
  const what = ({ type, hold, passed }: BatchAct): string => {
    if (type === 'PayoutChecked' && passed === false) return t('history.PayoutCheckFailed');
    if (type === 'PayoutLinesHeld' || type === 'PayoutHoldLifted')
      return t(`history.${type}`, { name: hold?.name ?? common('erased'), count: hold?.lines ?? 0 });
    const known = WORDS.find((one) => one === type);
    return known ? t(`history.${known}`) : type;
  };
  return [
    { key: 'what', title: t('column.what'), primary: true, render: what },
    { key: 'when', title: t('column.when'), render: ({ at }) => formatInstant(at) },
    {
      key: 'who',
      title: t('column.who'),
      render: ({ by, byName }) => (by.startsWith('system:') ? t('by.system') : (byName ?? common('erased'))),
    },
    { key: 'amount', title: t('column.amount'), number: true, render: ({ total }) => (total === null ? '' : formatAmount(total)) },
    {
      key: 'reason',
      title: t('column.reason'),
      render: ({ reason, hold }) => reason ?? (hold?.kind === 'appeal' ? t('heldBy.appeal') : ''),
    },
  ];
}
