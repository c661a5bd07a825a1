import { language } from '../texts';
import { beforeMinute, isMidnight } from './moment';

/** Times are shown where the company lives, whatever the zone of the screen. */
export const COMPANY_ZONE = 'Asia/Shanghai';

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached(`n${JSON.stringify(options)}`, () => new Intl.NumberFormat(language(), options));
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(`d${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(language(), { timeZone: COMPANY_ZONE, ...options }));
}

function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const place = `${language()}${key}`;
  const found = cache.get(place) ?? make();
  cache.set(place, found);
  return found as T;
}

/** An exact decimal as written by the API; Intl reads the text itself, so no binary fraction comes between. */
export type Decimal = string;
const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);

/** Two decimals, grouped: scores and money. Anything that is no decimal is shown as it is. */
export function formatAmount(value: Decimal): string {
  return isDecimal(value) ? numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value) : value;
}

/** As exact as it is, grouped: facts and counts. */
export function formatExact(value: Decimal | number): string {
  const text = String(value);
  return isDecimal(text) ? numberFormat({ maximumFractionDigits: 10 }).format(text) : text;
}

/** 0.95 → 95 %. The text is shifted, never multiplied. */
export function formatShare(value: Decimal, digits = 1): string {
  if (!isDecimal(value)) return value;
  const options: Intl.NumberFormatOptions = { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: digits };
  return numberFormat(options).format(value);
}

/** With its sign: differences. */
export function formatDifference(value: Decimal): string {
  if (!isDecimal(value)) return value;
  return numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' }).format(value);
}

export function formatDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || Number.isNaN(date)) return day;
  const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' };
  return dateFormat(options).format(Date.UTC(year, month - 1, date));
}

/** An instant by day and time; midnight is 00:00 of the day that begins. What ends then is said by `formatEnd`. */
export function formatInstant(instant: string | number, { seconds = false } = {}): string {
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  if (Number.isNaN(at)) return String(instant);
  const time = dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(seconds ? { second: '2-digit' } : {}) }).format(at);
  const day = dateFormat({ year: 'numeric', month: 'short', day: 'numeric' });
  return `${day.format(at)} ${time}`;
}

/**
 * When something ends: deadlines, closings, what is valid until then. The end of a day is the first moment of the next in the log;
 * people say 24:00 of the day before.
 */
export function formatEnd(instant: string | number): string {
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  if (Number.isNaN(at) || !isMidnight(at)) return formatInstant(instant);
  return `${dateFormat({ year: 'numeric', month: 'short', day: 'numeric' }).format(beforeMinute(at))} 24:00`;
}

export function formatTime(at: number): string {
  return dateFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at);
}

/** 2026-10 → 2026年10月 / Oct 2026; 2026-Q3 and 2026 as people say them. */
export function formatPeriod(period: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month)
    return dateFormat({ timeZone: 'UTC', year: 'numeric', month: 'short' }).format(Date.UTC(Number(month[1]), Number(month[2]) - 1, 1));
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) return language() === 'en' ? `Q${quarter[2]} ${quarter[1]}` : `${quarter[1]}年第${quarter[2]}季度`;
  return /^\d{4}$/.test(period) && language() !== 'en' ? `${period}年` : period;
}

/** Things one after another, as one reads them. */
export function formatList(things: readonly string[]): string {
  return things.join(language() === 'zh-CN' ? '、' : ', ');
}
