import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlanWords } from '../../pieces/plan-words';
import { type Gate, isOver, lastDayOf, type Plan } from './plans';

const SHAPES: Readonly<Record<Gate['state'], string>> = { passed: '✓', overdue: '▲', open: '' };

/**
 * The stages as one bar: what has passed is filled, the line below runs to where the plan should be today. The same is said
 * in a sentence, which is what the bar is read out as.
 */
export function PlanBar({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const words = usePlanWords();
  const days = lastDayOf(plan);
  const day = Math.min(plan.day, days);
  const share = (part: number): string => `${(part / days) * 100}%`;
  const passed = plan.gates.filter(({ state }) => state === 'passed').length;
  const expected = plan.stages.filter(({ toDay }) => toDay < plan.day - plan.extensionDays).length;
  const sentence = t('bar.sentence', { day: plan.day, days: days + plan.extensionDays, passed, expected, of: plan.stages.length });
  return (
    <figure className="plan-bar">
      <div role="img" aria-label={sentence}>
        <div className="stages" aria-hidden="true">
          {plan.stages.map((stage) => {
            const state = plan.gates.find((gate) => gate.stage === stage.stage)?.state ?? 'open';
            const isNow = !isOver(plan.status.status) && stage.fromDay <= day && day <= stage.toDay;
            return (
              <div
                key={stage.stage}
                className={`part ${state}${isNow ? ' now' : ''}`}
                style={{ width: share(stage.toDay - stage.fromDay + 1) }}
                title={`${words.stage(stage)} · ${t('bar.days', { from: stage.fromDay, to: stage.toDay })}`}
              >
                {SHAPES[state]} {stage.stage}
              </div>
            );
          })}
        </div>
        <div className="expected" aria-hidden="true">
          <div className="line" style={{ width: share(day) }} />
          <div className={day > days / 2 ? 'today left' : 'today'} style={{ insetInlineStart: share(day) }}>
            {t('bar.today', { day: plan.day })}
          </div>
        </div>
      </div>
      <figcaption>{sentence}</figcaption>
    </figure>
  );
}
