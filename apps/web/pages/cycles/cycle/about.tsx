import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatExact, formatInstant } from '../../../pieces/format';
import { Go } from '../../../pieces/go';
import { Panel } from '../../../pieces/page';
import type { Cycle } from '../queries';
import { SchemeName } from '../scheme-name';
import { ScopeWords } from '../scope-words';

const EXCLUSIONS = [
  'not-in-scope',
  'no-manager',
  'not-employed-in-period',
  'left',
  'in-other-cycle',
  'paid-in-other-period',
  'set-aside-by-hr',
] as const;

/** What was decided when the cycle was started. */
export function About({ cycle }: { readonly cycle: Cycle }): ReactElement {
  const { t } = useTranslation('cycles');
  const { scheme, scope, excluded, calendar, startedAt, publishedAt, ranked, dayLengthMs } = cycle;
  const wordOf = (reason: string): string => {
    const known = EXCLUSIONS.find((one) => one === reason);
    return known === undefined ? reason : t(`exclusion.${known}`);
  };
  return (
    <Panel title={t('cycle.tabs.about')}>
      <dl className="pairs">
        <dt>{t('cycle.scheme')}</dt>
        <dd>
          <Go to={`/schemes/${scheme.schemeId}?version=${scheme.version}`}>
            <SchemeName scheme={scheme} />
          </Go>
        </dd>
        <dt>{t('cycle.scope')}</dt>
        <dd>
          <ScopeWords scope={scope} />
        </dd>
        <dt>{t('cycle.excluded')}</dt>
        <dd>{excluded.length === 0 ? '–' : excluded.map(({ reason, count }) => `${wordOf(reason)} ${count}`).join(' · ')}</dd>
        <dt>{t('cycle.calendar')}</dt>
        <dd>
          {t('cycle.calendarText', {
            region: t(`calendarRegion.${calendar.region === 'WEEKDAYS' ? 'WEEKDAYS' : 'CN'}`),
            zone: calendar.zone,
          })}
        </dd>
        <dt>{t('cycle.ranked')}</dt>
        <dd>{ranked ? t('cycle.rankedYes') : t('cycle.rankedNo')}</dd>
        <dt>{t('cycle.started')}</dt>
        <dd>{formatInstant(startedAt)}</dd>
        {publishedAt !== null && (
          <>
            <dt>{t('cycle.publishedAt')}</dt>
            <dd>{formatInstant(publishedAt)}</dd>
          </>
        )}
      </dl>
      {dayLengthMs !== null && <p className="soft">{t('cycle.shortDays', { seconds: formatExact(String(dayLengthMs / 1000)) })}</p>}
    </Panel>
  );
}
