import { type Instant, instantPlusMs, type Period, type PlainDay } from '#kernel';
import {
  addWorkingDays,
  dayAt,
  type DayWindow,
  deadline,
  endOfDay,
  moveIfOver,
  nominalWindowAfter,
  periodKind,
  shiftWindow,
  startOfDay,
  type WorkCalendar,
  workingDaysIn,
} from '#libs/calendar';
import type { ScheduleEntry, SchemePhase } from '../contracts/document';
import type { CompiledScheme } from './compile';

export interface ScheduleInput {
  readonly period: Period;
  /** When the cycle starts. */
  readonly start: Instant;
  readonly calendar: WorkCalendar;
  readonly zone: string;
  /** Shortened working days for demos and tests. */
  readonly dayLengthMs?: number | undefined;
}

/** One phase with its window, and how it came about, in codes and days. */
export interface PlannedPhase {
  readonly phase: SchemePhase;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly remindAt: readonly Instant[];
  readonly derivation: {
    /** As the scheme says, before any shift. */
    readonly first?: PlainDay;
    readonly last?: PlainDay;
    readonly shiftedFirst: PlainDay;
    readonly shiftedLast: PlainDay;
    readonly workingDays?: number;
    /** `over-at-start`: begun on the next working day with its length kept; `after-earlier-phase`: likewise after the phase before. */
    readonly reason?: 'over-at-start' | 'after-earlier-phase' | 'shortened-days';
  };
}

/** Phases in which people act, so that they are reminded. */
const REMINDED: ReadonlySet<SchemePhase> = new Set(['self-review', 'manager-review', 'second-review', 'confirmation']);
/** These begin with publication and run side by side. */
const FROM_PUBLICATION: ReadonlySet<SchemePhase> = new Set(['confirmation', 'appeals']);

/**
 * The windows of a cycle over a period, in the order of the scheme (schemes.md "Shift of windows on holidays", domain.md
 * "Cycle"). Undefined when the scheme has no schedule for such a period. Thrown on an unknown zone: RangeError.
 */
export function planSchedule(scheme: CompiledScheme, input: ScheduleInput): readonly PlannedPhase[] | undefined {
  const entries = scheme.document.schedule[periodKind(input.period)];
  if (!entries) return undefined;
  const planned: PlannedPhase[] = [];
  for (const entry of entries)
    planned.push(input.dayLengthMs === undefined ? byCalendar(entry, planned, input) : shortened(entry, planned, input, input.dayLengthMs));
  return planned;
}

/** The phase that this one waits for. */
function before(phase: SchemePhase, planned: readonly PlannedPhase[]): PlannedPhase | undefined {
  const publication = planned.find((other) => other.phase === 'publication');
  return FROM_PUBLICATION.has(phase) && publication ? publication : planned.at(-1);
}

function byCalendar(entry: ScheduleEntry, planned: readonly PlannedPhase[], input: ScheduleInput): PlannedPhase {
  const { calendar, zone, start } = input;
  const earlier = before(entry.phase, planned);
  const opensNoEarlier = earlier?.closesAt ?? start;
  if (entry.kind === 'working-days') {
    const days = Number(entry.days);
    const base = (entry.after === undefined ? earlier : planned.find((other) => other.phase === entry.after)) ?? earlier;
    const from = base?.derivation.shiftedLast ?? dayAt(start, zone);
    let last = addWorkingDays(from, days, calendar);
    let reason: 'after-earlier-phase' | undefined;
    if (earlier && last < earlier.derivation.shiftedLast)
      [last, reason] = [addWorkingDays(earlier.derivation.shiftedLast, days, calendar), 'after-earlier-phase'];
    const opensAt = entry.phase === 'publication' ? later(opensNoEarlier, startOfDay(last, zone)) : opensNoEarlier;
    const derivation = { shiftedFirst: dayAt(opensAt, zone), shiftedLast: last, workingDays: days, ...(reason && { reason }) };
    return phaseOf(entry.phase, opensAt, later(endOfDay(last, zone), opensAt), derivation, input);
  }
  const { nominal, window, reason } = windowOf(entry, earlier, input);
  const opensAt = later(opensNoEarlier, startOfDay(window.first, zone));
  const derivation = {
    first: nominal.first,
    last: nominal.last,
    shiftedFirst: window.first,
    shiftedLast: window.last,
    ...(reason && { reason }),
  };
  return phaseOf(entry.phase, opensAt, endOfDay(window.last, zone), derivation, input);
}

type DaysEntry = Exclude<ScheduleEntry, { kind: 'working-days' }>;

function windowOf(entry: DaysEntry, earlier: PlannedPhase | undefined, { period, start, calendar, zone }: ScheduleInput) {
  const [firstDay, lastDay] = entry.kind === 'days' ? [Number(entry.first), Number(entry.last)] : [Number(entry.day), Number(entry.day)];
  const nominal = nominalWindowAfter(period, { firstDay, lastDay });
  const moved = moveIfOver(shiftWindow(nominal, calendar), dayAt(start, zone), calendar);
  let { window } = moved;
  let reason: 'over-at-start' | 'after-earlier-phase' | undefined = moved.moved ? 'over-at-start' : undefined;
  // An earlier phase that was moved may end after this one would: then this one follows it, with its length kept.
  const lastOfEarlier = earlier?.derivation.shiftedLast;
  if (lastOfEarlier !== undefined && window.last <= lastOfEarlier) {
    window = follow(window, lastOfEarlier, calendar);
    reason = 'after-earlier-phase';
  }
  return { nominal, window, reason };
}

function follow(window: DayWindow, after: PlainDay, calendar: WorkCalendar): DayWindow {
  const days = Math.max(workingDaysIn(window, calendar), 1);
  return { first: addWorkingDays(after, 1, calendar), last: addWorkingDays(after, days, calendar) };
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

function phaseOf(
  phase: SchemePhase,
  opensAt: Instant,
  closesAt: Instant,
  derivation: PlannedPhase['derivation'],
  { zone }: ScheduleInput,
): PlannedPhase {
  const lastMorning = startOfDay(derivation.shiftedLast, zone);
  const remindAt = REMINDED.has(phase) && lastMorning > opensAt ? [lastMorning] : [];
  return { phase, opensAt, closesAt, remindAt, derivation };
}

/** Every working day of a window lasts `dayLengthMs`, one phase after the other; publication is due at once. */
function shortened(entry: ScheduleEntry, planned: readonly PlannedPhase[], input: ScheduleInput, dayLengthMs: number): PlannedPhase {
  const { start, calendar, zone } = input;
  const opensAt = before(entry.phase, planned)?.closesAt ?? start;
  const workingDays = entry.phase === 'publication' ? 0 : shortenedDays(entry, planned, input);
  const due = deadline({ start: opensAt, workingDays, calendar, zone, dayLengthMs });
  const lastDay = instantPlusMs(due.at, -dayLengthMs);
  const remindAt = REMINDED.has(entry.phase) && lastDay > opensAt ? [lastDay] : [];
  const derivation = { shiftedFirst: dayAt(opensAt, zone), shiftedLast: due.day, workingDays, reason: 'shortened-days' } as const;
  return { phase: entry.phase, opensAt, closesAt: due.at, remindAt, derivation };
}

/** Days of its own: what a window shares with the one before it, or N working days share with what ran meanwhile, counts once. */
function shortenedDays(entry: ScheduleEntry, planned: readonly PlannedPhase[], input: ScheduleInput): number {
  if (entry.kind === 'working-days') return Number(entry.days);
  const { window } = windowOf(entry, undefined, input);
  const spent = planned.reduce((sum, phase) => sum + (phase.derivation.workingDays ?? 0), 0);
  return Math.max(workingDaysIn(window, input.calendar) - spent, 1);
}
