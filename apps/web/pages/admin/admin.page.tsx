import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Page, Panel } from '../../pieces/page';
import { PartTabs } from '../../pieces/part-tabs';
import { Accounts } from './accounts';
import { Health } from './health';

const TABS = ['accounts', 'health', 'integrations'] as const;

/** Accounts and roles, the health of every part, and what is connected. */
export function AdminPage(): ReactElement {
  const { t } = useTranslation('admin');
  const me = useMe();
  const { tab: named } = useAddress();
  const change = useChangeAddress();
  const mayManage = hasRole(me, 'admin');
  const offered = TABS.filter((one) => mayManage || one === 'health');
  const tab = offered.find((one) => one === named) ?? offered[0] ?? 'health';
  return (
    <Page title={t('title')}>
      <PartTabs
        label={t('title')}
        active={tab}
        onChange={(next) => change({ tab: next, after: undefined })}
        tabs={offered.map((key) => ({ key, title: t(`tabs.${key}`) }))}
      >
        <Tab of={tab} />
      </PartTabs>
    </Page>
  );
}

function Tab({ of }: { readonly of: (typeof TABS)[number] }): ReactElement {
  switch (of) {
    case 'accounts':
      return <Accounts />;
    case 'health':
      return <Health />;
    case 'integrations':
      return <Integrations />;
  }
}

function Integrations(): ReactElement {
  const { t } = useTranslation('admin');
  return (
    <Panel title={t('integrations.title')}>
      <p>
        <strong>{t('integrations.none')}</strong>
      </p>
      <p className="soft">{t('integrations.text')}</p>
      <a href="/api/v1/openapi.json" target="_blank" rel="noreferrer">
        {t('integrations.document')}
      </a>
    </Panel>
  );
}
