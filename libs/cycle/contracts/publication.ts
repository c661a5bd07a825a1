import type { Instant } from '#kernel';
import { CALENDAR_REGIONS, type CalendarRegion, deadline, type WorkCalendar, workCalendar } from '#libs/calendar';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { Phase } from './events';
import type { CycleView } from './reader';

/** The calendar that a cycle counts by: the official days of its region with the company's overrides as they stand. */
export async function calendarOfCycle(region: string, organisation: Pick<OrganisationReader, 'calendarOverrides'>): Promise<WorkCalendar> {
  const overrides = await organisation.calendarOverrides(region);
  return workCalendar({ region: calendarRegion(region), overrides: overrides.map(({ day, working }) => ({ day, working })) });
}

/** Thrown when the region is none of CALENDAR_REGIONS: RangeError. */
export function calendarRegion(text: string): CalendarRegion {
  const region = CALENDAR_REGIONS.find((known) => known === text);
  if (!region) throw new RangeError(`not a calendar region: ${text}`);
  return region;
}

/** When the results came out: the opening of the publication phase. */
export function publicationInstant({ phases }: Pick<CycleView, 'phases'>): Instant | null {
  return phases.find(({ phase }) => phase === 'publication')?.openedAt ?? null;
}

/**
 * The end of a phase that follows publication. One that counts its working days from publication is derived from the
 * instant of it, so that nobody's time to answer depends on how punctual it was; one with a window of its own keeps it, unless
 * that was over when the results came out: then it lasts as many working days from there. Undefined when not in the plan.
 */
export function endAfterPublication(cycle: CycleView, phase: Phase, calendar: WorkCalendar): Instant | undefined {
  const planned = cycle.phases.find((candidate) => candidate.phase === phase);
  const start = publicationInstant(cycle);
  if (!planned || start === null || planned.openedAt !== null) return planned?.closesAt;
  const { after, workingDays = 1 } = planned.derivation ?? {};
  if (after !== 'publication' && planned.closesAt > start) return planned.closesAt;
  return deadline({ start, workingDays, calendar, zone: cycle.calendar.zone, dayLengthMs: cycle.dayLengthMs ?? undefined }).at;
}
