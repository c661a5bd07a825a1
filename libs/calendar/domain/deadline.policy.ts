import { type Instant, instantPlusMs, type PlainDay } from '#kernel';
import { CALENDAR_LIMITS } from '../contracts/calendar';
import { addDays, dayAt, endOfDay, yearOf } from './days';
import { addWorkingDays, type DayReason, type WorkCalendar } from './work-calendar';

/** How a deadline came about; language-free and small enough to be recorded beside it. */
export interface DeadlineDerivation {
  readonly start: Instant;
  readonly startDay: PlainDay;
  readonly workingDays: number;
  readonly zone: string;
  readonly calendarVersion: string;
  /** Days after the start that were not counted, with the reason. */
  readonly skipped: readonly { readonly day: PlainDay; readonly reason: DayReason }[];
  /** Years beyond the table of official days: Monday to Friday, to be derived again when the table comes. */
  readonly flaggedYears: readonly string[];
  /** Set when working days were shortened for a demo: then the calendar played no part. */
  readonly dayLengthMs?: number;
}

export interface Deadline {
  /** The end of the last day (24:00 there). */
  readonly at: Instant;
  readonly day: PlainDay;
  readonly derivation: DeadlineDerivation;
}

export interface DeadlineInput {
  readonly start: Instant;
  /** From 0 (the end of the start day) to CALENDAR_LIMITS.workingDays. */
  readonly workingDays: number;
  readonly calendar: WorkCalendar;
  /** IANA name, such as `Asia/Shanghai`. */
  readonly zone: string;
  /** A working day lasts this many milliseconds from the start, whatever the calendar: for demos and tests, recorded in the cycle. */
  readonly dayLengthMs?: number | undefined;
}

/**
 * The start day isn't counted; the deadline is the end of day N in the zone (domain.md "Working time").
 * Thrown when the number of days is out of bounds or the zone is unknown: RangeError.
 */
export function deadline(input: DeadlineInput): Deadline {
  const { start, workingDays, calendar, zone, dayLengthMs } = input;
  const startDay = dayAt(start, zone);
  const base = { start, startDay, workingDays, zone, calendarVersion: calendar.version };
  if (dayLengthMs !== undefined) {
    checkShortened(workingDays, dayLengthMs);
    const at = instantPlusMs(start, workingDays * dayLengthMs);
    return { at, day: dayAt(at, zone), derivation: { ...base, skipped: [], flaggedYears: [], dayLengthMs } };
  }
  const day = addWorkingDays(startDay, workingDays, calendar);
  const skipped: { day: PlainDay; reason: DayReason }[] = [];
  const flagged = new Set<string>();
  for (let current = startDay; current < day;) {
    current = addDays(current, 1);
    const status = calendar.status(current);
    if (!status.working) skipped.push({ day: current, reason: status.reason });
    if (status.flagged) flagged.add(yearOf(current));
  }
  return { at: endOfDay(day, zone), day, derivation: { ...base, skipped, flaggedYears: [...flagged] } };
}

function checkShortened(workingDays: number, dayLengthMs: number): void {
  if (!Number.isInteger(workingDays) || workingDays < 0 || workingDays > CALENDAR_LIMITS.workingDays)
    throw new RangeError(`working days out of bounds: ${workingDays}`);
  if (!Number.isInteger(dayLengthMs) || dayLengthMs < 1) throw new RangeError(`day length out of bounds: ${dayLengthMs}`);
}
