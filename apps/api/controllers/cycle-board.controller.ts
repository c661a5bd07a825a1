import { createHash } from 'node:crypto';
import { Controller, Get, Inject, type MessageEvent, Param, Query, Sse } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import type { z } from 'zod';
import { Rejection } from '#kernel';
import { completionByTeam, gradesAndScores, peopleByScore } from '#libs/appraisal';
import { cycleBoard, type CycleOnBoard } from '#libs/cycle';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import type { EventLog } from '#libs/event-store';
import { zUuid } from '#libs/kernel/schema';
import { unitNames } from '#libs/organisation';
import type { ReadDb } from '#libs/projections';
import { EVENT_LOG } from '#libs/runtime';
import type { SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { positionOf } from '../http/as-of';
import { type Caller, CallerParam } from '../http/caller';
import { LastEventId, LiveAnswers } from '../http/live';
import { NameBook } from '../http/name-book';
import { zPage } from '../http/page';
import { CYCLES, READ_DB, SCHEME_SOURCE } from '../tokens';
import {
  type BoardLive,
  zBoardLiveQuery,
  zBoardQuery,
  zByScore,
  zByScoreQuery,
  zCompletion,
  zOfCycleQuery,
  zOnBoard,
  zSpread,
  zUnits,
} from './cycle-board.shapes';
import { bodyOf, maySeeAside } from './cycles.controller';

const LIVE_CYCLES = 50;
type OnBoard = z.infer<typeof zOnBoard>;

/** Many cycles at a glance, and one cycle by its teams and by its scores. */
@ApiTags('cycles')
@Controller('cycles')
export class CycleBoardController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(LiveAnswers) private readonly liveAnswers: LiveAnswers,
  ) {}

  /** Cycles with the counts of their phases, newest start first. */
  @Get('board')
  @ApiOkResponse({ standardSchema: zPage(zOnBoard) })
  async board(
    @Query({ schema: zBoardQuery }) query: z.infer<typeof zBoardQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: OnBoard[]; next?: string }> {
    await this.access.require(caller, 'cycle.read');
    const page = await cycleBoard(this.read, query);
    const seesAside = await maySeeAside(this.access, caller);
    const items = page.items.map(({ cycle, progress }) => ({ cycle: bodyOf(cycle, seesAside), progress: [...progress] }));
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  /** What moves on the board, as server-sent events: one stream for all of the newest 50 cycles. */
  @Sse('board/live')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last event seen: nothing is sent twice' })
  @ApiOkResponse({
    description: 'Events whose data is CycleBoardLive; beside them `beat` while nothing changes',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  live(
    @Query({ schema: zBoardLiveQuery }) query: z.infer<typeof zBoardLiveQuery>,
    @CallerParam() caller: Caller,
    @LastEventId() lastSeen: string | undefined,
  ): Promise<Observable<MessageEvent>> {
    return this.liveAnswers.answer({ caller, operation: 'cycle.read', lastSeen }, async () => {
      const { items } = await cycleBoard(this.read, { ...query, limit: LIVE_CYCLES });
      const data = movesOf(items);
      return { id: stateOf(data), data, last: false };
    });
  }

  /** What departments, regions and teams are called: for choosing who is meant. */
  @Get('units')
  @ApiOkResponse({ standardSchema: zUnits })
  async units(@CallerParam() caller: Caller): Promise<z.infer<typeof zUnits>> {
    await this.access.require(caller, 'cycle.manage');
    const { departments, regions, teams } = await unitNames(this.read);
    return { departments: [...departments], regions: [...regions], teams: [...teams] };
  }

  /** How far each team is with each step; counts alone, without scores and pay. */
  @Get(':cycleId/completion')
  @ApiOkResponse({ standardSchema: zCompletion })
  async completion(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Query({ schema: zOfCycleQuery }) query: z.infer<typeof zOfCycleQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zCompletion>> {
    await this.access.require(caller, 'cycle.read');
    const asOf = await positionOf(query.asOf, this.read, this.log);
    await this.#must(cycleId, asOf);
    return { items: (await completionByTeam(this.read, cycleId, asOf)).map((row) => ({ ...row })) };
  }

  /** How grades and scores lie, in the whole cycle and by department, beside what the scheme aims at. */
  @Get(':cycleId/spread')
  @ApiOkResponse({ standardSchema: zSpread })
  async spread(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Query({ schema: zOfCycleQuery }) query: z.infer<typeof zOfCycleQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zSpread>> {
    await this.access.require(caller, 'appraisal.list');
    const asOf = await positionOf(query.asOf, this.read, this.log);
    const cycle = await this.#must(cycleId, asOf);
    const scheme = await this.schemes.scheme(cycle.scheme.schemeId, cycle.scheme.version);
    if (!scheme) throw new Rejection('cycle.not-found', { cycleId });
    const { bins, groups, ...whole } = await gradesAndScores(this.read, cycleId, scheme, asOf);
    const titles = new Map(scheme.document.bands?.list.map(({ key, title }) => [key, title]));
    return {
      ...whole,
      bins: bins.map((bin) => ({ ...bin })),
      groups: groups.map(({ grades, ...group }) => ({
        ...group,
        grades: grades.map((item) => ({ ...item, title: item.grade === null ? null : (titles.get(item.grade) ?? null) })),
      })),
    };
  }

  /**
   * The people of a cycle by score, the highest first, without pay: of one department or with one grade where that is asked
   * for. The caller's own result is in it as none until it is published.
   */
  @Get(':cycleId/by-score')
  @ApiOkResponse({ standardSchema: zPage(zByScore) })
  async byScore(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Query({ schema: zByScoreQuery }) query: z.infer<typeof zByScoreQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: z.infer<typeof zByScore>[]; next?: string }> {
    await this.access.require(caller, 'appraisal.list');
    const asOf = await positionOf(query.asOf, this.read, this.log);
    await this.#must(cycleId, asOf);
    const page = await peopleByScore(this.read, { ...query, cycleId, asOf, viewer: caller.subject });
    const names = await this.names.of(page.items.map(({ subject }) => subject));
    const items = page.items.map((person) => ({ ...person, name: names.get(person.subject) ?? null }));
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  async #must(cycleId: string, asOf?: number): Promise<CycleView> {
    const view = await this.cycles.cycle(cycleId, asOf);
    if (!view) throw new Rejection('cycle.not-found', { cycleId });
    return view;
  }
}

function movesOf(items: readonly CycleOnBoard[]): BoardLive {
  return {
    items: items.map(({ cycle: { cycleId, status, published, phases }, progress }) => ({
      cycleId,
      status,
      published,
      phases: phases.map(({ phase, state, closesAt }) => ({ phase, state, closesAt })),
      progress: [...progress],
    })),
  };
}

/** Differs whenever something on the board does; short enough for the header that brings it back. */
function stateOf(moves: BoardLive): string {
  return createHash('sha256').update(JSON.stringify(moves)).digest('base64url');
}
