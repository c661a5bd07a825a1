import { companyDay } from '../../pieces/moment';
import type { Plan } from './plans';

/** The days that the status looks at, too: coaching.md "Status". */
const DAYS = 10;

/** The last working days on which the plan ran, oldest first; today counts once it has been said. */
export function activeDays(
  working: readonly string[],
  { startDay, happenings }: Pick<Plan, 'startDay' | 'happenings'>,
  { today, isSaid }: { readonly today: string; readonly isSaid: boolean },
): readonly string[] {
  const pauses = pausesOf(happenings);
  return working
    .filter((day) => day >= startDay && (day < today || (day === today && isSaid)))
    .filter((day) => !pauses.some(({ from, to }) => day >= from && (to === undefined || day < to)))
    .slice(-DAYS);
}

interface Pause {
  readonly from: string;
  /** The first day on which it ran again; none while it is paused. */
  readonly to: string | undefined;
}

/** As the plan's own clock counts: the day on which it was paused is paused, the one on which it was resumed is not. */
function pausesOf(happenings: Plan['happenings']): readonly Pause[] {
  const pauses: Pause[] = [];
  let to: string | undefined;
  let isOpen = false;
  // Newest first, as they come.
  for (const { what, at } of happenings) {
    if (what === 'PlanResumed') [to, isOpen] = [companyDay(at), true];
    if (what !== 'PlanPaused') continue;
    pauses.push({ from: companyDay(at), to });
    [to, isOpen] = [undefined, false];
  }
  // Old happenings are not kept for ever: a pause whose beginning is gone began before all that is.
  return isOpen ? [...pauses, { from: '', to }] : pauses;
}
