import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../pieces/format';
import { usePlanWords } from '../../pieces/plan-words';
import type { Plan } from './plans';

/** What happened to a plan: every try at a gate, pauses, extensions, changes of the coach, the end. */
export function Happenings({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const words = usePlanWords();
  return (
    <ul className="cards">
      {plan.happenings.map((step) => (
        <li key={`${step.what} ${step.at} ${step.stage ?? ''}`}>
          <div>
            <Words step={step} /> {step.stage !== null && words.stageOf(plan, step.stage)}
            {step.attempt !== null && step.attempt > 1 && ` · ${t('happened.attempt', { count: step.attempt })}`}
            {step.days !== null && ` · ${t('happened.days', { count: step.days })}`}
            {step.reason !== null && ` · ${step.reason}`}
            {step.missing.length > 0 && ` · ${t('happened.missing', { missing: words.missing(step.missing) })}`}
          </div>
          <div className="soft">
            {step.byName ?? t('bySystem')} · {formatInstant(step.at)}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Words({ step: { what } }: { readonly step: Plan['happenings'][number] }): ReactElement {
  const { t } = useTranslation('coaching');
  switch (what) {
    case 'CoachingPlanStarted':
    case 'CoachChanged':
    case 'GatePassed':
    case 'GateFailed':
    case 'GateOverdue':
    case 'PlanPaused':
    case 'PlanResumed':
    case 'PlanExtended':
    case 'PlanGraduated':
    case 'PlanEnded':
      return <strong>{t(`happened.${what}`)}</strong>;
    default:
      return <strong>{what}</strong>;
  }
}
