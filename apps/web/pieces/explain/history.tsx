import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { language } from '../../texts';
import { Answer } from '../answer';
import { formatInstant } from '../format';
import { useActorWords } from './actor';

/** Every change of the appraisal with the event it stands in. */
export function History({ appraisalId }: { readonly appraisalId: string }): ReactElement {
  const { t } = useTranslation('explain');
  const actor = useActorWords();
  const now = language();
  const query = useQuery({
    queryKey: ['appraisal', appraisalId, 'history', now],
    queryFn: () =>
      bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/history', { params: { path: { appraisalId }, query: { language: now } } })),
  });
  return (
    <Answer query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="soft">{t('historyNone')}</p>
        ) : (
          <ol className="cards">
            {items.map(({ position, at, what, why, byName, by, type }) => (
              <li key={position}>
                <div>{what}</div>
                {why !== null && <div>{t('because', { reason: why })}</div>}
                <div className="soft">
                  {formatInstant(at)} · {actor(by, byName)} · #{position} {type}
                </div>
              </li>
            ))}
          </ol>
        )
      }
    </Answer>
  );
}
