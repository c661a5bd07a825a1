import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Clock, isSubjectId, Rejection } from '#kernel';
import type { AppealReader } from '#libs/appeal/contracts';
import {
  type Appraisal,
  appraisalDetail,
  explainAppraisal,
  type ExplainedScore,
  linesOfTask,
  ownActs,
  ownPhase,
  type Scoring,
} from '#libs/appraisal';
import type { AppraisalReader, AppraisalView } from '#libs/appraisal/contracts';
import { periodKind } from '#libs/calendar';
import type { CycleReader, Phase } from '#libs/cycle/contracts';
import type { CommandRunner } from '#libs/event-store';
import type { ReadDb } from '#libs/projections';
import { CLOCK, COMMAND_RUNNER } from '#libs/runtime';
import {
  type CompiledScheme,
  type ExplanationNode,
  factsBesideLines,
  type Language,
  resultConsequences,
  resultTable,
  type SchemeSource,
} from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { APPEALS, APPRAISALS, CYCLES, READ_DB, SCHEME_SOURCE, SCORING } from '../tokens';
import { type ProcessBody, type ResultTableBody, zLineFacts, zProcess, zResultTable } from './appraisal-process.shapes';
import { readableAppraisal, sightOf } from './appraisal-sight';
import { submissionsOf, visibleSteps } from './appraisals.shapes';
import { isPayMetric, withoutPay } from './without-pay';

const zId = z.string().min(73).max(73);
const zResultQuery = z.strictObject({
  which: z.enum(['current', 'published']).default('current'),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
});
/** Of one result; withdrawn ones may be filed again a few times. */
const MOST_APPEALS = 20;

/** One appraisal as the person concerned looks at it: where it is in its cycle, what can be done, and the result as a table. */
@ApiTags('appraisals')
@Controller('appraisals')
export class AppraisalProcessController {
  constructor(
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(APPEALS) private readonly appeals: AppealReader,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(SCORING) private readonly scoring: Scoring,
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Access) private readonly access: Access,
    @Inject(NameBook) private readonly names: NameBook,
  ) {}

  /** Phases with their windows and how these came about, to whoever may read the appraisal; no cycle has to be read for it. */
  @Get(':appraisalId/process')
  @ApiOkResponse({ standardSchema: zProcess })
  async process(@Param('appraisalId', { schema: zId }) appraisalId: string, @CallerParam() caller: Caller): Promise<ProcessBody> {
    const view = await this.#readable(appraisalId, caller);
    const cycle = await this.cycles.cycle(view.cycleId);
    if (!cycle) throw new Rejection('cycle.not-found', { cycleId: view.cycleId });
    const isOwn = view.subject === caller.subject;
    const [scheme, appeals, detail] = await Promise.all([
      this.schemes.scheme(view.scheme.schemeId, view.scheme.version),
      isOwn ? this.#appealsOf(view) : [],
      appraisalDetail(this.runner, appraisalId),
    ]);
    const now = this.clock.now();
    const appealed = appeals.some(({ stage }) => stage !== 'withdrawn');
    return {
      appraisalId,
      cycleId: cycle.cycleId,
      name: cycle.name,
      period: cycle.period,
      status: cycle.status,
      scheme: { ...view.scheme, title: scheme ? { ...scheme.document.title } : null },
      zone: cycle.calendar.zone,
      shortDays: cycle.dayLengthMs !== null,
      phases: cycle.phases.map((phase) => ({ ...phase, remindAt: [...phase.remindAt], own: ownTasks(view, phase.phase) })),
      here: cycle.status === 'cancelled' ? null : ownPhase(view, cycle.phases, { now }),
      acts: isOwn ? ownActs(view, cycle.phases, { now, appealed }).map((act) => ({ ...act })) : [],
      appeals,
      lines: scheme && detail ? linesNamed(scheme, detail.appraisal) : [],
      people: await this.#peopleOf(view, detail?.appraisal, caller),
    };
  }

  /** Sections and indicators with target, actual and completion: seen as the explanation is, which it is taken from. */
  @Get(':appraisalId/result')
  @ApiOkResponse({ standardSchema: zResultTable })
  async result(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @Query({ schema: zResultQuery }) { which, language }: z.infer<typeof zResultQuery>,
    @CallerParam() caller: Caller,
  ): Promise<ResultTableBody> {
    const view = await this.#readable(appraisalId, caller);
    const sight = await sightOf(this.access, view, caller);
    const isVisible = !sight.own || view.publishedAt !== null;
    const explained = isVisible ? await explainAppraisal({ read: this.read, scoring: this.scoring }, { appraisalId, which }) : undefined;
    const scheme = await this.schemes.scheme(view.scheme.schemeId, view.scheme.version);
    if (!explained || !scheme) throw new Rejection('appraisal.score-not-found', { appraisalId });
    const tree = sight.pay ? explained.explanation : withoutPay(explained.explanation).tree;
    return { ...tableBody(explained, { tree, scheme, language }), amendment: await this.#amendment(view) };
  }

  /** Which facts stand beside each line of the self-review: by their keys among the figures. No pay. */
  @Get(':appraisalId/line-facts')
  @ApiOkResponse({ standardSchema: zLineFacts })
  async lineFacts(
    @Param('appraisalId', { schema: zId }) appraisalId: string,
    @CallerParam() caller: Caller,
  ): Promise<z.infer<typeof zLineFacts>> {
    const view = await this.#readable(appraisalId, caller);
    const scheme = await this.schemes.scheme(view.scheme.schemeId, view.scheme.version);
    const detail = await appraisalDetail(this.runner, appraisalId);
    if (!scheme || !detail) return { items: [] };
    const lines = linesNamed(scheme, detail.appraisal).map(({ key }) => key);
    const beside = factsBesideLines(scheme, periodKind(view.period), lines);
    return { items: [...beside].map(([line, facts]) => ({ line, facts: facts.filter((key) => !isPayMetric(key)) })) };
  }

  async #amendment(view: AppraisalView): Promise<ResultTableBody['amendment']> {
    const { amendment, published } = view.amended ? ((await this.appraisals.publishedResult(view.appraisalId)) ?? NOTHING) : NOTHING;
    if (!amendment || !published) return null;
    return { ...amendment, publishedScore: published.result.score, publishedGrade: published.result.grade };
  }

  async #appealsOf({ appraisalId, cycleId, subject }: AppraisalView): Promise<ProcessBody['appeals']> {
    const { items } = await this.appeals.list({ cycleId, subject, limit: MOST_APPEALS });
    return items.filter((appeal) => appeal.appraisalId === appraisalId).map(({ appealId, stage }) => ({ appealId, stage }));
  }

  /** Those named on the tasks, and whose submissions the viewer may see. Raters of a group are no part of either. */
  async #peopleOf(view: AppraisalView, appraisal: Appraisal | undefined, caller: Caller): Promise<ProcessBody['people']> {
    const sight = await sightOf(this.access, view, caller);
    const submitters = appraisal
      ? submissionsOf(appraisal, visibleSteps(view, sight)).flatMap(({ versions }) => versions.map(({ by }) => by))
      : [];
    const named = [view.manager, ...view.steps.map(({ reviewer }) => reviewer), ...submitters];
    const subjects = [...new Set(named)].filter((subject) => subject !== null && isSubjectId(subject));
    const names = await this.names.of(subjects);
    return subjects.map((subject) => ({ subject, name: names.get(subject) ?? null }));
  }

  #readable(appraisalId: string, caller: Caller): Promise<AppraisalView> {
    return readableAppraisal({ appraisals: this.appraisals, access: this.access }, { appraisalId, asOf: undefined }, caller);
  }
}

const NOTHING = { amendment: null, published: undefined } as const;

/** Each line once, whoever is asked it. */
function linesNamed(scheme: CompiledScheme, appraisal: Appraisal): ProcessBody['lines'] {
  const lines = appraisal.steps.flatMap((task) => linesOfTask(scheme, appraisal, task));
  const named = new Map(
    lines.map(({ key, title, optionTitles }) => [key, { key, title: { ...title }, optionTitles: { ...optionTitles } }]),
  );
  return [...named.values()];
}

function ownTasks({ steps }: AppraisalView, phase: Phase): ProcessBody['phases'][number]['own'] {
  const tasks = steps.filter(({ step }) => step === phase);
  if (tasks.length === 0) return null;
  const state = tasks.some((task) => task.state === 'open')
    ? 'open'
    : tasks.every((task) => task.state === 'skipped')
      ? 'skipped'
      : 'submitted';
  return { state, late: tasks.some(({ late }) => late) };
}

function tableBody(
  { result }: ExplainedScore,
  { tree, scheme, language }: { readonly tree: ExplanationNode | null; readonly scheme: CompiledScheme; readonly language: Language },
): Omit<ResultTableBody, 'amendment'> {
  const place = result.outcome['place'];
  const band = scheme.document.bands?.list.find(({ key }) => key === result.grade);
  return {
    score: result.score,
    grade: result.grade,
    gradeTitle: band?.title[language] ?? null,
    place: place === undefined || place === null ? null : String(place),
    parts: tree
      ? resultTable(tree, scheme, language).map(({ sections, modifiers, ...part }) => ({
          ...part,
          sections: sections.map(({ rows, ...section }) => ({ ...section, rows: [...rows] })),
          modifiers: [...modifiers],
        }))
      : [],
    consequences: tree ? resultConsequences(tree, scheme, language).map((one) => ({ ...one })) : [],
  };
}
