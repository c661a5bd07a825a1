import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatDifference, formatPeriod } from '../../pieces/format';
import { type Batch, type Difference, differencesQuery, type Figures } from './payout-queries';
import { lineName } from './payout-words';

const route = getRouteApi('/frame/payouts/$batchId');

interface DifferencesProps {
  readonly batch: Batch;
  readonly figures: Figures | undefined;
}

/** Person by person, what is paid beside the last period (or what was settled), the largest difference first, and why. */
export function Differences({ batch, figures }: DifferencesProps): ReactElement {
  const { t } = useTranslation('payouts');
  const { after } = route.useSearch();
  const query = useQuery(differencesQuery(batch, after));
  const columns = useColumns({ batch, figures }, query.data?.period);
  return (
    <Answer query={query}>
      {({ against, period, now, before, difference, people, items, next }) => {
        const amounts = { now: formatAmount(now), before: formatAmount(before), difference: formatDifference(difference) };
        return (
          <div className="stack">
            <p>
              <strong>
                {against === 'settled'
                  ? t('differences.headSettled', amounts)
                  : t('differences.head', { ...amounts, period: formatPeriod(period) })}
              </strong>
            </p>
            {against === 'period-before' && <p>{t('differences.people', people)}</p>}
            <DataTable
              label={t('tab.differences')}
              rows={items}
              rowKey={({ subject }) => subject}
              columns={columns}
              next={next}
              empty={<Empty title={t('differences.none')} text={t('differences.noneText')} />}
            />
          </div>
        );
      }}
    </Answer>
  );
}

function useColumns({ batch, figures }: DifferencesProps, period: string | undefined): readonly Column<Difference>[] {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const change = useChangeAddress();
  const isRegular = batch.kind === 'regular';
  return [
    {
      key: 'person',
      title: t('column.person'),
      primary: true,
      render: ({ subject, name }) => (
        <Button type="link" size="small" onClick={() => change({ person: subject, after: undefined })}>
          {name ?? common('erased')}
        </Button>
      ),
    },
    {
      key: 'before',
      title: isRegular ? t('column.before', { period: period === undefined ? '' : formatPeriod(period) }) : t('column.settled'),
      number: true,
      render: ({ before }) => formatAmount(before),
    },
    {
      key: 'now',
      title: isRegular ? t('column.now') : t('column.entitled'),
      number: true,
      render: ({ subject, now, lines }) =>
        lines.every((line) => line.now === null) ? (
          formatAmount(now)
        ) : (
          <Explained of={explainScore(`${batch.cycleId}.${subject}`, 'pay')}>{formatAmount(now)}</Explained>
        ),
    },
    {
      key: 'difference',
      title: t('column.difference'),
      number: true,
      render: ({ difference }) => <strong>{formatDifference(difference)}</strong>,
    },
    { key: 'reasons', title: t('column.reasons'), render: (row) => <Reasons row={row} figures={figures} /> },
  ];
}

/** Why, in words, and the lines that moved. */
function Reasons({ row, figures }: { readonly row: Difference; readonly figures: Figures | undefined }): ReactElement {
  const { t } = useTranslation('payouts');
  const moved = row.lines.filter(({ now, before }) => now !== before);
  const nameOf = (code: string, value: string | null): string => {
    if (value === null) return t('noScore');
    return code === 'line-new' || code === 'line-gone' ? lineName(value, figures, t) : value;
  };
  return (
    <div>
      {row.reasons.map(({ code, from, to }) => (
        <div key={`${code} ${from ?? ''} ${to ?? ''}`}>
          {t(`reason.${code}`, { from: nameOf(code, from), to: nameOf(code, to) })}
          {code === 'adjustment' && row.causes.length > 0 && <> ({row.causes.map(({ kind }) => t(`cause.${kind}`)).join(', ')})</>}
        </div>
      ))}
      {moved.length > 0 && (
        <div className="soft">
          {moved
            .map(({ key, now, before }) => `${lineName(key, figures, t)} ${formatAmount(before ?? '0')} → ${formatAmount(now ?? '0')}`)
            .join(' · ')}
        </div>
      )}
    </div>
  );
}
