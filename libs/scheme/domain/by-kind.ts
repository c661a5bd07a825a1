import type { PeriodKind } from '#libs/calendar';

/** What is given once for all kinds of period or once for each. */
type ByKind<T> = T | Readonly<Partial<Record<PeriodKind, T | undefined>>>;

/** What holds in a kind of period; undefined where nothing is given for it. */
export function forKind(value: ByKind<string>, kind: PeriodKind): string | undefined {
  return typeof value === 'string' ? value : value[kind];
}
