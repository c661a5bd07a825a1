import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CommandHeaders, ifMatch } from '../../../api/intent';
import { api, bodyOf } from '../../../api/client';
import { useCommand } from '../../../api/command';
import { Confirm } from '../../../pieces/confirm';
import { formatEnd } from '../../../pieces/format';
import { useToast } from '../../../pieces/toast';
import type { Cycle, Phase, PhaseOfCycle, Progress } from '../queries';
import { owedIn } from '../words';
import { ReasonField } from './reason-field';

interface Extension {
  readonly phase: Phase;
  readonly closesAt: string;
  readonly reason: string;
  /** Of the cycle that was looked at. */
  readonly version: number;
}
const MOST_DAYS = 60;

/** An open phase ends some working days later; the new deadline is derived by the cycle's calendar before it is asked for. */
export function Extend({ cycle, progress }: { readonly cycle: Cycle; readonly progress: readonly Progress[] }): ReactElement {
  const { t } = useTranslation('cycles');
  const say = useToast();
  const open = cycle.phases.filter(({ state }) => state === 'open' || state === 'complete');
  const [phase, setPhase] = useState<Phase>();
  const [days, setDays] = useState(1);
  const [reason, setReason] = useState('');
  const chosen = open.find((one) => one.phase === phase) ?? open[0];
  const next = useExtendedEnd(cycle, chosen, days);
  const extend = useCommand({
    send: ({ version, ...body }: Extension, header: CommandHeaders) =>
      bodyOf(
        api.POST('/api/v1/cycles/{cycleId}/extend', {
          params: { path: { cycleId: cycle.cycleId }, header: { ...header, ...ifMatch(version) } },
          body,
        }),
      ),
    touches: [['cycles']],
    onDone: () => say(t('acts.extended')),
  });
  const blocked = cycle.status !== 'running' ? t('acts.notRunning') : chosen ? undefined : t('acts.noOpenPhase');
  const send = (): Promise<unknown> =>
    chosen && next !== undefined
      ? extend.mutateAsync({ phase: chosen.phase, closesAt: next, reason: reason.trim(), version: cycle.version })
      : Promise.resolve();
  return (
    <Confirm
      act={t('acts.extend')}
      blocked={blocked}
      ready={next !== undefined && reason.trim() !== ''}
      problem={extend.error}
      onConfirm={send}
      what={
        chosen && (
          <>
            <p>{t('acts.extendWhat', { phase: t(`phase.${chosen.phase}`), count: owedOf(chosen, progress) })}</p>
            <div className="stack">
              {open.length > 1 && <PhaseField phases={open} chosen={chosen.phase} onChoose={setPhase} />}
              <div className="field">
                <label htmlFor="extend-days">{t('acts.days')}</label>
                <input
                  id="extend-days"
                  className="plain-input"
                  type="number"
                  min={1}
                  max={MOST_DAYS}
                  value={days}
                  onChange={({ target: { valueAsNumber } }) => setDays(Math.min(Math.max(Math.trunc(valueAsNumber) || 1, 1), MOST_DAYS))}
                />
              </div>
              <dl className="pairs">
                <dt>{t('acts.oldEnd')}</dt>
                <dd>{formatEnd(chosen.closesAt)}</dd>
                <dt>{t('acts.newEnd')}</dt>
                <dd>{next === undefined ? '…' : formatEnd(next)}</dd>
              </dl>
              <ReasonField id="extend-reason" value={reason} onChange={setReason} />
            </div>
            {extend.error?.isConflict === true && <Conflict phase={chosen} yours={next} />}
          </>
        )
      }
    />
  );
}

function owedOf({ phase }: PhaseOfCycle, progress: readonly Progress[]): number {
  return progress.filter((one) => one.phase === phase).reduce((sum, one) => sum + owedIn(one), 0);
}

function PhaseField({
  phases,
  chosen,
  onChoose,
}: {
  readonly phases: readonly PhaseOfCycle[];
  readonly chosen: Phase;
  readonly onChoose: (phase: Phase) => void;
}): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <div className="field">
      <label htmlFor="extend-phase">{t('acts.extendPhase')}</label>
      <select
        id="extend-phase"
        className="plain-select"
        value={chosen}
        onChange={(event) => {
          const found = phases.find(({ phase }) => phase === event.target.value);
          if (found) onChoose(found.phase);
        }}
      >
        {phases.map(({ phase }) => (
          <option key={phase} value={phase}>
            {t(`phase.${phase}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Somebody changed the cycle meanwhile: what stands now beside what was asked for; pressing again asks for it on top of that. */
function Conflict({ phase, yours }: { readonly phase: PhaseOfCycle; readonly yours: string | undefined }): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <div className="note warn" role="alert">
      <p>{t('acts.conflictNow', { phase: t(`phase.${phase.phase}`), when: formatEnd(phase.closesAt) })}</p>
      {yours !== undefined && <p>{t('acts.conflictYours', { when: formatEnd(yours) })}</p>}
    </div>
  );
}

/** So many working days after the end of now, or after today where that has passed. */
function useExtendedEnd(cycle: Cycle, phase: PhaseOfCycle | undefined, workingDays: number): string | undefined {
  const { calendar, dayLengthMs } = cycle;
  const closes = phase === undefined ? undefined : Date.parse(phase.closesAt);
  // The end of a day is the first moment of the next, from which one day more would be counted.
  const start = closes === undefined ? '' : new Date(closes - 1).toISOString();
  const query = useQuery({
    queryKey: ['calendar', 'deadline', start, workingDays, calendar.region, calendar.zone],
    enabled: closes !== undefined && dayLengthMs === null,
    queryFn: () => {
      const region = calendar.region === 'WEEKDAYS' ? 'WEEKDAYS' : 'CN';
      return bodyOf(api.GET('/api/v1/calendar/deadline', { params: { query: { start, workingDays, region, zone: calendar.zone } } }));
    },
  });
  if (closes === undefined) return undefined;
  return dayLengthMs === null ? query.data?.at : new Date(closes + workingDays * dayLengthMs).toISOString();
}
