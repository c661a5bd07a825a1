import { instantPlusMs, type Instant, type Period, period, type PlainDay } from '#kernel';
import { addDays, addMonths, dayAt, isWorkingDay, OFFICIAL_CALENDAR_CN, periodBefore, startOfDay } from '#libs/calendar';

export const DEMO_ZONE = 'Asia/Shanghai';

/** Month that the first of the data files stands for; the others follow it. */
const FIRST_MONTH_OF_FILES = '2026-09';
const HOUR_MS = 3_600_000;

/** All that happened in the demo company lies before the day of its first start. */
export interface DemoDates {
  readonly startDay: PlainDay;
  /** Two that are closed, one that is published, one that is running. */
  readonly closed: readonly [Period, Period];
  readonly published: Period;
  readonly running: Period;
  /** So many months later than what the files say; negative for earlier. */
  readonly shiftMonths: number;
}

export function demoDates(firstStart: Instant): DemoDates {
  const startDay = dayAt(firstStart, DEMO_ZONE);
  const month = period(startDay.slice(0, 7));
  const oldest = periodBefore(month, 4);
  return {
    startDay,
    closed: [oldest, periodBefore(month, 3)],
    published: periodBefore(month, 2),
    running: periodBefore(month, 1),
    shiftMonths: monthNumber(oldest) - monthNumber(FIRST_MONTH_OF_FILES),
  };
}

function monthNumber(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return year * 12 + number;
}

export function shiftedDay(day: PlainDay, { shiftMonths }: DemoDates): PlainDay {
  return addMonths(day, shiftMonths);
}

/** That hour of a day where the company works. */
export function at(day: PlainDay, hour: number): Instant {
  return instantPlusMs(startOfDay(day, DEMO_ZONE), Math.round(hour * HOUR_MS));
}

/** So many working days before the day of the first start. */
export function workingDaysAgo({ startDay }: DemoDates, days: number): PlainDay {
  let day = startDay;
  for (let counted = 0; counted < days;) {
    day = addDays(day, -1);
    if (isWorkingDay(day, OFFICIAL_CALENDAR_CN)) counted += 1;
  }
  return day;
}
