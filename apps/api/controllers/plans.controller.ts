import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Clock, type PersonalText, Rejection, type SubjectId } from '#kernel';
import { ActOnPlanRequest, type PlanAct, StartPlanRequest } from '#libs/coaching';
import type { CoachingReader, PlanRow } from '#libs/coaching/contracts';
import type { CommandContext, CommandResult } from '#libs/event-store';
import { authorise, type Operation } from '#libs/identity';
import { zUuid } from '#libs/kernel/schema';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { CLOCK } from '#libs/runtime';
import { Access, type Concern } from '../http/access';
import { type Caller, CallerParam, CommandParam, etag } from '../http/caller';
import { receipt } from '../http/command-reply';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zPage, zReceipt } from '../http/page';
import { ORGANISATION, PLANS, PRIVACY } from '../tokens';
import { allBelow } from './line-below';
import { logBodies, planBodies } from './plans.bodies';
import { type LogBody, type PlanBody, zAct, zListQuery, zLog, zPlan, zStart } from './plans.shapes';

type ActBody = z.infer<typeof zAct>;
const OPERATIONS_OF: Readonly<Record<PlanAct['act'], readonly Operation[]>> = {
  'change-coach': ['plan.manage'],
  'log-evidence': ['plan.log', 'plan.coach'],
  'accept-evidence': ['plan.coach'],
  'judge-gate': ['plan.coach'],
  pause: ['plan.manage'],
  resume: ['plan.manage'],
  extend: ['plan.manage'],
  assess: ['plan.log', 'plan.coach'],
  'log-day': ['plan.log'],
  'review-week': ['plan.coach'],
  end: ['plan.manage'],
};

/** People below one leader among whom plans are looked for. */
const MOST_OF_LINE = 10_000;
const zLogs = z.strictObject({ items: z.array(zLog) });

@ApiTags('plans')
@Controller('plans')
export class PlansController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(PLANS) private readonly plans: CoachingReader,
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  @Post()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async start(
    @Body({ schema: zStart }) body: z.infer<typeof zStart>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'plan.start', { subject: body.subject });
    const result = await this.bus.execute<StartPlanRequest, CommandResult & { readonly planId: string }>(
      new StartPlanRequest(body, context),
    );
    return receipt(reply, result.planId, result);
  }

  /** For HR and auditors: all; a coach names themselves, a person themselves; who leads people asks for their line (of more than 10 000: `organisation.too-many-below`). */
  @Get()
  @ApiOkResponse({ standardSchema: zPage(zPlan) })
  async list(
    @Query({ schema: zListQuery }) query: z.infer<typeof zListQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: PlanBody[]; next?: string }> {
    const { subject, coach, whose, live, after, limit } = query;
    const subjects = whose === 'line' ? await this.#lineOf(caller) : undefined;
    if (!subjects) await this.access.require(caller, 'plan.read', { subject: subject ?? null, assigned: [coach] });
    const page = await this.plans.list({
      limit,
      now: this.clock.now(),
      ...(subject === undefined ? {} : { subject }),
      ...(subjects === undefined ? {} : { subjects }),
      ...(coach === undefined ? {} : { coach }),
      ...(live === undefined ? {} : { live }),
      ...(after === undefined ? {} : { after }),
    });
    const items = await this.#bodies(page.items);
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  @Get(':planId')
  @ApiOkResponse({ standardSchema: zPlan })
  async one(
    @Param('planId', { schema: zUuid }) planId: string,
    @CallerParam() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanBody> {
    const plan = await this.#readable(planId, caller);
    const [body] = await this.#bodies([plan]);
    if (!body) throw new Rejection('coaching.plan-not-found', { planId });
    void reply.header('etag', etag(plan.version));
    return body;
  }

  /** Newest day first, at most 200. */
  @Get(':planId/logs')
  @ApiOkResponse({ standardSchema: zLogs })
  async logs(@Param('planId', { schema: zUuid }) planId: string, @CallerParam() caller: Caller): Promise<{ items: LogBody[] }> {
    await this.#readable(planId, caller);
    return { items: await logBodies(this.privacy, await this.plans.dailyLogs(planId, 200)) };
  }

  @Post(':planId/acts')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async act(
    @Param('planId', { schema: zUuid }) planId: string,
    @Body({ schema: zAct }) body: ActBody,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    const plan = await this.#must(planId);
    // A mentor brings evidence too; all else that is a coach's is theirs alone.
    const assigned = body.act === 'log-evidence' ? [plan.coach, plan.mentor] : [plan.coach];
    await this.#requireOne(caller, OPERATIONS_OF[body.act], { subject: plan.subject, assigned });
    const act = sealedAct(body, (text) => this.privacy.make(plan.subject, text));
    return receipt(reply, planId, await this.bus.execute<ActOnPlanRequest, CommandResult>(new ActOnPlanRequest(planId, act, context)));
  }

  async #requireOne(caller: Caller, operations: readonly Operation[], concern: Concern): Promise<void> {
    for (const operation of operations) if (await this.access.allows(caller, operation, concern)) return;
    throw new Rejection('identity.not-allowed', { operation: operations[0] });
  }

  async #must(planId: string): Promise<PlanRow> {
    const plan = await this.plans.plan(planId, this.clock.now());
    if (!plan) throw new Rejection('coaching.plan-not-found', { planId });
    return plan;
  }

  async #readable(planId: string, caller: Caller): Promise<PlanRow> {
    const plan = await this.#must(planId);
    await this.access.require(caller, 'plan.read', { subject: plan.subject, assigned: [plan.coach, plan.mentor] });
    return plan;
  }

  #bodies(plans: readonly PlanRow[]): Promise<PlanBody[]> {
    return planBodies({ names: this.names, privacy: this.privacy }, plans);
  }

  /** Everybody in it is below the caller, whose relation to them is the team's. */
  async #lineOf(caller: Caller): Promise<readonly SubjectId[]> {
    authorise(caller.roles, 'plan.read', 'team');
    const query = { leader: caller.subject, day: this.access.today(), whose: 'line', most: MOST_OF_LINE } as const;
    const line = await allBelow(this.organisation, query);
    return line.map(({ subject }) => subject);
  }
}

/** The words of an act become personal texts of the person whose plan it is. */
function sealedAct(body: ActBody, seal: (text: string) => PersonalText): PlanAct {
  switch (body.act) {
    case 'log-evidence':
    case 'judge-gate':
    case 'log-day':
      return { ...body, note: body.note === undefined ? undefined : seal(body.note) };
    case 'review-week':
      return { ...body, talk: seal(body.talk), actions: body.actions.map(({ what, due }) => ({ what: seal(what), due })) };
    default:
      return body;
  }
}
