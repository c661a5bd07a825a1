import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type Freshness, useLive } from '../../../api/live';
import { hasRole, type Me, useMe } from '../../../app/session';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { formatPeriod } from '../../../pieces/format';
import { LiveMark } from '../../../pieces/live-mark';
import { Mark } from '../../../pieces/mark';
import { Page, Panel } from '../../../pieces/page';
import { AsOfField, AsOfNote } from '../as-of';
import { Choices } from '../choices';
import '../cycles.css';
import { cycleNow } from '../live-board';
import { Phases } from '../phases';
import { type Cycle, cycleQuery, type Moving, type Progress, progressQuery } from '../queries';
import { StatusMark } from '../words';
import { About } from './about';
import { Acts } from './acts';
import { Completion } from './completion';
import { Corrections } from './corrections';
import { FindingsView } from './findings';
import { OwedView } from './owed-view';
import { SpreadView } from './spread';

const route = getRouteApi('/frame/cycles/$cycleId');
const VIEWS = ['owed', 'findings', 'spread', 'completion', 'corrections', 'about'] as const;
type View = (typeof VIEWS)[number];

/** One cycle as it moves, and what HR may do with it. */
export function CyclePage(): ReactElement {
  const { t } = useTranslation('cycles');
  const { cycleId } = route.useParams();
  const { asOf } = useAddress();
  const query = useQuery(cycleQuery(cycleId, asOf));
  const counts = useQuery({ ...progressQuery(cycleId), enabled: asOf === undefined });
  const { data: moving, freshness } = useLiveCycle(asOf === undefined ? cycleId : undefined);
  const cycle = query.data && moving ? cycleNow(query.data, moving) : query.data;
  const progress = moving?.progress ?? counts.data?.items ?? [];
  return (
    <Page
      title={cycle?.name ?? t('board.title')}
      meta={cycle && <Meta cycle={cycle} freshness={asOf === undefined ? freshness : undefined} />}
    >
      <AsOfNote />
      <Answer query={query} lines={8}>
        {(read) => <Inside cycle={cycle ?? read} progress={asOf === undefined ? progress : []} />}
      </Answer>
    </Page>
  );
}

/** The live stream of a cycle; whatever else is read about it is asked again when it moves. */
function useLiveCycle(cycleId: string | undefined): { readonly data: Moving | undefined; readonly freshness: Freshness } {
  const live = useLive<Moving>({ url: cycleId === undefined ? undefined : `/api/v1/cycles/${cycleId}/live` });
  const queries = useQueryClient();
  const state = live.data && JSON.stringify(live.data);
  useEffect(() => {
    if (cycleId !== undefined && state !== undefined) void queries.invalidateQueries({ queryKey: ['cycles', cycleId] });
  }, [cycleId, state, queries]);
  return live;
}

function Meta({ cycle, freshness }: { readonly cycle: Cycle; readonly freshness: Freshness | undefined }): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <span className="row">
      <StatusMark status={cycle.status} />
      {cycle.published && <Mark kind="good">{t('published')}</Mark>}
      <span>{[formatPeriod(cycle.period), t('board.members', { count: cycle.members })].join(' · ')}</span>
      {freshness && <LiveMark freshness={freshness} />}
    </span>
  );
}

function Inside({ cycle, progress }: { readonly cycle: Cycle; readonly progress: readonly Progress[] }): ReactElement {
  const { t } = useTranslation('cycles');
  const me = useMe();
  const { view, asOf } = useAddress();
  const change = useChangeAddress();
  const views = viewsOf(me, asOf !== undefined);
  const shown = views.find((one) => one === view) ?? views[0] ?? 'about';
  return (
    <>
      {cycle.status === 'paused' && <div className="note warn">{t('cycle.pausedNote')}</div>}
      {cycle.status === 'cancelled' && <div className="note warn">{t('cycle.cancelledNote')}</div>}
      <Panel title={t('bar.label')} extra={<AsOfField />}>
        <Phases cycle={cycle} progress={progress} />
      </Panel>
      {hasRole(me, 'hr') && asOf === undefined && <Acts cycle={cycle} progress={progress} />}
      <Choices
        label={t('cycle.tabsLabel')}
        chosen={shown}
        options={views.map((key) => ({ key, label: t(`cycle.tabs.${key}`) }))}
        onChoose={(next) => change({ view: next, after: undefined, list: undefined })}
      />
      <Shown view={shown} cycle={cycle} progress={progress} />
      {hasRole(me, 'hr', 'general-manager', 'auditor') && (
        <Link to="/calibration/$cycleId" params={{ cycleId: cycle.cycleId }} search={asOf === undefined ? {} : { asOf }}>
          {t('cycle.calibration')}
        </Link>
      )}
    </>
  );
}

/** What the roles of a person may read; of the past what has a past. */
function viewsOf(me: Me, isPast: boolean): readonly View[] {
  const readsResults = hasRole(me, 'hr', 'general-manager', 'auditor');
  const may: Readonly<Record<View, boolean>> = {
    owed: hasRole(me, 'hr') && !isPast,
    findings: readsResults && !isPast,
    spread: readsResults,
    completion: true,
    corrections: hasRole(me, 'hr', 'general-manager', 'auditor', 'finance') && !isPast,
    about: true,
  };
  return VIEWS.filter((view) => may[view]);
}

function Shown({
  view,
  cycle,
  progress,
}: {
  readonly view: View;
  readonly cycle: Cycle;
  readonly progress: readonly Progress[];
}): ReactElement {
  switch (view) {
    case 'owed':
      return <OwedView cycle={cycle} progress={progress} />;
    case 'findings':
      return <FindingsView cycle={cycle} />;
    case 'spread':
      return <SpreadView cycleId={cycle.cycleId} />;
    case 'completion':
      return <Completion cycleId={cycle.cycleId} />;
    case 'corrections':
      return <Corrections cycleId={cycle.cycleId} />;
    case 'about':
      return <About cycle={cycle} />;
  }
}
