import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../../pieces/answer';
import { DataTable } from '../../../pieces/data-table';
import { formatEnd, formatInstant } from '../../../pieces/format';
import { Panel } from '../../../pieces/page';
import type { Preview } from '../queries';
import { Derivation } from './derivation';
import { PreviewProblems } from './preview-problems';

/** Every window with the days it got, and every reason between those and what the scheme asks for. */
export function DatesStep({ preview }: { readonly preview: UseQueryResult<Preview> }): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <Panel title={t('start.dates')}>
      <Answer query={preview} lines={7}>
        {({ phases, flaggedYears, ranked, errors }) => (
          <>
            <PreviewProblems errors={errors} />
            {flaggedYears.length > 0 && <div className="note warn">{t('start.flagged', { years: flaggedYears.join(', ') })}</div>}
            {ranked && <p className="soft">{t('start.ranked')}</p>}
            <DataTable
              label={t('start.dates')}
              rows={phases}
              rowKey={({ phase }) => phase}
              empty={null}
              columns={[
                { key: 'phase', title: t('start.phase'), primary: true, render: ({ phase }) => t(`phase.${phase}`) },
                {
                  key: 'opens',
                  title: t('start.opens'),
                  render: ({ opensAt, closesAt }) => (
                    <span className="nowrap">{opensAt < closesAt ? formatInstant(opensAt) : formatEnd(opensAt)}</span>
                  ),
                },
                {
                  key: 'closes',
                  title: t('start.closes'),
                  render: ({ closesAt }) => <span className="nowrap">{formatEnd(closesAt)}</span>,
                },
                { key: 'why', title: t('start.why'), render: (phase) => <Derivation phase={phase} phases={phases} /> },
              ]}
            />
          </>
        )}
      </Answer>
    </Panel>
  );
}
