import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../pieces/confirm';
import { LongText } from '../../pieces/long-text';
import { useToast } from '../../pieces/toast';
import { usePlanWords } from '../../pieces/plan-words';
import { type Gate, type Plan, useAct, WORDS_MOST } from './plans';

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
  const text = note.trim();
  const judge = (passed: boolean): Promise<unknown> =>
    act.mutateAsync({
      act: { act: 'judge-gate', stage: gate.stage, passed, ...(text === '' ? {} : { note: text }) },
      version: plan.version,
    });
  const named = { name: plan.name ?? t('erased'), stage: words.stageOf(plan, gate.stage) };
  return (
    <div className="stack judge" role="group" aria-label={t('judge.title', { stage: words.stageOf(plan, gate.stage) })}>
      <div className="field">
        <label htmlFor={id}>{t('judge.note')}</label>
        <LongText id={id} rows={2} most={WORDS_MOST} value={note} onChange={setNote} />
      </div>
      <div className="row">
        <Confirm
          act={t('judge.pass')}
          what={<p>{t('judge.passWhat', named)}</p>}
          primary
          blocked={blocked}
          problem={act.error}
          onConfirm={() => judge(true)}
        />
        {isPaused ? (
          <Button disabled title={blocked}>
            {t('judge.fail')}
          </Button>
        ) : (
          <Confirm
            act={t('judge.fail')}
            what={
              <>
                <p>{t('judge.failWhat', named)}</p>
                <blockquote className="said">{text}</blockquote>
              </>
            }
            blocked={text === '' ? t('judge.failNeedsWhy') : undefined}
            problem={act.error}
            onConfirm={() => judge(false)}
          />
        )}
      </div>
    </div>
  );
}
