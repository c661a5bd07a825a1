import { type Instant, instantPlusMs, type PlainDay } from '#kernel';
import { addDays, dayAt, daysIn, endOfDay, isWorkingDay, startOfDay, type WorkCalendar, workingDayFrom } from '#libs/calendar';
import type { GateTime, Stage } from '../contracts';

/** A gate is at risk in its last working days. */
const RISK_WORKING_DAYS = 3;

export interface PlanClock {
  readonly startDay: PlainDay;
  readonly startedAt: Instant;
  readonly zone: string;
  /** Demo and tests: a calendar day lasts this long from the start, whatever the calendar. */
  readonly dayLengthMs?: number | undefined;
}

/** Calendar days from the start, both counted, without the days paused (coaching.md "Day clock"). */
export function planDay(clock: PlanClock, pausedDays: number, now: Instant): number {
  return Math.max(1, daysSince(clock, now) + 1 - pausedDays);
}

/** Whole calendar days that a pause took: one that begins and ends on a day stops nothing. */
export function pausedDaysOf(clock: PlanClock, from: Instant, to: Instant): number {
  return Math.max(0, daysSince(clock, to) - daysSince(clock, from));
}

function daysSince({ startDay, startedAt, zone, dayLengthMs }: PlanClock, now: Instant): number {
  if (dayLengthMs !== undefined) return Math.max(0, Math.floor((Date.parse(now) - Date.parse(startedAt)) / dayLengthMs));
  const today = dayAt(now, zone);
  return today <= startDay ? 0 : daysIn(startDay, today) - 1;
}

/** Deadlines of the gates, moved by pauses and extension; each falls on a working day. */
export function gateTimes(
  stages: readonly Pick<Stage, 'stage' | 'toDay'>[],
  clock: PlanClock,
  shiftDays: number,
  calendar: WorkCalendar,
): GateTime[] {
  return stages.map(({ stage, toDay }) => {
    const days = toDay + shiftDays;
    if (clock.dayLengthMs !== undefined) {
      const dueAt = instantPlusMs(clock.startedAt, days * clock.dayLengthMs);
      const atRiskFrom = instantPlusMs(clock.startedAt, Math.max(0, days - RISK_WORKING_DAYS) * clock.dayLengthMs);
      return { stage, dueDay: dayAt(dueAt, clock.zone), dueAt, atRiskFrom };
    }
    const dueDay = workingDayFrom(addDays(clock.startDay, days - 1), calendar);
    return { stage, dueDay, dueAt: endOfDay(dueDay, clock.zone), atRiskFrom: startOfDay(workingDaysBefore(dueDay, calendar), clock.zone) };
  });
}

/** The day from which the last working days up to and including `day` run. */
function workingDaysBefore(day: PlainDay, calendar: WorkCalendar): PlainDay {
  let current = day;
  for (let counted = 1; counted < RISK_WORKING_DAYS; counted += 1) {
    do current = addDays(current, -1);
    while (!isWorkingDay(current, calendar));
  }
  return current;
}
