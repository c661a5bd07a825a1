import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { derivedUuid, type PersonalText, Rejection, type SubjectId } from '#kernel';
import type { CommandContext } from '#libs/event-store';
import { zCode, zUuid } from '#libs/kernel/schema';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { RunSchemeCommand, type SchemeCommand, type SchemeDesk } from '#libs/scheme';
import type { SchemeDiscussionRow, SchemeLifeReader, SchemeReader, SchemeReports, SchemeVersionRow } from '#libs/scheme/contracts';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam } from '../http/caller';
import { receipt } from '../http/command-reply';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zReceipt } from '../http/page';
import { ORGANISATION, PRIVACY, SCHEME_DESK, SCHEME_LIFE, SCHEME_REPORTS, SCHEMES } from '../tokens';
import {
  commentBodies,
  type DiscussionBody,
  type ReadText,
  reportBody,
  type ReportBody,
  zAcknowledgements,
  zAcknowledgementsQuery,
  zCloseDiscussion,
  zComment,
  zConclusion,
  zDiscussion,
  zEdit,
  zOpenDiscussion,
  zReport,
  zReviewsDue,
  zToAcknowledge,
  zToComment,
  zVersionNumber,
} from './scheme-life.shapes';

interface Place {
  readonly schemeId: string;
  readonly version: number;
}
const zPlace = { schemeId: zCode, version: zVersionNumber };

/** What becomes of a draft: discussed, approved, acknowledged by whom it concerns, and reviewed when its date comes. */
@ApiTags('schemes')
@Controller('schemes')
export class SchemeLifeController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SCHEMES) private readonly schemes: SchemeReader,
    @Inject(SCHEME_LIFE) private readonly life: SchemeLifeReader,
    @Inject(SCHEME_DESK) private readonly desk: SchemeDesk,
    @Inject(SCHEME_REPORTS) private readonly reports: SchemeReports,
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** Versions in force whose review date has come. */
  @Get('reviews-due')
  @ApiOkResponse({ standardSchema: zReviewsDue })
  async reviewsDue(@CallerParam() caller: Caller): Promise<z.infer<typeof zReviewsDue>> {
    await this.access.require(caller, 'scheme-review.read');
    const today = this.access.today();
    const items = (await this.life.reviewsDue(today)).map(({ schemeId, version, title, reviewOn }) => ({
      schemeId,
      version,
      title,
      reviewOn,
    }));
    return { today, items };
  }

  /** Open discussions to which the caller was invited and in which they have said nothing yet. */
  @Get('to-comment')
  @ApiOkResponse({ standardSchema: zToComment })
  async toComment(@CallerParam() caller: Caller): Promise<z.infer<typeof zToComment>> {
    await this.access.require(caller, 'todo.read', { subject: caller.subject });
    return { items: [...(await this.life.toComment(caller.subject))] };
  }

  /** What the caller is scored by and has not acknowledged. */
  @Get('to-acknowledge')
  @ApiOkResponse({ standardSchema: zToAcknowledge })
  async toAcknowledge(@CallerParam() caller: Caller): Promise<z.infer<typeof zToAcknowledge>> {
    await this.access.require(caller, 'scheme.acknowledge', { subject: caller.subject });
    return { items: [...(await this.life.toAcknowledge(caller.subject))] };
  }

  /** HR names who comments: HR, sales, finance and reps. Again to invite more. */
  @Post(':schemeId/versions/:version/discussion')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async open(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @Body({ schema: zOpenDiscussion }) body: z.infer<typeof zOpenDiscussion>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'scheme.discuss');
    const people = [...body.people, ...(await this.#byLogin(body.logins))];
    return receipt(reply, schemeId, await this.desk.openDiscussion({ schemeId, version, people, until: body.until }, context));
  }

  /** For those invited, HR, the general manager and auditors. */
  @Get(':schemeId/versions/:version/discussion')
  @ApiOkResponse({ standardSchema: zDiscussion })
  async discussion(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @CallerParam() caller: Caller,
  ): Promise<DiscussionBody> {
    const { row, status } = await this.#discussed({ schemeId, version });
    await this.access.require(caller, 'scheme-comments.read', { assigned: invitedOf(row) });
    const comments = await this.life.comments(schemeId, version);
    const [read, names] = await Promise.all([
      this.#reader([row.summary, ...comments.map(({ text }) => text)]),
      this.names.of([...invitedOf(row), ...comments.map(({ by }) => by)]),
    ]);
    const said = new Set(comments.flatMap(({ by, text }) => (text === null ? [] : [by])));
    const { until, openedAt, closedAt, silent } = row;
    return {
      schemeId,
      version,
      status,
      until,
      openedAt,
      closedAt,
      summary: read(row.summary),
      silent: [...silent],
      invited: row.invited.map(({ subject, sides }) => ({
        subject,
        name: names.get(subject) ?? null,
        sides: [...sides],
        commented: said.has(subject),
      })),
      comments: commentBodies(comments, read, names),
    };
  }

  @Post(':schemeId/versions/:version/discussion/close')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async close(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @Body({ schema: zCloseDiscussion }) { summary }: z.infer<typeof zCloseDiscussion>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'scheme.discuss');
    const data = { schemeId, version, summary: this.privacy.make(caller.subject, summary) };
    return this.#run({ type: 'CloseSchemeDiscussion', data }, context, reply);
  }

  /** Answers the id of the comment, by which it is edited or withdrawn. */
  @Post(':schemeId/versions/:version/comments')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async comment(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @Body({ schema: zComment }) { text, about }: z.infer<typeof zComment>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.#requireInvited(caller, { schemeId, version });
    const commentId = derivedUuid('scheme-comment', context.requestKey);
    const data = { schemeId, version, commentId, about, text: this.privacy.make(caller.subject, text) };
    return { ...(await this.#run({ type: 'CommentOnScheme', data }, context, reply)), id: commentId };
  }

  @Post(':schemeId/versions/:version/comments/:commentId/edit')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async edit(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @Param('commentId', { schema: zUuid }) commentId: string,
    @Body({ schema: zEdit }) { text }: z.infer<typeof zEdit>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.#requireInvited(caller, { schemeId, version });
    const data = { schemeId, version, commentId, text: this.privacy.make(caller.subject, text) };
    return this.#run({ type: 'EditSchemeComment', data }, context, reply);
  }

  @Post(':schemeId/versions/:version/comments/:commentId/withdraw')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async withdraw(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @Param('commentId', { schema: zUuid }) commentId: string,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.#requireInvited(caller, { schemeId, version });
    return this.#run({ type: 'WithdrawSchemeComment', data: { schemeId, version, commentId } }, context, reply);
  }

  /** By the general manager, never by who drafted it; only what was discussed. */
  @Post(':schemeId/versions/:version/approve')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async approve(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'scheme.approve');
    return this.#run({ type: 'ApproveScheme', data: { schemeId, version } }, context, reply);
  }

  /** By each person whom a cycle scores by this version, for oneself. Holds nothing up. */
  @Post(':schemeId/versions/:version/acknowledge')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async acknowledge(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'scheme.acknowledge', { subject: caller.subject });
    return receipt(reply, schemeId, await this.desk.acknowledge({ schemeId, version, subject: caller.subject }, context));
  }

  /** How many have acknowledged it, and who has not, by pages. */
  @Get(':schemeId/versions/:version/acknowledgements')
  @ApiOkResponse({ standardSchema: zAcknowledgements })
  async acknowledgements(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @Query({ schema: zAcknowledgementsQuery }) { after, limit }: z.infer<typeof zAcknowledgementsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zAcknowledgements>> {
    await this.access.require(caller, 'scheme-acknowledgements.list');
    await this.#mustVersion({ schemeId, version });
    const [count, page] = await Promise.all([
      this.life.acknowledgements(schemeId, version),
      this.life.notAcknowledged({ schemeId, version, limit, ...(after === undefined ? {} : { afterSubject: after }) }),
    ]);
    const names = await this.names.of(page.items.map(({ subject }) => subject));
    const items = page.items.map((item) => ({ ...item, name: names.get(item.subject) ?? null }));
    return { ...count, missing: page.next === undefined ? { items } : { items, next: page.next } };
  }

  /** What the version has done so far: results, cost, appeals by line, comments, acknowledgements. */
  @Get(':schemeId/versions/:version/review')
  @ApiOkResponse({ standardSchema: zReport })
  async review(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @CallerParam() caller: Caller,
  ): Promise<ReportBody> {
    await this.access.require(caller, 'scheme-review.read');
    const report = await this.reports.report(schemeId, version, this.access.today());
    if (!report) throw new Rejection('scheme.not-found', { schemeId, version });
    const { discussion, comments, notes, reviews } = report;
    const texts = [
      discussion?.summary ?? null,
      ...[...comments, ...reviews.map(({ reason }) => ({ text: reason }))].map(({ text }) => text),
    ];
    const [read, names] = await Promise.all([
      this.#reader([...texts, ...notes.map(({ note }) => note)]),
      this.names.of(comments.map(({ by }) => by)),
    ]);
    return reportBody(report, read, names);
  }

  /** Keep it until the next date, change it, or retire it: recorded with its reason. */
  @Post(':schemeId/versions/:version/review')
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ standardSchema: zReceipt })
  async conclude(
    @Param('schemeId', { schema: zPlace.schemeId }) schemeId: string,
    @Param('version', { schema: zPlace.version }) version: number,
    @Body({ schema: zConclusion }) { reason, ...conclusion }: z.infer<typeof zConclusion>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'scheme.review');
    const data = { schemeId, version, ...conclusion, reason: this.privacy.make(caller.subject, reason) };
    return this.#run({ type: 'ReviewScheme', data }, context, reply);
  }

  /** Thrown when a login is nobody's: Rejection `scheme.unknown-person`. */
  async #byLogin(logins: readonly string[]): Promise<readonly SubjectId[]> {
    const keys = logins.map((login) => this.privacy.lookupKey('login', login));
    const found = await this.organisation.find('login', keys);
    const unknown = keys.filter((key) => found.get(key)?.length !== 1);
    if (unknown.length > 0) throw new Rejection('scheme.unknown-person', { count: unknown.length });
    return [...found.values()].flat();
  }

  async #run(command: SchemeCommand, context: CommandContext, reply: FastifyReply): Promise<ReceiptBody> {
    return receipt(reply, command.data.schemeId, await this.bus.execute(new RunSchemeCommand(command, context)));
  }

  async #requireInvited(caller: Caller, place: Place): Promise<void> {
    const { row } = await this.#discussed(place);
    await this.access.require(caller, 'scheme.comment', { assigned: invitedOf(row) });
  }

  async #discussed({
    schemeId,
    version,
  }: Place): Promise<{ readonly row: SchemeDiscussionRow; readonly status: SchemeVersionRow['status'] }> {
    const { status } = await this.#mustVersion({ schemeId, version });
    const row = await this.life.discussion(schemeId, version);
    if (!row) throw new Rejection('scheme.discussion-not-found', { schemeId, version });
    return { row, status };
  }

  async #mustVersion({ schemeId, version }: Place): Promise<SchemeVersionRow> {
    const row = await this.schemes.version(schemeId, version);
    if (!row) throw new Rejection('scheme.not-found', { schemeId, version });
    return row;
  }

  async #reader(sealed: readonly (PersonalText | null)[]): Promise<ReadText> {
    const texts = sealed.filter((text) => text !== null);
    const opened = await this.privacy.open(texts);
    const plain = new Map(texts.map((text, index) => [text, opened[index]]));
    return (text) => {
      const found = text && plain.get(text);
      return found?.kind === 'text' ? found.text : null;
    };
  }
}

function invitedOf({ invited }: SchemeDiscussionRow): readonly SubjectId[] {
  return invited.map(({ subject }) => subject);
}
