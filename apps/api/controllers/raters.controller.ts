import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Rejection } from '#kernel';
import { ActOnRatersRequest, type Appraisal, appraisalDetail, boundsOf, linesOfTask, type RaterAct } from '#libs/appraisal';
import { zCustomerAnswersInput, zNominatePeersInput, zPeerAnswerInput } from '#libs/appraisal/contracts';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import { zSubjectId } from '#libs/kernel/schema';
import { COMMAND_RUNNER } from '#libs/runtime';
import type { CompiledScheme, SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam, CommandParam } from '../http/caller';
import { receipt } from '../http/command-reply';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zReceipt } from '../http/page';
import { SCHEME_SOURCE } from '../tokens';
import { lineBody, zRatingLine } from './rating-lines.shapes';

const zId = z.string().min(73).max(73);
/** Who is asked, and how many of them have answered: never who. */
const zPeers = z.strictObject({
  peers: z.array(z.strictObject({ subject: zSubjectId, name: z.string().nullable() })),
  answered: z.int(),
  least: z.int(),
  most: z.int().nullable(),
  open: z.boolean(),
});
/** For one of those who are asked: what to answer, and whether it is done. What was answered is shown to nobody, not even to them. */
const zPeerReview = z.strictObject({
  subject: zSubjectId,
  name: z.string().nullable(),
  period: z.string(),
  answered: z.boolean(),
  open: z.boolean(),
  lines: z.array(zRatingLine),
});

/** What groups of people say about one person: colleagues, whose answers nobody can tell apart, and customers. */
@ApiTags('appraisals')
@Controller('appraisals')
export class RatersController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  @Get(':appraisalId/peers')
  @ApiOkResponse({ standardSchema: zPeers })
  async peers(@Param('appraisalId', { schema: zId }) appraisalId: string, @CallerParam() caller: Caller): Promise<z.infer<typeof zPeers>> {
    const appraisal = await this.#must(appraisalId);
    await this.access.require(caller, 'appraisal.nominate-peers', concern(appraisal));
    const { document } = await this.#schemeOf(appraisal);
    const { least, most } = boundsOf(document);
    const peers = appraisal.peerRound?.peers ?? [];
    const names = await this.names.of(peers);
    return {
      peers: peers.map((subject) => ({ subject, name: names.get(subject) ?? null })),
      answered: appraisal.peerRound?.answered.length ?? 0,
      least,
      most: most ?? null,
      open: takesAnswers(appraisal),
    };
  }

  /** The whole list of colleagues who are asked; by the manager, or HR. */
  @Post(':appraisalId/peers')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async nominate(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @Body({ schema: zNominatePeersInput }) input: z.infer<typeof zNominatePeersInput>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'appraisal.nominate-peers', concern(await this.#must(appraisalId)));
    return this.#act(reply, appraisalId, { kind: 'nominate-peers', input }, context);
  }

  @Get(':appraisalId/peer-review')
  @ApiOkResponse({ standardSchema: zPeerReview })
  async peerReview(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zPeerReview>> {
    const appraisal = await this.#must(appraisalId);
    await this.access.require(caller, 'appraisal.answer-as-peer', asked(appraisal));
    const scheme = await this.#schemeOf(appraisal);
    const { subject, period, peerRound } = appraisal;
    const answered = peerRound?.answered.some(({ peer }) => peer === caller.subject) ?? false;
    return {
      subject,
      name: (await this.names.of([subject])).get(subject) ?? null,
      period,
      answered,
      open: takesAnswers(appraisal) && !answered,
      lines: linesOfTask(scheme, appraisal, { step: 'manager-review', group: 'peers' }).map(lineBody),
    };
  }

  /** All lines, once. */
  @Post(':appraisalId/peer-review')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async answer(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @Body({ schema: zPeerAnswerInput }) input: z.infer<typeof zPeerAnswerInput>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    await this.access.require(caller, 'appraisal.answer-as-peer', asked(await this.#must(appraisalId)));
    return this.#act(reply, appraisalId, { kind: 'answer-as-peer', input }, context);
  }

  /** From a survey: a row a customer, no names. A later one takes its place until the appraisal is scored. */
  @Post(':appraisalId/customer-answers')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async customers(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @Body({ schema: zCustomerAnswersInput }) input: z.infer<typeof zCustomerAnswersInput>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    const { subject } = await this.#must(appraisalId);
    await this.access.require(caller, 'appraisal.record-customers', { subject });
    return this.#act(reply, appraisalId, { kind: 'record-customer-answers', input }, context);
  }

  async #act(reply: FastifyReply, appraisalId: string, act: RaterAct, context: CommandContext): Promise<ReceiptBody> {
    const request = new ActOnRatersRequest(appraisalId, act, context);
    return receipt(reply, appraisalId, await this.bus.execute<ActOnRatersRequest, CommandResult>(request));
  }

  async #must(appraisalId: string): Promise<Appraisal> {
    const detail = await appraisalDetail(this.runner, appraisalId);
    if (!detail) throw new Rejection('appraisal.not-found', { appraisalId });
    return detail.appraisal;
  }

  async #schemeOf({ scheme }: Appraisal): Promise<CompiledScheme> {
    const compiled = await this.schemes.scheme(scheme.schemeId, scheme.version);
    if (!compiled) throw new Rejection('scheme.not-found', { schemeId: scheme.schemeId, version: scheme.version });
    return compiled;
  }
}

/** The manager who rates the person knows whom to ask. */
function concern({ subject, steps }: Appraisal) {
  const managers = steps.filter(
    ({ step, group, department }) => step === 'manager-review' && group === undefined && department === undefined,
  );
  return { subject, assigned: managers.map(({ reviewer }) => reviewer) };
}

function asked({ subject, peerRound }: Appraisal) {
  return { subject, assigned: peerRound?.peers ?? [] };
}

function takesAnswers({ status, steps, peerRound }: Appraisal): boolean {
  return status === 'open' && peerRound?.closed !== true && steps.some(({ group, state }) => group === 'peers' && state === 'open');
}
