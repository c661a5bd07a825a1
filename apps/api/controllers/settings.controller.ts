import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CALENDAR_REGIONS } from '#libs/calendar';
import type { FactsReader } from '#libs/facts/contracts';
import { zPlainDay, zSubjectId } from '#libs/kernel/schema';
import type { OrganisationReader } from '#libs/organisation/contracts';
import { libraryFacts } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { FACTS, ORGANISATION } from '../tokens';

const zSites = z.strictObject({ items: z.array(z.strictObject({ site: z.string(), zone: z.string(), calendarRegion: z.string() })) });
const zMetrics = z.strictObject({
  items: z.array(
    z.strictObject({
      metric: z.string(),
      title: z
        .strictObject({ 'zh-CN': z.string(), en: z.string() })
        .nullable()
        .describe('As the product calls it; null for what the company declared under a name of its own'),
      unit: z.enum(['money', 'count', 'percent', 'days', 'points']),
      combine: z.enum(['sum', 'last', 'mean']),
      owner: z.strictObject({ subject: zSubjectId, name: z.string().nullable() }).nullable(),
      minimum: z.string().nullable(),
      target: z.boolean().describe('Set by imports of targets, never by facts'),
      declared: z.boolean().describe('By the company, over or beside what ships with the product'),
    }),
  ),
});
const zOverridesQuery = z.strictObject({ region: z.enum(CALENDAR_REGIONS).default('CN') });
const zOverrides = z.strictObject({ items: z.array(z.strictObject({ day: zPlainDay, working: z.boolean(), reason: z.string() })) });

/** Metrics that ship with the product although no indicator of the library reads them. */
const OTHER_TITLES = [
  ['deals.won', { 'zh-CN': '成交单数', en: 'Deals won' }],
  ['rank.place', { 'zh-CN': '名次', en: 'Place' }],
  ['rank.of', { 'zh-CN': '参与排名人数', en: 'People ranked' }],
] as const;
const TITLES = new Map<string, { 'zh-CN': string; en: string }>([
  ...OTHER_TITLES,
  ...libraryFacts().map(({ key, title }) => [key, title] as const),
]);

/** What the company has said of its sites, its metrics and its calendar. */
@ApiTags('settings')
@Controller()
export class SettingsController {
  constructor(
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(FACTS) private readonly facts: FactsReader,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** Declared sites, by name; where none is declared, any will do in a people file. */
  @Get('sites')
  @ApiOkResponse({ standardSchema: zSites })
  async sites(@CallerParam() caller: Caller): Promise<z.infer<typeof zSites>> {
    await this.access.require(caller, 'calendar.read');
    return { items: [...(await this.organisation.sites())] };
  }

  /** Metrics that ship with the product and those declared, by name. */
  @Get('metrics')
  @ApiOkResponse({ standardSchema: zMetrics })
  async metrics(@CallerParam() caller: Caller): Promise<z.infer<typeof zMetrics>> {
    await this.access.require(caller, 'scheme.read');
    const [all, declared] = await Promise.all([this.facts.metrics(), this.organisation.declaredMetrics()]);
    const own = new Set(declared.map(({ metric }) => metric));
    const names = await this.names.of([...all.values()].flatMap(({ owner }) => (owner ? [owner] : [])));
    const items = [...all.values()]
      .sort((one, other) => (one.metric < other.metric ? -1 : 1))
      .map(({ metric, unit, combine, owner, minimum, target }) => ({
        metric,
        title: TITLES.get(metric) ?? null,
        unit,
        combine,
        owner: owner ? { subject: owner, name: names.get(owner) ?? null } : null,
        minimum,
        target,
        declared: own.has(metric),
      }));
    return { items };
  }

  /** Days that the company works or not whatever the official calendar says, in order. */
  @Get('calendar/overrides')
  @ApiOkResponse({ standardSchema: zOverrides })
  async overrides(
    @Query({ schema: zOverridesQuery }) { region }: z.infer<typeof zOverridesQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zOverrides>> {
    await this.access.require(caller, 'calendar.read');
    return { items: (await this.organisation.calendarOverrides(region)).map(({ day, working, reason }) => ({ day, working, reason })) };
  }
}
