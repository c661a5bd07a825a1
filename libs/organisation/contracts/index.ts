import type { EventsOf } from '#libs/event-store';
import type { organisationEvents } from './events';

export type OrganisationEvent = EventsOf<typeof organisationEvents>;
export {
  calendarOverridden,
  metricDeclared,
  ORGANISATION_LIMITS,
  organisationEvents,
  peopleImportCompleted,
  peopleImportStarted,
  peopleLinesRecorded,
  ROLES,
  siteDeclared,
  zPersonLine,
  zRole,
} from './events';
export type { PersonLine, Role } from './events';
export type {
  CompletePeopleImport,
  DeclareMetric,
  DeclareSite,
  MetricCombine,
  MetricUnit,
  OrganisationCommand,
  OverrideCalendar,
  PeopleImportCommand,
  RecordPeopleLines,
  StartPeopleImport,
} from './commands';
export { ORGANISATION_READ_LIMITS } from './reader';
export type {
  CalendarOverrideRow,
  DeclaredMetric,
  LineBelowQuery,
  MemberCount,
  MemberExclusion,
  MemberRow,
  MemberScope,
  MembersQuery,
  OrganisationReader,
  PeopleFilter,
  PeopleImportView,
  PersonTexts,
  PersonUnit,
  Stretch,
  SiteRow,
} from './reader';
export { zPeopleProfile } from './people-profile';
export type { PeopleProfile } from './people-profile';
export { BUILT_IN_METRICS, isTargetMetric, metricRegistry, metricValueProblem } from './metrics';
export type { Metric, MetricValueProblem } from './metrics';
