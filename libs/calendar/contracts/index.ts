export { CALENDAR_LIMITS, CALENDAR_REGIONS, calendarSettingsSchema, dayOverrideSchema } from './calendar';
export type { CalendarRegion, CalendarSettings, DayOverride, DayWindow } from './calendar';
