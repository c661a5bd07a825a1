import type { CommandBus } from '@nestjs/cqrs';
import { period, type SubjectId } from '#kernel';
import type { CoachingReader } from '#libs/coaching/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import type { FactValue } from '#libs/facts/contracts';
import type { IdentityService } from '#libs/identity';
import { compiledTemplate } from '#libs/scheme';
import { PlansController } from '../../apps/api/controllers/plans.controller';
import { TeamController } from '../../apps/api/controllers/team.controller';
import { Access } from '../../apps/api/http/access';
import type { Caller } from '../../apps/api/http/caller';
import { NameBook } from '../../apps/api/http/name-book';
import { PEOPLE_HEADER } from '../../libs/organisation/application/people.test-kit';
import { type DataWorld, NOW, openDataWorld } from './data-world';

const REPS = 1_100;
const CYCLE = '0190a000-0000-7000-8000-00000000cccc';
type PlanQuery = Parameters<CoachingReader['list']>[0];

describe('a line of more people than one page', () => {
  let world: DataWorld;
  let team: TeamController;
  let plans: PlansController;
  let regional: Caller;
  const plansAsked: PlanQuery[] = [];

  beforeAll(async () => {
    world = await openDataWorld();
    const { organisation, facts, texts } = world;
    const reps = Array.from(
      { length: REPS },
      (_, index) => `R${index},员工${index},,rep,,销售部,${index % 2 === 0 ? '一组' : '二组'},,,LEADER,,`,
    );
    const leaders = ['REGION,区域,,manager,,销售部,,,,,,', 'LEADER,组长,,manager,,销售部,,,,REGION,,'];
    const source = Buffer.from([PEOPLE_HEADER, ...leaders, ...reps, ''].join('\n'), 'utf8');
    await world.imports.people.import({ source }, world.context());
    await world.caughtUp();
    const subject = await organisation.findByEmployeeNo(texts.lookupKey('employee-no', 'REGION'));
    if (!subject) throw new Error('the region has no leader');
    regional = { subject, roles: ['manager'], token: '' };
    jest.spyOn(facts, 'factsFor').mockImplementation(({ subjects, metrics }) => {
      const value: FactValue = { kind: 'value', value: '2', combine: 'sum', positions: [1], factIds: [], from: 'facts' };
      return Promise.resolve(new Map(subjects.map((one) => [one, new Map(metrics.map((metric) => [metric, value]))])));
    });
    const clock = { now: () => NOW };
    const access = new Access(organisation, { grantedRoles: () => Promise.resolve([]) } as unknown as IdentityService, clock, {
      recordRead: () => Promise.resolve(),
    });
    const names = new NameBook(organisation, texts);
    const cycle = { cycleId: CYCLE, scheme: { schemeId: 's', version: 1 }, period: period('2026-10'), phases: [] };
    const cycles = { cycle: () => Promise.resolve(cycle) } as unknown as CycleReader;
    const schemes = { scheme: () => Promise.resolve(compiledTemplate('weighted-70-20-10')) };
    const read = { query: () => Promise.resolve([]) } as unknown as DataWorld['db'];
    const coaching = { list: (query: PlanQuery) => Promise.resolve(plansOf(query)) } as unknown as CoachingReader;
    team = new TeamController(read, organisation, cycles, facts, schemes, coaching, clock, names, access);
    plans = new PlansController({} as unknown as CommandBus, coaching, organisation, texts, clock, access, names);
  });
  afterAll(() => world.end());

  /** Everybody has a plan, called as they are; at most 100 a page, as the real list. */
  function plansOf(query: PlanQuery) {
    plansAsked.push(query);
    const { subjects = [], after = '', limit } = query;
    const left = [...subjects].sort().filter((subject) => subject > after);
    const size = Math.min(limit, 100);
    const items = left
      .slice(0, size)
      .map((subject) => ({ planId: subject, subject, status: { status: 'on-track', reason: 'gates-passed' }, day: 1 }));
    return left.length > size ? { items, next: items.at(-1)?.planId } : { items };
  }

  it('is listed to its end, with where to go on, and the plan of each', async () => {
    const seen: SubjectId[] = [];
    let after: SubjectId | undefined;
    do {
      const page = await team.team({ whose: 'line', limit: 200, ...(after === undefined ? {} : { after }) }, regional);
      expect(page.items.every(({ plan, subject }) => plan?.planId === subject)).toBe(true);
      seen.push(...page.items.map(({ subject }) => subject));
      after = page.next === undefined ? undefined : seen.at(-1);
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(REPS + 1);
    expect(seen).toHaveLength(REPS + 1);
    const direct = await team.team({ whose: 'direct', limit: 200 }, regional);
    expect(direct.items.map(({ name }) => name)).toEqual(['组长']);
    expect(direct.next).toBeUndefined();
  });

  it('is added up over all of its people', async () => {
    const { items } = await team.completion({ whose: 'line', cycleId: CYCLE }, regional);
    const counts = items.map(({ team: name, people, main }) => [name, people, main.value]);
    expect(counts.filter(([name]) => name !== null)).toEqual([
      ['一组', REPS / 2, String(REPS)],
      ['二组', REPS / 2, String(REPS)],
    ]);
  });

  it('is looked through whole for plans', async () => {
    plansAsked.length = 0;
    await plans.list({ whose: 'line', limit: 1 }, regional).catch(() => undefined);
    expect(plansAsked[0]?.subjects).toHaveLength(REPS + 1);
  });
});
