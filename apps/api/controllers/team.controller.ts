import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Clock, PlainDay, SubjectId } from '#kernel';
import { appraisalDetail, appraisalsOfPeople, figuresOf, mainFigure, wordsOfAppraisal } from '#libs/appraisal';
import { type AppraisalReader, type AppraisalView, STEPS } from '#libs/appraisal/contracts';
import type { CoachingReader, PlanRow } from '#libs/coaching/contracts';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import type { CommandRunner, EventLog } from '#libs/event-store';
import type { FactsReader } from '#libs/facts/contracts';
import { authorise } from '#libs/identity';
import { zSubjectId } from '#libs/kernel/schema';
import type { OrganisationReader, PersonUnit } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { EventDecoder, ReadDb } from '#libs/projections';
import { CLOCK, COMMAND_RUNNER, EVENT_LOG } from '#libs/runtime';
import type { SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { pageOf, zPage } from '../http/page';
import { APPRAISALS, CYCLES, EVENT_REGISTRY, FACTS, ORGANISATION, PLANS, PRIVACY, READ_DB, SCHEME_SOURCE } from '../tokens';
import { readableAppraisal, sightOf } from './appraisal-sight';
import { appraisalBody, visibleSteps } from './appraisals.shapes';
import { openTexts } from './submissions';
import { figureBody, type WordsBody, wordsBody, zFigure, zTeamMember, zTeamQuery, zWords } from './team.shapes';
import { isPayMetric } from './without-pay';

const zId = z.string().min(73).max(73);
/** People of one line that are gone through, and live plans that are looked at for them. */
const TEAM_LIMITS = { people: 200, depth: 5, plans: 200 } as const;
type Member = z.infer<typeof zTeamMember>;

/** What those who lead people look at: their people, the figures behind a rating, and what was said about it. */
@ApiTags('team')
@Controller('appraisals')
export class TeamController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(APPRAISALS) private readonly appraisals: AppraisalReader,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(FACTS) private readonly facts: FactsReader,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(PLANS) private readonly plans: CoachingReader,
    @Inject(PRIVACY) private readonly privacy: PersonalTexts,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(Access) private readonly access: Access,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(EVENT_REGISTRY) private readonly decoder: EventDecoder,
    @Inject(COMMAND_RUNNER) private readonly runner: CommandRunner,
  ) {}

  /** The caller's people by subject id, with where their appraisals of a cycle stand. No pay. At most 200 people of a line. */
  @Get('team')
  @ApiOkResponse({ standardSchema: zPage(zTeamMember) })
  async team(
    @Query({ schema: zTeamQuery }) query: z.infer<typeof zTeamQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: Member[]; next?: string }> {
    // Everybody in the list is below the caller in the line.
    for (const operation of ['appraisal.read', 'facts.read', 'people.read'] as const) authorise(caller.roles, operation, 'team');
    const day = this.access.today();
    const line = await this.#lineBelow(caller.subject, day, query.whose === 'line' ? TEAM_LIMITS.depth : 1);
    const sorted = [...line].sort((one, other) => (one.subject < other.subject ? -1 : 1));
    const after = query.after;
    const page = pageOf(
      sorted.filter(({ subject }) => after === undefined || subject > after),
      query.limit,
      ({ subject }) => subject,
    );
    return { ...page, items: await this.#members(page.items, query.cycleId) };
  }

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

  /** Level by level down the line; whoever leads nobody ends it. */
  async #lineBelow(manager: SubjectId, day: PlainDay, depth: number): Promise<readonly PersonUnit[]> {
    const found = new Map<SubjectId, PersonUnit>();
    let leaders: readonly SubjectId[] = [manager];
    for (let level = 0; level < depth && leaders.length > 0 && found.size < TEAM_LIMITS.people; level += 1) {
      const reports = await Promise.all(
        leaders.map((leader) => this.organisation.list({ filter: { manager: leader }, day, limit: TEAM_LIMITS.people })),
      );
      const fresh = reports.flat().filter(({ subject }) => subject !== manager && !found.has(subject));
      for (const person of fresh) found.set(person.subject, person);
      leaders = fresh.filter(({ roles }) => roles.includes('manager')).map(({ subject }) => subject);
    }
    return [...found.values()].slice(0, TEAM_LIMITS.people);
  }

  async #members(people: readonly PersonUnit[], cycleId: string | undefined): Promise<Member[]> {
    const subjects = people.map(({ subject }) => subject);
    const cycle = cycleId === undefined ? undefined : await this.cycles.cycle(cycleId);
    const views = cycle ? await appraisalsOfPeople(this.read, { cycleId: cycle.cycleId, subjects }) : new Map<SubjectId, AppraisalView>();
    const figures = cycle ? await this.#mainFigures(cycle, subjects) : new Map<SubjectId, null>();
    const plans = await this.#livePlans(new Set(subjects));
    const names = await this.names.of(people.flatMap(({ subject, manager }) => (manager ? [subject, manager] : [subject])));
    const now = this.clock.now();
    return people.map(({ subject, position, department, team, region, manager }) => {
      const view = views.get(subject);
      const dueAt = view && cycle ? dueOf(view, cycle) : null;
      const plan = plans.get(subject);
      return {
        subject,
        name: names.get(subject) ?? null,
        position,
        department,
        team,
        region,
        manager: manager === null ? null : { subject: manager, name: names.get(manager) ?? null },
        appraisal: view ? appraisalBody(view, { own: false, pay: false, reviewing: undefined }, names.get(subject) ?? null) : null,
        dueAt,
        overdue: dueAt !== null && now > dueAt,
        main: figures.get(subject) ?? null,
        plan: plan
          ? { planId: plan.planId, status: plan.status.status, reason: plan.status.reason, day: plan.day, coach: plan.coach }
          : null,
      };
    });
  }

  async #mainFigures(cycle: CycleView, subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, z.infer<typeof zFigure> | null>> {
    const scheme = await this.schemes.scheme(cycle.scheme.schemeId, cycle.scheme.version);
    if (!scheme) return new Map();
    const found = await figuresOf(this.facts, { scheme, period: cycle.period, subjects });
    return new Map(
      [...found].map(([subject, figures]) => {
        const main = mainFigure(figures.filter(({ key }) => !isPayMetric(key)));
        return [subject, main ? figureBody(main) : null];
      }),
    );
  }

  async #livePlans(subjects: ReadonlySet<SubjectId>): Promise<ReadonlyMap<SubjectId, PlanRow>> {
    const { items } = await this.plans.list({ subjects: [...subjects], live: true, limit: TEAM_LIMITS.plans, now: this.clock.now() });
    return new Map(items.map((plan) => [plan.subject, plan]));
  }
}

/** Until when the step that is open is to be done; of a result, until when it may be confirmed or has to be answered. */
function dueOf(view: AppraisalView, { phases }: CycleView): Member['dueAt'] {
  if (view.response === 'objected') return view.answerUntil;
  if (view.status === 'published' && view.response === 'none') return view.confirmUntil;
  const step = view.status === 'open' ? view.currentStep : null;
  return step !== null && STEPS.includes(step) ? (phases.find(({ phase }) => phase === step)?.closesAt ?? null) : null;
}
