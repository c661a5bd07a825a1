import type { Period } from '#kernel';
import { periodBefore, periodKind } from '#libs/calendar';
import type { CompiledScheme } from '../compile';
import { factsRead, type UnitOfFact } from './facts-read.policy';
import { requiredHistory } from './needs.policy';

/** A metric of a period that a result of some period can stand on. */
export interface FactWindow {
  readonly metric: string;
  readonly of: 'person' | UnitOfFact;
  readonly period: Period;
  /** The fact of the scheme that it goes into. */
  readonly key: string;
  /** Read as a fact of an earlier period. */
  readonly isHistory: boolean;
}

/** Everything recorded that a result of that period can stand on; `previousOf`: the metric whose earlier value another is. */
export function factWindows(
  scheme: CompiledScheme,
  period: Period,
  previousOf: (metric: string) => string | undefined,
): readonly FactWindow[] {
  const windows: FactWindow[] = [];
  const add = (key: string, window: Omit<FactWindow, 'key' | 'metric'>): void => {
    windows.push({ ...window, metric: key, key });
    const base = previousOf(key);
    if (base !== undefined) windows.push({ ...window, metric: base, key, period: periodBefore(window.period) });
  };
  const { own, units } = factsRead(scheme, periodKind(period));
  for (const key of own) add(key, { of: 'person', period, isHistory: false });
  for (const { unit, metrics } of units) for (const key of metrics) add(key, { of: unit, period, isHistory: false });
  for (const { period: earlier, facts } of requiredHistory(scheme, period)) {
    for (const { key } of facts) add(key, { of: 'person', period: earlier, isHistory: true });
  }
  return windows;
}
