import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Clock, Rejection } from '#kernel';
import { appealProspect } from '#libs/appeal';
import type { Scoring } from '#libs/appraisal';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import type { CommandRunner } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import { dependentPayLines } from '#libs/payout';
import type { ReadDb } from '#libs/projections';
import { CLOCK, COMMAND_RUNNER } from '#libs/runtime';
import type { CompiledScheme, SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { APPRAISALS, CYCLES, ORGANISATION, READ_DB, SCHEME_SOURCE, SCORING } from '../tokens';
import { type ContestableBody, formBody, valueBody, zContestable } from './appeal-file.shapes';
import { readResult } from './contestable.query';

/** What an appeal is chosen from. */
@ApiTags('appeals')
@Controller('appraisals')
export class ContestableController {
  constructor(
    @Inject(READ_DB) readonly read: ReadDb,
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(SCORING) readonly scoring: Scoring,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Access) private readonly access: Access,
  ) {}

  /**
   * The ratings and facts that one's own published result stands on, and what filing an appeal about them does.
   * Thrown: `appeal.unknown-appraisal`, `appeal.not-published`.
   */
  @Get(':appraisalId/contestable')
  @ApiOkResponse({ standardSchema: zContestable })
  async contestable(
    @Param('appraisalId', { schema: z.string().length(73) }) appraisalId: string,
    @CallerParam() caller: Caller,
  ): Promise<ContestableBody> {
    const view = await this.appraisals.appraisal(appraisalId);
    if (!view) throw new Rejection('appeal.unknown-appraisal');
    await this.access.require(caller, 'appeal.file', { subject: view.subject });
    const [prospect, scheme, cycle] = await Promise.all([
      appealProspect({ runner: this.runner, organisation: this.organisation, cycles: this.cycles }, view, this.clock.now()),
      this.schemes.scheme(view.scheme.schemeId, view.scheme.version),
      this.cycles.cycle(view.cycleId),
    ]);
    const current = scheme && (await readResult(this, { view, scheme, which: 'current' }));
    if (!current || view.publishedAt === null || prospect.appealUntil === null) throw new Rejection('appeal.not-published');
    const { explained, lines } = current;
    const pay = payOf(scheme, explained.result.payLines);
    return {
      appraisalId,
      cycleId: view.cycleId,
      cycleName: cycle?.name ?? '',
      period: view.period,
      score: view.score,
      grade: view.grade,
      publishedAt: view.publishedAt,
      appealUntil: prospect.appealUntil,
      late: prospect.late,
      filed: prospect.filed,
      triageBy: prospect.triageBy,
      decideBy: prospect.decideBy,
      // The only step that a substitute can do again.
      steps: view.steps.some(({ step }) => step === 'manager-review') ? ['manager-review'] : [],
      lines: lines.map((one) => {
        const held = dependentPayLines(explained.explanation, [...new Set([one.line, one.key])]);
        return {
          ...one,
          value: one.value === null ? null : valueBody(one.value),
          form: formBody(one.form),
          of: { ...one.of },
          holds: pay.map(({ key }) => key).filter((key) => held === 'all' || held.has(key)),
        };
      }),
      pay,
    };
  }
}

function payOf({ document }: CompiledScheme, lines: readonly { readonly key: string; readonly amount: string }[]): ContestableBody['pay'] {
  const titles = new Map((document.pay ?? []).map(({ key, title }) => [key, title]));
  return lines.map(({ key, amount }) => ({ key, amount, title: titles.get(key) ?? { 'zh-CN': key, en: key } }));
}
