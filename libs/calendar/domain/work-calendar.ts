import { createHash } from 'node:crypto';
import { canonicalJson, type PlainDay } from '#kernel';
import { CALENDAR_LIMITS, type CalendarRegion, type CalendarSettings, type DayWindow } from '../contracts/calendar';
import { addDays, dayOfWeek, yearOf } from './days';
import { type OfficialDays, WEEKDAYS_ONLY } from './official-days';
import { OFFICIAL_DAYS_CN } from './official-days.cn';

export type DayReason = 'override-worked' | 'override-off' | 'make-up-day' | 'holiday' | 'weekday' | 'weekend';

export interface DayStatus {
  readonly working: boolean;
  readonly reason: DayReason;
  /** True when the year is beyond the table of official days, so the answer is plain Monday to Friday and may change. */
  readonly flagged: boolean;
}

/** Which days are worked. Made by `workCalendar`; a value, safe to share. */
export interface WorkCalendar {
  readonly region: CalendarRegion;
  /** Table version and the hash of the overrides; recorded wherever a day was derived. */
  readonly version: string;
  readonly status: (day: PlainDay) => DayStatus;
}

const TABLES: Readonly<Record<CalendarRegion, OfficialDays>> = { CN: OFFICIAL_DAYS_CN, WEEKDAYS: WEEKDAYS_ONLY };

/** One day's official state by its `YYYY-MM-DD`. */
function officialStates(table: OfficialDays): ReadonlyMap<string, 'holiday' | 'make-up-day'> {
  const states = new Map<string, 'holiday' | 'make-up-day'>();
  for (const [year, { off, worked }] of Object.entries(table.years)) {
    for (const day of off.split(' ')) states.set(`${year}-${day}`, 'holiday');
    for (const day of worked.split(' ')) if (day !== '') states.set(`${year}-${day}`, 'make-up-day');
  }
  return states;
}

const STATES: Readonly<Record<CalendarRegion, ReadonlyMap<string, 'holiday' | 'make-up-day'>>> = {
  CN: officialStates(OFFICIAL_DAYS_CN),
  WEEKDAYS: officialStates(WEEKDAYS_ONLY),
};

/**
 * Company overrides win over make-up days, make-up days over weekends (schemes.md "Shift of windows on holidays").
 * Thrown when there are more overrides than CALENDAR_LIMITS, or two that differ for a day: RangeError.
 */
export function workCalendar(settings: CalendarSettings): WorkCalendar {
  if (settings.overrides.length > CALENDAR_LIMITS.overrides) throw new RangeError('too many calendar overrides');
  const overrides = new Map<string, boolean>();
  for (const { day, working } of settings.overrides) {
    if ((overrides.get(day) ?? working) !== working) throw new RangeError(`two overrides for ${day}`);
    overrides.set(day, working);
  }
  const table = TABLES[settings.region];
  const states = STATES[settings.region];
  return {
    region: settings.region,
    version: overrides.size === 0 ? table.version : `${table.version}+${overridesHash(overrides)}`,
    status(day) {
      const flagged = settings.region !== 'WEEKDAYS' && table.years[yearOf(day)] === undefined;
      const override = overrides.get(day);
      if (override !== undefined) return { working: override, reason: override ? 'override-worked' : 'override-off', flagged: false };
      const official = states.get(day);
      if (official !== undefined) return { working: official === 'make-up-day', reason: official, flagged };
      const weekend = dayOfWeek(day) >= 6;
      return { working: !weekend, reason: weekend ? 'weekend' : 'weekday', flagged };
    },
  };
}

function overridesHash(overrides: ReadonlyMap<string, boolean>): string {
  const text = canonicalJson(Object.fromEntries(overrides));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** The official Chinese calendar without company overrides. */
export const OFFICIAL_CALENDAR_CN: WorkCalendar = workCalendar({ region: 'CN', overrides: [] });

export function isWorkingDay(day: PlainDay, calendar: WorkCalendar): boolean {
  return calendar.status(day).working;
}

/** The day itself when it is worked, else the next one that is. Thrown when there is none within the limit: RangeError. */
export function workingDayFrom(day: PlainDay, calendar: WorkCalendar): PlainDay {
  let current = day;
  for (let step = 0; step <= CALENDAR_LIMITS.spanDays; step += 1) {
    if (calendar.status(current).working) return current;
    current = addDays(current, 1);
  }
  throw new RangeError(`no working day within ${CALENDAR_LIMITS.spanDays} days of ${day}`);
}

/** The count-th working day after `day`, which is itself not counted; `day` when count is 0. Thrown when out of bounds: RangeError. */
export function addWorkingDays(day: PlainDay, count: number, calendar: WorkCalendar): PlainDay {
  if (!Number.isInteger(count) || count < 0 || count > CALENDAR_LIMITS.workingDays)
    throw new RangeError(`working days out of bounds: ${count}`);
  let current = day;
  for (let counted = 0; counted < count; counted += 1) current = workingDayFrom(addDays(current, 1), calendar);
  return current;
}

/** Working days after `from` up to and including `to`, as a deadline counts them; 0 when `to` is not after `from`. */
export function workingDaysBetween(from: PlainDay, to: PlainDay, calendar: WorkCalendar): number {
  return to <= from ? 0 : workingDaysIn({ first: addDays(from, 1), last: to }, calendar);
}

/** Working days of a window, both ends included. Thrown when it is longer than the limit: RangeError. */
export function workingDaysIn(window: DayWindow, calendar: WorkCalendar): number {
  let count = 0;
  let steps = 0;
  for (let day = window.first; day <= window.last; day = addDays(day, 1)) {
    if (calendar.status(day).working) count += 1;
    steps += 1;
    if (steps > CALENDAR_LIMITS.spanDays)
      throw new RangeError(`more than ${CALENDAR_LIMITS.spanDays} days from ${window.first} to ${window.last}`);
  }
  return count;
}
