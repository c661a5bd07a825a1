import { type Instant, instantPlusMs, type Period, type PlainDay } from '#kernel';
import {
  addDays,
  addWorkingDays,
  dayAt,
  daysIn,
  type DayWindow,
  endOfDay,
  isWorkingDay,
  moveIfOver,
  nominalWindowAfter,
  shiftWindow,
  startOfDay,
  type WorkCalendar,
  workingDayAfterWindow,
  workingDayFrom,
  workingDaysIn,
} from '#libs/calendar';
import type { ScheduleEntry } from '#libs/scheme/contracts';
import { type Phase, PHASES, type PhasePlan } from '../contracts';

export interface WindowPlanInput {
  readonly period: Period;
  readonly schedule: readonly ScheduleEntry[];
  readonly calendar: WorkCalendar;
  readonly zone: string;
  readonly startedAt: Instant;
  /** A working day lasts this many milliseconds, whatever the calendar: demos and tests, recorded in the cycle. */
  readonly dayLengthMs?: number | undefined;
}

/** Codes of what moved a window, as preview and plan name them. */
export type WindowReason = 'holiday' | 'already-over' | 'after-earlier-phase' | 'window-shared' | 'shortened-days';

interface PhaseWindow {
  readonly phase: Phase;
  readonly nominal?: DayWindow;
  readonly window: DayWindow;
  readonly workingDays?: number;
  readonly after?: Phase;
  readonly reasons: readonly WindowReason[];
}

/** From publication on phases run side by side; those before run one after another. */
const SEQUENTIAL: ReadonlySet<Phase> = new Set(['self-review', 'manager-review', 'second-review', 'publication']);

/**
 * Windows of all phases with every shift named. Thrown when the schedule can't be laid out: RangeError.
 * The rules are those of schemes.md "Shift of windows on holidays"; beside them, since review phases run one after another:
 * a phase that would end with or before the one before it shares that window by working days, and one whose
 * predecessor was moved begins after it with its length kept.
 */
export function planWindows(input: WindowPlanInput): readonly PhasePlan[] {
  const entries = [...input.schedule].sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
  const windows: PhaseWindow[] = [];
  for (const entry of entries) windows.push(windowOf(entry, windows, input));
  const shared = shareWindows(windows, input.calendar);
  return input.dayLengthMs === undefined ? plansOf(shared, input.zone) : shortenedPlans(shared, input, input.dayLengthMs);
}

function windowOf(entry: ScheduleEntry, earlier: readonly PhaseWindow[], input: WindowPlanInput): PhaseWindow {
  const { calendar, period, zone, startedAt } = input;
  const startDay = dayAt(startedAt, zone);
  if (entry.kind === 'working-days') return countedWindow(entry, earlier, { calendar, startDay });
  const days =
    entry.kind === 'by-day'
      ? { firstDay: Number(entry.day), lastDay: Number(entry.day) }
      : { firstDay: Number(entry.first), lastDay: Number(entry.last) };
  const nominal = nominalWindowAfter(period, days);
  const reasons: WindowReason[] = [];
  const shifted = shiftWindow(nominal, calendar);
  if (shifted.first !== nominal.first || shifted.last !== nominal.last) reasons.push('holiday');
  const { window, moved } = moveIfOver(shifted, startDay, calendar);
  if (moved) reasons.push('already-over');
  const before = SEQUENTIAL.has(entry.phase) ? earlier.findLast(({ phase }) => SEQUENTIAL.has(phase)) : undefined;
  if (!before || !wasMoved(before) || moved || window.first > before.window.last) return { phase: entry.phase, nominal, window, reasons };
  return {
    phase: entry.phase,
    nominal,
    window: keepLength(window, before.window.last, calendar),
    reasons: [...reasons, 'after-earlier-phase'],
  };
}

function wasMoved({ reasons }: PhaseWindow): boolean {
  return reasons.includes('already-over') || reasons.includes('after-earlier-phase');
}

/** From the next working day after `last`, as long in calendar days as it was. */
function keepLength(window: DayWindow, last: PlainDay, calendar: WorkCalendar): DayWindow {
  const first = addWorkingDays(last, 1, calendar);
  return { first, last: workingDayFrom(addDays(first, daysIn(window.first, window.last) - 1), calendar) };
}

function countedWindow(
  entry: Extract<ScheduleEntry, { kind: 'working-days' }>,
  earlier: readonly PhaseWindow[],
  { calendar, startDay }: { readonly calendar: WorkCalendar; readonly startDay: PlainDay },
): PhaseWindow {
  const base = entry.after === undefined ? earlier.at(-1) : earlier.find(({ phase }) => phase === entry.after);
  if (entry.after !== undefined && !base)
    throw new RangeError(`phase ${entry.phase} counts from ${entry.after}, which does not come before it`);
  const workingDays = Number(entry.days);
  const from = base?.window ?? { first: startDay, last: startDay };
  const last = workingDayAfterWindow(from, workingDays, calendar);
  // Results come out on the N-th day itself; other phases have the days up to it.
  const first = entry.phase === 'publication' ? last : workingDayFrom(addDays(from.last, 1), calendar);
  return { phase: entry.phase, window: { first, last }, workingDays, ...(base ? { after: base.phase } : {}), reasons: [] };
}

/** Review phases whose windows end no later than that of the one before them share it, each its part of the working days. */
function shareWindows(windows: readonly PhaseWindow[], calendar: WorkCalendar): readonly PhaseWindow[] {
  const shared: PhaseWindow[] = [];
  let group: PhaseWindow[] = [];
  const flush = (): void => {
    shared.push(...(group.length > 1 ? divided(group, calendar) : group));
    group = [];
  };
  for (const item of windows) {
    const first = group[0];
    const isReview = SEQUENTIAL.has(item.phase) && item.phase !== 'publication';
    if (!first || !isReview || item.window.last > first.window.last) flush();
    group.push(item);
  }
  flush();
  return shared;
}

function divided(group: readonly PhaseWindow[], calendar: WorkCalendar): readonly PhaseWindow[] {
  const days = workingDaysOf(group, calendar);
  return group.map((item, index) => {
    const from = days[Math.floor((index * days.length) / group.length)] ?? item.window.last;
    const to = days[Math.max(Math.floor(((index + 1) * days.length) / group.length) - 1, 0)] ?? item.window.last;
    return { ...item, window: { first: from, last: to }, reasons: [...item.reasons, 'window-shared'] };
  });
}

/** Working days from the earliest first day of the group to its common last. */
function workingDaysOf(group: readonly PhaseWindow[], calendar: WorkCalendar): readonly PlainDay[] {
  const last = group[0]?.window.last;
  const firsts = group.map(({ window }) => window.first).sort();
  const days: PlainDay[] = [];
  if (last === undefined) return days;
  for (let day = firsts[0] ?? last; day <= last; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) days.push(day);
  return days;
}

function derivationOf(
  { nominal, window, workingDays, after, reasons }: PhaseWindow,
  more: readonly WindowReason[] = [],
): PhasePlan['derivation'] {
  const all = [...reasons, ...more];
  return {
    ...(nominal ? { first: nominal.first, last: nominal.last } : {}),
    shiftedFirst: window.first,
    shiftedLast: window.last,
    ...(workingDays === undefined ? {} : { workingDays }),
    ...(after === undefined ? {} : { after }),
    ...(all.length === 0 ? {} : { reasons: all }),
  };
}

/** Days to instants: a review phase opens when the one before it has closed, those after publication with it. */
function plansOf(windows: readonly PhaseWindow[], zone: string): readonly PhasePlan[] {
  const plans: PhasePlan[] = [];
  let closed: Instant | undefined;
  let publishedAt: Instant | undefined;
  for (const item of windows) {
    const { phase, window } = item;
    const begins = startOfDay(window.first, zone);
    const floor = SEQUENTIAL.has(phase) ? closed : publishedAt;
    const together = phase === 'confirmation' || phase === 'appeals';
    const opensAt = together ? (publishedAt ?? begins) : later(begins, floor);
    const closesAt = later(endOfDay(window.last, zone), opensAt);
    const lastDay = startOfDay(window.last, zone);
    const remindAt = phase !== 'publication' && phase !== 'payout' && lastDay > opensAt ? [lastDay] : [];
    plans.push({ phase, opensAt, closesAt, remindAt, derivation: derivationOf(item) });
    if (SEQUENTIAL.has(phase)) closed = closesAt;
    if (phase === 'publication') publishedAt = opensAt;
  }
  return plans;
}

function later(one: Instant, other: Instant | undefined): Instant {
  return other !== undefined && other > one ? other : one;
}

/** Demo and tests: each phase as many shortened days as its window has working days, one after another from the start. */
function shortenedPlans(
  windows: readonly PhaseWindow[],
  { calendar, startedAt }: WindowPlanInput,
  dayLengthMs: number,
): readonly PhasePlan[] {
  const plans: PhasePlan[] = [];
  let cursor = startedAt;
  let publishedAt = startedAt;
  for (const item of windows) {
    const { phase, window, workingDays } = item;
    const days = workingDays !== undefined && phase !== 'publication' ? workingDays : Math.max(workingDaysIn(window, calendar), 1);
    const base = item.after === undefined ? undefined : plans.find((plan) => plan.phase === item.after);
    const opensAt = SEQUENTIAL.has(phase) ? cursor : phase === 'payout' ? (base?.closesAt ?? publishedAt) : publishedAt;
    const closesAt = instantPlusMs(opensAt, days * dayLengthMs);
    const remindAt = days > 1 && phase !== 'publication' && phase !== 'payout' ? [instantPlusMs(closesAt, -dayLengthMs)] : [];
    plans.push({ phase, opensAt, closesAt, remindAt, derivation: derivationOf(item, ['shortened-days']) });
    if (SEQUENTIAL.has(phase)) cursor = closesAt;
    if (phase === 'publication') publishedAt = opensAt;
  }
  return plans;
}
