import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { COMPANY_ZONE } from '../../pieces/format';
import type { CalendarDay, Site } from './queries';

export const REGIONS = ['CN', 'WEEKDAYS'] as const;
export type Region = (typeof REGIONS)[number];

/** A calendar to look at: a region's, or that of a site. */
export interface Place {
  readonly region: Region;
  readonly zone: string;
}

export function placeOf(chosen: string | undefined, sites: readonly Site[]): Place {
  const site = sites.find((one) => `site:${one.site}` === chosen);
  const region = REGIONS.find((one) => one === (site ? site.calendarRegion : chosen)) ?? 'CN';
  return { region, zone: site?.zone ?? COMPANY_ZONE };
}

export function yearQuery(year: string, region: Region) {
  const query = { first: `${year}-01-01`, last: `${year}-12-31`, region };
  return queryOptions({
    queryKey: ['calendar', 'year', query],
    staleTime: 60_000,
    queryFn: () => bodyOf(api.GET('/api/v1/calendar/days', { params: { query } })),
  });
}

export function todayIn(zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(Date.now());
}

/** The days of a month in weeks from Monday; null where the week reaches into another month. */
export function weeksOf(month: string, days: readonly CalendarDay[]): readonly (readonly (CalendarDay | null)[])[] {
  const own = days.filter(({ day }) => day.startsWith(`${month}-`));
  const before = Array.from({ length: weekday(`${month}-01`) - 1 }, () => null);
  const cells = [...before, ...own];
  const weeks: (CalendarDay | null)[][] = [];
  for (let first = 0; first < cells.length; first += 7) {
    const week = cells.slice(first, first + 7);
    weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => null)]);
  }
  return weeks;
}

/** 1 is Monday. */
function weekday(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

export function monthAfter(month: string, months: number): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  const count = year * 12 + of - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** What makes a day other than its weekday says; undefined for plain days. */
export type Mark = 'official-off' | 'make-up-workday' | 'own-off' | 'own-working';
export function markOf({ why, working }: CalendarDay): Mark | undefined {
  if (why === 'override') return working ? 'own-working' : 'own-off';
  return why === 'official-off' || why === 'make-up-workday' ? why : undefined;
}

export const MARK_SHAPES: Readonly<Record<Mark, string>> = {
  'official-off': '○',
  'make-up-workday': '●',
  'own-off': '◇',
  'own-working': '◆',
};
