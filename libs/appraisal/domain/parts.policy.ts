import type { PlainDay, SubjectId } from '#kernel';
import { type DayWindow, type WorkCalendar, workingDaysIn } from '#libs/calendar';
import type { Stretch } from '#libs/organisation/contracts';

/** Days of a period that one manager rates. */
export interface PartOfPeriod {
  readonly part: number;
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly manager: SubjectId;
  /** By the cycle's calendar: what the part weighs. */
  readonly workingDays: number;
}

/** An event holds so many; whoever moved more often has the earliest moves in one part. */
const MOST_PARTS = 12;

/** Working days of a window. */
export type WorkingDays = (window: DayWindow) => number;

/** By a calendar, each window counted once: most people of a cycle share theirs. */
export function workingDaysBy(calendar: WorkCalendar): WorkingDays {
  const known = new Map<string, number>();
  return (window) => {
    const key = `${window.first}/${window.last}`;
    const days = known.get(key) ?? workingDaysIn(window, calendar);
    known.set(key, days);
    return days;
  };
}

interface Served {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly department: string;
  readonly manager: SubjectId;
  readonly workingDays: number;
}

/**
 * The parts of a period of a person who was transferred inside it: one for each time under another manager or in another department, in
 * order of time. Days without a manager go with the next one's; a part without a working day weighs nothing and is none. One
 * part, from the first to the last day of the period, for who stayed.
 */
export function partsOf(
  stretches: readonly Stretch[],
  { first, last, manager }: { readonly first: PlainDay; readonly last: PlainDay; readonly manager: SubjectId },
  workingDays: WorkingDays,
): readonly PartOfPeriod[] {
  const worked = merged(served(stretches, manager, workingDays).filter((one) => one.workingDays > 0));
  if (worked.length < 2) return [{ part: 1, from: first, to: last, manager, workingDays: workingDays({ first, last }) }];
  return worked.map(({ from, to, manager: by, workingDays: days }, index) => ({
    part: index + 1,
    from,
    to,
    manager: by,
    workingDays: days,
  }));
}

function served(stretches: readonly Stretch[], manager: SubjectId, workingDays: WorkingDays): readonly Served[] {
  const all: Served[] = [];
  let next = manager;
  for (const stretch of stretches.toReversed()) {
    next = stretch.manager ?? next;
    const { from, to, department } = stretch;
    all.unshift({ from, to, department, manager: next, workingDays: workingDays({ first: from, last: to }) });
  }
  return all;
}

function merged(all: readonly Served[]): readonly Served[] {
  const parts: Served[] = [];
  for (const one of all) {
    const last = parts.at(-1);
    const isSame = last?.manager === one.manager && last.department === one.department;
    if (last && isSame) parts[parts.length - 1] = { ...last, to: one.to, workingDays: last.workingDays + one.workingDays };
    else parts.push(one);
  }
  while (parts.length > MOST_PARTS) {
    const [first, second] = parts.splice(0, 2);
    if (first && second) parts.unshift({ ...second, from: first.from, workingDays: first.workingDays + second.workingDays });
  }
  return parts;
}
