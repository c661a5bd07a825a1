import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../../api/live';
import { Answer } from '../../../pieces/answer';
import { formatInstant } from '../../../pieces/format';
import { LiveMark } from '../../../pieces/live-mark';
import { Mark } from '../../../pieces/mark';
import { Panel } from '../../../pieces/page';
import { useWorkingDays } from '../../../pieces/working-days';
import { cycleNow } from '../live-board';
import { type Cycle, cycleQuery, isOwedPhase, type Moving, type Progress } from '../queries';

/** How many of a cycle's people have their form, as it happens, until all do. */
export function Opening({ cycleId }: { readonly cycleId: string }): ReactElement {
  const { t } = useTranslation('cycles');
  const query = useQuery(cycleQuery(cycleId));
  const { data, freshness } = useLive<Moving>({ url: `/api/v1/cycles/${cycleId}/live` });
  return (
    <Panel title={t('start.opening.title')} extra={<LiveMark freshness={freshness} />}>
      <Answer query={query}>{(cycle) => <Opened cycle={data ? cycleNow(cycle, data) : cycle} progress={data?.progress ?? []} />}</Answer>
      <p>
        <Link to="/cycles/$cycleId" params={{ cycleId }} className="act primary">
          {t('start.opening.toCycle')}
        </Link>
      </p>
    </Panel>
  );
}

/** People with a form, by the review step that most of them have. */
export function openedOf(progress: readonly Progress[]): number {
  return Math.max(0, ...progress.filter(({ phase }) => isOwedPhase(phase) && phase !== 'confirmation').map(({ members }) => members));
}

function Opened({ cycle, progress }: { readonly cycle: Cycle; readonly progress: readonly Progress[] }): ReactElement {
  const { t } = useTranslation('cycles');
  const left = useWorkingDays();
  const opened = openedOf(progress);
  const first = cycle.phases[0];
  const isOver = cycle.phases.some(({ state }) => state !== 'planned');
  const words = t('start.opening.count', { opened, members: cycle.members });
  if (cycle.status === 'cancelled') return <div className="note warn">{t('start.opening.stopped')}</div>;
  return (
    <>
      <p>
        <strong>{cycle.name}</strong>
      </p>
      <progress className="opening" value={opened} max={cycle.members} aria-label={words} />
      <p role="status" className="row">
        {words}
        {opened >= cycle.members && <Mark kind="good">{t('start.opening.done')}</Mark>}
      </p>
      {isOver && opened < cycle.members && <p>{t('start.opening.closeLeft', { count: cycle.members - opened })}</p>}
      {!isOver && opened === 0 && first && !left(first.opensAt).kind.startsWith('over') && (
        <div className="note">{t('start.opening.later', { when: formatInstant(first.opensAt) })}</div>
      )}
      {opened < cycle.members && !isOver && <p className="soft">{t('start.opening.leave')}</p>}
    </>
  );
}
