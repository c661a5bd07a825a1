import { isPlainDay, type PlainDay } from '#kernel';
import { z } from 'zod';

/** Where a day begins for the company as a whole, and for whatever has no zone of its own. */
export const COMPANY_ZONE = 'Asia/Shanghai';

/** Bounds of everything counted in days, so that no loop over days runs away. */
export const CALENDAR_LIMITS = { workingDays: 2_000, spanDays: 4_000, overrides: 1_000 } as const;

export const CALENDAR_REGIONS = ['CN', 'WEEKDAYS'] as const;
export type CalendarRegion = (typeof CALENDAR_REGIONS)[number];

/** A day on which the company works or does not, whatever the official calendar says. */
export const dayOverrideSchema = z.strictObject({
  day: z.string().refine(isPlainDay, 'not a day YYYY-MM-DD'),
  working: z.boolean(),
});
export interface DayOverride {
  readonly day: PlainDay;
  readonly working: boolean;
}

/** What a site or cycle records of its calendar: enough to make the same calendar again. */
export const calendarSettingsSchema = z.strictObject({
  region: z.enum(CALENDAR_REGIONS),
  overrides: z.array(dayOverrideSchema).max(CALENDAR_LIMITS.overrides),
});
export interface CalendarSettings {
  readonly region: CalendarRegion;
  readonly overrides: readonly DayOverride[];
}

/** First and last calendar day, both included. */
export interface DayWindow {
  readonly first: PlainDay;
  readonly last: PlainDay;
}
