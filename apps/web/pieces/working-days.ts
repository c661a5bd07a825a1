import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, bodyOf } from '../api/client';
import { dayOf, type TimeLeft, timeLeft } from './time-left';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Days around now that deadlines on pages may count over. */
const BACK_DAYS = 60;
const AHEAD_DAYS = 200;

/** Working days between now and an instant, by the company's calendar as the API tells it. */
export function useWorkingDays(): (at: string) => TimeLeft {
  const { data: off } = useQuery(daysOffQuery);
  return useCallback((at) => timeLeft(Date.parse(at), Date.now(), off ?? new Set()), [off]);
}

const daysOffQuery = {
  queryKey: ['calendar', 'days-off'],
  staleTime: HOUR_MS,
  queryFn: async (): Promise<ReadonlySet<string>> => {
    const now = Date.now();
    const query = { first: dayOf(now - BACK_DAYS * DAY_MS), last: dayOf(now + AHEAD_DAYS * DAY_MS) };
    const { days } = await bodyOf(api.GET('/api/v1/calendar/days', { params: { query } }));
    return new Set(days.filter(({ working }) => !working).map(({ day }) => day));
  },
};
