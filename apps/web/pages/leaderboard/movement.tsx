import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from './boards';

/** How the place has changed since the day began: arrow, number and words, never colour alone. */
export function Movement({ of: { place, placeBefore } }: { readonly of: Pick<Entry, 'place' | 'placeBefore'> }): ReactElement {
  const { t } = useTranslation('leaderboard');
  if (placeBefore === null) return <span className="move">{t('move.fresh')}</span>;
  const places = Math.abs(placeBefore - place);
  if (places === 0) {
    return (
      <span className="move" title={t('move.same')}>
        <span aria-hidden="true">–</span>
        <span className="hidden">{t('move.same')}</span>
      </span>
    );
  }
  const isUp = place < placeBefore;
  const words = t(isUp ? 'move.up' : 'move.down', { count: places, from: placeBefore });
  return (
    <span className={isUp ? 'move up' : 'move down'} title={words}>
      <span aria-hidden="true">
        {isUp ? '▲' : '▼'} {places}
      </span>
      <span className="hidden">{words}</span>
    </span>
  );
}
