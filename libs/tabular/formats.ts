import { formatDecimal, isPlainDay, negateDecimal, parseDecimal, type PlainDay } from '#kernel';

/** Date formats are written with YYYY, MM, M, DD, D, HH, H, mm, ss; the rest stands for itself. Times of day are read and left out. */
const DATE_TOKEN = /YYYY|MM|M|DD|D|HH|H|mm|ss/g;
const TOKEN_PATTERNS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
  HH: '\\d{2}',
  H: '\\d{1,2}',
  mm: '\\d{2}',
  ss: '\\d{2}',
};

export type DateReader = (text: string) => PlainDay | undefined;

/** True when year, month and day each stand in it exactly once. */
export function isDateFormat(format: string): boolean {
  const tokens = format.match(DATE_TOKEN) ?? [];
  const count = (...names: string[]): number => tokens.filter((token) => names.includes(token)).length;
  return count('YYYY') === 1 && count('M', 'MM') === 1 && count('D', 'DD') === 1;
}

/** Reads a day in the first format that fits whole; undefined when none does or there is no such day. */
export function dateReader(formats: readonly string[]): DateReader {
  const patterns = formats.map(datePattern);
  return (text) => {
    for (const pattern of patterns) {
      const { year, month, day } = pattern.exec(text)?.groups ?? {};
      if (year === undefined || month === undefined || day === undefined) continue;
      const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
      if (isPlainDay(iso)) return iso;
    }
    return undefined;
  };
}

function datePattern(format: string): RegExp {
  if (!isDateFormat(format)) throw new RangeError(`not a date format: ${format}`);
  let source = '';
  let last = 0;
  for (const match of format.matchAll(DATE_TOKEN)) {
    source += escaped(format.slice(last, match.index)) + (TOKEN_PATTERNS[match[0]] ?? '');
    last = match.index + match[0].length;
  }
  return new RegExp(`^${source}${escaped(format.slice(last))}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

export interface NumberFormat {
  readonly decimal?: '.' | ',' | undefined;
  /** Groups of three must be whole where it stands. */
  readonly thousands?: ',' | '.' | ' ' | "'" | undefined;
  /** Taken off in front or behind: currency signs and codes. */
  readonly strip?: readonly string[] | undefined;
  /** `(12.00)` is -12.00. */
  readonly parentheses?: boolean | undefined;
  /** `86%` is 86. */
  readonly percentSign?: boolean | undefined;
}

/** Reads a number as the format writes it into a plain decimal, as written otherwise; undefined when it is none. Never through floating point. */
export function readNumber(text: string, format: NumberFormat = {}): string | undefined {
  let rest = stripped(text.trim(), format.strip ?? []);
  let negative = false;
  if (format.parentheses === true && rest.startsWith('(') && rest.endsWith(')')) {
    negative = true;
    rest = stripped(rest.slice(1, -1).trim(), format.strip ?? []);
  }
  if (format.percentSign === true && rest.endsWith('%')) rest = rest.slice(0, -1).trimEnd();
  const plain = ungrouped(rest, format);
  const value = plain === undefined ? undefined : parseDecimal(plain);
  if (!value || plain === undefined) return undefined;
  if (negative) return value.units < 0n ? undefined : formatDecimal(negateDecimal(value));
  return value.units === 0n ? '0' : plain;
}

function stripped(text: string, marks: readonly string[]): string {
  let rest = text;
  let sign = '';
  if (rest.startsWith('-')) {
    sign = '-';
    rest = rest.slice(1).trimStart();
  }
  for (const mark of marks) {
    if (rest.startsWith(mark)) rest = rest.slice(mark.length).trimStart();
    if (rest.endsWith(mark)) rest = rest.slice(0, -mark.length).trimEnd();
  }
  return `${sign}${rest}`;
}

function ungrouped(text: string, format: NumberFormat): string | undefined {
  const point = format.decimal ?? '.';
  const [whole = '', fraction, ...more] = text.split(point);
  if (more.length > 0) return undefined;
  let digits = whole;
  if (format.thousands !== undefined && whole.includes(format.thousands)) {
    const [first = '', ...groups] = whole.split(format.thousands);
    if (!/^-?\d{1,3}$/.test(first) || groups.some((group) => !/^\d{3}$/.test(group))) return undefined;
    digits = first + groups.join('');
  }
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}
