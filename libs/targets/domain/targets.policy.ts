import { addDecimal, decimal, formatDecimal, type Period, ZERO } from '#kernel';
import { monthsOf } from '#libs/calendar';
import type { MetricCombine } from '#libs/organisation/contracts';
import type { TargetRow } from '../contracts';

export interface SetTarget {
  readonly metric: string;
  readonly period: string;
  readonly value: string;
  readonly position: number;
}

/**
 * One metric's target for a period from all that is set for an owner: of exactly that period; else, where it adds up, the
 * sum of its months when every one of them is set.
 */
export function targetFor(
  metric: string,
  period: Period,
  asked: { readonly set: readonly SetTarget[]; readonly combine: MetricCombine | undefined; readonly accepted: ReadonlySet<string> },
): TargetRow | undefined {
  const own = asked.set.filter((target) => target.metric === metric);
  const exact = own.find((target) => target.period === period);
  const accepted = asked.accepted.has(period);
  if (exact) return { metric, period, value: formatDecimal(decimal(exact.value)), positions: [exact.position], accepted };
  if (asked.combine !== 'sum') return undefined;
  const months = monthsOf(period);
  const parts = months.flatMap((month) => own.filter((target) => target.period === month));
  if (months.length === 1 || parts.length !== months.length) return undefined;
  const total = parts.reduce((sum, { value }) => addDecimal(sum, decimal(value)), ZERO);
  const positions = [...new Set(parts.map(({ position }) => position))].sort((a, b) => a - b);
  return {
    metric,
    period,
    value: formatDecimal(total),
    positions,
    accepted: accepted || months.every((month) => asked.accepted.has(month)),
  };
}
