import { type Instant, type Period, type PlainDay } from '#kernel';
import type { DayWindow } from '../contracts/calendar';
import { addDays, dayOfMonth, daysIn, endOfDay, startOfDay, yearOf } from './days';
import { firstMonthAfter } from './period';
import { addWorkingDays, type WorkCalendar, workingDayFrom } from './work-calendar';

/**
 * Shifts a window off holidays: a first day that isn't worked moves the whole window to the next working day with its
 * length in calendar days kept; a last day that isn't worked then moves to the next one, also when nothing shifted.
 * Thrown when the window ends before it begins: RangeError.
 */
export function shiftWindow(window: DayWindow, calendar: WorkCalendar): DayWindow {
  if (window.last < window.first) throw new RangeError(`window ends ${window.last} before it begins ${window.first}`);
  const first = workingDayFrom(window.first, calendar);
  const last = addDays(first, daysIn(window.first, window.last) - 1);
  return { first, last: workingDayFrom(last, calendar) };
}

/** Days of the month after a period, before any shift; a day past the month's end means its last day. */
export function nominalWindowAfter(period: Period, days: { readonly firstDay: number; readonly lastDay: number }): DayWindow {
  const { year, month } = firstMonthAfter(period);
  return { first: dayOfMonth(year, month, days.firstDay), last: dayOfMonth(year, month, days.lastDay) };
}

/** The window of days `firstDay`–`lastDay` of the month after a month, quarter or year, shifted off holidays. */
export function windowAfter(
  period: Period,
  days: { readonly firstDay: number; readonly lastDay: number },
  calendar: WorkCalendar,
): DayWindow {
  return shiftWindow(nominalWindowAfter(period, days), calendar);
}

/** "By day N": a window of that one day. */
export function byDayAfter(period: Period, day: number, calendar: WorkCalendar): DayWindow {
  return windowAfter(period, { firstDay: day, lastDay: day }, calendar);
}

/** "The N-th working day after the window" counts from the day after its last day as shifted. */
export function workingDayAfterWindow(window: DayWindow, count: number, calendar: WorkCalendar): PlainDay {
  return addWorkingDays(window.last, count, calendar);
}

/**
 * A window that is already over when a cycle starts begins on the next working day after the start with its length kept;
 * one that is not over stays as it is.
 */
export function moveIfOver(
  window: DayWindow,
  startDay: PlainDay,
  calendar: WorkCalendar,
): { readonly window: DayWindow; readonly moved: boolean } {
  if (window.last >= startDay) return { window, moved: false };
  const first = addWorkingDays(startDay, 1, calendar);
  const last = addDays(first, daysIn(window.first, window.last) - 1);
  return { window: { first, last: workingDayFrom(last, calendar) }, moved: true };
}

/** From 00:00 of the first day to 24:00 of the last in the zone. */
export function windowInstants(window: DayWindow, zone: string): { readonly opensAt: Instant; readonly closesAt: Instant } {
  return { opensAt: startOfDay(window.first, zone), closesAt: endOfDay(window.last, zone) };
}

/** Years within the window that are beyond the table of official days. */
export function flaggedYears(window: DayWindow, calendar: WorkCalendar): readonly string[] {
  const years = new Set<string>();
  for (const day of [window.first, window.last]) if (calendar.status(day).flagged) years.add(yearOf(day));
  return [...years];
}
