import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { Answer } from '../answer';
import { formatDay } from '../format';

/** Why a plan has the status that it has: it is worked out from what is recorded, never typed. */
export function PlanBasis({ planId }: { readonly planId: string }): ReactElement {
  const { t } = useTranslation('explain');
  const query = useQuery({
    queryKey: ['plan', planId],
    queryFn: () => bodyOf(api.GET('/api/v1/plans/{planId}', { params: { path: { planId } } })),
  });
  return (
    <Answer query={query}>
      {({ status, gates }) => (
        <>
          <h3>{t('plan.title')}</h3>
          <p>
            <strong>{status.reason}</strong>
          </p>
          {status.missing && status.missing.length > 0 && (
            <>
              <h3>{t('plan.missing')}</h3>
              <ul>
                {status.missing.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </>
          )}
          <h3>{t('plan.gates')}</h3>
          <ol>
            {gates.map(({ stage, dueDay, state, missing }) => (
              <li key={stage}>
                {t('plan.due', { day: formatDay(dueDay) })} · {state}
                {missing.length > 0 && ` · ${missing.join('、')}`}
              </li>
            ))}
          </ol>
        </>
      )}
    </Answer>
  );
}
