import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type PersonalText, Rejection, type SubjectId } from '#kernel';
import { ActOnAppealRequest, FileAppealRequest, StoreEvidenceRequest } from '#libs/appeal';
import { APPEAL_LIMITS, APPEAL_STAGES, type AppealReader, type AppealRow } from '#libs/appeal/contracts';
import { parseAppraisalId } from '#libs/appraisal/contracts';
import type { CommandContext, CommandResult } from '#libs/event-store';
import { zHash, zUuid } from '#libs/kernel/schema';
import type { FileVault, PersonalTexts } from '#libs/privacy/contracts';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam, etag } from '../http/caller';
import { receipt } from '../http/command-reply';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zPage, zPageQuery, zReceipt } from '../http/page';
import { ProblemException } from '../http/problem';
import { APPEALS, FILE_VAULT, PRIVACY } from '../tokens';
import {
  APPEAL_ACT_OPERATIONS,
  type AppealActBody,
  type AppealBody,
  evidenceInputs,
  sealedAct,
  zAppeal,
  zAppealAct,
  zFileAppeal,
} from './appeals.shapes';
import { ApiFileBody, fileBody } from './imports.shapes';

const zStored = z.strictObject({ hash: zHash, mediaType: z.string(), bytes: z.int() });
const zListQuery = zPageQuery.extend({
  cycleId: zUuid.optional(),
  stage: z.enum(APPEAL_STAGES).optional(),
  limit: z.coerce.number().int().min(1).max(APPEAL_LIMITS.page).default(50),
});
type ListQuery = z.infer<typeof zListQuery>;
interface AppealsPage {
  items: AppealBody[];
  next?: string;
}

@ApiTags('appeals')
@Controller('appeals')
export class AppealsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(APPEALS) private readonly appeals: AppealReader,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(FILE_VAULT) private readonly vault: FileVault,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** One file of evidence: PDF, image or office document, at most 10 MiB, known by its content. Name it when filing. */
  @Post('evidence')
  @ApiFileBody('application/octet-stream')
  @ApiCreatedResponse({ standardSchema: zStored })
  async evidence(@Body() body: unknown, @CallerParam() caller: Caller): Promise<z.infer<typeof zStored>> {
    await this.access.require(caller, 'appeal.file', { subject: caller.subject });
    return this.bus.execute(new StoreEvidenceRequest(caller.subject, await wholeFile(fileBody(body))));
  }

  @Post()
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async file(
    @Body({ schema: zFileAppeal }) body: z.infer<typeof zFileAppeal>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    const subject = parseAppraisalId(body.appraisalId)?.subject;
    if (!subject) throw new Rejection('appeal.unknown-appraisal');
    await this.access.require(caller, 'appeal.file', { subject });
    const seal = (text: string): PersonalText => this.privacy.make(subject, text);
    const { statement, evidence, ...rest } = body;
    const input = { ...rest, statement: seal(statement), evidence: evidenceInputs(evidence, seal) };
    const result = await this.bus.execute<FileAppealRequest, CommandResult & { readonly appealId: string }>(
      new FileAppealRequest(input, context),
    );
    return receipt(reply, result.appealId, result);
  }

  /** For HR and auditors: all; for everybody else: one's own, and those where one is on the panel or owns the fact. */
  @Get()
  @ApiOkResponse({ standardSchema: zPage(zAppeal) })
  async list(@Query({ schema: zListQuery }) query: ListQuery, @CallerParam() caller: Caller): Promise<AppealsPage> {
    await this.access.require(caller, 'appeal.read');
    return this.#page(query, {}, caller);
  }

  @Get('mine')
  @ApiOkResponse({ standardSchema: zPage(zAppeal) })
  async mine(@Query({ schema: zListQuery }) query: ListQuery, @CallerParam() caller: Caller): Promise<AppealsPage> {
    return this.#page(query, { subject: caller.subject }, caller);
  }

  @Get('assigned')
  @ApiOkResponse({ standardSchema: zPage(zAppeal) })
  async assigned(@Query({ schema: zListQuery }) query: ListQuery, @CallerParam() caller: Caller): Promise<AppealsPage> {
    return this.#page(query, { assigned: caller.subject }, caller);
  }

  @Get(':appealId')
  @ApiOkResponse({ standardSchema: zAppeal })
  async one(
    @Param('appealId', { schema: zUuid }) appealId: string,
    @CallerParam() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppealBody> {
    const row = await this.#readable(appealId, caller);
    void reply.header('etag', etag(row.version));
    const [body] = await this.#bodies([row], caller);
    if (!body) throw new Rejection('appeal.not-found');
    return body;
  }

  @Get(':appealId/evidence/:hash')
  @ApiOkResponse({ content: { '*/*': { schema: { type: 'string', format: 'binary' } } } })
  async evidenceFile(
    @Param('appealId', { schema: zUuid }) appealId: string,
    @Param('hash', { schema: zHash }) hash: string,
    @CallerParam() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const row = await this.#readable(appealId, caller);
    const file = row.evidence.find((one) => one.hash === hash);
    if (!file) throw new Rejection('appeal.evidence-not-found', { appealId });
    const content = await this.vault.get(row.subject, hash);
    const [name] = await this.privacy.open([file.name]);
    const plain = name?.kind === 'text' ? name.text : hash.slice(0, 16);
    // Never shown inline: what an appellant uploaded must not run in a reviewer's browser.
    await reply
      .header('content-type', file.mediaType)
      .header('content-disposition', `attachment; filename="${hash.slice(0, 16)}"; filename*=UTF-8''${encodedName(plain)}`)
      .send(Buffer.from(content));
  }

  @Post(':appealId/acts')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async act(
    @Param('appealId', { schema: zUuid }) appealId: string,
    @Body({ schema: zAppealAct }) body: AppealActBody,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    const row = await this.#must(appealId);
    await this.access.require(caller, APPEAL_ACT_OPERATIONS[body.act], { subject: row.subject, assigned: assignedOf(row) });
    const act = sealedAct(body, (text) => this.privacy.make(row.subject, text));
    return receipt(
      reply,
      appealId,
      await this.bus.execute<ActOnAppealRequest, CommandResult>(new ActOnAppealRequest(appealId, act, context)),
    );
  }

  async #page(
    query: ListQuery,
    who: { readonly subject?: SubjectId; readonly assigned?: SubjectId },
    caller: Caller,
  ): Promise<AppealsPage> {
    const { cycleId, stage, after, limit } = query;
    const page = await this.appeals.list({
      ...who,
      limit,
      ...(cycleId === undefined ? {} : { cycleId }),
      ...(stage === undefined ? {} : { stage }),
      ...(after === undefined ? {} : { after }),
    });
    const items = await this.#bodies(page.items, caller);
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  async #must(appealId: string): Promise<AppealRow> {
    const row = await this.appeals.appeal(appealId);
    if (!row) throw new Rejection('appeal.not-found', { appealId });
    return row;
  }

  async #readable(appealId: string, caller: Caller): Promise<AppealRow> {
    const row = await this.#must(appealId);
    await this.access.require(caller, 'appeal.read', { subject: row.subject, assigned: assignedOf(row) });
    return row;
  }

  async #bodies(whole: readonly AppealRow[], caller: Caller): Promise<AppealBody[]> {
    const rows = whole.map((row) => withoutOpenVotes(row, caller.subject));
    const names = await this.names.of(rows.flatMap(({ subject, panel }) => [subject, ...panel.map((member) => member.subject)]));
    const sealed = rows.flatMap(({ texts, evidence }) => [...texts.map(({ text }) => text), ...evidence.map(({ name }) => name)]);
    const opened = await this.privacy.open(sealed);
    const plain = new Map(sealed.map((text, index) => [text, opened[index]]));
    const read = (text: PersonalText): string | null => {
      const found = plain.get(text);
      return found?.kind === 'text' ? found.text : null;
    };
    return rows.map(({ round: _, position: __, chair, ...row }) => ({
      ...row,
      name: names.get(row.subject) ?? null,
      grounds: [...row.grounds],
      lines: [...row.lines],
      corrections: [...row.corrections],
      votes: [...row.votes],
      evidence: row.evidence.map((file) => ({ ...file, name: read(file.name) })),
      texts: row.texts.map(({ what, by, at, text }) => ({ what, by, at, text: read(text) })),
      panel: row.panel.map(({ subject, department }) => ({
        subject,
        department,
        name: names.get(subject) ?? null,
        chair: subject === chair,
      })),
    }));
  }
}

/** Until the decision the appellant sees no vote, and a member none but their own: each votes by themselves. */
function withoutOpenVotes(row: AppealRow, viewer: SubjectId): AppealRow {
  const isParty = row.subject === viewer || row.panel.some(({ subject }) => subject === viewer);
  if (row.verdict !== null || !isParty) return row;
  return {
    ...row,
    votes: row.votes.filter(({ member }) => member === viewer),
    texts: row.texts.filter(({ what, by }) => what !== 'VoteCast' || by === viewer),
  };
}

/** As RFC 8187 wants it. */
function encodedName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function assignedOf({ panel, factOwner }: AppealRow): (SubjectId | null)[] {
  return [...panel.map(({ subject }) => subject), factOwner];
}

/** Thrown as soon as it is over the limit: `privacy.file-too-large`. */
async function wholeFile(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > APPEAL_LIMITS.evidenceBytes)
      throw new ProblemException(413, 'appeal.evidence-size', { limit: APPEAL_LIMITS.evidenceBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
