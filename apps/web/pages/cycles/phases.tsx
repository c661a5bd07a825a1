import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Deadline } from '../../pieces/deadline';
import { explainDeadline, Explained } from '../../pieces/explain/explained';
import { formatEnd, formatInstant } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { useWorkingDays } from '../../pieces/working-days';
import type { Cycle, PhaseOfCycle, Progress } from './queries';
import { owedIn, StateMark } from './words';

/** The phases of a cycle as they follow one another, each with its dates and how many are done. */
export function Phases({ cycle, progress }: { readonly cycle: Cycle; readonly progress: readonly Progress[] }): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <ol className="phases" aria-label={t('bar.label')}>
      {cycle.phases.map((phase) => (
        <li key={phase.phase} className={phase.state}>
          <PhaseCell cycle={cycle} phase={phase} counts={progress.find((one) => one.phase === phase.phase)} />
        </li>
      ))}
    </ol>
  );
}

function PhaseCell({
  cycle,
  phase,
  counts,
}: {
  readonly cycle: Cycle;
  readonly phase: PhaseOfCycle;
  readonly counts: Progress | undefined;
}): ReactElement {
  const { t } = useTranslation('cycles');
  const name = t(`phase.${phase.phase}`);
  return (
    <>
      <strong>{name}</strong>
      <span>
        <StateMark state={phase.state} />
      </span>
      {counts && counts.members > 0 && <Counts counts={counts} phase={phase} name={name} />}
      <Explained of={explainDeadline(cycle.cycleId, phase.phase)} what={t('bar.why', { phase: name })}>
        <PhaseTime phase={phase} />
      </Explained>
    </>
  );
}

function Counts({ counts, phase, name }: { readonly counts: Progress; readonly phase: PhaseOfCycle; readonly name: string }): ReactElement {
  const { t } = useTranslation('cycles');
  const { members, done, late, skipped } = counts;
  // Results come out for all at once: nobody does anything for it.
  if (phase.phase === 'publication') return <span className="counts">{t('counts.published', { count: members })}</span>;
  const owed = owedIn(counts);
  const words = t('counts.done', { done, members });
  return (
    <>
      <span className="counts">{words}</span>
      <progress value={done} max={members} aria-label={`${name}: ${words}`} />
      <span className="row">
        {phase.state === 'open' && owed > 0 && <OwedMark owed={owed} closesAt={phase.closesAt} />}
        {late > 0 && <Mark kind="warn">{t('counts.late', { count: late })}</Mark>}
        {skipped > 0 && <Mark kind="plain">{t('counts.skipped', { count: skipped })}</Mark>}
      </span>
    </>
  );
}

/** Those who are not done: waiting while there is time, late afterwards. */
function OwedMark({ owed, closesAt }: { readonly owed: number; readonly closesAt: string }): ReactElement {
  const { t } = useTranslation('cycles');
  return useWorkingDays()(closesAt).kind.startsWith('over') ? (
    <Mark kind="bad">{t('counts.overdue', { count: owed })}</Mark>
  ) : (
    <Mark kind="plain">{t('counts.owed', { count: owed })}</Mark>
  );
}

function PhaseTime({ phase: { state, opensAt, closesAt, closedAt } }: { readonly phase: PhaseOfCycle }): ReactElement {
  const { t } = useTranslation('cycles');
  if (state === 'closed') return <>{t('bar.closed', { when: formatEnd(closedAt ?? closesAt) })}</>;
  if (state === 'planned') return <>{t('bar.planned', { when: formatInstant(opensAt) })}</>;
  return <Deadline at={closesAt} />;
}
