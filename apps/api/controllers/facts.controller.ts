import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Rejection, type SubjectId } from '#kernel';
import type { CommandContext } from '#libs/event-store';
import {
  CorrectFactRequest,
  FACT_IMPORT_LIMITS,
  type FactFileInput,
  type FactImportResult,
  type FactPreview,
  ImportFactFileRequest,
  ImportSetAsideRequest,
  PreviewFactFileRequest,
  RecordFactListRequest,
  SaveImportProfileRequest,
} from '#libs/facts';
import { FACT_UNITS, type FactsReader, type ImportProfilesReader, zImportProfile } from '#libs/facts/contracts';
import { zCode, zDecimalText, zInstant, zLabel, zPeriod, zPlainDay, zSubjectId, zUuid } from '#libs/kernel/schema';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam } from '../http/caller';
import { ImportProgressBook } from '../http/import-progress';
import { FACTS, IMPORT_PROFILES_READER } from '../tokens';
import { isPayMetric } from './without-pay';
import { ApiFileBody, fileBody, progressKey, refusedFile, zFileQuery, zPreviewKey } from './imports.shapes';

const zMetricList = z
  .string()
  .max(2_000)
  .transform((text) => text.split(','))
  .pipe(z.array(zCode).min(1).max(50));
const zFactFileQuery = zFileQuery.extend({
  source: zCode.optional().describe('Name of the system that the file comes from; the profile says it otherwise'),
  completePeriod: zPeriod.optional().describe('The file is complete for this period: who is covered and has no row has 0'),
  completeMetrics: zMetricList.optional().describe('… for these metrics, comma separated; those of the profile when absent'),
  correctionReason: zLabel.optional().describe('Known records with another value are corrected, for this reason'),
});
const zFactPreviewQuery = zFactFileQuery.extend(zPreviewKey);
const zCounts = z.strictObject({
  rows: z.int(),
  facts: z.int(),
  repeated: z.int(),
  filtered: z.int(),
  setAside: z.array(z.strictObject({ row: z.int(), reason: z.string() })),
  setAsideTotal: z.int(),
  differing: z.array(z.strictObject({ row: z.int(), metric: z.string(), factId: zUuid })),
});
const zImported = zCounts.extend({ importId: zUuid, repeatedRequest: z.boolean() });
const zFactList = z.strictObject({
  source: zCode,
  facts: z
    .array(
      z.strictObject({
        subject: zSubjectId.optional(),
        employeeNo: z.string().max(60).optional(),
        login: z.string().max(120).optional(),
        unit: z
          .strictObject({ unit: z.enum(FACT_UNITS), label: zLabel })
          .optional()
          .describe('Of a unit instead of a person'),
        metric: zCode,
        value: zDecimalText,
        happenedOn: zPlainDay,
        recordId: zLabel,
      }),
    )
    .min(1)
    .max(FACT_IMPORT_LIMITS.restFacts),
  completeFor: z
    .strictObject({
      period: zPeriod,
      metrics: z.array(zCode).min(1).max(50).optional(),
      people: z.union([z.literal('everyone'), z.array(zSubjectId).max(3_000)]).optional(),
    })
    .optional(),
  corrections: z.strictObject({ reason: zLabel }).optional(),
});
const zCorrection = z.strictObject({ value: zDecimalText, reason: zLabel });
const zCorrected = z.strictObject({ factId: zUuid });
const zFact = z.strictObject({
  factId: zUuid,
  importId: zUuid,
  subject: zSubjectId.nullable(),
  unit: z.strictObject({ kind: z.enum(FACT_UNITS), label: z.string() }).nullable(),
  metric: z.string(),
  value: zDecimalText,
  happenedOn: zPlainDay,
  source: z.string(),
  recordId: z.string(),
  position: z.int(),
  supersededAt: z.int().nullable(),
  reason: z.string().nullable(),
});
const zFactsQuery = z.strictObject({ period: zPeriod, metric: zCode.optional() });
const zProfileBody = z.strictObject({ definition: zImportProfile, aliases: z.record(z.string().max(120), z.string().max(60)).optional() });
const zNamedProfile = z.strictObject({ name: z.string(), version: z.int(), builtIn: z.boolean(), definition: zImportProfile });
const zImportView = z.strictObject({
  importId: zUuid,
  source: z.string(),
  facts: z.int(),
  repeated: z.int(),
  filtered: z.int(),
  setAsideTotal: z.int(),
  completedAt: zInstant.or(z.string()),
  position: z.int(),
});

@ApiTags('facts')
@Controller()
export class FactsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(FACTS) private readonly facts: FactsReader,
    @Inject(IMPORT_PROFILES_READER) private readonly profiles: ImportProfilesReader,
    @Inject(Access) private readonly access: Access,
    @Inject(ImportProgressBook) private readonly progress: ImportProgressBook,
  ) {}

  /** What an import of this file would do; records nothing. */
  @Post('imports/facts/preview')
  @HttpCode(200)
  @ApiFileBody('text/csv', 'application/octet-stream')
  @ApiOkResponse({ standardSchema: zCounts })
  async preview(
    @Query({ schema: zFactPreviewQuery }) query: z.infer<typeof zFactPreviewQuery>,
    @Body() body: unknown,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zCounts>> {
    await this.access.require(caller, 'facts.import');
    const input = await this.#fileInput(query, body);
    const result = await this.progress.watch({ key: progressKey(caller, query.progress), kind: 'facts' }, (progress) =>
      this.bus.execute<PreviewFactFileRequest, FactPreview>(new PreviewFactFileRequest({ ...input, progress })),
    );
    if (result.kind === 'refused') throw refusedFile(result.problems);
    const { kind: _, ...counts } = result;
    return shown(counts);
  }

  /** All or nothing; facts know their period by when they happened. The same source record twice changes nothing. */
  @Post('imports/facts')
  @ApiFileBody('text/csv', 'application/octet-stream')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zImported })
  async importFile(
    @Query({ schema: zFactFileQuery }) query: z.infer<typeof zFactFileQuery>,
    @Body() body: unknown,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof zImported>> {
    await this.access.require(caller, 'facts.import');
    const input = await this.#fileInput(query, body);
    const result = await this.progress.watch({ key: context.requestKey, kind: 'facts' }, (progress) =>
      this.bus.execute<ImportFactFileRequest, FactImportResult>(new ImportFactFileRequest({ ...input, progress }, context)),
    );
    return imported(result, reply);
  }

  /** Rows that an import set aside because nobody was known by that name: tried again now. */
  @Post('imports/facts/:importId/set-aside')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zImported })
  async importSetAside(
    @Param('importId', { schema: zUuid }) importId: string,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof zImported>> {
    await this.access.require(caller, 'facts.import');
    return imported(await this.bus.execute<ImportSetAsideRequest, FactImportResult>(new ImportSetAsideRequest(importId, context)), reply);
  }

  /** At most 500 facts from another system. */
  @Post('facts')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zImported })
  async record(
    @Body({ schema: zFactList }) body: z.infer<typeof zFactList>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof zImported>> {
    await this.access.require(caller, 'facts.import');
    return imported(await this.bus.execute<RecordFactListRequest, FactImportResult>(new RecordFactListRequest(body, context)), reply);
  }

  /** A new fact supersedes the old one and says why; the old one stays readable. */
  @Post('facts/:factId/corrections')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zCorrected })
  async correct(
    @Param('factId', { schema: zUuid }) factId: string,
    @Body({ schema: zCorrection }) body: z.infer<typeof zCorrection>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof zCorrected>> {
    const fact = await this.facts.fact(factId);
    if (!fact) throw new Rejection('facts.fact-not-found', { factId });
    const owner = (await this.facts.metrics()).get(fact.metric)?.owner ?? null;
    await this.access.require(caller, 'facts.correct', { assigned: [owner] });
    const done = await this.bus.execute<CorrectFactRequest, { readonly factId: string; readonly token: string | null }>(
      new CorrectFactRequest({ factId, ...body }, context),
    );
    if (done.token !== null) void reply.header('centum-token', done.token);
    return { factId: done.factId };
  }

  /** One person's facts of a period, superseded ones too; at most 500. Those of pay only for who may see pay. */
  @Get('people/:subject/facts')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zFact) }) })
  async ofPerson(
    @Param('subject', { schema: zSubjectId }) subject: SubjectId,
    @Query({ schema: zFactsQuery }) query: z.infer<typeof zFactsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: z.infer<typeof zFact>[] }> {
    await this.access.require(caller, 'facts.read', { subject });
    const rows = await this.facts.factsOf({
      subject,
      period: query.period,
      ...(query.metric === undefined ? {} : { metrics: [query.metric] }),
      limit: 500,
    });
    const seesPay = await this.access.shows(caller, 'statement.read', { subject });
    return { items: rows.filter(({ metric }) => seesPay || !isPayMetric(metric)) };
  }

  @Get('imports/facts')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zImportView) }) })
  async imports(@CallerParam() caller: Caller): Promise<{ items: z.infer<typeof zImportView>[] }> {
    await this.access.require(caller, 'facts.read');
    return { items: (await this.facts.imports()).map(({ setAside, ...view }) => ({ ...view, setAsideTotal: setAside.length })) };
  }

  @Get('imports/profiles')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zNamedProfile) }) })
  async listProfiles(@CallerParam() caller: Caller): Promise<{ items: z.infer<typeof zNamedProfile>[] }> {
    await this.access.require(caller, 'facts.read');
    return { items: (await this.profiles.profiles()).map((profile) => ({ ...profile })) };
  }

  @Put('imports/profiles/:name')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: z.strictObject({ name: z.string(), version: z.int() }) })
  async saveProfile(
    @Param('name', { schema: zCode }) name: string,
    @Body({ schema: zProfileBody }) body: z.infer<typeof zProfileBody>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ name: string; version: number }> {
    await this.access.require(caller, 'profiles.save');
    const saved = await this.bus.execute<
      SaveImportProfileRequest,
      { readonly name: string; readonly version: number; readonly token: string | null }
    >(new SaveImportProfileRequest({ name, ...body }, context));
    // Whoever saved it uses it next: their reads wait until it can be found.
    if (saved.token !== null) void reply.header('centum-token', saved.token);
    return { name: saved.name, version: saved.version };
  }

  async #fileInput(query: z.infer<typeof zFactFileQuery>, body: unknown): Promise<FactFileInput> {
    const { profile: profileName, completePeriod, completeMetrics, correctionReason } = query;
    return {
      source: fileBody(body),
      encoding: query.encoding,
      sourceName: query.source,
      profile: profileName === undefined ? undefined : await this.#profile(profileName),
      completeFor: completePeriod === undefined ? undefined : { period: completePeriod, metrics: completeMetrics },
      corrections: correctionReason === undefined ? undefined : { reason: correctionReason },
    };
  }

  async #profile(name: string): Promise<NonNullable<FactFileInput['profile']>> {
    const found = await this.profiles.profile(name);
    if (found?.definition.kind !== 'facts') throw new Rejection('facts.profile-not-found', { name });
    return { name, version: found.version, definition: found.definition };
  }
}

function imported(result: FactImportResult, reply: FastifyReply): z.infer<typeof zImported> {
  if (result.kind === 'refused') throw refusedFile(result.problems);
  const { kind: _, token, importId, repeatedRequest, ...counts } = result;
  if (token !== null) void reply.header('centum-token', token);
  return { importId, repeatedRequest, ...shown(counts) };
}

function shown(
  counts: {
    readonly rows: number;
    readonly facts: number;
    readonly repeated: number;
    readonly filtered: number;
    readonly setAsideTotal: number;
  } & {
    readonly setAside: readonly { readonly row: number; readonly reason: string }[];
    readonly differing: readonly { readonly row: number; readonly metric: string; readonly factId: string }[];
  },
): z.infer<typeof zCounts> {
  return { ...counts, setAside: [...counts.setAside], differing: [...counts.differing] };
}
