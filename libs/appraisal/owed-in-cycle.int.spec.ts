import { period, type SubjectId } from '#kernel';
import { createCycleReminders, type CycleReminders } from '#libs/cycle';
import { compiledTemplate, templateText } from '#libs/scheme';
import { appraisalIdOf } from './contracts';
import { inputFor, runToScores, sweep } from './cycle-run.test-kit';
import { type CycleWorld, HR, openCycleWorld, RATINGS, rep } from './cycle.test-kit';
import { completionByTeam, gradesAndScores, owedOf, peopleByScore, remindableOf, todosOf } from './index';

const SCHEME = 'weighted-70-20-10';

describe('what a cycle waits for', () => {
  let world: CycleWorld;
  let reminders: CycleReminders;
  let cycleId = '';
  const parts = () => ({ read: world.read, cycles: world.cycles });
  const owed = async (): Promise<readonly (readonly [SubjectId, boolean])[]> => {
    await world.settled();
    const { items } = await owedOf(parts(), { cycleId, phase: 'self-review', now: world.as(HR).now, limit: 10 });
    return items.map(({ subject, reminded }) => [subject, reminded !== null] as const);
  };
  const remind = (context = world.as(HR), subjects?: readonly SubjectId[]) =>
    reminders.remind(cycleId, { phase: 'self-review', which: 'open', subjects }, context);

  beforeAll(async () => {
    world = await openCycleWorld(3);
    const { runner, company, read, cycles } = world;
    reminders = createCycleReminders({
      runner,
      organisation: company.organisation,
      owed: (query) => remindableOf({ read, cycles }, query),
    });
    ({ cycleId } = await world.start.start(inputFor(SCHEME, period('2026-10')), world.as(HR)));
    await sweep(world, cycleId, 'self-review', 'open');
    await world.phases.open(cycleId, 'self-review', world.as(HR));
    await world.settled();
    await world.acts.submitSelfReview(appraisalIdOf(cycleId, rep(1)), { ratings: RATINGS }, world.as(rep(1)));
    await world.settled();
  });
  afterAll(() => world.end());

  it('is listed, late or not, without those who are done', async () => {
    expect(await owed()).toEqual([
      [rep(2), false],
      [rep(3), false],
    ]);
  });

  it('is reminded of by name first, then of the rest, and the person sees it', async () => {
    await remind(world.as(HR), [rep(3), rep(1)]);
    expect(await owed()).toEqual([
      [rep(2), false],
      [rep(3), true],
    ]);
    const context = world.as(HR);
    const first = await remind(context);
    expect(await owed()).toEqual([
      [rep(2), true],
      [rep(3), true],
    ]);
    expect(await remind(context)).toEqual({ ...first, repeated: true });
    const { items } = await todosOf(parts(), { person: rep(2), roles: ['rep'], now: context.now, limit: 10 });
    expect(items).toMatchObject([
      { kind: 'self-review', reminded: { at: '2026-11-02T00:30:00.000Z', againFrom: '2026-11-03T16:00:00.000Z', times: 1 } },
    ]);
  });

  it('is not reminded of again until a working day is over', async () => {
    await expect(remind()).rejects.toMatchObject({ code: 'cycle.nobody-to-remind' });
    world.setNow('2026-11-03T16:00:00.000Z');
    await remind(world.as(HR), [rep(2)]);
    await world.settled();
    expect(await world.cycles.reminders([cycleId], [rep(2), rep(3)])).toMatchObject([
      { subject: rep(2), phase: 'self-review', times: 2 },
      { subject: rep(3), times: 1 },
    ]);
  });

  it('is counted by team, done, late and open', async () => {
    const rows = await completionByTeam(world.read, cycleId);
    expect(rows.filter(({ step }) => step === 'self-review')).toEqual([
      { region: 'north', department: 'sales', team: 'even', step: 'self-review', people: 1, done: 0, late: 0 },
      { region: 'north', department: 'sales', team: 'odd', step: 'self-review', people: 2, done: 1, late: 0 },
    ]);
  });
});

describe('how grades and scores of a cycle lie', () => {
  const RANKED = 'result-times-behaviour';
  let world: CycleWorld;
  let cycleId = '';

  beforeAll(async () => {
    world = await openCycleWorld(4, undefined, { id: RANKED, yaml: templateText(RANKED) });
    for (const number of [1, 2, 3, 4])
      world.company.set(rep(number), { 'revenue.amount': '96000', 'revenue.target': '80000', 'pay.performance_base': '3000' });
    world.company.set(rep(4), { 'revenue.amount': 'missing' });
    cycleId = await runToScores(world, RANKED, period('2026-10'), ({ subject }) => ({
      behaviour: subject === rep(3) ? '0.85' : '1.1',
      violations: [],
    }));
  });
  afterAll(() => world.end());

  it('counts each grade of the whole cycle and of each department, with what is allowed, without those that have errors', async () => {
    const { scored, bins, groups, lowest, highest } = await gradesAndScores(world.read, cycleId, compiledTemplate(RANKED));
    expect(scored).toBe(3);
    expect(bins.reduce((sum, { people }) => sum + people, 0)).toBe(3);
    expect(groups.map(({ department, people }) => [department, people])).toEqual([
      [null, 3],
      ['sales', 3],
    ]);
    expect(groups[1]?.grades[0]).toEqual({ grade: 'outstanding', have: 2, atMost: 0 });
    expect(Number(highest) > Number(lowest)).toBe(true);
  });

  it('lists people by score, the highest first, page by page', async () => {
    const first = await peopleByScore(world.read, { cycleId, limit: 3 });
    expect(first.items.map(({ subject }) => subject)).toEqual([rep(1), rep(2), rep(3)]);
    const rest = await peopleByScore(world.read, { cycleId, limit: 3, after: first.next });
    expect(rest.items).toMatchObject([{ subject: rep(4), errors: 1 }]);
    expect(rest.next).toBeUndefined();
    const outstanding = await peopleByScore(world.read, { cycleId, grade: 'outstanding', department: 'sales', limit: 10 });
    expect(outstanding.items).toHaveLength(2);
  });
});
