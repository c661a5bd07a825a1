import type { Instant } from '#kernel';
import {
  CALENDAR_REGIONS,
  type CalendarRegion,
  dayAt,
  deadline,
  type WorkCalendar,
  workCalendar,
  workingDaysBetween,
} from '#libs/calendar';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { AppealCalendar, RecordedDeadline, Remaining } from '../contracts';

/** Derives deadlines on the calendar that the appeal recorded, with the company's overrides as they are now. */
export interface AppealClock {
  readonly calendar: AppealCalendar;
  due(start: Instant, workingDays: number): RecordedDeadline;
  /** What is left of a deadline when its clock stops, at least a day once it was set. */
  remaining(now: Instant, decideBy: RecordedDeadline | undefined, workingDays: number): Remaining;
  /** A stopped clock goes on. */
  resumed(now: Instant, remaining: Remaining): RecordedDeadline;
}

export interface SiteCalendar {
  readonly region: string;
  readonly zone: string;
  readonly dayLengthMs?: number | undefined;
}

export async function appealClock(organisation: OrganisationReader, site: SiteCalendar): Promise<AppealClock> {
  const region = regionOf(site.region);
  const overrides = (await organisation.calendarOverrides(region)).map(({ day, working }) => ({ day, working }));
  return clockOn(workCalendar({ region, overrides }), site);
}

function regionOf(text: string): CalendarRegion {
  return CALENDAR_REGIONS.find((region) => region === text) ?? 'CN';
}

export function clockOn(work: WorkCalendar, { zone, dayLengthMs }: SiteCalendar): AppealClock {
  const due = (start: Instant, workingDays: number): RecordedDeadline => {
    const { at, day, derivation } = deadline({ start, workingDays, calendar: work, zone, dayLengthMs });
    return { at, day, derivation: { ...derivation, skipped: [...derivation.skipped], flaggedYears: [...derivation.flaggedYears] } };
  };
  return {
    calendar: { region: work.region, version: work.version, zone, ...(dayLengthMs === undefined ? {} : { dayLengthMs }) },
    due,
    remaining(now, decideBy, workingDays) {
      if (!decideBy) return { workingDays };
      if (dayLengthMs !== undefined) return { workingDays, ms: Math.max(dayLengthMs, Date.parse(decideBy.at) - Date.parse(now)) };
      return { workingDays: Math.max(1, workingDaysBetween(dayAt(now, zone), decideBy.day, work)) };
    },
    resumed(now, { workingDays, ms }) {
      if (ms === undefined || dayLengthMs === undefined) return due(now, workingDays);
      return due(now, Math.max(1, Math.ceil(ms / dayLengthMs)));
    },
  };
}
