import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { type Clock, instant } from '#kernel';
import { appealBoard, appealCounts, appealTodos, type BoardScope } from '#libs/appeal';
import type { AppealRow } from '#libs/appeal/contracts';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import type { ReadDb } from '#libs/projections';
import { CLOCK } from '#libs/runtime';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage, zPageQuery } from '../http/page';
import { CYCLES, READ_DB } from '../tokens';
import {
  type AppealOnBoard,
  type AppealTodoBody,
  zAppealOnBoard,
  zAppealTodo,
  zBoardQuery,
  zCountsQuery,
  zStageCounts,
} from './appeal-board.shapes';

type Whose = z.infer<typeof zCountsQuery>['whose'];

/** Appeals by their clocks, and what each person has to do about them. */
@ApiTags('appeals')
@Controller()
export class AppealBoardController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /**
   * By the clock that runs out first: overdue ones first, those that are over last. `whose`: `all` is for those who may read every
   * appeal; `assigned` are those on whose panel one is or whose facts one owns; `mine` one's own.
   */
  @Get('appeals/board')
  @ApiOkResponse({ standardSchema: zPage(zAppealOnBoard) })
  async board(
    @Query({ schema: zBoardQuery }) query: z.infer<typeof zBoardQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: AppealOnBoard[]; next?: string }> {
    const { whose, stage, open, overdue, after, limit } = query;
    const cycleIds = await this.#cycleIdsOf(query);
    const page = await appealBoard(this.read, {
      ...(await this.#scopeOf(whose, caller)),
      now: this.clock.now(),
      limit,
      ...(stage === undefined ? {} : { stage }),
      ...(cycleIds === undefined ? {} : { cycleIds }),
      ...(open === undefined ? {} : { open }),
      ...(overdue === undefined ? {} : { overdue }),
      ...(after === undefined ? {} : { after }),
    });
    const [names, cycles] = await Promise.all([
      this.names.of(page.items.map(({ subject }) => subject)),
      this.cycles.byIds(page.items.map(({ cycleId }) => cycleId)),
    ]);
    const items = page.items.map((row) => onBoard(row, { caller, name: names.get(row.subject) ?? null, cycle: cycles.get(row.cycleId) }));
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  @Get('appeals/counts')
  @ApiOkResponse({ standardSchema: zStageCounts })
  async counts(
    @Query({ schema: zCountsQuery }) { whose }: z.infer<typeof zCountsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zStageCounts>> {
    const counted = await appealCounts(this.read, { ...(await this.#scopeOf(whose, caller)), now: this.clock.now() });
    return { items: counted.map((one) => ({ ...one })) };
  }

  /** What the caller has to do about appeals, the most urgent first: triage, hear, vote, answer, name a panel, close. */
  @Get('me/todo/appeals')
  @ApiOkResponse({ standardSchema: zPage(zAppealTodo) })
  async todo(
    @Query({ schema: zPageQuery }) { after, limit }: z.infer<typeof zPageQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: AppealTodoBody[]; next?: string }> {
    const [triages, namesPanels] = await Promise.all([
      this.access.allows(caller, 'appeal.triage'),
      this.access.allows(caller, 'appeal.name-panel'),
    ]);
    const page = await appealTodos(this.read, {
      person: caller.subject,
      triages,
      namesPanels,
      limit,
      ...(after === undefined ? {} : { after }),
    });
    const [names, cycles] = await Promise.all([
      this.names.of(page.items.map(({ subject }) => subject)),
      this.cycles.byIds(page.items.map(({ cycleId }) => cycleId)),
    ]);
    const now = this.clock.now();
    const items = page.items.map(({ stage: _, dueAt, ...todo }) => {
      const cycle = cycles.get(todo.cycleId);
      const due = dueAt === null ? null : instant(dueAt);
      return {
        ...todo,
        cycleName: cycle?.name ?? '',
        period: cycle?.period ?? '',
        name: names.get(todo.subject) ?? null,
        dueAt: due,
        overdue: due !== null && due < now,
      };
    });
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  async #scopeOf(whose: Whose, caller: Caller): Promise<BoardScope> {
    if (whose === 'mine') return { subject: caller.subject };
    if (whose === 'assigned') return { assigned: caller.subject };
    await this.access.require(caller, 'appeal.read');
    return {};
  }

  /** Undefined when any cycle will do. */
  async #cycleIdsOf({ cycleId, period }: z.infer<typeof zBoardQuery>): Promise<readonly string[] | undefined> {
    if (period === undefined) return cycleId === undefined ? undefined : [cycleId];
    const ofPeriod = (await this.cycles.ofPeriods([period])).map((cycle) => cycle.cycleId);
    return cycleId === undefined ? ofPeriod : ofPeriod.filter((one) => one === cycleId);
  }
}

function onBoard(
  row: AppealRow,
  { caller, name, cycle }: { readonly caller: Caller; readonly name: string | null; readonly cycle: CycleView | undefined },
): AppealOnBoard {
  const isParty = row.subject === caller.subject || row.panel.some(({ subject }) => subject === caller.subject);
  const isStopped = row.stage === 'panel-not-seatable';
  return {
    appealId: row.appealId,
    cycleId: row.cycleId,
    cycleName: cycle?.name ?? null,
    period: cycle?.period ?? null,
    subject: row.subject,
    name,
    stage: row.stage,
    grounds: [...row.grounds],
    lines: row.lines.length,
    late: row.late,
    holds: row.holds,
    filedAt: row.filedAt,
    due: row.due,
    decideBy: isStopped ? null : row.decideBy,
    overdue: row.overdue,
    votes: row.panel.length === 0 || (isParty && row.verdict === null) ? null : { cast: row.votes.length, of: row.panel.length },
    verdict: row.verdict,
  };
}
