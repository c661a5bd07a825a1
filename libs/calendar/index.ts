export { CALENDAR_LIMITS, CALENDAR_REGIONS, calendarSettingsSchema, COMPANY_ZONE, dayOverrideSchema } from './contracts';
export type { CalendarRegion, CalendarSettings, DayOverride, DayWindow } from './contracts';
export {
  addWorkingDays,
  isWorkingDay,
  OFFICIAL_CALENDAR_CN,
  workCalendar,
  workingDayFrom,
  workingDaysBetween,
  workingDaysIn,
} from './domain/work-calendar';
export type { DayReason, DayStatus, WorkCalendar } from './domain/work-calendar';
export { addDays, addMonths, dayAt, dayOfMonth, dayOfWeek, daysIn, endOfDay, startOfDay, wallClock } from './domain/days';
export { deadline } from './domain/deadline.policy';
export type { Deadline, DeadlineDerivation, DeadlineInput } from './domain/deadline.policy';
export {
  byDayAfter,
  flaggedYears,
  moveIfOver,
  nominalWindowAfter,
  shiftWindow,
  windowAfter,
  windowInstants,
  workingDayAfterWindow,
} from './domain/window.policy';
export { monthsOf, overlappingPeriods, periodBefore, PERIOD_KINDS, periodKind, periodWindow } from './domain/period';
export type { PeriodKind } from './domain/period';
