import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { Answer } from '../answer';
import { formatDay } from '../format';
import { Mark } from '../mark';
import { type Plan, STATUS_MARKS, usePlanWords } from '../plan-words';
import { Whose } from './whose';

/** Why a plan has the status that it has: it is worked out from what is recorded, never typed. */
export function PlanBasis({ planId }: { readonly planId: string }): ReactElement {
  const query = useQuery({
    queryKey: ['plan', planId],
    queryFn: () => bodyOf(api.GET('/api/v1/plans/{planId}', { params: { path: { planId } } })),
  });
  return <Answer query={query}>{(plan) => <Basis plan={plan} />}</Answer>;
}

function Basis({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('explain');
  const { t: coaching } = useTranslation('coaching');
  const words = usePlanWords();
  const { status, missing = [] } = plan.status;
  return (
    <>
      <Whose name={plan.name} of={t('plan.day', { day: plan.day })} />
      <h3>{t('plan.title')}</h3>
      <p className="sentence">
        <Mark kind={STATUS_MARKS[status]}>{coaching(`status.${status}`)}</Mark> <strong>{words.reason(plan)}</strong>
      </p>
      {missing.length > 0 && (
        <p>
          {t('plan.missing')}: {words.missing(missing)}
        </p>
      )}
      <h3>{t('plan.gates')}</h3>
      <ol>
        {plan.gates.map((gate) => (
          <li key={gate.stage}>
            {words.stageOf(plan, gate.stage)} · {t('plan.due', { day: formatDay(gate.dueDay) })} · {coaching(`gate.${gate.state}`)}
            {gate.missing.length > 0 && ` · ${t('plan.missing')}: ${words.missing(gate.missing)}`}
          </li>
        ))}
      </ol>
    </>
  );
}
