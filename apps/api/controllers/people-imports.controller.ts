import { Body, Controller, HttpCode, Inject, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { CommandContext, CommandResult } from '#libs/event-store';
import { zLabel, zPlainDay, zSubjectId, zCode, zDecimalText, zUuid } from '#libs/kernel/schema';
import {
  ChangeOrganisationRequest,
  ImportPeopleRequest,
  type PeopleImportResult,
  type PeoplePreview,
  PreviewPeopleRequest,
} from '#libs/organisation';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam } from '../http/caller';
import { receipt } from '../http/command-reply';
import { ImportProgressBook } from '../http/import-progress';
import { type ReceiptBody, zReceipt } from '../http/page';
import { ApiFileBody, fileBody, progressKey, refusedFile, zFileQuery, zPreviewKey } from './imports.shapes';

const zCounts = z.strictObject({ rows: z.int(), filtered: z.int(), newPeople: z.int(), changedPeople: z.int(), unchangedPeople: z.int() });
const zImported = zCounts.extend({ importId: zUuid, repeated: z.boolean() });
const zPeopleFileQuery = zFileQuery.omit({ profile: true });
const zPeoplePreviewQuery = zPeopleFileQuery.extend(zPreviewKey);
const zOverride = z.strictObject({ region: zCode, day: zPlainDay, kind: z.enum(['off', 'working', 'official']), reason: zLabel });
const zMetric = z.strictObject({
  metric: zCode,
  unit: z.enum(['money', 'count', 'percent', 'days', 'points']),
  combine: z.enum(['sum', 'last', 'mean']),
  owner: zSubjectId.optional(),
  minimum: zDecimalText.optional(),
});
const zSite = z.strictObject({ site: zCode, zone: z.string().min(1).max(60), calendarRegion: zCode });

@ApiTags('people')
@Controller()
export class PeopleImportsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Access) private readonly access: Access,
    @Inject(ImportProgressBook) private readonly progress: ImportProgressBook,
  ) {}

  /** What an import of this file would do; records nothing. */
  @Post('imports/people/preview')
  @HttpCode(200)
  @ApiFileBody('text/csv', 'application/octet-stream')
  @ApiOkResponse({ standardSchema: zCounts })
  async preview(
    @Query({ schema: zPeoplePreviewQuery }) query: z.infer<typeof zPeoplePreviewQuery>,
    @Body() body: unknown,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zCounts>> {
    await this.access.require(caller, 'people.import');
    const input = { source: fileBody(body), encoding: query.encoding };
    const result = await this.progress.watch({ key: progressKey(caller, query.progress), kind: 'people' }, (progress) =>
      this.bus.execute<PreviewPeopleRequest, PeoplePreview>(new PreviewPeopleRequest({ ...input, progress })),
    );
    if (result.kind === 'refused') throw refusedFile(result.problems);
    const { kind: _, ...counts } = result;
    return counts;
  }

  /** All or nothing; the same key again resumes what was cut off and changes nothing twice. */
  @Post('imports/people')
  @ApiFileBody('text/csv', 'application/octet-stream')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zImported })
  async import(
    @Query({ schema: zPeopleFileQuery }) query: z.infer<typeof zPeopleFileQuery>,
    @Body() body: unknown,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof zImported>> {
    await this.access.require(caller, 'people.import');
    const input = { source: fileBody(body), encoding: query.encoding };
    const result = await this.progress.watch({ key: context.requestKey, kind: 'people' }, (progress) =>
      this.bus.execute<ImportPeopleRequest, PeopleImportResult>(new ImportPeopleRequest({ ...input, progress }, context)),
    );
    if (result.kind === 'refused') throw refusedFile(result.problems);
    const { kind: _, token, ...imported } = result;
    if (token !== null) void reply.header('centum-token', token);
    return imported;
  }

  /** A day on which the company works or does not, whatever the official calendar says. */
  @Put('calendar/overrides')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async override(
    @Body({ schema: zOverride }) body: z.infer<typeof zOverride>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'calendar.override');
    return this.#change(new ChangeOrganisationRequest({ type: 'OverrideCalendar', data: body }, context), reply);
  }

  @Put('sites')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async site(
    @Body({ schema: zSite }) body: z.infer<typeof zSite>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'people.import');
    return this.#change(new ChangeOrganisationRequest({ type: 'DeclareSite', data: body }, context), reply);
  }

  /** Unit, how the facts of a period combine, and who answers for them. */
  @Put('metrics')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async metric(
    @Body({ schema: zMetric }) body: z.infer<typeof zMetric>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'metrics.declare');
    const { metric, unit, combine, owner, minimum } = body;
    const data = { metric, unit, combine, ...(owner === undefined ? {} : { owner }), ...(minimum === undefined ? {} : { minimum }) };
    return this.#change(new ChangeOrganisationRequest({ type: 'DeclareMetric', data }, context), reply);
  }

  async #change(request: ChangeOrganisationRequest, reply: FastifyReply): Promise<ReceiptBody> {
    return receipt(reply, 'main', await this.bus.execute<ChangeOrganisationRequest, CommandResult>(request));
  }
}
