import { useNavigate, useRouterState } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { COMPANY_ZONE, formatPeriod } from '../pieces/format';
import { lackedAt } from './guard';
import { isOfPeriod, periodOfPath } from './period';
import { useMe } from './session';

const MONTHS_BACK = 14;

/** The period that lists are about; it stands in the address, so that a link says it, too. Absent where it would do nothing. */
export function PeriodPicker(): ReactElement | null {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const me = useMe();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const named = useRouterState({ select: ({ location }) => (location.search as { period?: string }).period ?? '' });
  const own = periodOfPath(path);
  if ((own === undefined && !isOfPeriod(path)) || lackedAt(path, me.roles)) return null;
  const period = own ?? named;
  const offered = periodsAround(period);
  const choose = (next: string): void => {
    if (own !== undefined) {
      void (next === '' ? navigate({ to: '/me/statement' }) : navigate({ to: '/me/statement/$period', params: { period: next } }));
      return;
    }
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
