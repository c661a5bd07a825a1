import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Period, SubjectId } from '#kernel';
import type { CommandContext, CommandResult } from '#libs/event-store';
import { zCode, zLabel, zPeriod, zSubjectId, zUuid } from '#libs/kernel/schema';
import {
  AcceptTargetsRequest,
  ImportTargetsRequest,
  PreviewTargetsRequest,
  type TargetImportResult,
  type TargetPreview,
} from '#libs/targets';
import type { TargetsReader } from '#libs/targets/contracts';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam } from '../http/caller';
import { receipt } from '../http/command-reply';
import { ImportProgressBook } from '../http/import-progress';
import { type ReceiptBody, zReceipt } from '../http/page';
import { TARGETS } from '../tokens';
import { ApiFileBody, fileBody, progressKey, refusedFile, zFileQuery, zPreviewKey } from './imports.shapes';

const zTargetFileQuery = zFileQuery
  .omit({ profile: true })
  .extend({ reason: zLabel.optional().describe('Why targets that are set already change; without it such a file is refused') });
const zTargetPreviewQuery = zTargetFileQuery.extend(zPreviewKey);
const zCounts = z.strictObject({ rows: z.int(), newTargets: z.int(), revised: z.int(), unchanged: z.int() });
const zImported = zCounts.extend({ importId: zUuid, repeatedRequest: z.boolean() });
const zTargetsQuery = z.strictObject({
  period: zPeriod,
  metrics: z
    .string()
    .max(2_000)
    .transform((text) => text.split(','))
    .pipe(z.array(zCode).min(1).max(60)),
});
const zTarget = z.strictObject({
  metric: z.string(),
  period: zPeriod,
  value: z.string(),
  positions: z.array(z.int()),
  accepted: z.boolean(),
});

@ApiTags('targets')
@Controller()
export class TargetsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(TARGETS) private readonly targets: TargetsReader,
    @Inject(Access) private readonly access: Access,
    @Inject(ImportProgressBook) private readonly progress: ImportProgressBook,
  ) {}

  /** What an import of this file would do; records nothing. */
  @Post('imports/targets/preview')
  @HttpCode(200)
  @ApiFileBody('text/csv', 'application/octet-stream')
  @ApiOkResponse({ standardSchema: zCounts })
  async preview(
    @Query({ schema: zTargetPreviewQuery }) query: z.infer<typeof zTargetPreviewQuery>,
    @Body() body: unknown,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zCounts>> {
    await this.access.require(caller, 'targets.import');
    const input = { source: fileBody(body), encoding: query.encoding, reason: query.reason };
    const result = await this.progress.watch({ key: progressKey(caller, query.progress), kind: 'targets' }, (progress) =>
      this.bus.execute<PreviewTargetsRequest, TargetPreview>(new PreviewTargetsRequest({ ...input, progress })),
    );
    if (result.kind === 'refused') throw refusedFile(result.problems);
    const { kind: _, ...counts } = result;
    return counts;
  }

  /** All or nothing: columns owner, metric, period, value. */
  @Post('imports/targets')
  @ApiFileBody('text/csv', 'application/octet-stream')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zImported })
  async import(
    @Query({ schema: zTargetFileQuery }) query: z.infer<typeof zTargetFileQuery>,
    @Body() body: unknown,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof zImported>> {
    await this.access.require(caller, 'targets.import');
    const input = { source: fileBody(body), encoding: query.encoding, reason: query.reason };
    const result = await this.progress.watch({ key: context.requestKey, kind: 'targets' }, (progress) =>
      this.bus.execute<ImportTargetsRequest, TargetImportResult>(new ImportTargetsRequest({ ...input, progress }, context)),
    );
    if (result.kind === 'refused') throw refusedFile(result.problems);
    const { kind: _, token, ...imported } = result;
    if (token !== null) void reply.header('centum-token', token);
    return imported;
  }

  @Get('people/:subject/targets')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zTarget) }) })
  async ofPerson(
    @Param('subject', { schema: zSubjectId }) subject: SubjectId,
    @Query({ schema: zTargetsQuery }) query: z.infer<typeof zTargetsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: z.infer<typeof zTarget>[] }> {
    await this.access.require(caller, 'targets.read', { subject });
    const rows = (await this.targets.targetsFor({ ...query, subjects: [subject] })).get(subject);
    return { items: [...(rows?.values() ?? [])].map((row) => ({ ...row, positions: [...row.positions] })) };
  }

  /** The person accepts the targets of a period; one not accepted counts, and is marked. */
  @Post('me/targets/:period/accept')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async accept(
    @Param('period', { schema: zPeriod }) period: Period,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'targets.accept', { subject: caller.subject });
    const result = await this.bus.execute<AcceptTargetsRequest, CommandResult>(new AcceptTargetsRequest(caller.subject, period, context));
    return receipt(reply, `${caller.subject}.${period}`, result);
  }
}
