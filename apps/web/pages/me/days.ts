import { COMPANY_ZONE, formatInstant } from '../../pieces/format';
import { language } from '../../texts';

/** A window by its first and last day, as short as it can be said: 11月12日 – 11月16日. Short days of a demo are said by the minute. */
export function windowWords({ from, to, short }: { readonly from: string; readonly to: string; readonly short: boolean }): {
  readonly from: string;
  readonly to: string;
} {
  if (short) return { from: formatInstant(from, { seconds: true }), to: formatInstant(to, { seconds: true }) };
  const format = new Intl.DateTimeFormat(language(), { timeZone: COMPANY_ZONE, month: 'short', day: 'numeric' });
  const start = Date.parse(from);
  // The end of a day is the first moment of the next.
  return { from: format.format(start), to: format.format(Math.max(Date.parse(to) - 1, start)) };
}
