import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { DataTable } from '../../../pieces/data-table';
import { Empty } from '../../../pieces/empty';
import { formatPeriod } from '../../../pieces/format';
import { Page, Panel } from '../../../pieces/page';
import '../cycles.css';
import { boardQuery } from '../queries';
import { StatusMark } from '../words';

/** Whose grades are looked at: a cycle is chosen. */
export function CalibrationPage(): ReactElement {
  const { t } = useTranslation('cycles');
  const { period, after } = useAddress();
  const query = useQuery(boardQuery({ ...(period === undefined ? {} : { period }), ...(after === undefined ? {} : { after }) }));
  return (
    <Page title={t('calibration.title')} meta={t('calibration.meta')}>
      <div className="note">{t('calibration.notYet')}</div>
      <Panel title={t('calibration.choose')}>
        <Answer query={query}>
          {({ items, next }) => (
            <DataTable
              label={t('calibration.list')}
              rows={items}
              rowKey={({ cycle }) => cycle.cycleId}
              next={next}
              empty={<Empty title={t('calibration.emptyTitle')} text={t('calibration.emptyText')} />}
              columns={[
                {
                  key: 'name',
                  title: t('calibration.list'),
                  primary: true,
                  render: ({ cycle: { cycleId, name } }) => (
                    <Link to="/calibration/$cycleId" params={{ cycleId }}>
                      {name}
                    </Link>
                  ),
                },
                { key: 'period', title: t('start.period'), render: ({ cycle }) => formatPeriod(cycle.period) },
                { key: 'status', title: t('board.filter'), render: ({ cycle }) => <StatusMark status={cycle.status} /> },
                { key: 'members', title: t('start.members'), number: true, render: ({ cycle }) => cycle.members },
              ]}
            />
          )}
        </Answer>
      </Panel>
    </Page>
  );
}
