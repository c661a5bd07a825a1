import { Controller, Get, Inject, type MessageEvent, Query, Sse } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import type { z } from 'zod';
import { type Clock, instant, type Instant, Rejection, type SubjectId } from '#kernel';
import { appraisalIdOf } from '#libs/appraisal/contracts';
import { COMPANY_ZONE, dayAt, startOfDay } from '#libs/calendar';
import { publishedCycles } from '#libs/cycle';
import type { CycleReader } from '#libs/cycle/contracts';
import type { EventLog } from '#libs/event-store';
import {
  type BoardEntry,
  boardPosition,
  type BoardQuery,
  boardUnits,
  type BoardViewer,
  firstPlaces,
  honourOf,
  leaderboard,
  LEADERBOARD_LIMITS,
  ownPlace,
  placesOf,
  rankedCounts,
} from '#libs/leaderboard';
import { zUuid } from '#libs/kernel/schema';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { ReadDb } from '#libs/projections';
import { CLOCK, EVENT_LOG } from '#libs/runtime';
import { Access } from '../http/access';
import { positionOf } from '../http/as-of';
import { type Caller, CallerParam } from '../http/caller';
import { LastEventId, LIVE_LIMITS, LiveAnswers } from '../http/live';
import { NameBook } from '../http/name-book';
import { pageOf } from '../http/page';
import { ProblemException } from '../http/problem';
import { CYCLES, ORGANISATION, READ_DB } from '../tokens';
import {
  type BoardAsked,
  type BoardBody,
  type EntryBody,
  zBoard,
  zBoardCycles,
  zBoardCyclesQuery,
  zBoardQuery,
  zHonours,
  zHonoursQuery,
  zUnits,
  zUnitsQuery,
} from './leaderboard.shapes';

const MANY_REPORTS = 1_000;
/** Whoever looks at a wall: nobody in particular. */
const NOBODY = { subject: null, seesAllNames: false, mayName: new Set<SubjectId>(), publicNames: LEADERBOARD_LIMITS.publicNames };

/** Places of a published cycle: permitted names and the measure, never pay. */
@ApiTags('leaderboard')
@Controller('leaderboard')
export class LeaderboardController {
  readonly #positions = new Map<string, { readonly until: number; readonly position: Promise<number> }>();

  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LiveAnswers) private readonly liveAnswers: LiveAnswers,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: zBoard })
  async board(@Query({ schema: zBoardQuery }) query: BoardAsked, @CallerParam() caller: Caller): Promise<BoardBody> {
    await this.#mayRead(query, caller);
    return this.#board(query, caller);
  }

  /** Published cycles, which have boards; newest period first. */
  @Get('cycles')
  @ApiOkResponse({ standardSchema: zBoardCycles })
  async published(
    @Query({ schema: zBoardCyclesQuery }) { period, after, limit }: z.infer<typeof zBoardCyclesQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zBoardCycles>> {
    await this.access.require(caller, 'leaderboard.read');
    const last = after === undefined ? undefined : cursorOf(after);
    const rows = await publishedCycles(this.read, {
      limit: limit + 1,
      ...(period === undefined ? {} : { period }),
      ...(last === undefined ? {} : { after: last }),
    });
    const page = pageOf(rows, limit, (row) => `${row.period}~${row.cycleId}`);
    const ranked = await rankedCounts(
      this.read,
      page.items.map(({ cycleId }) => cycleId),
    );
    return { ...page, items: page.items.map((cycle) => ({ ...cycle, ranked: ranked.get(cycle.cycleId) ?? 0 })) };
  }

  /** What a cycle's boards can be narrowed to, and where the caller stands in that. */
  @Get('units')
  @ApiOkResponse({ standardSchema: zUnits })
  async units(
    @Query({ schema: zUnitsQuery }) { cycleId }: z.infer<typeof zUnitsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zUnits>> {
    await this.#mayRead({ cycleId, scope: 'company', unit: undefined }, caller);
    const { regions, teams, own } = await boardUnits(this.read, cycleId, caller.subject);
    return { regions: [...regions], teams: [...teams], own };
  }

  /** Who held the first published place of each of the last periods. */
  @Get('honours')
  @ApiOkResponse({ standardSchema: zHonours })
  async honours(
    @Query({ schema: zHonoursQuery }) { period, limit }: z.infer<typeof zHonoursQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zHonours>> {
    await this.access.require(caller, 'leaderboard.read');
    const cycles = await publishedCycles(this.read, { limit, ...(period === undefined ? {} : { period }) });
    const viewer = { ...NOBODY, subject: caller.subject };
    const places = await Promise.all(cycles.map(({ cycleId }) => firstPlaces(this.read, cycleId, viewer)));
    const names = await this.names.of(places.flatMap((entries) => entries.flatMap(({ subject }) => subject ?? [])));
    const items = cycles.map(({ cycleId, name: cycle, period: of }, index) => ({
      cycleId,
      cycle,
      period: of,
      honour: honourOf(of),
      holders: (places[index] ?? []).map(({ subject, isViewer, note, value, publishedValue }) => ({
        subject,
        name: subject ? (names.get(subject) ?? null) : null,
        isViewer,
        value: note === null ? publishedValue : value,
      })),
    }));
    return { items };
  }

  /** The board as it changes, as server-sent events: each is the whole page with the caller's own row. */
  @Sse('live')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last event seen: nothing is sent twice' })
  @ApiOkResponse({
    description: 'Events whose data is Board; beside them `beat` while nothing changes',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async live(
    @Query({ schema: zBoardQuery }) query: BoardAsked,
    @CallerParam() caller: Caller,
    @LastEventId() lastSeen: string | undefined,
  ): Promise<Observable<MessageEvent>> {
    await this.#mayRead(query, caller);
    let sent: { readonly id: string; readonly data: BoardBody } | undefined;
    return this.liveAnswers.answer({ caller, operation: 'leaderboard.read', lastSeen }, async () => {
      // The position is read first: what changes while the board is read is sent once more, and never missed.
      const id = `${await this.#positionOf(query.cycleId)}-${this.access.today()}`;
      if (sent?.id !== id) sent = { id, data: await this.#board(query, caller) };
      return { ...sent, last: false };
    });
  }

  async #mayRead({ cycleId, scope, unit }: Pick<BoardAsked, 'cycleId' | 'scope' | 'unit'>, caller: Caller): Promise<void> {
    await this.access.require(caller, 'leaderboard.read');
    if (scope !== 'company' && unit === undefined) throw new ProblemException(422, 'leaderboard.missing-unit', { scope });
    if (!(await this.cycles.cycle(cycleId))) throw new Rejection('cycle.not-found', { cycleId });
  }

  async #board(query: BoardAsked, caller: Caller): Promise<BoardBody> {
    const { cycleId, scope, unit, measure, after, limit } = query;
    const asked: BoardQuery = { cycleId, scope, measure, ...(unit === undefined ? {} : { unit }) };
    const asOf = await positionOf(query.asOf, this.read, this.log);
    const now = asOf === undefined ? asked : { ...asked, asOf };
    const isPublic = query.audience === 'public';
    const before = this.#momentBefore(query);
    const [page, own] = await Promise.all([
      leaderboard(this.read, now, isPublic ? NOBODY : await this.#viewer(caller), { limit, ...(after === undefined ? {} : { after }) }),
      isPublic ? undefined : ownPlace(this.read, now, caller.subject),
    ]);
    const placesBefore =
      before === null
        ? new Map<SubjectId, number>()
        : await placesOf(this.read, { ...asked, asOf: await this.log.positionAt(before) }, [
            ...page.subjects,
            ...(own ? [caller.subject] : []),
          ]);
    const names = await this.names.of(page.items.flatMap(({ subject }) => (subject ? [subject] : [])));
    const body = (entry: BoardEntry, person: SubjectId | undefined): EntryBody => ({
      ...entry,
      placeBefore: (person && placesBefore.get(person)) ?? null,
      name: entry.subject ? (names.get(entry.subject) ?? null) : null,
    });
    return {
      tieRule: page.tieRule,
      ranked: page.ranked,
      publicNames: page.publicNames,
      // A board that nobody shown was on before has moved nobody.
      before: placesBefore.size === 0 ? null : before,
      items: page.items.map((entry, index) => body(entry, page.subjects[index])),
      own: own ? { ...body(own, caller.subject), ranked: own.ranked, appraisalId: appraisalIdOf(cycleId, caller.subject) } : null,
      ...(page.next === undefined ? {} : { next: page.next }),
    };
  }

  async #viewer(caller: Caller): Promise<BoardViewer> {
    return {
      subject: caller.subject,
      seesAllNames: await this.access.allows(caller, 'appraisal.list'),
      mayName: await this.#team(caller),
      publicNames: LEADERBOARD_LIMITS.publicNames,
    };
  }

  /** The beginning of the day that is looked at; a log position alone has no day. */
  #momentBefore({ asOf, since }: BoardAsked): Instant | null {
    if (since !== undefined) return instant(new Date(since).toISOString());
    if (typeof asOf === 'number') return null;
    const at = asOf === undefined ? this.clock.now() : instant(new Date(asOf).toISOString());
    return startOfDay(dayAt(at, COMPANY_ZONE), COMPANY_ZONE);
  }

  /** One look at the log's position of a cycle serves everybody who follows its boards at that moment. */
  #positionOf(cycleId: string): Promise<number> {
    const now = performance.now();
    const known = this.#positions.get(cycleId);
    if (known && known.until > now) return known.position;
    const position = boardPosition(this.read, cycleId);
    if (this.#positions.size > LIVE_LIMITS.openPerProcess) this.#positions.clear();
    this.#positions.set(cycleId, { until: now + LIVE_LIMITS.lookMs / 2, position });
    return position;
  }

  async #team(caller: Caller): Promise<ReadonlySet<SubjectId>> {
    if (!caller.roles.includes('manager')) return new Set();
    const reports = await this.organisation.list({ filter: { manager: caller.subject }, day: this.access.today(), limit: MANY_REPORTS });
    return new Set(reports.map(({ subject }) => subject));
  }
}

/** Thrown for what is no cursor of ours: `http.invalid-input`. */
function cursorOf(after: string): { readonly period: string; readonly cycleId: string } {
  const [period = '', cycleId] = after.split('~');
  const known = zUuid.safeParse(cycleId);
  if (!known.success || period === '') throw new ProblemException(400, 'http.invalid-input', { field: 'after' });
  return { period, cycleId: known.data };
}
