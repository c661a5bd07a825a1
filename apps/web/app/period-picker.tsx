import { useNavigate, useRouterState } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { COMPANY_ZONE, formatPeriod } from '../pieces/format';

const MONTHS_BACK = 14;

/** The period that lists are about; it stands in the address, so that a link says it, too. */
export function PeriodPicker(): ReactElement {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const period = useRouterState({ select: ({ location }) => (location.search as { period?: string }).period ?? '' });
  const offered = periodsAround(period);
  const choose = (next: string): void => {
    void navigate({
      to: '.',
      search: (now: Record<string, unknown>) => ({ ...now, period: next === '' ? undefined : next, after: undefined }),
    });
  };
  return (
    <select aria-label={t('period')} value={period} onChange={(event) => choose(event.target.value)}>
      <option value="">{t('periodAll')}</option>
      {offered.map((one) => (
        <option key={one} value={one}>
          {formatPeriod(one)}
        </option>
      ))}
    </select>
  );
}

/** This month, those before it, their quarters and years; and the one that is chosen, whichever it is. */
function periodsAround(chosen: string): readonly string[] {
  const [year = 0, month = 1] = new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit' })
    .format(Date.now())
    .split('-')
    .map(Number);
  const last = year * 12 + month;
  const months = Array.from({ length: MONTHS_BACK }, (_, back) => last - back);
  const named = months.map((count) => ({ year: Math.floor(count / 12), month: (count % 12) + 1 }));
  const list = [
    ...named.map((one) => `${one.year}-${String(one.month).padStart(2, '0')}`),
    ...new Set(named.map((one) => `${one.year}-Q${Math.ceil(one.month / 3)}`)),
    ...new Set(named.map((one) => String(one.year))),
  ];
  return chosen === '' || list.includes(chosen) ? list : [chosen, ...list];
}
