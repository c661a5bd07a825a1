import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Explained, explainPlan } from '../../pieces/explain/explained';
import { Mark } from '../../pieces/mark';
import { STATUS_MARKS, usePlanWords } from '../../pieces/plan-words';
import type { Plan } from './plans';

/** A plan's status with its reason; opens what it is derived from. */
export function PlanStatus({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const words = usePlanWords();
  const { status } = plan.status;
  const name = t(`status.${status}`);
  return (
    <div className="plan-status">
      <Explained of={explainPlan(plan.planId)} what={t('whyStatus', { status: name })}>
        <Mark kind={STATUS_MARKS[status]}>{name}</Mark>
      </Explained>{' '}
      <span>{words.reason(plan)}</span>
    </div>
  );
}
