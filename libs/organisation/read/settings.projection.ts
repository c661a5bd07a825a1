import type { EventsOf } from '#libs/event-store';
import { defineProjection } from '#libs/projections';
import type { calendarOverridden, metricDeclared, siteDeclared } from '../contracts';

export type CalendarOverrideTableRow = { region: string; day: string; working: boolean; reason: string };

export const calendarOverrides = defineProjection<CalendarOverrideTableRow, EventsOf<readonly [typeof calendarOverridden]>>({
  name: 'calendar_overrides',
  version: 1,
  columns: { region: 'text', day: 'date', working: 'boolean', reason: 'text' },
  key: ['region', 'day'],
  history: true,
  on: {
    CalendarOverridden: {
      keys: ({ data }) => [[data.region, data.day]],
      evolve: (_, { data }) =>
        data.kind === 'official'
          ? undefined
          : { region: data.region, day: data.day, working: data.kind === 'working', reason: data.reason },
    },
  },
});

export type SiteTableRow = { site: string; zone: string; calendar_region: string };

export const sites = defineProjection<SiteTableRow, EventsOf<readonly [typeof siteDeclared]>>({
  name: 'sites',
  version: 1,
  columns: { site: 'text', zone: 'text', calendar_region: 'text' },
  key: ['site'],
  history: false,
  on: {
    SiteDeclared: {
      keys: ({ data }) => [[data.site]],
      evolve: (_, { data }) => ({ site: data.site, zone: data.zone, calendar_region: data.calendarRegion }),
    },
  },
});

export type DeclaredMetricRow = { metric: string; unit: string; combine: string; owner: string | null; minimum: string | null };

export const declaredMetrics = defineProjection<DeclaredMetricRow, EventsOf<readonly [typeof metricDeclared]>>({
  name: 'declared_metrics',
  version: 1,
  columns: { metric: 'text', unit: 'text', combine: 'text', owner: 'text', minimum: 'text' },
  key: ['metric'],
  history: true,
  on: {
    MetricDeclared: {
      keys: ({ data }) => [[data.metric]],
      evolve: (_, { data }) => ({
        metric: data.metric,
        unit: data.unit,
        combine: data.combine,
        owner: data.owner ?? null,
        minimum: data.minimum ?? null,
      }),
    },
  },
});
