export { CALENDAR_LIMITS, CALENDAR_REGIONS, calendarSettingsSchema, COMPANY_ZONE, dayOverrideSchema } from './calendar';
export type { CalendarRegion, CalendarSettings, DayOverride, DayWindow } from './calendar';
