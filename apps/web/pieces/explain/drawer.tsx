import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadTexts } from '../../texts';
import { useAddress, useChangeAddress } from '../address';
import { Answer } from '../answer';
import { useNarrow } from '../data-table';
import { Empty } from '../empty';
import { PartTabs } from '../part-tabs';
import { Skeleton } from '../skeleton';
import { DeadlineBasis } from './deadline-basis';
import { type Explaining, explainingOf } from './explaining';
import { History } from './history';
import { Otherwise } from './otherwise';
import { PlaceBasis } from './place-basis';
import { PlanBasis } from './plan-basis';
import { ScoreBasis } from './score-basis';
import { explanationQuery, type ScoreAddress } from './score-queries';
import { completionIn, treeOf } from './tree';
import { WhoseScore } from './whose';

const PARTS = ['basis', 'otherwise', 'history'] as const;

/** What a value rests on, over whatever page it stands on; its address is part of the page's, so it can be shared and printed. */
export function ExplainDrawer({ of }: { readonly of: string }): ReactElement {
  const { t } = useTranslation('explain');
  const { t: common } = useTranslation('common');
  const change = useChangeAddress();
  const isNarrow = useNarrow();
  const isReady = useTexts();
  useFocusBack();
  const close = (): void => change({ explain: undefined, explainTab: undefined });
  return (
    <Drawer
      open
      onClose={close}
      title={isReady ? t('title') : ''}
      size={isNarrow ? '100%' : 720}
      destroyOnHidden
      extra={isReady && <Button onClick={() => window.print()}>{common('print')}</Button>}
    >
      {isReady ? <Explanation of={explainingOf(of)} /> : <Skeleton />}
    </Drawer>
  );
}

function Explanation({ of }: { readonly of: Explaining | undefined }): ReactElement {
  const { t } = useTranslation('explain');
  switch (of?.kind) {
    case 'score':
      return <ScoreTabs address={of.address} />;
    case 'completion':
      return <CompletionTabs appraisalId={of.appraisalId} />;
    case 'place':
      return <PlaceBasis address={of.address} />;
    case 'deadline':
      return <DeadlineBasis cycleId={of.cycleId} phase={of.phase} />;
    case 'plan':
      return <PlanBasis planId={of.planId} />;
    case undefined:
      return <Empty title={t('noSuch')} text={t('noSuchText')} />;
  }
}

function ScoreTabs({ address }: { readonly address: ScoreAddress }): ReactElement {
  const { t } = useTranslation('explain');
  const { explainTab } = useAddress();
  const change = useChangeAddress();
  const part = PARTS.find((one) => one === explainTab) ?? 'basis';
  return (
    <>
      <WhoseScore appraisalId={address.appraisalId} />
      <PartTabs
        label={t('title')}
        active={part}
        onChange={(next) => change({ explainTab: next === 'basis' ? undefined : next }, { replace: true })}
        tabs={PARTS.map((key) => ({ key, title: t(`tab.${key}`) }))}
      >
        {part === 'basis' && <ScoreBasis address={address} />}
        {part === 'otherwise' && <Otherwise address={address} />}
        {part === 'history' && <History appraisalId={address.appraisalId} />}
      </PartTabs>
    </>
  );
}

/** The line of the score that the ranked completion comes from; the whole where a scheme has no such line. */
function CompletionTabs({ appraisalId }: { readonly appraisalId: string }): ReactElement {
  const query = useQuery(explanationQuery({ appraisalId, key: undefined, which: 'current' }));
  return (
    <Answer query={query}>
      {({ sentences }) => <ScoreTabs address={{ appraisalId, key: completionIn(treeOf(sentences))?.key, which: 'current' }} />}
    </Answer>
  );
}

/** Whoever closes it goes on where they opened it; who came by its address goes on with the page. */
function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const main = document.getElementById('main');
      const back = opener instanceof HTMLElement && opener.isConnected && opener !== document.body ? opener : main;
      back?.focus();
    },
    [opener],
  );
}

/** The drawer opens over pages of every area: its words are loaded with it. */
function useTexts(): boolean {
  const { i18n } = useTranslation();
  const [ready, setReady] = useState('');
  const now = i18n.language;
  useEffect(() => {
    void loadTexts('explain', 'coaching').then(() => setReady(now));
  }, [now]);
  return ready === now;
}
