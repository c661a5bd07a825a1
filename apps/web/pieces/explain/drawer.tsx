import { Button, Drawer } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadTexts } from '../../texts';
import { useChangeAddress } from '../address';
import { useNarrow } from '../data-table';
import { Empty } from '../empty';
import { PartTabs } from '../part-tabs';
import { Skeleton } from '../skeleton';
import { DeadlineBasis } from './deadline-basis';
import { History } from './history';
import { Otherwise } from './otherwise';
import { PlanBasis } from './plan-basis';
import { ScoreBasis } from './score-basis';

const PARTS = ['basis', 'otherwise', 'history'] as const;

export interface ScoreAddress {
  readonly appraisalId: string;
  readonly key: string | undefined;
  readonly which: 'current' | 'published';
}

/** What a value rests on, over whatever page it stands on; its address is part of the page's, so it can be shared and printed. */
export function ExplainDrawer({ of }: { readonly of: string }): ReactElement {
  const { t } = useTranslation('explain');
  const { t: common } = useTranslation('common');
  const change = useChangeAddress();
  const isNarrow = useNarrow();
  const isReady = useTexts();
  const close = (): void => change({ explain: undefined });
  return (
    <Drawer
      open
      onClose={close}
      title={isReady ? t('title') : ''}
      size={isNarrow ? '100%' : 720}
      destroyOnHidden
      extra={isReady && <Button onClick={() => window.print()}>{common('print')}</Button>}
    >
      {isReady ? <Explanation of={of} /> : <Skeleton />}
    </Drawer>
  );
}

function Explanation({ of }: { readonly of: string }): ReactElement {
  const { t } = useTranslation('explain');
  const [kind, first, second] = of.split('~');
  if ((kind === 'score' || kind === 'published') && first) {
    return <ScoreTabs address={{ appraisalId: first, key: second, which: kind === 'published' ? 'published' : 'current' }} />;
  }
  if (kind === 'deadline' && first && second) return <DeadlineBasis cycleId={first} phase={second} />;
  if (kind === 'plan' && first) return <PlanBasis planId={first} />;
  return <Empty title={t('noSuch')} text={t('noSuchText')} />;
}

function ScoreTabs({ address }: { readonly address: ScoreAddress }): ReactElement {
  const { t } = useTranslation('explain');
  const [part, setPart] = useState<(typeof PARTS)[number]>('basis');
  return (
    <PartTabs label={t('title')} active={part} onChange={setPart} tabs={PARTS.map((key) => ({ key, title: t(`tab.${key}`) }))}>
      {part === 'basis' && <ScoreBasis address={address} />}
      {part === 'otherwise' && <Otherwise address={address} />}
      {part === 'history' && <History appraisalId={address.appraisalId} />}
    </PartTabs>
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
