import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type PersonalText, Rejection } from '#kernel';
import {
  ActOnAppraisalRequest,
  type AppraisalAct,
  appraisalDetail,
  explainAppraisal,
  groupMeans,
  linesOfTask,
  RedoStepRequest,
  type Scoring,
} from '#libs/appraisal';
import {
  type AppraisalReader,
  type AppraisalView,
  zAnswerInput,
  zManagerScoreInput,
  zObjectionInput,
  zRedoStepInput,
  zSecondReviewInput,
  zSelfReviewInput,
  zSendBackInput,
} from '#libs/appraisal/contracts';
import type { CommandContext, CommandResult, CommandRunner, EventLog } from '#libs/event-store';
import type { Operation } from '#libs/identity';
import { zSubjectId, zUuid } from '#libs/kernel/schema';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { ReadDb } from '#libs/projections';
import { COMMAND_RUNNER, EVENT_LOG } from '#libs/runtime';
import { explainInWords, type SchemeSource, whyNot } from '#libs/scheme';
import { Access } from '../http/access';
import { positionOf } from '../http/as-of';
import { type Caller, CallerParam, CommandParam, etag } from '../http/caller';
import { receipt } from '../http/command-reply';
import { NameBook } from '../http/name-book';
import { type ReceiptBody, zAsOf, zPage, zPageQuery, zReceipt } from '../http/page';
import { APPRAISALS, PRIVACY, READ_DB, SCHEME_SOURCE, SCORING } from '../tokens';
import { assignedTo, readableAppraisal, sightOf } from './appraisal-sight';
import {
  type AppraisalBody,
  appraisalBody,
  type DetailBody,
  type ExplainedBody,
  factsOf,
  resultBody,
  type Sight,
  submissionsOf,
  treeBody,
  visibleSteps,
  zAppraisal,
  zDetail,
  zExplained,
  zTaskLines,
} from './appraisals.shapes';
import { lineBody } from './rating-lines.shapes';
import { withoutPay } from './without-pay';

const zId = z.string().min(73).max(73);
const zListQuery = zPageQuery.extend({
  cycleId: zUuid,
  status: z.enum(['open', 'scored', 'published', 'final', 'cancelled']).optional(),
  after: zSubjectId.optional(),
  asOf: zAsOf,
});
const zOneQuery = z.strictObject({ asOf: zAsOf });
const zExplainQuery = z.strictObject({
  which: z.enum(['current', 'published']).default('current'),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  asOf: zAsOf,
});

/** What people do with an appraisal, told by `kind`. */
const zAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('submit-self-review'), input: zSelfReviewInput }),
  z.strictObject({ kind: z.literal('submit-manager-score'), input: zManagerScoreInput }),
  z.strictObject({ kind: z.literal('approve-second-review'), input: zSecondReviewInput }),
  z.strictObject({ kind: z.literal('send-back'), input: zSendBackInput }),
  z.strictObject({ kind: z.literal('confirm') }),
  z.strictObject({ kind: z.literal('object'), input: zObjectionInput }),
  z.strictObject({ kind: z.literal('answer-objection'), input: zAnswerInput }),
  z.strictObject({ kind: z.literal('score-again') }),
  z.strictObject({ kind: z.literal('publish-late') }),
]);
const OPERATION_OF: Readonly<Record<AppraisalAct['kind'], Operation>> = {
  'submit-self-review': 'appraisal.self-review',
  'submit-manager-score': 'appraisal.score',
  'approve-second-review': 'appraisal.second-review',
  'send-back': 'appraisal.second-review',
  confirm: 'appraisal.confirm',
  object: 'appraisal.object',
  'answer-objection': 'appraisal.answer-objection',
  'score-again': 'cycle.manage',
  'publish-late': 'cycle.manage',
};

@ApiTags('appraisals')
@Controller('appraisals')
export class AppraisalsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(SCORING) private readonly scoring: Scoring,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** All appraisals of a cycle, by subject id. */
  @Get()
  @ApiOkResponse({ standardSchema: zPage(zAppraisal) })
  async list(
    @Query({ schema: zListQuery }) query: z.infer<typeof zListQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: AppraisalBody[]; next?: string }> {
    await this.access.require(caller, 'appraisal.list');
    const asOf = await positionOf(query.asOf, this.read, this.log);
    const { cycleId, status, after, limit } = query;
    const page = await this.appraisals.ofCycle({
      cycleId,
      limit,
      ...(status === undefined ? {} : { status }),
      ...(after === undefined ? {} : { afterSubject: after }),
      ...(asOf === undefined ? {} : { asOf }),
    });
    const names = await this.names.of(page.items.map(({ subject }) => subject));
    const items = page.items.map((view) =>
      appraisalBody(view, { own: view.subject === caller.subject, pay: false, reviewing: undefined }, names.get(view.subject) ?? null),
    );
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  @Get(':appraisalId')
  @ApiOkResponse({ standardSchema: zDetail })
  async one(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @Query({ schema: zOneQuery }) query: z.infer<typeof zOneQuery>,
    @CallerParam() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DetailBody> {
    const asOf = await positionOf(query.asOf, this.read, this.log);
    const view = await this.#readable(appraisalId, caller, asOf);
    const sight = await this.#sight(view, caller);
    const detail = await appraisalDetail(this.runner, appraisalId, asOf);
    if (!detail) throw new Rejection('appraisal.not-found', { appraisalId });
    void reply.header('etag', etag(detail.version));
    const names = await this.names.of([view.subject]);
    const steps = visibleSteps(view, sight);
    const submissions = await this.#opened(submissionsOf(detail.appraisal, steps));
    const groups = steps.has('manager-review') ? groupMeans(detail.appraisal) : [];
    return {
      ...appraisalBody(view, sight, names.get(view.subject) ?? null),
      submissions,
      groups: groups.map(({ means, ...group }) => ({ ...group, means: [...means] })),
    };
  }

  /** The score with the tree it came from, recomputed from what is recorded and checked against the recorded hash. */
  @Get(':appraisalId/explanation')
  @ApiOkResponse({ standardSchema: zExplained })
  async explanation(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @Query({ schema: zExplainQuery }) query: z.infer<typeof zExplainQuery>,
    @CallerParam() caller: Caller,
  ): Promise<ExplainedBody> {
    const asOf = await positionOf(query.asOf, this.read, this.log);
    const view = await this.#readable(appraisalId, caller, asOf);
    const sight = await this.#sight(view, caller);
    const visible = !sight.own || view.publishedAt !== null;
    const explained = visible
      ? await explainAppraisal(
          { read: this.read, scoring: this.scoring },
          { appraisalId, which: query.which, ...(asOf === undefined ? {} : { asOf }) },
        )
      : undefined;
    const scheme = await this.schemes.scheme(view.scheme.schemeId, view.scheme.version);
    if (!explained || !scheme) throw new Rejection('appraisal.score-not-found', { appraisalId });
    const whole = explained.explanation;
    const hidden = sight.pay ? undefined : withoutPay(whole);
    const tree = hidden ? hidden.tree : whole;
    const { explanationHash, evaluator, asOf: scoredAsOf } = explained.basis;
    return {
      result: resultBody(explained, hidden),
      explanationHash,
      evaluator,
      asOf: scoredAsOf,
      facts: factsOf(explained, hidden),
      tree: tree ? treeBody(tree) : null,
      sentences: tree ? [...explainInWords(tree, scheme, query.language)] : [],
      whyNot: tree ? [...whyNot(tree, scheme, query.language)] : [],
    };
  }

  /** What there is to fill in, task by task: a reviewer sees the lines of their own, the person those of the self-review. */
  @Get(':appraisalId/rating-lines')
  @ApiOkResponse({ standardSchema: zTaskLines })
  async ratingLines(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zTaskLines>> {
    const view = await this.#readable(appraisalId, caller, undefined);
    const detail = await appraisalDetail(this.runner, appraisalId);
    const scheme = await this.schemes.scheme(view.scheme.schemeId, view.scheme.version);
    if (!detail || !scheme) throw new Rejection('appraisal.not-found', { appraisalId });
    const { subject, steps } = detail.appraisal;
    const seesAll = await this.access.allows(caller, 'appraisal.list');
    // Who may do the manager's step once more fills in the manager's lines.
    const isSubstitute = await this.access.allows(caller, 'appraisal.redo-step', { subject });
    const isTheirs = ({ step, group, reviewer, role }: (typeof steps)[number]): boolean =>
      caller.subject === subject
        ? step === 'self-review'
        : reviewer === caller.subject ||
          (reviewer === undefined && caller.roles.some((own) => own === role)) ||
          (isSubstitute && step === 'manager-review' && group === undefined);
    return {
      items: steps
        .filter((task) => seesAll || isTheirs(task))
        .map((task) => ({
          step: task.step,
          level: task.level ?? null,
          part: task.part ?? null,
          department: task.department ?? null,
          group: task.group ?? null,
          lines: linesOfTask(scheme, detail.appraisal, task).map(lineBody),
        })),
    };
  }

  @Post(':appraisalId/acts')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async act(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @Body({ schema: zAct }) act: z.infer<typeof zAct>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    const view = await this.#must(appraisalId);
    const operation = OPERATION_OF[act.kind];
    // A delegate stands where the person stands for whom they act; whether they may is checked with the act itself.
    const stead = await this.#steadOf(act, caller);
    const isAssigned = assignedTo(view, stead).includes(stead.subject);
    await this.access.require(
      caller,
      operation,
      operation === 'cycle.manage'
        ? {}
        : { subject: view.subject, assigned: [...assignedTo(view, caller), isAssigned ? caller.subject : null] },
    );
    const request = new ActOnAppraisalRequest(appraisalId, act, context, stead.roles);
    return receipt(reply, appraisalId, await this.bus.execute<ActOnAppraisalRequest, CommandResult>(request));
  }

  /**
   * The manager's step once more, after an appeal upheld on procedure: by somebody with the same task, never by who scored it.
   * Thrown: `appraisal.no-step-to-redo`, `appraisal.not-a-substitute`.
   */
  @Post(':appraisalId/redone-steps')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ standardSchema: zReceipt })
  async redoStep(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @Body({ schema: zRedoStepInput }) input: z.infer<typeof zRedoStepInput>,
    @CallerParam() caller: Caller,
    @CommandParam() context: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptBody> {
    const view = await this.#must(appraisalId);
    await this.access.require(caller, 'appraisal.redo-step', { subject: view.subject });
    const request = new RedoStepRequest(appraisalId, input, context);
    return receipt(reply, appraisalId, await this.bus.execute<RedoStepRequest, CommandResult>(request));
  }

  async #steadOf(act: AppraisalAct, caller: Caller): Promise<Pick<Caller, 'subject' | 'roles'>> {
    const onBehalfOf = 'input' in act && 'onBehalfOf' in act.input ? act.input.onBehalfOf : undefined;
    return onBehalfOf === undefined ? caller : { subject: onBehalfOf, roles: await this.access.rolesOf(onBehalfOf) };
  }

  async #sight(view: AppraisalView, caller: Caller): Promise<Sight> {
    return sightOf(this.access, view, caller);
  }

  async #opened(steps: ReturnType<typeof submissionsOf>): Promise<DetailBody['submissions']> {
    const texts = steps.flatMap(({ versions }) =>
      versions.flatMap(({ comment, notes }) => [...(comment ? [comment] : []), ...notes.map(({ text }) => text)]),
    );
    const opened = await this.privacy.open(texts);
    const plain = new Map(texts.map((text, index) => [text, opened[index]]));
    const read = (text: PersonalText | null): string | null => {
      const found = text ? plain.get(text) : undefined;
      return found?.kind === 'text' ? found.text : null;
    };
    return steps.map(({ versions, ...task }) => ({
      ...task,
      versions: versions.map(({ by, ratings, notes, comment }) => ({
        by,
        ratings,
        notes: notes.map(({ line, item, text }) => ({ line, item, text: read(text) })),
        comment: read(comment),
      })),
    }));
  }

  async #must(appraisalId: string, asOf?: number): Promise<AppraisalView> {
    const view = await this.appraisals.appraisal(appraisalId, asOf);
    if (!view) throw new Rejection('appraisal.not-found', { appraisalId });
    return view;
  }

  async #readable(appraisalId: string, caller: Caller, asOf: number | undefined): Promise<AppraisalView> {
    return readableAppraisal({ appraisals: this.appraisals, access: this.access }, { appraisalId, asOf }, caller);
  }
}
