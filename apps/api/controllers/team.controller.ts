import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Clock, Rejection, type SubjectId } from '#kernel';
import { appraisalsOfPeople, figuresOf, figureTogether, mainFigure, ownUntil } from '#libs/appraisal';
import { type AppraisalView, STEPS } from '#libs/appraisal/contracts';
import type { CoachingReader, PlanRow } from '#libs/coaching/contracts';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import type { FactsReader } from '#libs/facts/contracts';
import { authorise } from '#libs/identity';
import { zUuid } from '#libs/kernel/schema';
import type { OrganisationReader, PersonUnit } from '#libs/organisation/contracts';
import type { ReadDb } from '#libs/projections';
import { CLOCK } from '#libs/runtime';
import type { SchemeSource } from '#libs/scheme';
import { Access } from '../http/access';
import { type Caller, CallerParam } from '../http/caller';
import { NameBook } from '../http/name-book';
import { pageOf, zPage } from '../http/page';
import { CYCLES, FACTS, ORGANISATION, PLANS, READ_DB, SCHEME_SOURCE } from '../tokens';
import { appraisalBody } from './appraisals.shapes';
import { lineBelow } from './line-below';
import { figureBody, type zFigure, zTeamCompletion, zTeamMember, zTeamQuery } from './team.shapes';
import { isPayMetric } from './without-pay';

/** People of one line that are gone through, and live plans that are looked at for them. */
const TEAM_LIMITS = { people: 200, depth: 5, plans: 200 } as const;
type Member = z.infer<typeof zTeamMember>;

/** What those who lead people look at. */
@ApiTags('team')
@Controller('appraisals')
export class TeamController {
  constructor(
    @Inject(READ_DB) private readonly read: ReadDb,
    @Inject(ORGANISATION) private readonly organisation: OrganisationReader,
    @Inject(CYCLES) private readonly cycles: CycleReader,
    @Inject(FACTS) private readonly facts: FactsReader,
    @Inject(SCHEME_SOURCE) private readonly schemes: SchemeSource,
    @Inject(PLANS) private readonly plans: CoachingReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NameBook) private readonly names: NameBook,
    @Inject(Access) private readonly access: Access,
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
    const line = await this.#line(caller, query.whose);
    const sorted = [...line].sort((one, other) => (one.subject < other.subject ? -1 : 1));
    const after = query.after;
    const page = pageOf(
      sorted.filter(({ subject }) => after === undefined || subject > after),
      query.limit,
      ({ subject }) => subject,
    );
    return { ...page, items: await this.#members(page.items, query.cycleId) };
  }

  /** How the teams of the caller's line do together, by name of the team. At most 200 people of a line. */
  @Get('team/completion')
  @ApiOkResponse({ standardSchema: z.strictObject({ items: z.array(zTeamCompletion) }) })
  async completion(
    @Query({ schema: zTeamQuery.pick({ whose: true }).extend({ cycleId: zUuid }) })
    query: { readonly whose: 'direct' | 'line'; readonly cycleId: string },
    @CallerParam() caller: Caller,
  ): Promise<{ items: z.infer<typeof zTeamCompletion>[] }> {
    authorise(caller.roles, 'facts.read', 'team');
    const cycle = await this.cycles.cycle(query.cycleId);
    if (!cycle) throw new Rejection('cycle.not-found', { cycleId: query.cycleId });
    const line = await this.#line(caller, query.whose);
    const figures = await this.#mainFigures(
      cycle,
      line.map(({ subject }) => subject),
    );
    const teams = [...new Set(line.map(({ team }) => team))].sort((one, other) => ((one ?? '') < (other ?? '') ? -1 : 1));
    return {
      items: teams.flatMap((team) => {
        const people = line.filter((person) => person.team === team).flatMap(({ subject }) => figures.get(subject) ?? []);
        const main = figureTogether(people);
        return main ? [{ team, people: people.length, main: figureBody(main) }] : [];
      }),
    };
  }

  #line(caller: Caller, whose: 'direct' | 'line'): Promise<readonly PersonUnit[]> {
    const { people, depth } = TEAM_LIMITS;
    return lineBelow(this.organisation, { manager: caller.subject, day: this.access.today(), depth: whose === 'line' ? depth : 1, people });
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
  if (view.status === 'published' && view.response === 'none') return ownUntil(view.confirmUntil, phases, 'confirmation');
  const step = view.status === 'open' ? view.currentStep : null;
  return step !== null && STEPS.includes(step) ? (phases.find(({ phase }) => phase === step)?.closesAt ?? null) : null;
}
