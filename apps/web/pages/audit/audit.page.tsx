import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../../pieces/address';
import { Page } from '../../pieces/page';
import { PartTabs } from '../../pieces/part-tabs';
import { AsOfBar } from './as-of-bar';
import { Looks } from './looks';
import { Proof } from './proof';
import { TimelineOfAnything } from './timeline';
import { TwoMoments } from './two-moments';
import { Uses } from './uses';

const route = getRouteApi('/frame/audit');
const TABS = ['timeline', 'compare', 'uses', 'proof', 'looks'] as const;
type Tab = (typeof TABS)[number];

/** History of anything, at any moment, and what stands for its truth. */
export function AuditPage(): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { tab } = route.useSearch();
  const active = TABS.find((one) => one === tab) ?? 'timeline';
  return (
    <Page title={t('title')} meta={t('meta')}>
      <PartTabs
        label={t('title')}
        active={active}
        onChange={(next) => change({ tab: next === 'timeline' ? undefined : next, before: undefined })}
        tabs={TABS.map((key) => ({ key, title: t(`tab.${key}`) }))}
      >
        <Part of={active} />
      </PartTabs>
    </Page>
  );
}

function Part({ of }: { readonly of: Tab }): ReactElement {
  switch (of) {
    case 'timeline':
      return (
        <>
          <AsOfBar />
          <TimelineOfAnything />
        </>
      );
    case 'compare':
      return <TwoMoments />;
    case 'uses':
      return <Uses />;
    case 'proof':
      return <Proof />;
    case 'looks':
      return <Looks />;
  }
}
