import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '../../app/session';
import { Confirm } from '../../pieces/confirm';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { PersonSelect } from './person-select';
import { peopleQuery } from './people';
import { isOver, type Plan, useAct } from './plans';

const OUTCOMES = ['not-graduated', 'stopped', 'left', 'replaced'] as const;
type Outcome = (typeof OUTCOMES)[number];
const MOST_DAYS = 30;

/** Whether the signed-in person runs this plan: its coach, and HR; never the one whose plan it is. */
export function useManages(plan: Plan): boolean {
  const me = useMe();
  return me.subject !== plan.subject && (me.subject === plan.coach || hasRole(me, 'hr')) && !isOver(plan.status.status);
}

/** Stops and moves the day clock, ends the plan, hands it to another coach. */
export function Manage({ plan }: { readonly plan: Plan }): ReactElement {
  const me = useMe();
  const isPaused = plan.status.status === 'paused';
  return (
    <div className="row">
      {isPaused ? <Resume plan={plan} /> : <Pause plan={plan} />}
      <Extend plan={plan} isPaused={isPaused} />
      {hasRole(me, 'hr') && <ChangeCoach plan={plan} />}
      <End plan={plan} />
    </div>
  );
}

function Resume({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const say = useToast();
  const act = useAct(plan.planId, () => say(t('manage.resumed')));
  return (
    <>
      <Button type="primary" loading={act.isPending} onClick={() => act.mutate({ act: { act: 'resume' } })}>
        {t('manage.resume')}
      </Button>
      {act.error && <ProblemNote problem={act.error.problem} />}
    </>
  );
}

function Pause({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const say = useToast();
  const [cause, setCause] = useState<'leave' | 'pause'>('leave');
  const [reason, setReason] = useState('');
  const act = useAct(plan.planId, () => {
    setReason('');
    say(t('manage.paused'));
  });
  return (
    <Confirm
      act={t('manage.pause')}
      ready={reason.trim() !== ''}
      problem={act.error}
      onConfirm={() => act.mutateAsync({ act: { act: 'pause', cause, reason: reason.trim() } })}
      what={
        <div className="stack">
          <p>{t('manage.pauseText')}</p>
          <fieldset className="row">
            <legend>{t('manage.cause')}</legend>
            {(['leave', 'pause'] as const).map((one) => (
              <label key={one}>
                <input type="radio" name="pause-cause" checked={cause === one} onChange={() => setCause(one)} /> {t(`manage.causes.${one}`)}
              </label>
            ))}
          </fieldset>
          <Reason value={reason} onChange={setReason} />
        </div>
      }
    />
  );
}

function Extend({ plan, isPaused }: { readonly plan: Plan; readonly isPaused: boolean }): ReactElement {
  const { t } = useTranslation('coaching');
  const say = useToast();
  const id = useId();
  const [days, setDays] = useState('14');
  const [reason, setReason] = useState('');
  const act = useAct(plan.planId, () => say(t('manage.extended')));
  const count = /^\d{1,2}$/.test(days) ? Number.parseInt(days, 10) : 0;
  const blocked =
    plan.extensionDays > 0 ? t('manage.extendedAlready', { count: plan.extensionDays }) : isPaused ? t('manage.resumeFirst') : undefined;
  return (
    <Confirm
      act={t('manage.extend')}
      ready={count >= 1 && count <= MOST_DAYS && reason.trim() !== ''}
      blocked={blocked}
      problem={act.error}
      onConfirm={() => act.mutateAsync({ act: { act: 'extend', days: count, reason: reason.trim() } })}
      what={
        <div className="stack">
          <p>{t('manage.extendText', { count: MOST_DAYS })}</p>
          <div className="field">
            <label htmlFor={id}>{t('manage.days')}</label>
            <input
              id={id}
              type="number"
              min={1}
              max={MOST_DAYS}
              className="plain-input"
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          </div>
          <Reason value={reason} onChange={setReason} />
        </div>
      }
    />
  );
}

function End({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const say = useToast();
  const id = useId();
  const [outcome, setOutcome] = useState<Outcome>('not-graduated');
  const [reason, setReason] = useState('');
  const act = useAct(plan.planId, () => say(t('manage.ended')));
  return (
    <Confirm
      act={t('manage.end')}
      danger
      ready={reason.trim() !== ''}
      problem={act.error}
      onConfirm={() => act.mutateAsync({ act: { act: 'end', outcome, reason: reason.trim() } })}
      what={
        <div className="stack">
          <p>{t('manage.endText', { name: plan.name ?? t('erased') })}</p>
          <div className="field">
            <label htmlFor={id}>{t('manage.outcome')}</label>
            <select
              id={id}
              className="plain-select"
              value={outcome}
              onChange={(event) => setOutcome(OUTCOMES.find((one) => one === event.target.value) ?? outcome)}
            >
              {OUTCOMES.map((one) => (
                <option key={one} value={one}>
                  {t(`outcome.${one}`)}
                </option>
              ))}
            </select>
          </div>
          <Reason value={reason} onChange={setReason} />
        </div>
      }
    />
  );
}

function ChangeCoach({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const say = useToast();
  const [coach, setCoach] = useState<string>();
  const coaches = useQuery(peopleQuery('coaches'));
  const act = useAct(plan.planId, () => say(t('manage.coachChanged')));
  return (
    <Confirm
      act={t('manage.changeCoach')}
      ready={coach !== undefined && coach !== plan.coach}
      problem={act.error}
      onConfirm={() => (coach === undefined ? Promise.resolve() : act.mutateAsync({ act: { act: 'change-coach', coach } }))}
      what={
        <div className="stack">
          <p>{t('manage.coachText', { name: plan.coachName ?? t('erased') })}</p>
          <PersonSelect
            label={t('coach')}
            value={coach}
            onChange={setCoach}
            people={(coaches.data ?? []).filter(({ subject }) => subject !== plan.subject)}
            isLoading={coaches.isPending}
          />
        </div>
      }
    />
  );
}

function Reason({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }): ReactElement {
  const { t } = useTranslation('coaching');
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('manage.reason')}</label>
      <input id={id} className="plain-input" maxLength={120} value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}
