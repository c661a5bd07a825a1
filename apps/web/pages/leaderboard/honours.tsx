import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAmount, formatPeriod } from '../../pieces/format';
import type { Honour } from './boards';

/** Who led each period when it was published. */
export function Honours({ honours }: { readonly honours: readonly Honour[] }): ReactElement {
  const { t } = useTranslation('leaderboard');
  if (honours.length === 0) return <p className="soft">{t('honours.none')}</p>;
  return (
    <ul className="cards honours">
      {honours.map((honour) => (
        <li key={honour.cycleId}>
          <div className="row">
            <span aria-hidden="true" className="medal">
              ★
            </span>
            <div>
              <div>
                <strong>{t(`honours.${honour.honour}`)}</strong> <span className="soft">{formatPeriod(honour.period)}</span>
              </div>
              <Holders of={honour} />
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Holders({ of: { holders } }: { readonly of: Honour }): ReactElement {
  const { t } = useTranslation('leaderboard');
  if (holders.length === 0) return <span className="soft">{t('honours.vacant')}</span>;
  return (
    <>
      {holders.map(({ subject, name, isViewer, value }, index) => (
        <div key={subject ?? `holder-${index}`}>
          {isViewer ? t('you', { name: name ?? '' }) : (name ?? t('erased'))} <span className="number">{formatAmount(value)}</span>
        </div>
      ))}
    </>
  );
}
