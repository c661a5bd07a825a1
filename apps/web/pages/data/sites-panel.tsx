import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { COMPANY_ZONE } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { REGIONS } from './calendar-days';
import { type Site, sitesQuery } from './queries';

/** Sites with their zone and calendar. */
export function SitesPanel({ mayChange }: { readonly mayChange: boolean }): ReactElement {
  const { t } = useTranslation('data');
  const sites = useQuery(sitesQuery);
  const [isOpen, setOpen] = useState(false);
  const columns: readonly Column<Site>[] = [
    { key: 'site', title: t('calendar.site'), primary: true, render: ({ site }) => site },
    { key: 'zone', title: t('calendar.zone'), render: ({ zone }) => zone },
    {
      key: 'region',
      title: t('calendar.region'),
      render: ({ calendarRegion }) => {
        const region = REGIONS.find((one) => one === calendarRegion);
        return region ? t(`calendar.regions.${region}`) : calendarRegion;
      },
    },
  ];
  return (
    <Panel
      title={t('calendar.sites')}
      extra={mayChange ? <Button onClick={() => setOpen(true)}>{t('calendar.declareSite')}</Button> : undefined}
    >
      <p className="soft">{t('calendar.sitesText')}</p>
      <Answer query={sites}>
        {({ items }) => (
          <DataTable
            isWhole
            label={t('calendar.sites')}
            rows={items}
            rowKey={({ site }) => site}
            columns={columns}
            empty={<Empty title={t('calendar.noSites')} text={t('calendar.noSitesText')} />}
          />
        )}
      </Answer>
      {isOpen && <SiteForm onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function SiteForm({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation(['data', 'common']);
  const say = useToast();
  const [draft, setDraft] = useState<Site>({ site: '', zone: COMPANY_ZONE, calendarRegion: 'CN' });
  const save = useCommand({
    send: (body: Site, header) => bodyOf(api.PUT('/api/v1/sites', { params: { header }, body })),
    touches: [['sites']],
    onDone: (_, { site }) => {
      say(t('calendar.siteSaved', { site }));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('calendar.declareSite')}
      onCancel={onClose}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: save.isPending, disabled: draft.site.trim() === '' || draft.zone.trim() === '' }}
      onOk={() => save.mutate({ ...draft, site: draft.site.trim(), zone: draft.zone.trim() })}
    >
      <div className="stack">
        <div className="field">
          <label htmlFor="site-name">{t('calendar.site')}</label>
          <input
            id="site-name"
            className="plain-input"
            maxLength={60}
            value={draft.site}
            onChange={(event) => setDraft({ ...draft, site: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor="site-zone">{t('calendar.zone')}</label>
          <input
            id="site-zone"
            className="plain-input"
            maxLength={60}
            list="zones"
            value={draft.zone}
            onChange={(event) => setDraft({ ...draft, zone: event.target.value })}
          />
          <datalist id="zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
        <div className="field">
          <label htmlFor="site-region">{t('calendar.region')}</label>
          <select
            id="site-region"
            className="plain-select"
            value={draft.calendarRegion}
            onChange={(event) => setDraft({ ...draft, calendarRegion: event.target.value })}
          >
            {REGIONS.map((region) => (
              <option key={region} value={region}>
                {t(`calendar.regions.${region}`)}
              </option>
            ))}
          </select>
        </div>
        <p className="soft">{t('calendar.siteWhat')}</p>
        {save.error && <ProblemNote problem={save.error.problem} />}
      </div>
    </Modal>
  );
}
