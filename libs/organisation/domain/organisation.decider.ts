import { assertNever, type Decider, Rejection } from '#kernel';
import type {
  CompletePeopleImport,
  DeclareMetric,
  DeclareSite,
  OrganisationCommand,
  OrganisationEvent,
  OverrideCalendar,
} from '../contracts';
import { ORGANISATION_LIMITS } from '../contracts';

type Of<T extends OrganisationEvent['type']> = Extract<OrganisationEvent, { readonly type: T }>['data'];

/** The company's one stream: which imports count, in which order, and its settings. */
export interface Organisation {
  /** How many people imports were completed: what an import's rows are checked against. */
  readonly imports: number;
  readonly completed: ReadonlyMap<string, Of<'PeopleImportCompleted'>>;
  readonly calendar: ReadonlyMap<string, Of<'CalendarOverridden'>>;
  readonly sites: ReadonlyMap<string, Of<'SiteDeclared'>>;
  readonly metrics: ReadonlyMap<string, Of<'MetricDeclared'>>;
}

export const ORGANISATION_ID = 'main';

export const organisationDecider: Decider<OrganisationCommand, Organisation, OrganisationEvent> = {
  category: 'organisation',
  initial: { imports: 0, completed: new Map(), calendar: new Map(), sites: new Map(), metrics: new Map() },
  decide(command, state, { now }) {
    switch (command.type) {
      case 'CompletePeopleImport': {
        const { basedOn, ...data } = command.data;
        return completeImport(state, command, { ...data, completedAt: now });
      }
      case 'OverrideCalendar':
        return overrideCalendar(state, command);
      case 'DeclareSite':
        return declareSite(state, command);
      case 'DeclareMetric':
        return declareMetric(state, command);
      default:
        return assertNever(command);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'PeopleImportCompleted':
        return { ...state, imports: state.imports + 1, completed: withEntry(state.completed, event.data.importId, event.data) };
      case 'CalendarOverridden':
        return { ...state, calendar: withEntry(state.calendar, dayKey(event.data), event.data) };
      case 'SiteDeclared':
        return { ...state, sites: withEntry(state.sites, event.data.site, event.data) };
      case 'MetricDeclared':
        return { ...state, metrics: withEntry(state.metrics, event.data.metric, event.data) };
      default:
        return state;
    }
  },
  isTerminal: () => false,
};

function completeImport(
  state: Organisation,
  { data }: CompletePeopleImport,
  event: Of<'PeopleImportCompleted'>,
): readonly OrganisationEvent[] {
  if (state.completed.has(data.importId)) return [];
  if (state.imports !== data.basedOn)
    throw new Rejection('organisation.changed-meanwhile', { basedOn: data.basedOn, imports: state.imports });
  // A file that says nothing new is not an event of the company.
  if (data.newPeople + data.changedPeople === 0) return [];
  return [{ type: 'PeopleImportCompleted', data: event }];
}

function overrideCalendar(state: Organisation, { data }: OverrideCalendar): readonly OrganisationEvent[] {
  const before = state.calendar.get(dayKey(data));
  if ((before?.kind ?? 'official') === data.kind) return [];
  if (!before && state.calendar.size >= ORGANISATION_LIMITS.calendarDays) {
    throw new Rejection('organisation.too-many-calendar-days', { limit: ORGANISATION_LIMITS.calendarDays });
  }
  return [{ type: 'CalendarOverridden', data }];
}

function declareSite(state: Organisation, { data }: DeclareSite): readonly OrganisationEvent[] {
  const before = state.sites.get(data.site);
  if (before?.zone === data.zone && before.calendarRegion === data.calendarRegion) return [];
  if (!isZone(data.zone)) throw new Rejection('organisation.unknown-zone', { zone: data.zone });
  if (!before && state.sites.size >= ORGANISATION_LIMITS.sites)
    throw new Rejection('organisation.too-many-sites', { limit: ORGANISATION_LIMITS.sites });
  return [{ type: 'SiteDeclared', data }];
}

/** The zone names that the platform's own date library knows; reads no clock. */
function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function declareMetric(state: Organisation, { data }: DeclareMetric): readonly OrganisationEvent[] {
  const before = state.metrics.get(data.metric);
  if (before?.unit === data.unit && before.combine === data.combine && before.owner === data.owner && before.minimum === data.minimum)
    return [];
  return [{ type: 'MetricDeclared', data }];
}

function dayKey({ region, day }: { readonly region: string; readonly day: string }): string {
  return `${region} ${day}`;
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}
