import { Body, Controller, Get, HttpCode, Inject, type MessageEvent, Param, Post, Query, Res, Sse } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { Rejection } from '#kernel';
import { type CycleStart, ChangeCycleRequest, StartCycleRequest } from '#libs/cycle';
import { type CycleProgress, type CycleReader, type CycleView, type StartCycleInput, zStartCycleInput } from '#libs/cycle/contracts';
import type { CommandContext, CommandResult, EventLog } from '#libs/event-store';
import { zPeriod, zUuid } from '#libs/kernel/schema';
import type { ReadDb } from '#libs/projections';
import { EVENT_LOG } from '#libs/runtime';
import { Access } from '../http/access';
import { positionOf } from '../http/as-of';
import { type Caller, CallerParam, CommandParam, etag } from '../http/caller';
import { receipt } from '../http/command-reply';
import { LastEventId, LiveAnswers } from '../http/live';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zAsOf, zPage, zPageQuery, zReceipt } from '../http/page';
import { CYCLE_START, CYCLES, READ_DB } from '../tokens';
import { zCycle, zExtend, zPeopleOfPreview, zPreview, zPreviewPerson, zProgress, zReason } from './cycles.shapes';

type CycleBody = z.infer<typeof zCycle>;
const zCyclesQuery = zPageQuery.extend({
  status: z.enum(['running', 'paused', 'cancelled', 'closed']).optional(),
  period: zPeriod.optional(),
  after: zUuid.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const zOneQuery = z.strictObject({ asOf: zAsOf });
const zProgressList = z.strictObject({ items: z.array(zProgress) });
const zPeople = zPage(zPreviewPerson);

@ApiTags('cycles')
@Controller('cycles')
export class CyclesController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(CYCLE_START) private readonly starts: CycleStart,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(LiveAnswers) private readonly liveAnswers: LiveAnswers,
  ) {}

  /** Windows with every shift explained, who is in, who is not and why, and what keeps it from starting. Records nothing. */
  @Post('preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: zPreview })
  async preview(
    @Body({ schema: zStartCycleInput }) body: StartCycleInput,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zPreview>> {
    await this.access.require(caller, 'cycle.manage');
    const preview = await this.starts.preview(body);
    return {
      ...preview,
      phases: [...preview.phases],
      excluded: [...preview.excluded],
      flaggedYears: [...preview.flaggedYears],
      errors: [...preview.errors],
    };
  }

  @Post('preview/people')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: zPeople })
  async previewPeople(
    @Body({ schema: zPeopleOfPreview }) body: z.infer<typeof zPeopleOfPreview>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zPeople>> {
    await this.access.require(caller, 'cycle.manage');
    const { which, reason, after, limit, ...input } = body;
    const { items, next } = await this.starts.people(input, {
      which,
      limit,
      ...(reason === undefined ? {} : { reason }),
      ...(after === undefined ? {} : { afterSubject: after }),
    });
    const subjects = items.map(({ subject }) => subject);
    const [names, numbers] = await Promise.all([this.names.of(subjects), this.names.employeeNumbers(subjects)]);
    const named = items.map((person) => ({
      ...person,
      name: names.get(person.subject) ?? null,
      employeeNo: numbers.get(person.subject) ?? null,
    }));
    return next === undefined ? { items: named } : { items: named, next };
  }

  @Post()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async start(
    @Body({ schema: zStartCycleInput }) body: StartCycleInput,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'cycle.manage');
    const result = await this.bus.execute<StartCycleRequest, CommandResult & { readonly cycleId: string }>(
      new StartCycleRequest(body, context),
    );
    return receipt(reply, result.cycleId, result);
  }

  @Get()
  @ApiOkResponse({ standardSchema: zPage(zCycle) })
  async list(
    @Query({ schema: zCyclesQuery }) query: z.infer<typeof zCyclesQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: CycleBody[]; next?: string }> {
    await this.access.require(caller, 'cycle.read');
    const { status, period, after, limit } = query;
    const page = await this.cycles.cycles({
      limit,
      ...(status === undefined ? {} : { status }),
      ...(period === undefined ? {} : { period }),
      ...(after === undefined ? {} : { after }),
    });
    const seesAside = await maySeeAside(this.access, caller);
    const items = page.items.map((view) => bodyOf(view, seesAside));
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  @Get(':cycleId')
  @ApiOkResponse({ standardSchema: zCycle })
  async one(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Query({ schema: zOneQuery }) query: z.infer<typeof zOneQuery>,
    @CallerParam() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CycleBody> {
    await this.access.require(caller, 'cycle.read');
    const view = await this.#must(cycleId, await positionOf(query.asOf, this.read, this.log));
    void reply.header('etag', etag(view.version));
    return bodyOf(view, await maySeeAside(this.access, caller));
  }

  /** How far each phase is. */
  @Get(':cycleId/progress')
  @ApiOkResponse({ standardSchema: zProgressList })
  async progress(@Param('cycleId', { schema: zUuid }) cycleId: string, @CallerParam() caller: Caller): Promise<{ items: CycleProgress[] }> {
    await this.access.require(caller, 'cycle.read');
    await this.#must(cycleId);
    return { items: [...(await this.cycles.progress(cycleId))] };
  }

  /** The same as it moves, as server-sent events; ends when the cycle does. */
  @Sse(':cycleId/live')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last event seen: nothing is sent twice' })
  @ApiOkResponse({
    description: 'Events whose data is CycleLive; beside them `beat` while nothing changes, and `end` when nothing comes after',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async live(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @CallerParam() caller: Caller,
    @LastEventId() lastSeen: string | undefined,
  ): Promise<Observable<MessageEvent>> {
    await this.access.require(caller, 'cycle.read');
    await this.#must(cycleId);
    return this.liveAnswers.answer({ caller, operation: 'cycle.read', lastSeen }, async () => {
      const [view, progress] = await Promise.all([this.#must(cycleId), this.cycles.progress(cycleId)]);
      const phases = view.phases.map(({ phase, state, closesAt }) => ({ phase, state, closesAt }));
      const data = { status: view.status, published: view.published, phases, progress };
      const counts = progress.map(({ members, done, late, skipped }) => `${members}.${done}.${late}.${skipped}`).join('-');
      return { id: `${view.position}-${counts}`, data, last: view.status === 'closed' || view.status === 'cancelled' };
    });
  }

  @Post(':cycleId/extend')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async extend(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Body({ schema: zExtend }) body: z.infer<typeof zExtend>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'cycle.manage');
    return this.#run(new ChangeCycleRequest(cycleId, { type: 'ExtendCyclePhase', data: body }, context), reply);
  }

  @Post(':cycleId/pause')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async pause(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Body({ schema: zReason }) body: z.infer<typeof zReason>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'cycle.manage');
    return this.#run(new ChangeCycleRequest(cycleId, { type: 'PauseCycle', data: body }, context), reply);
  }

  @Post(':cycleId/resume')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async resume(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'cycle.manage');
    return this.#run(new ChangeCycleRequest(cycleId, { type: 'ResumeCycle', data: {} }, context), reply);
  }

  /** Until publication: every appraisal is cancelled, and the period may be started again. */
  @Post(':cycleId/cancel')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async cancel(
    @Param('cycleId', { schema: zUuid }) cycleId: string,
    @Body({ schema: zReason }) body: z.infer<typeof zReason>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'cycle.manage');
    return this.#run(new ChangeCycleRequest(cycleId, { type: 'CancelCycle', data: body }, context), reply);
  }

  async #run(request: ChangeCycleRequest, reply: FastifyReply): Promise<ReceiptBody> {
    await this.#must(request.cycleId);
    return receipt(reply, request.cycleId, await this.bus.execute<ChangeCycleRequest, CommandResult>(request));
  }

  async #must(cycleId: string, asOf?: number): Promise<CycleView> {
    const view = await this.cycles.cycle(cycleId, asOf);
    if (!view) throw new Rejection('cycle.not-found', { cycleId });
    return view;
  }
}

/** Who was set aside and why is HR's own text about people: for HR and the auditor. */
export async function maySeeAside(access: Access, caller: Caller): Promise<boolean> {
  return (await access.allows(caller, 'cycle.manage')) || access.allows(caller, 'audit.read');
}

/** A view as it is answered; whom HR set aside is left out for who may not see it. */
export function bodyOf({ setAside, ...view }: CycleView, seesAside: boolean): CycleBody {
  return {
    ...view,
    ...(seesAside ? { setAside: [...setAside] } : {}),
    excluded: [...view.excluded],
    phases: view.phases.map((phase) => ({ ...phase })),
  };
}
