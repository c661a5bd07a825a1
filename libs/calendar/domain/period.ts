import { period, type Period, plainDay } from '#kernel';
import type { DayWindow } from '../contracts/calendar';
import { addDays, dayOfMonth } from './days';

export const PERIOD_KINDS = ['month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

export function periodKind(of: Period): PeriodKind {
  if (of.length === 4) return 'year';
  return of.charAt(5) === 'Q' ? 'quarter' : 'month';
}

interface MonthSpan {
  readonly year: number;
  /** 1 to 12. */
  readonly firstMonth: number;
  readonly months: number;
}

function monthSpan(of: Period): MonthSpan {
  const year = Number(of.slice(0, 4));
  const kind = periodKind(of);
  if (kind === 'year') return { year, firstMonth: 1, months: 12 };
  if (kind === 'quarter') return { year, firstMonth: Number(of.slice(6)) * 3 - 2, months: 3 };
  return { year, firstMonth: Number(of.slice(5)), months: 1 };
}

/** The months of a period in order; a month is its own only month. */
export function monthsOf(of: Period): readonly Period[] {
  const { year, firstMonth, months } = monthSpan(of);
  return Array.from({ length: months }, (_, index) => period(`${yearText(year)}-${String(firstMonth + index).padStart(2, '0')}`));
}

/** The periods of the other kinds that share days with it: of a month its quarter and its year. */
export function overlappingPeriods(of: Period): readonly Period[] {
  const months = monthsOf(of);
  const year = of.slice(0, 4);
  const quarters = [...new Set(months.map((month) => period(`${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`)))];
  const kind = periodKind(of);
  return [...(kind === 'month' ? [] : months), ...(kind === 'quarter' ? [] : quarters), ...(kind === 'year' ? [] : [period(year)])];
}

/** First and last day of a period. */
export function periodWindow(of: Period): DayWindow {
  const { year, firstMonth, months } = monthSpan(of);
  const next = dayOfMonth(year, firstMonth + months, 1);
  return { first: plainDay(`${yearText(year)}-${String(firstMonth).padStart(2, '0')}-01`), last: addDays(next, -1) };
}

/** The period of the same kind `count` before (or after, when negative). */
export function periodBefore(of: Period, count = 1): Period {
  const { year, firstMonth, months } = monthSpan(of);
  const index = year * 12 + firstMonth - 1 - months * count;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  const kind = periodKind(of);
  if (kind === 'year') return period(yearText(y));
  if (kind === 'quarter') return period(`${yearText(y)}-Q${(m - 1) / 3 + 1}`);
  return period(`${yearText(y)}-${String(m).padStart(2, '0')}`);
}

export function firstMonthAfter(of: Period): { readonly year: number; readonly month: number } {
  const { year, firstMonth, months } = monthSpan(of);
  return { year, month: firstMonth + months };
}

function yearText(year: number): string {
  return String(year).padStart(4, '0');
}
