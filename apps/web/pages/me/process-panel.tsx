import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Deadline } from '../../pieces/deadline';
import { Explained, explainDeadline } from '../../pieces/explain/explained';
import { Mark, type MarkKind } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { windowWords } from './days';
import type { Process } from './queries';
import { comingPhase, isOpen } from './where';

type Phase = Process['phases'][number];

/** The phases of the cycle in a row, with their windows and where the person is. */
export function ProcessPanel({ process }: { readonly process: Process }): ReactElement {
  const { t } = useTranslation('me');
  return (
    <Panel title={t('process.title')}>
      {process.status === 'paused' && <div className="note warn">{t('process.paused')}</div>}
      {process.status === 'cancelled' && <div className="note warn">{t('process.cancelled')}</div>}
      <ol className="process">
        {process.phases.map((phase) => (
          <PhaseStep key={phase.phase} phase={phase} process={process} />
        ))}
      </ol>
      <Coming process={process} />
      {process.here === null && process.status !== 'cancelled' && <p className="soft">{t('process.over')}</p>}
      {process.shortDays && <p className="soft">{t('process.short')}</p>}
    </Panel>
  );
}

/** Where the person's own phase is not open: what comes next, and when. */
function Coming({ process }: { readonly process: Process }): ReactElement | null {
  const { t } = useTranslation('me');
  const phase = comingPhase(process);
  if (!phase || process.status === 'cancelled' || process.status === 'paused') return null;
  const name = t(`phase.${phase.phase}`);
  const { from, to } = windowWords({ from: phase.opensAt, to: ownDeadline(phase, process), short: process.shortDays });
  return (
    <p role="status">
      {phase.state === 'open' ? t('process.nowOpen', { phase: name, when: to }) : t('process.coming', { phase: name, when: from })}
    </p>
  );
}

function PhaseStep({ phase, process }: { readonly phase: Phase; readonly process: Process }): ReactElement {
  const { t } = useTranslation('me');
  const isHere = process.here === phase.phase && isOpen(phase);
  const isNext = comingPhase(process)?.phase === phase.phase;
  const name = t(`phase.${phase.phase}`);
  const until = ownDeadline(phase, process);
  const window = windowWords({ from: phase.openedAt ?? phase.opensAt, to: phase.closedAt ?? until, short: process.shortDays });
  return (
    <li aria-current={isHere ? 'step' : undefined} className={`phase ${phase.state}${isHere ? ' here' : ''}`}>
      <span className="row">
        <strong>{name}</strong>
        {isHere && <Mark kind="run">{t('process.here')}</Mark>}
        {isNext && <Mark kind="plain">{t('process.next')}</Mark>}
      </span>
      <Explained
        of={explainDeadline(process.cycleId, phase.phase)}
        what={`${t('process.why', { phase: name })}: ${t('process.window', window)}`}
      >
        <span className="day">{window.from}</span>
        {window.from !== window.to && (
          <>
            {' – '}
            <span className="day">{window.to}</span>
          </>
        )}
      </Explained>
      <span className="row">
        <Mark kind={MARKS[phase.state]}>{t(`process.${phase.state}`)}</Mark>
        {phase.own?.late === true && <Mark kind="warn">{t('process.late')}</Mark>}
      </span>
      {phase.own && phase.state !== 'planned' && (
        <span className="soft">{t(`process.${phase.phase === 'self-review' ? 'mine' : 'theirs'}.${phase.own.state}`)}</span>
      )}
      {isHere && <Deadline at={until} />}
    </li>
  );
}

const MARKS: Readonly<Record<Phase['state'], MarkKind>> = { planned: 'plain', open: 'run', complete: 'good', closed: 'good' };

/** The person's own may be later than the phase's: a result that came out after the others. */
function ownDeadline({ phase, closesAt }: Phase, { acts }: Process): string {
  const act = phase === 'confirmation' ? 'confirm' : phase === 'appeals' ? 'appeal' : undefined;
  return acts.find((one) => one.act === act)?.until ?? closesAt;
}
