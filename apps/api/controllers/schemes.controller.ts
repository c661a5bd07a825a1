import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Rejection } from '#kernel';
import type { CommandContext } from '#libs/event-store';
import { zCode } from '#libs/kernel/schema';
import {
  compiledTemplate,
  loadScheme,
  ratingLines,
  requiredFacts,
  RunSchemeCommand,
  SCHEME_LIMITS,
  SCHEME_TEMPLATES,
  templateText,
} from '#libs/scheme';
import { SCHEME_STATUSES, type SchemeReader, zTitle } from '#libs/scheme/contracts';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam } from '../http/caller';
import { receipt } from '../http/command-reply';
import { type ReceiptBody, zReceipt } from '../http/page';
import { ProblemException } from '../http/problem';
import { SCHEMES } from '../tokens';
import { lineBody, zRatingLine } from './rating-lines.shapes';
import { zSchemeVersion, zVersionNumber } from './scheme-life.shapes';

const zListQuery = z.strictObject({ status: z.enum(SCHEME_STATUSES).optional() });
const zTemplateId = z.enum(SCHEME_TEMPLATES);
const zTemplate = z.strictObject({ id: zTemplateId, title: zTitle, yaml: z.string() });
const zDraft = z.union([
  z.strictObject({ template: zTemplateId }),
  z.strictObject({ yaml: z.string().min(1).max(SCHEME_LIMITS.textChars), template: zTemplateId.optional() }),
]);
const zFactNeed = z.strictObject({
  key: z.string(),
  unit: z.enum(['money', 'count', 'days', 'percent', 'number']),
  whole: z.boolean(),
  source: z.string().nullable(),
  title: zTitle,
  optional: z.string().optional(),
});
const zNeeds = z.strictObject({ facts: z.array(zFactNeed), self: z.array(zRatingLine), manager: z.array(zRatingLine) });

@ApiTags('schemes')
@Controller('schemes')
export class SchemesController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SCHEMES) private readonly schemes: SchemeReader,
    @Inject(Access) private readonly access: Access,
  ) {}

  /** The templates that ship with the product, as the YAML a company starts from. */
  @Get('templates')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zTemplate) }) })
  async templates(@CallerParam() caller: Caller): Promise<{ items: z.infer<typeof zTemplate>[] }> {
    await this.access.require(caller, 'scheme.read');
    return { items: SCHEME_TEMPLATES.map((id) => ({ id, title: compiledTemplate(id).document.title, yaml: templateText(id) })) };
  }

  @Get()
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zSchemeVersion) }) })
  async list(
    @Query({ schema: zListQuery }) { status }: z.infer<typeof zListQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: z.infer<typeof zSchemeVersion>[] }> {
    await this.access.require(caller, 'scheme.read');
    return { items: [...(await this.schemes.versions(status === undefined ? {} : { status }))] };
  }

  @Get(':schemeId/versions/:version')
  @ApiOkResponse({ standardSchema: zSchemeVersion })
  async one(
    @Param('schemeId', { schema: zCode }) schemeId: string,
    @Param('version', { schema: zVersionNumber }) version: number,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zSchemeVersion>> {
    await this.access.require(caller, 'scheme.read');
    return this.#mustVersion(schemeId, version);
  }

  /** The facts a month of this version asks for and the lines that people rate. */
  @Get(':schemeId/versions/:version/needs')
  @ApiOkResponse({ standardSchema: zNeeds })
  async needs(
    @Param('schemeId', { schema: zCode }) schemeId: string,
    @Param('version', { schema: zVersionNumber }) version: number,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zNeeds>> {
    await this.access.require(caller, 'scheme.read');
    const loading = loadScheme((await this.#mustVersion(schemeId, version)).yaml);
    if (!loading.ok) throw new Rejection('scheme.unreadable', { schemeId, version });
    const { scheme } = loading;
    return {
      facts: requiredFacts(scheme, 'month').map((fact) => ({ ...fact })),
      self: ratingLines(scheme, 'month', 'self').map(lineBody),
      manager: ratingLines(scheme, 'month', 'manager').map(lineBody),
    };
  }

  /** The next version as a draft: a template as it is, or a text of one's own. A text with problems is refused by line and column. */
  @Post(':schemeId/versions')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async draft(
    @Param('schemeId', { schema: zCode }) schemeId: string,
    @Body({ schema: zDraft }) body: z.infer<typeof zDraft>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'scheme.draft');
    const yaml = 'yaml' in body ? body.yaml : templateText(body.template);
    const loading = loadScheme(yaml);
    if (!loading.ok) {
      const errors = loading.problems.map(({ line, column, path, code, detail }) => ({
        path: `${line}:${column} ${path}`,
        code,
        message: detail,
      }));
      throw new ProblemException(422, 'scheme.invalid', { problems: errors.length }, errors.slice(0, 200));
    }
    const data = { schemeId, yaml, ...(body.template === undefined ? {} : { template: body.template }) };
    return receipt(reply, schemeId, await this.bus.execute(new RunSchemeCommand({ type: 'DraftScheme', data }, context)));
  }

  /** By the general manager, never by who drafted it; only what was discussed; approves it too. From here on it can't change. */
  @Post(':schemeId/versions/:version/put-in-force')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async putInForce(
    @Param('schemeId', { schema: zCode }) schemeId: string,
    @Param('version', { schema: zVersionNumber }) version: number,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'scheme.put-in-force');
    return receipt(
      reply,
      schemeId,
      await this.bus.execute(new RunSchemeCommand({ type: 'PutSchemeInForce', data: { schemeId, version } }, context)),
    );
  }

  @Post(':schemeId/versions/:version/retire')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async retire(
    @Param('schemeId', { schema: zCode }) schemeId: string,
    @Param('version', { schema: zVersionNumber }) version: number,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'scheme.retire');
    return receipt(
      reply,
      schemeId,
      await this.bus.execute(new RunSchemeCommand({ type: 'RetireScheme', data: { schemeId, version } }, context)),
    );
  }

  async #mustVersion(schemeId: string, version: number): Promise<z.infer<typeof zSchemeVersion>> {
    const row = await this.schemes.version(schemeId, version);
    if (!row) throw new Rejection('scheme.not-found', { schemeId, version });
    return row;
  }
}
