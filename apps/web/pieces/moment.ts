/** Zone of the company as an offset; it has no daylight saving. */
const OFFSET = '+08:00';
const OFFSET_MS = 8 * 3_600_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** A day or a time as somebody writes it, with a zone or in the company's; a day alone is its beginning. Undefined when it is none. */
export function instantOf(text: string): string | undefined {
  const time = DAY.test(text) ? `${text}T00:00` : text;
  const at = Date.parse(HAS_ZONE.test(time) ? time : `${time}${OFFSET}`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** An instant as a field for day and time takes it: the company's time to the minute, without a zone. Empty when it is none. */
export function fieldTime(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? '' : new Date(at + OFFSET_MS).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}

/** The company's day of an instant. */
export function companyDay(instant: string): string {
  return fieldTime(instant).slice(0, 'yyyy-mm-dd'.length);
}

/** Whether an instant is in the first minute of a day of the company: as a beginning it reads 00:00, as an end 24:00 of the day before. */
export function isMidnight(at: number): boolean {
  return fieldTime(new Date(at).toISOString()).endsWith('T00:00');
}

/** The last moment before the minute of this one: in the minute after midnight, all of which reads 00:00, still the day before. */
export function beforeMinute(at: number): number {
  return at - (at % 60_000) - 1;
}
