import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { PlainDay } from '#kernel';
import { addDays, CALENDAR_REGIONS, COMPANY_ZONE, type DayReason, daysIn, deadline, shiftWindow, workCalendar } from '#libs/calendar';
import { zInstant, zPlainDay } from '#libs/kernel/schema';
import type { OrganisationReader } from '#libs/organisation/contracts';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { ProblemException } from '../http/problem';
import { ORGANISATION } from '../tokens';

const zRegion = z.enum(CALENDAR_REGIONS).default('CN');
const zWindowQuery = z.strictObject({ first: zPlainDay, last: zPlainDay, region: zRegion });
const zWindow = z.strictObject({ first: zPlainDay, last: zPlainDay });
const zDeadlineQuery = z.strictObject({
  start: zInstant,
  workingDays: z.coerce.number().int().min(1).max(250),
  region: zRegion,
  zone: z.string().max(60).default(COMPANY_ZONE),
});
const zDeadline = z.strictObject({ at: zInstant, day: zPlainDay });
const MOST_DAYS = 400;
const zDaysQuery = z.strictObject({ first: zPlainDay, last: zPlainDay.describe(`At most ${MOST_DAYS} days`), region: zRegion });
const zDay = z.strictObject({
  day: zPlainDay,
  working: z.boolean(),
  why: z.enum(['weekday', 'weekend', 'official-off', 'make-up-workday', 'override']),
  reason: z.string().nullable().describe('Of an override, as it was given'),
  flagged: z.boolean().describe('The year is beyond the table of official days: plain Monday to Friday, may change'),
});
type Day = z.infer<typeof zDay>;
const zDays = z.strictObject({
  region: z.enum(CALENDAR_REGIONS),
  version: z.string().describe('Of the table of official days and of the overrides'),
  days: z.array(zDay),
});

const WHY: Readonly<Record<DayReason, Day['why']>> = {
  weekday: 'weekday',
  weekend: 'weekend',
  holiday: 'official-off',
  'make-up-day': 'make-up-workday',
  'override-off': 'override',
  'override-worked': 'override',
};

/** Working days as the company counts them: official days, make-up weekends and its own overrides. */
@ApiTags('calendar')
@Controller('calendar')
export class CalendarController {
  constructor(
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(Access) private readonly access: Access,
  ) {}

  /** Each day from the first to the last, both included: worked or not, and why. Thrown: `calendar.too-many-days`. */
  @Get('days')
  @ApiOkResponse({ standardSchema: zDays })
  async days(
    @Query({ schema: zDaysQuery }) { first, last, region }: z.infer<typeof zDaysQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zDays>> {
    await this.access.require(caller, 'calendar.read');
    if (last < first) throw new ProblemException(422, 'calendar.window-ends-before-it-begins');
    if (daysIn(first, last) > MOST_DAYS) throw new ProblemException(422, 'calendar.too-many-days', { most: MOST_DAYS });
    const overrides = await this.organisation.calendarOverrides(region);
    const reasons = new Map<PlainDay, string>(overrides.map(({ day, reason }) => [day, reason]));
    const calendar = workCalendar({ region, overrides: overrides.map(({ day, working }) => ({ day, working })) });
    const days: Day[] = [];
    for (let day = first; day <= last; day = addDays(day, 1)) {
      const { working, reason, flagged } = calendar.status(day);
      days.push({ day, working, why: WHY[reason], reason: reasons.get(day) ?? null, flagged });
    }
    return { region, version: calendar.version, days };
  }

  /** The window of those days after the shift off holidays. */
  @Get('window')
  @ApiOkResponse({ standardSchema: zWindow })
  async window(@Query({ schema: zWindowQuery }) query: z.infer<typeof zWindowQuery>): Promise<z.infer<typeof zWindow>> {
    if (query.last < query.first) throw new ProblemException(422, 'calendar.window-ends-before-it-begins');
    return shiftWindow({ first: query.first, last: query.last }, await this.#calendar(query.region));
  }

  /** The instant N working days after a start: the start day is not counted, the end is 24:00 of day N. */
  @Get('deadline')
  @ApiOkResponse({ standardSchema: zDeadline })
  async deadline(@Query({ schema: zDeadlineQuery }) query: z.infer<typeof zDeadlineQuery>): Promise<z.infer<typeof zDeadline>> {
    const { at, day } = deadline({
      start: query.start,
      workingDays: query.workingDays,
      calendar: await this.#calendar(query.region),
      zone: query.zone,
    });
    return { at, day };
  }

  async #calendar(region: z.infer<typeof zRegion>): Promise<ReturnType<typeof workCalendar>> {
    const overrides = await this.organisation.calendarOverrides(region);
    return workCalendar({ region, overrides: overrides.map(({ day, working }) => ({ day, working })) });
  }
}
