import { instant, type Instant, type PlainDay, plainDay } from '#kernel';
import { Temporal } from 'temporal-polyfill';

const plain = (day: PlainDay): Temporal.PlainDate => Temporal.PlainDate.from(day);

const DAY_MS = 86_400_000;

/** Days since 1970 are whole in UTC: arithmetic that is asked for once a person needs no calendar objects. */
const dayNumber = (day: PlainDay): number => Date.parse(day) / DAY_MS;

export function addDays(day: PlainDay, days: number): PlainDay {
  return plainDay(new Date((dayNumber(day) + days) * DAY_MS).toISOString().slice(0, 10));
}

/** The same day some months on; a day past the end of that month is its last. */
export function addMonths(day: PlainDay, months: number): PlainDay {
  return plainDay(plain(day).add({ months }).toString());
}

/** 1 is Monday, 7 Sunday. */
export function dayOfWeek(day: PlainDay): number {
  return plain(day).dayOfWeek;
}

export function yearOf(day: PlainDay): string {
  return day.slice(0, 4);
}

/** Calendar days from the first to the last, both counted. */
export function daysIn(first: PlainDay, last: PlainDay): number {
  return dayNumber(last) - dayNumber(first) + 1;
}

/** The day of a month; a number past its end means its last day (schemes.md). Month may run over 12 into the next year. */
export function dayOfMonth(year: number, month: number, day: number): PlainDay {
  const first = new Temporal.PlainDate(year, 1, 1).add({ months: month - 1 });
  return plainDay(first.with({ day }, { overflow: 'constrain' }).toString());
}

/** The calendar day that an instant falls on in a zone. Thrown when the zone is unknown: RangeError. */
export function dayAt(at: Instant, zone: string): PlainDay {
  return plainDay(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString());
}

/** 00:00 of the day in the zone, or the first moment that exists where clocks jump over midnight. */
export function startOfDay(day: PlainDay, zone: string): Instant {
  return toInstant(plain(day).toZonedDateTime(zone));
}

/** 24:00 of the day in the zone: the first moment of the next one. */
export function endOfDay(day: PlainDay, zone: string): Instant {
  return startOfDay(addDays(day, 1), zone);
}

/** An instant as a clock in the zone shows it: `2026-08-21 09:30`. Midnight is the end of a day (`2026-08-21 24:00`), as deadlines are. */
export function wallClock(at: Instant, zone: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return time === '00:00' ? `${local.toPlainDate().subtract({ days: 1 }).toString()} 24:00` : `${local.toPlainDate().toString()} ${time}`;
}

function toInstant(zoned: Temporal.ZonedDateTime): Instant {
  return instant(new Date(zoned.epochMilliseconds).toISOString());
}
