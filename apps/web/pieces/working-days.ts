import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, bodyOf } from '../api/client';
import { COMPANY_ZONE } from './format';

export type TimeLeft =
  | { readonly kind: 'days' | 'over-days'; readonly days: number }
  | { readonly kind: 'soon'; readonly time: string }
  | { readonly kind: 'today' | 'over' };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
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

/** The end of a day is the first moment of the next: it still belongs to the day that ends. */
function timeLeft(at: number, now: number, off: ReadonlySet<string>): TimeLeft {
  const isOver = at <= now;
  if (!isOver && at - now < 2 * HOUR_MS) return { kind: 'soon', time: hoursAndMinutes(at - now) };
  const [from, to] = isOver ? [at - 1, now] : [now, at - 1];
  let days = 0;
  for (let day = from + DAY_MS; dayOf(day) <= dayOf(to); day += DAY_MS) if (isWorking(day, off)) days += 1;
  if (days === 0) return { kind: isOver ? 'over' : 'today' };
  return { kind: isOver ? 'over-days' : 'days', days };
}

function dayOf(at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

function isWorking(at: number, off: ReadonlySet<string>): boolean {
  const day = dayOf(at);
  if (off.size > 0) return !off.has(day);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function hoursAndMinutes(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  return `${hours}:${String(Math.floor((ms % HOUR_MS) / MINUTE_MS)).padStart(2, '0')}`;
}
