import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Rejection, type SubjectId } from '#kernel';
import {
  type Appraisal,
  appraisalDetail,
  comesBefore,
  figuresOf,
  linesOfTask,
  type RaterTask,
  raterTasks,
  wordsOfAppraisal,
} from '#libs/appraisal';
import { type Step, STEPS } from '#libs/appraisal/contracts';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import type { CommandRunner, EventLog } from '#libs/event-store';
import type { FactsReader } from '#libs/facts/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { EventDecoder, ReadDb } from '#libs/projections';
import { COMMAND_RUNNER, EVENT_LOG } from '#libs/runtime';
import type { CompiledScheme, SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { zPage } from '../http/page';
import { CYCLES, EVENT_REGISTRY, FACTS, PRIVACY, READ_DB, SCHEME_SOURCE } from '../tokens';
import { appraisalBody, submissionsOf } from './appraisals.shapes';
import { lineBody } from './rating-lines.shapes';
import { openedSubmissions, openTexts, textsIn } from './submissions';
import { figureBody, type SheetBody, wordsBody, zSheet, zSheetsQuery } from './team.shapes';
import { isPayMetric } from './without-pay';

/** How many streams are read at the same time for one page. */
const AT_ONCE = 10;

@ApiTags('team')
@Controller('appraisals')
export class RaterSheetsController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(FACTS) private readonly facts: FactsReader,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(Access) private readonly access: Access,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(EVENT_REGISTRY) private readonly decoder: EventDecoder,
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
  ) {}

  /**
   * What the caller rates or reviews in a cycle, done and to do: each person with the lines to fill in, the facts beside them and
   * what was submitted in the steps before. Never their own, no pay, no answers of colleagues.
   */
  @Get('sheets')
  @ApiOkResponse({ standardSchema: zPage(zSheet) })
  async sheets(
    @Query({ schema: zSheetsQuery }) query: z.infer<typeof zSheetsQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: SheetBody[]; next?: string }> {
    const { cycleId, step, after, limit } = query;
    const operation = step === 'manager-review' ? 'appraisal.score' : 'appraisal.second-review';
    // Nobody is listed but those whose task is the caller's.
    await this.access.require(caller, operation, { assigned: [caller.subject] });
    const cycle = await this.cycles.cycle(cycleId);
    if (!cycle) throw new Rejection('cycle.not-found', { cycleId });
    const roles = caller.roles;
    const page = await raterTasks(this.read, {
      cycleId,
      step,
      person: caller.subject,
      roles,
      limit,
      ...(after === undefined ? {} : { after }),
    });
    const scheme = await this.schemes.scheme(cycle.scheme.schemeId, cycle.scheme.version);
    if (!scheme) throw new Rejection('scheme.not-found', { ...cycle.scheme });
    const names = await this.names.of(page.items.map(({ view }) => view.subject));
    const items: SheetBody[] = [];
    for (let from = 0; from < page.items.length; from += AT_ONCE) {
      const some = page.items.slice(from, from + AT_ONCE);
      items.push(...(await Promise.all(some.map((task) => this.#sheet(task, { cycle, scheme, names })))));
    }
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  async #sheet(
    { view, place }: RaterTask,
    {
      cycle,
      scheme,
      names,
    }: { readonly cycle: CycleView; readonly scheme: CompiledScheme; readonly names: ReadonlyMap<SubjectId, string> },
  ): Promise<SheetBody> {
    const detail = await appraisalDetail(this.runner, view.appraisalId);
    const task = detail?.appraisal.steps[place];
    if (!detail || !task) throw new Rejection('appraisal.not-found', { appraisalId: view.appraisalId });
    const { appraisal, version } = detail;
    const { employee } = appraisal;
    const asked = { scheme, period: view.period, subjects: [view.subject], ...(employee ? { employee } : {}) };
    const figures = (await figuresOf(this.facts, asked)).get(view.subject) ?? [];
    const visible: ReadonlySet<Step> = new Set(STEPS.slice(0, STEPS.indexOf(task.step) + 1));
    const submissions = submissionsOf(appraisal, visible);
    const all = await wordsOfAppraisal({ log: this.log, decoder: this.decoder }, view.appraisalId);
    const words = { sentBack: all.sentBack.filter(({ toStep }) => visible.has(toStep)), objection: null };
    const text = await openTexts(this.privacy, [...textsIn(submissions), ...words.sentBack.map(({ reason }) => reason)]);
    const senders = await this.names.of(words.sentBack.map(({ by }) => by));
    const said = wordsBody(words, { text, name: (of) => [...senders].find(([subject]) => subject === of)?.[1] ?? null });
    const name = names.get(view.subject) ?? null;
    return {
      appraisal: appraisalBody(view, { own: false, pay: false, reviewing: task.step }, name),
      task: {
        place,
        step: task.step,
        level: task.level ?? null,
        part: task.part ?? null,
        department: task.department ?? null,
        state: task.state,
        late: view.steps[place]?.late ?? false,
      },
      waits: waitsFor(appraisal, task, cycle),
      dueAt: cycle.phases.find(({ phase }) => phase === task.step)?.closesAt ?? null,
      version,
      lines: linesOfTask(scheme, appraisal, task).map(lineBody),
      rated: ratedLines(scheme, appraisal, visible),
      figures: figures.filter(({ key }) => !isPayMetric(key)).map(figureBody),
      submissions: openedSubmissions(submissions, text),
      sentBack: said.sentBack,
    };
  }
}

function waitsFor(appraisal: Appraisal, task: Appraisal['steps'][number], cycle: CycleView): SheetBody['waits'] {
  if (task.state === 'submitted') return 'done';
  if (task.state === 'skipped' || appraisal.status !== 'open') return 'closed';
  const phase = cycle.phases.find((planned) => planned.phase === task.step);
  if (!phase || phase.state === 'planned') return 'not-begun';
  const isBefore = appraisal.steps.some((other) => other.state === 'open' && comesBefore(other, task));
  return isBefore ? 'earlier-step' : null;
}

/** The lines of all tasks up to a step, each once. */
function ratedLines(scheme: CompiledScheme, appraisal: Appraisal, steps: ReadonlySet<Step>): SheetBody['rated'] {
  const tasks = appraisal.steps.filter(({ step, group }) => steps.has(step) && group === undefined);
  const lines = tasks.flatMap((task) => linesOfTask(scheme, appraisal, task));
  return [...new Map(lines.map((line) => [line.key, lineBody(line)])).values()];
}
