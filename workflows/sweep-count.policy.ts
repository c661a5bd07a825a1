import type { SweepCount } from './contracts';

export const NOTHING_COUNTED: SweepCount = { members: 0, handled: 0, excluded: [] };

/** Reasons come out in text order, whatever order the cohorts ended in. */
export function addCounts(one: SweepCount, other: SweepCount): SweepCount {
  const byReason = new Map<string, number>();
  for (const { reason, count } of [...one.excluded, ...other.excluded]) byReason.set(reason, (byReason.get(reason) ?? 0) + count);
  const reasons = [...byReason.keys()].sort();
  return {
    members: one.members + other.members,
    handled: one.handled + other.handled,
    excluded: reasons.map((reason) => ({ reason, count: byReason.get(reason) ?? 0 })),
  };
}
