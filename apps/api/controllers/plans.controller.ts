import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Clock, type PersonalText, Rejection } from '#kernel';
import { ActOnPlanRequest, type PlanAct, StartPlanRequest } from '#libs/coaching';
import {
  COACHING_LIMITS,
  type CoachingReader,
  PLAN_STATUSES,
  type PlanRow,
  zAssessment,
  zPlanCause,
  zStage,
} from '#libs/coaching/contracts';
import type { CommandContext, CommandResult } from '#libs/event-store';
import type { Operation } from '#libs/identity';
import { zCode, zDecimalText, zInstant, zLabel, zPlainDay, zSubjectId, zUuid } from '#libs/kernel/schema';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { CLOCK } from '#libs/runtime';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam, etag } from '../http/caller';
import { receipt } from '../http/command-reply';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zPage, zPageQuery, zReceipt } from '../http/page';
import { PLANS, PRIVACY } from '../tokens';

const zText = z.string().trim().min(1).max(4_000);
const zCount = z.int().min(0).max(999);
const zStart = z.strictObject({
  subject: zSubjectId,
  coach: zSubjectId,
  mentor: zSubjectId.optional(),
  cause: z.union([z.strictObject({ kind: z.literal('hr'), reason: zLabel }), z.strictObject({ kind: z.literal('new-hire') })]),
  stages: z.array(zStage).min(1).max(COACHING_LIMITS.stages).optional(),
  template: zCode.optional(),
  dayLengthMs: z.int().min(50).max(86_400_000).optional(),
});

/** Everything that people do with a plan once it runs, told by `act`. */
const zAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('change-coach'), coach: zSubjectId }),
  z.strictObject({
    act: z.literal('log-evidence'),
    stage: z.int().min(1).max(COACHING_LIMITS.stages),
    requirement: zCode,
    value: zDecimalText.optional(),
    decomposition: z
      .strictObject({
        target: zDecimalText,
        parts: z
          .array(z.strictObject({ label: zLabel, value: zDecimalText }))
          .min(1)
          .max(50),
      })
      .optional(),
    note: zText.optional(),
  }),
  z.strictObject({ act: z.literal('accept-evidence'), evidenceId: zUuid }),
  z.strictObject({
    act: z.literal('judge-gate'),
    stage: z.int().min(1).max(COACHING_LIMITS.stages),
    passed: z.boolean(),
    note: zText.optional(),
  }),
  z.strictObject({ act: z.literal('pause'), cause: z.enum(['leave', 'pause']), reason: zLabel }),
  z.strictObject({ act: z.literal('resume') }),
  z.strictObject({ act: z.literal('extend'), days: z.int().min(1).max(COACHING_LIMITS.extensionDays), reason: zLabel }),
  z.strictObject({ act: z.literal('assess'), day: z.int().min(1).max(COACHING_LIMITS.planDays), values: zAssessment }),
  z.strictObject({
    act: z.literal('log-day'),
    date: zPlainDay.optional(),
    visits: zCount,
    calls: z.int().min(0).max(9_999),
    prospects: zCount,
    quotes: zCount,
    followUps: zCount,
    note: zText.optional(),
  }),
  z.strictObject({
    act: z.literal('review-week'),
    week: z.int().min(1).max(30),
    talk: zText,
    actions: z.array(z.strictObject({ what: zText, due: zPlainDay.optional() })).max(20),
  }),
  z.strictObject({ act: z.literal('end'), outcome: z.enum(['not-graduated', 'stopped', 'left', 'replaced']), reason: zLabel }),
]);
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

const zPlan = z
  .strictObject({
    planId: zUuid,
    subject: zSubjectId,
    name: z.string().nullable(),
    coach: zSubjectId,
    coachName: z.string().nullable(),
    mentor: zSubjectId.nullable(),
    cause: zPlanCause,
    template: z.string(),
    startDay: zPlainDay,
    startedAt: zInstant,
    day: z.int(),
    pausedDays: z.int(),
    extensionDays: z.int(),
    stages: z.array(zStage),
    gates: z.array(
      z.strictObject({
        stage: z.int(),
        dueDay: zPlainDay,
        dueAt: zInstant,
        atRiskFrom: zInstant,
        state: z.enum(['open', 'overdue', 'passed']),
        attempts: z.int(),
        missing: z.array(z.string()),
      }),
    ),
    evidence: z.array(
      z.strictObject({ evidenceId: zUuid, stage: z.int(), requirement: z.string(), value: z.string().nullable(), byCoach: z.boolean() }),
    ),
    assessments: z.array(z.strictObject({ day: z.int(), rater: z.enum(['self', 'coach']), values: zAssessment })),
    notes: z.array(z.strictObject({ what: z.string(), by: z.string(), at: zInstant, text: z.string().nullable() })),
    status: z.strictObject({
      status: z.enum(PLAN_STATUSES),
      reason: z.string(),
      stage: z.int().optional(),
      missing: z.array(z.string()).optional(),
    }),
    version: z.int(),
  })
  .meta({ id: 'Plan' });
type PlanBody = z.infer<typeof zPlan>;
const zListQuery = zPageQuery.extend({
  subject: zSubjectId.optional(),
  coach: zSubjectId.optional(),
  live: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  limit: z.coerce.number().int().min(1).max(COACHING_LIMITS.page).default(50),
});
const zLog = z.strictObject({
  date: zPlainDay,
  day: z.int(),
  visits: z.int(),
  calls: z.int(),
  prospects: z.int(),
  quotes: z.int(),
  followUps: z.int(),
});

@ApiTags('plans')
@Controller('plans')
export class PlansController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(PLANS) private readonly plans: CoachingReader,
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

  /** For HR and auditors: all; a coach names themselves, a person themselves. */
  @Get()
  @ApiOkResponse({ standardSchema: zPage(zPlan) })
  async list(
    @Query({ schema: zListQuery }) query: z.infer<typeof zListQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: PlanBody[]; next?: string }> {
    const { subject, coach, live, after, limit } = query;
    await this.access.require(caller, 'plan.read', { subject: subject ?? null, assigned: [coach] });
    const page = await this.plans.list({
      limit,
      now: this.clock.now(),
      ...(subject === undefined ? {} : { subject }),
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
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zLog) }) })
  async logs(
    @Param('planId', { schema: zUuid }) planId: string,
    @CallerParam() caller: Caller,
  ): Promise<{ items: z.infer<typeof zLog>[] }> {
    await this.#readable(planId, caller);
    return { items: [...(await this.plans.dailyLogs(planId, 200))] };
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
    await this.#requireOne(caller, OPERATIONS_OF[body.act], plan);
    const act = sealedAct(body, (text) => this.privacy.make(plan.subject, text));
    return receipt(reply, planId, await this.bus.execute<ActOnPlanRequest, CommandResult>(new ActOnPlanRequest(planId, act, context)));
  }

  async #requireOne(caller: Caller, operations: readonly Operation[], plan: PlanRow): Promise<void> {
    const concern = { subject: plan.subject, assigned: [plan.coach] };
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

  async #bodies(plans: readonly PlanRow[]): Promise<PlanBody[]> {
    const names = await this.names.of(plans.flatMap(({ subject, coach }) => [subject, coach]));
    const notes = plans.flatMap((plan) => plan.notes.map(({ text }) => text));
    const opened = await this.privacy.open(notes);
    const plain = new Map(notes.map((text, index) => [text, opened[index]]));
    const read = (text: PersonalText): string | null => {
      const found = plain.get(text);
      return found?.kind === 'text' ? found.text : null;
    };
    return plans.map(({ position: _, ...plan }) => ({
      ...plan,
      name: names.get(plan.subject) ?? null,
      coachName: names.get(plan.coach) ?? null,
      stages: [...plan.stages],
      gates: plan.gates.map((gate) => ({ ...gate, missing: [...gate.missing] })),
      evidence: [...plan.evidence],
      assessments: [...plan.assessments],
      notes: plan.notes.map(({ what, by, at, text }) => ({ what, by, at, text: read(text) })),
      status: statusBody(plan),
    }));
  }
}

function statusBody({ status: { missing, ...status } }: Pick<PlanRow, 'status'>): PlanBody['status'] {
  return missing === undefined ? status : { ...status, missing: [...missing] };
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
