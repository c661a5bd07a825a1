import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CALENDAR_REGIONS, deadline, shiftWindow, workCalendar } from '#libs/calendar';
import { zInstant, zPlainDay } from '#libs/kernel/schema';
import type { OrganisationReader } from '#libs/organisation/contracts';
import { ProblemException } from '../http/problem';
import { ORGANISATION } from '../tokens';

const zRegion = z.enum(CALENDAR_REGIONS).default('CN');
const zWindowQuery = z.strictObject({ first: zPlainDay, last: zPlainDay, region: zRegion });
const zWindow = z.strictObject({ first: zPlainDay, last: zPlainDay });
const zDeadlineQuery = z.strictObject({
  start: zInstant,
  workingDays: z.coerce.number().int().min(1).max(250),
  region: zRegion,
  zone: z.string().max(60).default('Asia/Shanghai'),
});
const zDeadline = z.strictObject({ at: zInstant, day: zPlainDay });

/** Working days as the company counts them: official days, make-up weekends and its own overrides. */
@ApiTags('calendar')
@Controller('calendar')
export class CalendarController {
  constructor(@Inject(ORGANISATION) private readonly organisation: OrganisationReader) {}

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
