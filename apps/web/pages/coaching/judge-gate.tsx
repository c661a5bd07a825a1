import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { usePlanWords } from '../../pieces/plan-words';
import { type Gate, type Plan, useAct } from './plans';

/** The coach's word on a gate: passing needs the evidence, not passing says why. Decided on what is on the page, by its version. */
export function JudgeGate({ plan, gate }: { readonly plan: Plan; readonly gate: Gate }): ReactElement {
  const { t } = useTranslation('coaching');
  const words = usePlanWords();
  const say = useToast();
  const id = useId();
  const [note, setNote] = useState('');
  const act = useAct(plan.planId, (done) => {
    setNote('');
    say(done.act === 'judge-gate' && done.passed ? t('judge.passed') : t('judge.failed'));
  });
  const isPaused = plan.status.status === 'paused';
  const blocked = isPaused
    ? t('judge.paused')
    : gate.missing.length > 0
      ? t('judge.blocked', { missing: words.missing(gate.missing) })
      : undefined;
  const judge = (passed: boolean): void => {
    const text = note.trim();
    act.mutate({
      act: { act: 'judge-gate', stage: gate.stage, passed, ...(text === '' ? {} : { note: text }) },
      version: plan.version,
    });
  };
  return (
    <div className="stack judge" role="group" aria-label={t('judge.title', { stage: words.stageOf(plan, gate.stage) })}>
      <div className="field">
        <label htmlFor={id}>{t('judge.note')}</label>
        <textarea
          id={id}
          className="plain-input"
          rows={2}
          maxLength={4_000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {act.error && <ProblemNote problem={act.error.problem} />}
      <div className="row">
        <Button type="primary" disabled={blocked !== undefined} title={blocked} loading={act.isPending} onClick={() => judge(true)}>
          {t('judge.pass')}
        </Button>
        <Button disabled={isPaused || note.trim() === ''} loading={act.isPending} onClick={() => judge(false)}>
          {t('judge.fail')}
        </Button>
        <span className="soft">{blocked ?? (note.trim() === '' ? t('judge.failNeedsWhy') : '')}</span>
      </div>
    </div>
  );
}
