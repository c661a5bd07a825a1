import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Clock, Rejection, type SubjectId } from '#kernel';
import { appraisalsOfPeople, figuresOf, figureTogether, mainFigure, ownUntil } from '#libs/appraisal';
import { type AppraisalView, STEPS } from '#libs/appraisal/contracts';
import { COACHING_LIMITS, type CoachingReader, type PlanRow } from '#libs/coaching/contracts';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import { FACTS_READ_LIMITS, type FactsReader } from '#libs/facts/contracts';
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
import { allBelow, type LineQuery, pageBelow } from './line-below';
import { figureBody, type zFigure, zTeamCompletion, zTeamMember, zTeamQuery } from './team.shapes';
import { isPayMetric } from './without-pay';

/** `together`: people whose figures are added up in one answer. `planPages`: of live plans, looked at for one page of people. */
const TEAM_LIMITS = { together: 5_000, planPages: 20 } as const;
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

  /** The caller's people by subject id, with where their appraisals of a cycle stand. No pay. */
  @Get('team')
  @ApiOkResponse({ standardSchema: zPage(zTeamMember) })
  async team(
    @Query({ schema: zTeamQuery }) query: z.infer<typeof zTeamQuery>,
    @CallerParam() caller: Caller,
  ): Promise<{ items: Member[]; next?: string }> {
    // Everybody in the list is below the caller in the line.
    for (const operation of ['appraisal.read', 'facts.read', 'people.read'] as const) authorise(caller.roles, operation, 'team');
    const { whose, after, limit } = query;
    const people = await pageBelow(this.organisation, { ...this.#below(caller, whose), after, limit: limit + 1 });
    const page = pageOf(people, limit, ({ subject }) => subject);
    return { ...page, items: await this.#members(page.items, query.cycleId) };
  }

  /** How the teams of the caller's line do together, by name of the team; more than 5 000 people: `organisation.too-many-below`. */
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
    const line = await allBelow(this.organisation, { ...this.#below(caller, query.whose), most: TEAM_LIMITS.together });
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

  #below(caller: Caller, whose: LineQuery['whose']): LineQuery {
    return { leader: caller.subject, day: this.access.today(), whose };
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
    const mains = new Map<SubjectId, z.infer<typeof zFigure> | null>();
    for (let from = 0; from < subjects.length; from += FACTS_READ_LIMITS.subjects) {
      const some = subjects.slice(from, from + FACTS_READ_LIMITS.subjects);
      for (const [subject, figures] of await figuresOf(this.facts, { scheme, period: cycle.period, subjects: some })) {
        const main = mainFigure(figures.filter(({ key }) => !isPayMetric(key)));
        mains.set(subject, main ? figureBody(main) : null);
      }
    }
    return mains;
  }

  async #livePlans(subjects: ReadonlySet<SubjectId>): Promise<ReadonlyMap<SubjectId, PlanRow>> {
    const query = { subjects: [...subjects], live: true, limit: COACHING_LIMITS.page, now: this.clock.now() };
    const plans = new Map<SubjectId, PlanRow>();
    let after: string | undefined;
    for (let page = 0; page < TEAM_LIMITS.planPages; page += 1) {
      const { items, next } = await this.plans.list({ ...query, ...(after === undefined ? {} : { after }) });
      for (const plan of items) plans.set(plan.subject, plan);
      if (next === undefined) break;
      after = next;
    }
    return plans;
  }
}

/** Until when the step that is open is to be done; of a result, until when it may be confirmed or has to be answered. */
function dueOf(view: AppraisalView, { phases }: CycleView): Member['dueAt'] {
  if (view.response === 'objected') return view.answerUntil;
  if (view.status === 'published' && view.response === 'none') return ownUntil(view.confirmUntil, phases, 'confirmation');
  const step = view.status === 'open' ? view.currentStep : null;
  return step !== null && STEPS.includes(step) ? (phases.find(({ phase }) => phase === step)?.closesAt ?? null) : null;
}
