import { beforeMinute, companyDay } from './moment';

export type TimeLeft =
  | {
      readonly kind: 'days' | 'over-days';
      /** Working days. */
      readonly days: number;
      /** The days among which they were counted, and how many these are. */
      readonly first: string;
      readonly last: string;
      readonly all: number;
    }
  | { readonly kind: 'soon'; readonly time: string }
  | { readonly kind: 'today' | 'over' };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * Working days between now and an instant. The end of a day is the first minute of the next, as `formatInstant` says it: it still belongs
 * to the day that ends. `off`: days that nobody works; without any of them known, weekends.
 */
export function timeLeft(at: number, now: number, off: ReadonlySet<string>): TimeLeft {
  const isOver = at <= now;
  if (!isOver && at - now < 2 * HOUR_MS) return { kind: 'soon', time: hoursAndMinutes(at - now) };
  const last = beforeMinute(at);
  const [from, to] = isOver ? [last, now] : [now, last];
  const all: number[] = [];
  for (let day = from + DAY_MS; dayOf(day) <= dayOf(to); day += DAY_MS) all.push(day);
  const days = all.filter((day) => isWorking(day, off)).length;
  const [first] = all;
  if (first === undefined || days === 0) return { kind: isOver ? 'over' : 'today' };
  return { kind: isOver ? 'over-days' : 'days', days, first: dayOf(first), last: dayOf(to), all: all.length };
}

export function dayOf(at: number): string {
  return companyDay(new Date(at).toISOString());
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
