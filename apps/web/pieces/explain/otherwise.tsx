import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../answer';
import { formatExact } from '../format';
import { explanationQuery, type ScoreAddress } from './score-queries';

/** What would have changed it, and by how much; first what belongs to the value that was opened. */
export function Otherwise({ address }: { readonly address: ScoreAddress }): ReactElement {
  const { t } = useTranslation('explain');
  const query = useQuery(explanationQuery(address));
  return (
    <Answer query={query}>
      {({ whyNot }) => {
        if (whyNot.length === 0) return <p className="soft">{t('otherwiseNone')}</p>;
        const own = whyNot.filter(({ key }) => key === address.key);
        return (
          <ul className="cards">
            {[...own, ...whyNot.filter((line) => !own.includes(line))].map((line) => (
              <li key={`${line.key} ${line.sentence}`}>
                {line.sentence}
                {line.missing !== null && <div className="soft">{t('missing', { amount: formatExact(line.missing) })}</div>}
              </li>
            ))}
          </ul>
        );
      }}
    </Answer>
  );
}
