import { period, plainDay, type SubjectId } from '#kernel';
import { createCycleReminders, type CycleReminders } from '#libs/cycle';
import { MOST_REMINDED } from '#libs/cycle/contracts';
import { RUNNER_LIMITS } from '#libs/event-store';
import { compiledTemplate, templateText } from '#libs/scheme';
import { appraisalIdOf, type OpenAppraisal } from './contracts';
import { inputFor, publish, runToScores, sweep } from './cycle-run.test-kit';
import { type CycleWorld, HR, MANAGER, openCycleWorld, RATINGS, rep } from './cycle.test-kit';
import { appraisalDecider } from './domain/appraisal.decider';
import {
  completionByTeam,
  countRemindable,
  gradesAndScores,
  owedOf,
  peopleByScore,
  type RemindableQuery,
  remindableOf,
  todosOf,
} from './index';

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

describe('a cycle that more people owe something in than one day of reminders is for', () => {
  const CROWD = 20_300;
  const REMINDERS_A_DAY = 40;
  let world: CycleWorld;
  let reminders: CycleReminders;
  let cycleId = '';
  const asked = (which: 'open' | 'late' = 'open', subjects?: readonly SubjectId[]): RemindableQuery => ({
    cycleId,
    phase: 'self-review',
    which,
    subjects,
    now: world.as(HR).now,
    most: MOST_REMINDED,
  });
  const parts = () => ({ read: world.read, cycles: world.cycles });

  beforeAll(async () => {
    world = await openCycleWorld(1);
    const { runner, company } = world;
    reminders = createCycleReminders({ runner, organisation: company.organisation, owed: (query) => remindableOf(parts(), query) });
    ({ cycleId } = await world.start.start(inputFor(SCHEME, period('2026-10')), world.as(HR)));
    const opened = (subject: SubjectId): OpenAppraisal => ({
      type: 'OpenAppraisal',
      data: {
        cycleId,
        subject,
        cohort: 0,
        period: period('2026-10'),
        scheme: { schemeId: SCHEME, version: 1 },
        steps: [{ step: 'self-review' }, { step: 'manager-review', reviewer: MANAGER }],
        parts: [{ part: 1, from: plainDay('2026-10-01'), to: plainDay('2026-10-31'), manager: MANAGER, workingDays: 17 }],
        unit: { department: 'sales' },
      },
    });
    const crowd = Array.from({ length: CROWD }, (_, index) => rep(index + 1));
    for (let from = 0; from < CROWD; from += RUNNER_LIMITS.manyItems) {
      const some = crowd.slice(from, from + RUNNER_LIMITS.manyItems);
      const items = some.map((subject) => ({
        id: appraisalIdOf(cycleId, subject),
        command: opened(subject),
        requestKey: `open/${subject}`,
      }));
      await runner.runMany(appraisalDecider, items, { now: world.as(HR).now, actor: world.as(HR).actor });
    }
    await world.phases.open(cycleId, 'self-review', world.as(HR));
    await world.settled();
    for (let round = 0; round < REMINDERS_A_DAY; round += 1) {
      await reminders.remind(cycleId, { phase: 'self-review', which: 'open' }, world.as(HR));
      await world.settled();
    }
  }, 120_000);
  afterAll(() => world.end());

  it('still finds and counts those who were not reminded, and whoever of them is named', async () => {
    const left = Array.from({ length: CROWD - REMINDERS_A_DAY * MOST_REMINDED }, (_, index) =>
      rep(REMINDERS_A_DAY * MOST_REMINDED + index + 1),
    );
    expect(await remindableOf(parts(), asked())).toEqual(left);
    expect(await countRemindable(parts(), asked())).toBe(left.length);
    expect(await remindableOf(parts(), asked('open', [rep(1), rep(CROWD)]))).toEqual([rep(CROWD)]);
    expect(await remindableOf(parts(), { ...asked(), most: 2 })).toEqual(left.slice(0, 2));
  });

  it('asks the database once for a page of them, not page after page', async () => {
    const queries = jest.spyOn(world.read, 'query');
    const one = jest.spyOn(world.read, 'one');
    await countRemindable(parts(), asked());
    // The cycle, and the count.
    expect(queries.mock.calls.length + one.mock.calls.length).toBeLessThanOrEqual(3);
    queries.mockRestore();
    one.mockRestore();
  });

  it('begins on the next working day with those who were left out, and counts no more than one reminder may be for', async () => {
    expect(await countRemindable(parts(), asked('late'))).toBe(0);
    world.setNow('2026-11-03T16:00:00.000Z');
    expect(await countRemindable(parts(), asked())).toBe(MOST_REMINDED);
    const next = await remindableOf(parts(), asked());
    expect(next.slice(0, 2)).toEqual([rep(REMINDERS_A_DAY * MOST_REMINDED + 1), rep(REMINDERS_A_DAY * MOST_REMINDED + 2)]);
    expect(next).toContain(rep(CROWD));
    expect(next).toContain(rep(1));
    expect(next).toHaveLength(MOST_REMINDED);
    world.setNow('2027-01-04T00:00:00.000Z');
    expect(await countRemindable(parts(), asked('late'))).toBe(MOST_REMINDED);
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
    const first = await peopleByScore(world.read, { viewer: HR, cycleId, limit: 3 });
    expect(first.items.map(({ subject }) => subject)).toEqual([rep(1), rep(2), rep(3)]);
    const rest = await peopleByScore(world.read, { viewer: HR, cycleId, limit: 3, after: first.next });
    expect(rest.items).toMatchObject([{ subject: rep(4), errors: 1 }]);
    expect(rest.next).toBeUndefined();
    const outstanding = await peopleByScore(world.read, { viewer: HR, cycleId, grade: 'outstanding', department: 'sales', limit: 10 });
    expect(outstanding.items).toHaveLength(2);
  });

  it('has no score of whoever looks before theirs is published: not by its place, its grade or its errors either', async () => {
    const first = await peopleByScore(world.read, { viewer: rep(1), cycleId, limit: 1 });
    expect(first.items).toMatchObject([{ subject: rep(2), grade: 'outstanding' }]);
    const rest = await peopleByScore(world.read, { viewer: rep(1), cycleId, limit: 10, after: first.next });
    expect(rest.items).toMatchObject([
      { subject: rep(3) },
      { subject: rep(1), score: null, grade: null, errors: 0 },
      { subject: rep(4), errors: 1 },
    ]);
    const outstanding = await peopleByScore(world.read, { viewer: rep(1), cycleId, grade: 'outstanding', limit: 10 });
    expect(outstanding.items.map(({ subject }) => subject)).toEqual([rep(2)]);
    expect((await peopleByScore(world.read, { viewer: rep(4), cycleId, limit: 10 })).items).toMatchObject([
      {},
      {},
      {},
      { subject: rep(4), errors: 0 },
    ]);
  });

  it('has their own score of whoever looks once it is published', async () => {
    await publish(world, cycleId);
    expect((await peopleByScore(world.read, { viewer: rep(1), cycleId, limit: 1 })).items).toMatchObject([
      { subject: rep(1), grade: 'outstanding' },
    ]);
  });

  it('is late with a confirmation once the time to confirm is over, and not before', async () => {
    const parts = { read: world.read, cycles: world.cycles };
    const asked = (which: 'open' | 'late'): RemindableQuery => ({ cycleId, phase: 'confirmation', which, now: world.as(HR).now, most: 10 });
    const published = await remindableOf(parts, asked('open'));
    expect(published).toEqual([rep(1), rep(2), rep(3)]);
    expect(await remindableOf(parts, asked('late'))).toEqual([]);
    const until = (await world.appraisals.appraisal(appraisalIdOf(cycleId, rep(1))))?.confirmUntil;
    world.setNow(until ?? '');
    expect(await countRemindable(parts, asked('late'))).toBe(0);
    world.setNow('2027-06-01T00:00:00.000Z');
    expect(await remindableOf(parts, asked('late'))).toEqual(published);
  });
});
