import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { COMPANY_ZONE } from '../../pieces/format';

const DAY_MS = 86_400_000;
const LOOK_BACK_DAYS = 40;
const HOUR_MS = 3_600_000;

/** The calendar day that people where the company lives have now, and those before it. */
export function daysAgo(count: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    Date.now() - count * DAY_MS,
  );
}

/** The working days of the last weeks, today included, oldest first; by the company's calendar. */
export const workingDaysQuery = queryOptions({
  queryKey: ['calendar', 'working', LOOK_BACK_DAYS],
  staleTime: HOUR_MS,
  queryFn: async (): Promise<readonly string[]> => {
    const query = { first: daysAgo(LOOK_BACK_DAYS), last: daysAgo(0) };
    const { days } = await bodyOf(api.GET('/api/v1/calendar/days', { params: { query } }));
    return days.flatMap(({ day, working }) => (working ? [day] : []));
  },
});
