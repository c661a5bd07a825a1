import { CALENDAR_REGIONS, COMPANY_ZONE, type WorkCalendar, workCalendar } from '#libs/calendar';
import type { OrganisationReader } from '#libs/organisation/contracts';

export interface PlanSite {
  readonly region: string;
  readonly zone: string;
}

/** The calendar of a region with the company's overrides as they are now. */
export async function planCalendar(organisation: OrganisationReader, region: string): Promise<WorkCalendar> {
  const known = CALENDAR_REGIONS.find((candidate) => candidate === region) ?? 'CN';
  const overrides = (await organisation.calendarOverrides(known)).map(({ day, working }) => ({ day, working }));
  return workCalendar({ region: known, overrides });
}

export const DEFAULT_SITE: PlanSite = { region: 'CN', zone: COMPANY_ZONE };

/** Where the person works; the default where nobody said. */
export async function siteOf(organisation: OrganisationReader, site: string | null): Promise<PlanSite> {
  const row = site === null ? undefined : await organisation.site(site);
  return row ? { region: row.calendarRegion, zone: row.zone } : DEFAULT_SITE;
}
