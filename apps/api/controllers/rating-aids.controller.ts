import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { appraisalDetail, figuresOf, wordsOfAppraisal } from '#libs/appraisal';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import type { CommandRunner, EventLog } from '#libs/event-store';
import type { FactsReader } from '#libs/facts/contracts';
import { zSubjectId } from '#libs/kernel/schema';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { EventDecoder } from '#libs/projections';
import { COMMAND_RUNNER, EVENT_LOG } from '#libs/runtime';
import type { SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { APPRAISALS, EVENT_REGISTRY, FACTS, PRIVACY, SCHEME_SOURCE } from '../tokens';
import { readableAppraisal, sightOf } from './appraisal-sight';
import { visibleSteps } from './appraisals.shapes';
import { openTexts } from './submissions';
import { figureBody, type WordsBody, wordsBody, zFigure, zWords } from './team.shapes';
import { isPayMetric } from './without-pay';

const zId = z.string().min(73).max(73);

/** What stands beside the ratings of one appraisal: figures with their targets, and what people told each other. */
@ApiTags('appraisals')
@Controller('appraisals')
export class RatingAidsController {
  constructor(
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(FACTS) private readonly facts: FactsReader,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(Access) private readonly access: Access,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(EVENT_REGISTRY) private readonly decoder: EventDecoder,
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
  ) {}

  /** The facts of its period that an appraisal reads, each with its target. No pay. */
  @Get(':appraisalId/figures')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zFigure) }) })
  async figures(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @CallerParam() caller: Caller,
  ): Promise<{ items: z.infer<typeof zFigure>[] }> {
    const view = await readableAppraisal({ appraisals: this.appraisals, access: this.access }, { appraisalId, asOf: undefined }, caller);
    const scheme = await this.schemes.scheme(view.scheme.schemeId, view.scheme.version);
    const detail = await appraisalDetail(this.runner, appraisalId);
    if (!scheme || !detail) return { items: [] };
    const { employee } = detail.appraisal;
    const asked = { scheme, period: view.period, subjects: [view.subject], ...(employee ? { employee } : {}) };
    const found = (await figuresOf(this.facts, asked)).get(view.subject) ?? [];
    return { items: found.filter(({ key }) => !isPayMetric(key)).map(figureBody) };
  }

  /** Why it was sent back, to the steps that the viewer may see; what was objected and answered, to whoever may read the appraisal. */
  @Get(':appraisalId/words')
  @ApiOkResponse({ standardSchema: zWords })
  async words(@Param('appraisalId', { schema: zId }) appraisalId: string, @CallerParam() caller: Caller): Promise<WordsBody> {
    const view = await readableAppraisal({ appraisals: this.appraisals, access: this.access }, { appraisalId, asOf: undefined }, caller);
    const steps = visibleSteps(view, await sightOf(this.access, view, caller));
    const all = await wordsOfAppraisal({ log: this.log, decoder: this.decoder }, appraisalId);
    const words = { ...all, sentBack: all.sentBack.filter(({ toStep }) => steps.has(toStep)) };
    const answer = words.objection?.answer;
    const texts = [
      ...words.sentBack.map(({ reason }) => reason),
      ...(words.objection ? [words.objection.reason] : []),
      ...(answer ? [answer.text] : []),
    ];
    const names = await this.names.of([...words.sentBack.map(({ by }) => by), ...(answer ? [answer.by] : [])]);
    const name = (of: string): string | null => (zSubjectId.safeParse(of).success ? (names.get(zSubjectId.parse(of)) ?? null) : null);
    return wordsBody(words, { text: await openTexts(this.privacy, texts), name });
  }
}
