import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Freshness } from '../api/live';
import { formatTime } from './format';
import { Mark } from './mark';

/** Says how fresh what stands beside it is. */
export function LiveMark({ freshness }: { readonly freshness: Freshness }): ReactElement {
  const { t } = useTranslation('common');
  switch (freshness.state) {
    case 'connecting':
      return <Mark kind="plain">{t('live.connecting')}</Mark>;
    case 'live':
      return <Mark kind="run">{t('live.live')}</Mark>;
    case 'ended':
      return <Mark kind="plain">{t('live.ended')}</Mark>;
    case 'lost':
      return (
        <span role="status">
          <Mark kind="warn">{freshness.at === undefined ? t('live.lostEmpty') : t('live.lost', { time: formatTime(freshness.at) })}</Mark>
        </span>
      );
  }
}
