import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Clock, Rejection } from '#kernel';
import { countRemindable, owedOf, type OwedKind } from '#libs/appraisal';
import { RemindPeopleRequest } from '#libs/cycle';
import { type CycleReader, type CycleView, MOST_REMINDED, type Phase } from '#libs/cycle/contracts';
import type { CommandContext, CommandResult } from '#libs/event-store';
import { zSubjectId, zUuid } from '#libs/kernel/schema';
import type { ReadDb } from '#libs/projections';
import { CLOCK } from '#libs/runtime';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam } from '../http/caller';
import { receipt } from '../http/command-reply';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zPage, zPageQuery, zReceipt } from '../http/page';
import { CYCLES, READ_DB } from '../tokens';
import { zTodo } from './appraisals.shapes';

const zOwedPhase = z.enum(['self-review', 'manager-review', 'second-review', 'confirmation']);
type OwedPhase = z.infer<typeof zOwedPhase>;
const zOwedQuery = zPageQuery.extend({ phase: zOwedPhase, after: z.string().max(160).optional() });
const zOwed = zTodo
  .extend({ byName: z.string().nullable().describe('Of whoever has to do it; null where a role has to, or once erased') })
  .meta({ id: 'Owed' });
const zCountQuery = z.strictObject({ phase: zOwedPhase });
const zCount = z.strictObject({
  remindable: z.int().describe('Owed, and not reminded of within a working day; counted up to `most`'),
  most: z.int().describe('As many as one reminder may be for'),
});
const zRemind = z.strictObject({
  phase: zOwedPhase,
  which: z.enum(['open', 'late']).default('open').describe('All who owe it, or those who are late with it'),
  subjects: z.array(zSubjectId).min(1).max(MOST_REMINDED).optional().describe('Whose appraisals alone, of those; all when absent'),
});

const KIND_OF: Readonly<Record<OwedPhase, OwedKind>> = {
  'self-review': 'self-review',
  'manager-review': 'manager-review',
  'second-review': 'second-review',
  confirmation: 'confirm',
};

/** What is owed in a cycle, and reminding of it by hand. */
@ApiTags('cycles')
@Controller('cycles/:cycleId')
export class CycleRemindersController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** What is owed of a phase, late or not, with the last reminder; by subject. */
  @Get('owed')
  @ApiOkResponse({ standardSchema: zPage(zOwed) })
  async owed(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Query({ schema: zOwedQuery }) query: z.infer<typeof zOwedQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: z.infer<typeof zOwed>[]; next?: string }> {
    await this.access.require(caller, 'cycle.manage');
    await this.#must(cycleId);
    const { phase, after, limit } = query;
    const page = await owedOf(
      { read: this.read, cycles: this.cycles },
      { cycleId, phase: KIND_OF[phase], now: this.clock.now(), limit, ...(after === undefined ? {} : { after }) },
    );
    const names = await this.names.of(page.items.flatMap(({ subject, by }) => (by === null ? [subject] : [subject, by])));
    const items = page.items.map((todo) => ({
      ...todo,
      name: names.get(todo.subject) ?? null,
      byName: todo.by === null ? null : (names.get(todo.by) ?? null),
    }));
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  /** How many people a reminder would be for now. */
  @Get('owed/count')
  @ApiOkResponse({ standardSchema: zCount })
  async count(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Query({ schema: zCountQuery }) { phase }: z.infer<typeof zCountQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zCount>> {
    await this.access.require(caller, 'cycle.manage');
    await this.#must(cycleId);
    const query = { cycleId, phase: phase satisfies Phase, which: 'open' as const, now: this.clock.now(), most: MOST_REMINDED };
    return { remindable: await countRemindable({ read: this.read, cycles: this.cycles }, query), most: MOST_REMINDED };
  }

  /**
   * Reminds those who owe a phase's step; nobody twice within a working day, at most 500 at once. Thrown: `cycle.not-running`,
   * `cycle.phase-not-open`, `cycle.nobody-to-remind`, `cycle.reminded-already`.
   */
  @Post('remind')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async remind(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Body({ schema: zRemind }) body: z.infer<typeof zRemind>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'cycle.manage');
    await this.#must(cycleId);
    const request = new RemindPeopleRequest(cycleId, body, context);
    return receipt(reply, cycleId, await this.bus.execute<RemindPeopleRequest, CommandResult>(request));
  }

  async #must(cycleId: string): Promise<CycleView> {
    const view = await this.cycles.cycle(cycleId);
    if (!view) throw new Rejection('cycle.not-found', { cycleId });
    return view;
  }
}
