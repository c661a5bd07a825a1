import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Rejection, type SubjectId } from '#kernel';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import type { CommandContext, CommandResult } from '#libs/event-store';
import type { Operation } from '#libs/identity';
import { zCode, zHash, zLabel, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import {
  ActOnPayoutRequest,
  batchList,
  type PayoutAct,
  type PayoutDesk,
  payoutLineProjection,
  type StartedBatch,
  StartPayoutRequest,
  statementOf,
} from '#libs/payout';
import { PAYOUT_LIMITS, PAYOUT_STAGES, type PayoutBatchRow, type PayoutReader, zLineId } from '#libs/payout/contracts';
import { ProjectionError, type ReadDb } from '#libs/projections';
import { Access } from '../http/access';
import { AuditLooks } from '../http/audit-looks';
import { type Caller, CallerParam, CommandParam, etag } from '../http/caller';
import { receipt } from '../http/command-reply';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zPage, zPageQuery, zReceipt } from '../http/page';
import { APPRAISALS, CYCLES, PAYOUT_FILES, PAYOUTS, READ_DB } from '../tokens';
import { batchBodies, type BatchBody, lineBodies, type LineBody, zBatch, zLine, zLineStatus, zStage } from './payouts.shapes';

const zStatement = z
  .strictObject({
    cycleId: zUuid,
    subject: zSubjectId,
    appraisalId: z.string(),
    currency: z.string(),
    lines: z.array(z.strictObject({ key: z.string(), entitled: z.string(), settled: z.string(), batchLines: z.array(zLine) })),
    entitledTotal: z.string(),
    settledTotal: z.string(),
    heldTotal: z.string(),
    explanation: z.strictObject({
      appraisalId: z.string(),
      explanationHash: zHash,
      scheme: z.strictObject({ schemeId: z.string(), version: z.int() }),
    }),
  })
  .meta({ id: 'Statement' });
/** How long a batch waits for its lines to be there, too. */
const LINES_WAIT_MS = 2_000;
const zStages = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(zStage).min(1).max(PAYOUT_STAGES.length));
const zBatchesQuery = zPageQuery.extend({
  stage: zStages.optional().describe('One stage, or several with commas between'),
  period: zPeriod.optional(),
  cycleId: zUuid.optional(),
});
const zLinesQuery = zPageQuery.extend({ status: zLineStatus.optional(), key: zCode.optional(), subject: zSubjectId.optional() });
const zStart = z.strictObject({ cycleId: zUuid });
const zStatementQuery = z.strictObject({ cycleId: zUuid, subject: zSubjectId.optional() });

/** What finance and the general manager do with a batch, told by `act`. */
const zAct = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('check'),
    passed: z.boolean(),
    findings: z
      .array(z.strictObject({ lineId: zLineId.optional(), code: zCode }))
      .max(200)
      .default([]),
  }),
  z.strictObject({ act: z.literal('approve') }),
  z.strictObject({
    act: z.literal('hold'),
    holdId: zUuid,
    lineIds: z.array(zLineId).min(1).max(PAYOUT_LIMITS.linesPerHold),
    reason: zLabel,
  }),
  z.strictObject({ act: z.literal('lift-hold'), holdId: zUuid }),
  z.strictObject({ act: z.literal('release') }),
  z.strictObject({ act: z.literal('acknowledge'), lineIds: z.array(zLineId).min(1).max(1_000).optional(), reference: zLabel }),
  z.strictObject({ act: z.literal('cancel'), reason: zLabel }),
]);
const OPERATION_OF: Readonly<Record<PayoutAct['act'], Operation>> = {
  check: 'payout.check',
  approve: 'payout.approve',
  hold: 'payout.check',
  'lift-hold': 'payout.check',
  release: 'payout.release',
  acknowledge: 'payout.acknowledge',
  cancel: 'payout.check',
};

@ApiTags('payouts')
@Controller()
export class PayoutsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(PAYOUTS) private readonly payouts: PayoutReader,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(PAYOUT_FILES) private readonly desk: PayoutDesk,
    @Inject(Access) private readonly access: Access,
    @Inject(AuditLooks) private readonly looks: AuditLooks,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** Newest first. */
  @Get('payouts')
  @ApiOkResponse({ standardSchema: zPage(zBatch) })
  async list(
    @Query({ schema: zBatchesQuery }) query: z.infer<typeof zBatchesQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: BatchBody[]; next?: string }> {
    await this.access.require(caller, 'payout.read');
    const { cycleId, stage, period, after, limit } = query;
    const page = await batchList(this.read, {
      limit,
      ...(stage === undefined ? {} : { stages: stage }),
      ...(period === undefined ? {} : { period }),
      ...(cycleId === undefined ? {} : { cycleId }),
      ...(after === undefined ? {} : { after }),
    });
    const items = await batchBodies({ names: this.names, cycles: this.cycles, read: this.read }, page.items);
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  /** The regular batch of a published cycle; its workflow computes it. The cycle starts it by itself when its payout phase opens. */
  @Post('payouts')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: z.strictObject({ batchId: zUuid }) })
  async start(
    @Body({ schema: zStart }) body: z.infer<typeof zStart>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ batchId: string }> {
    await this.access.require(caller, 'payout.compute');
    const { batchId, token } = await this.bus.execute<StartPayoutRequest, StartedBatch>(new StartPayoutRequest(body.cycleId, context));
    if (token !== null) void reply.header('centum-token', token);
    return { batchId };
  }

  @Get('payouts/:batchId')
  @ApiOkResponse({ standardSchema: zBatch })
  async one(
    @Param('batchId', { schema: zUuid }) batchId: string,
    @CallerParam() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchBody> {
    await this.access.require(caller, 'payout.read');
    const batch = await this.#must(batchId);
    await this.#linesOf(batch);
    void reply.header('etag', etag(batch.version));
    const [body] = await batchBodies({ names: this.names, cycles: this.cycles, read: this.read }, [batch]);
    if (!body) throw new Rejection('payout.not-found', { batchId });
    return body;
  }

  /** In the order of the payroll file. */
  @Get('payouts/:batchId/lines')
  @ApiOkResponse({ standardSchema: zPage(zLine) })
  async lines(
    @Param('batchId', { schema: zUuid }) batchId: string,
    @Query({ schema: zLinesQuery }) query: z.infer<typeof zLinesQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: LineBody[]; next?: string }> {
    await this.access.require(caller, 'payout.read');
    const { status, key, subject, after, limit } = query;
    const page = await this.payouts.lines({
      batchId,
      limit,
      ...(status === undefined ? {} : { status }),
      ...(key === undefined ? {} : { key }),
      ...(subject === undefined ? {} : { subject }),
      ...(after === undefined ? {} : { after }),
    });
    const items = await lineBodies(this.names, page.items);
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  /** The file for payroll of a released batch: CSV, UTF-8 with byte order mark; its hash stands in the release. */
  @Get('payouts/:batchId/file')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async file(
    @Param('batchId', { schema: zUuid }) batchId: string,
    @CallerParam() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.access.require(caller, 'payout.release');
    const { fileName, fileHash, pieces } = await this.desk.file(batchId);
    await this.looks.record(caller, { question: 'export', about: batchId });
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('centum-file-hash', fileHash)
      .send(Readable.from(pieces));
  }

  @Post('payouts/:batchId/acts')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async act(
    @Param('batchId', { schema: zUuid }) batchId: string,
    @Body({ schema: zAct }) body: z.infer<typeof zAct>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, OPERATION_OF[body.act]);
    await this.#must(batchId);
    const act: PayoutAct = body.act === 'approve' ? { act: 'approve', actorRoles: caller.roles } : body;
    return receipt(
      reply,
      batchId,
      await this.bus.execute<ActOnPayoutRequest, CommandResult>(new ActOnPayoutRequest(batchId, act, context)),
    );
  }

  /** One person's pay in one cycle, line by line, with what was paid for each and why it differs; one's own when no person is named. */
  @Get('statements')
  @ApiOkResponse({ standardSchema: zStatement })
  async statement(
    @Query({ schema: zStatementQuery }) query: z.infer<typeof zStatementQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zStatement>> {
    const subject: SubjectId = query.subject ?? caller.subject;
    await this.access.require(caller, 'statement.read', { subject });
    const statement = await statementOf({ payouts: this.payouts, appraisals: this.appraisals }, query.cycleId, subject);
    if (!statement) throw new Rejection('payout.statement-not-found', { cycleId: query.cycleId });
    const lines = await Promise.all(
      statement.lines.map(async ({ batchLines, ...line }) => ({ ...line, batchLines: await lineBodies(this.names, batchLines) })),
    );
    return { ...statement, lines };
  }

  /** Lines are a read model of their own: whoever asks for them next finds those of the batch as it is told now. */
  async #linesOf({ position }: PayoutBatchRow): Promise<void> {
    try {
      await this.read.waitForProjection(payoutLineProjection.name, position, LINES_WAIT_MS);
    } catch (error) {
      if (!(error instanceof ProjectionError)) throw error;
    }
  }

  async #must(batchId: string): Promise<PayoutBatchRow> {
    const batch = await this.payouts.batch(batchId);
    if (!batch) throw new Rejection('payout.not-found', { batchId });
    return batch;
  }
}
