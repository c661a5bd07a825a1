import type { Period } from '#kernel';
import { overlappingPeriods, periodKind } from '#libs/calendar';
import type { CompiledScheme } from '../compile';

/**
 * The periods over the same time in which this scheme would pay the same person for the same results again (templates.md 3:
 * month and quarter). None where kinds of period run side by side, as a year beside its months.
 */
export function periodsPaidInstead({ document }: CompiledScheme, of: Period): readonly Period[] {
  const kinds = document.exclusivePeriods ?? [];
  if (!kinds.includes(periodKind(of))) return [];
  return overlappingPeriods(of).filter((other) => kinds.includes(periodKind(other)));
}
