import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Rejection, type SubjectId } from '#kernel';
import type { CycleReader } from '#libs/cycle/contracts';
import type { EventLog } from '#libs/event-store';
import { zSubjectId, zUuid } from '#libs/kernel/schema';
import {
  BOARD_MEASURES,
  BOARD_SCOPES,
  type BoardEntry,
  type BoardQuery,
  leaderboard,
  LEADERBOARD_LIMITS,
  ownPlace,
} from '#libs/leaderboard';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { ReadDb } from '#libs/projections';
import { EVENT_LOG } from '#libs/runtime';
import { Access } from '../http/access';
import { positionOf } from '../http/as-of';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zAsOf } from '../http/page';
import { ProblemException } from '../http/problem';
import { CYCLES, ORGANISATION, READ_DB } from '../tokens';

const zBoardQuery = z.strictObject({
  cycleId: zUuid,
  scope: z.enum(BOARD_SCOPES).default('company'),
  unit: z.string().max(120).optional().describe('The region or team'),
  measure: z.enum(BOARD_MEASURES).default('score'),
  asOf: zAsOf,
  after: z
    .string()
    .regex(/^\d{1,7}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(LEADERBOARD_LIMITS.page).default(50),
});
const zEntry = z.strictObject({
  place: z.int(),
  publishedPlace: z.int(),
  subject: zSubjectId.nullable(),
  name: z.string().nullable(),
  isViewer: z.boolean(),
  value: z.string(),
  publishedValue: z.string(),
  note: z.literal('amended-after-publication').nullable(),
});
const zBoard = z.strictObject({
  tieRule: z.strictObject({ code: z.string(), 'zh-CN': z.string(), en: z.string() }),
  ranked: z.int(),
  items: z.array(zEntry),
  own: zEntry.extend({ ranked: z.int() }).nullable(),
  next: z.string().optional(),
});
type EntryBody = z.infer<typeof zEntry>;

/** Places of a published cycle: permitted names and the measure, never pay. */
@ApiTags('leaderboard')
@Controller('leaderboard')
export class LeaderboardController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: zBoard })
  async board(
    @Query({ schema: zBoardQuery }) query: z.infer<typeof zBoardQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zBoard>> {
    await this.access.require(caller, 'leaderboard.read');
    const { cycleId, scope, unit, measure, after, limit } = query;
    if (scope !== 'company' && unit === undefined) throw new ProblemException(422, 'leaderboard.missing-unit', { scope });
    if (!(await this.cycles.cycle(cycleId))) throw new Rejection('cycle.not-found', { cycleId });
    const asOf = await positionOf(query.asOf, this.read, this.log);
    const asked: BoardQuery = { cycleId, scope, measure, ...(unit === undefined ? {} : { unit }), ...(asOf === undefined ? {} : { asOf }) };
    const viewer = {
      subject: caller.subject,
      seesAllNames: await this.access.allows(caller, 'appraisal.list'),
      mayName: await this.#team(caller),
      publicNames: LEADERBOARD_LIMITS.publicNames,
    };
    const [page, own] = await Promise.all([
      leaderboard(this.read, asked, viewer, { limit, ...(after === undefined ? {} : { after }) }),
      ownPlace(this.read, asked, caller.subject),
    ]);
    const names = await this.names.of(page.items.flatMap(({ subject }) => (subject ? [subject] : [])));
    const named = (entry: BoardEntry): EntryBody => ({ ...entry, name: entry.subject ? (names.get(entry.subject) ?? null) : null });
    return {
      tieRule: page.tieRule,
      ranked: page.ranked,
      items: page.items.map(named),
      own: own ? { ...own, name: null } : null,
      ...(page.next === undefined ? {} : { next: page.next }),
    };
  }

  async #team(caller: Caller): Promise<ReadonlySet<SubjectId>> {
    if (!caller.roles.includes('manager')) return new Set();
    const reports = await this.organisation.list({ filter: { manager: caller.subject }, day: this.access.today(), limit: 1_000 });
    return new Set(reports.map(({ subject }) => subject));
  }
}
