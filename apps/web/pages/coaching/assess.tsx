import { Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { type Dimension, DIMENSIONS, isOver, type Plan, useAct } from './plans';

const LEVELS = [0, 1, 2, 3, 4, 5] as const;
type Values = Partial<Record<Dimension, number>>;

/** The assessment that is open for whoever looks: their earliest day that has come and that they have not done. */
export function openDay(plan: Plan, rater: 'self' | 'coach'): number | undefined {
  if (isOver(plan.status.status) || plan.status.status === 'paused') return undefined;
  return plan.assessmentDays.find((day) => day <= plan.day && !plan.assessments.some((done) => done.day === day && done.rater === rater));
}

/** Six dimensions from 0 to 5; said once a day of assessment, and kept. */
export function Assess({ plan }: { readonly plan: Plan }): ReactElement | null {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const say = useToast();
  const [values, setValues] = useState<Values>({});
  const rater = me.subject === plan.coach ? 'coach' : 'self';
  const day = openDay(plan, rater);
  const act = useAct(plan.planId, () => {
    setValues({});
    say(t('assess.done'));
  });
  if (day === undefined) return null;
  const { body, mind, thinking, knowledge, skill, action } = values;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (body === undefined || mind === undefined || thinking === undefined) return;
    if (knowledge === undefined || skill === undefined || action === undefined) return;
    act.mutate({ act: { act: 'assess', day, values: { body, mind, thinking, knowledge, skill, action } } });
  };
  const left = DIMENSIONS.filter((dimension) => values[dimension] === undefined).length;
  return (
    <form onSubmit={submit} className="stack assess" aria-label={t('assess.title', { day, who: t(`rater.${rater}`) })}>
      <h3>{t('assess.title', { day, who: t(`rater.${rater}`) })}</h3>
      <p className="soft">{t('assess.text')}</p>
      {DIMENSIONS.map((dimension) => (
        <fieldset key={dimension}>
          <legend>{t(`dimension.${dimension}`)}</legend>
          <div className="levels">
            {LEVELS.map((level) => (
              <label key={level}>
                <input
                  type="radio"
                  name={`${plan.planId}-${dimension}`}
                  value={level}
                  checked={values[dimension] === level}
                  onChange={() => setValues({ ...values, [dimension]: level })}
                />
                {level}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {act.error && <ProblemNote problem={act.error.problem} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={left > 0}>
          {t('assess.submit')}
        </Button>
        {left > 0 && <span className="soft">{t('assess.left', { count: left })}</span>}
      </div>
    </form>
  );
}
