import { period } from '#kernel';
import { compiledTemplate, templateText } from '#libs/scheme';
import { appraisalIdOf } from './contracts';
import { advance, inputFor, runToScores, sweep } from './cycle-run.test-kit';
import { type CycleWorld, HR, MANAGER, openCycleWorld, rep } from './cycle.test-kit';
import { findingsOf, resultsWithErrors, waitingAppraisals } from './index';

const SCHEME = 'result-times-behaviour';

describe('what HR has to know before publication', () => {
  let world: CycleWorld;
  let cycleId = '';

  beforeAll(async () => {
    world = await openCycleWorld(4, undefined, { id: SCHEME, yaml: templateText(SCHEME) });
    for (const number of [1, 2, 3, 4])
      world.company.set(rep(number), { 'revenue.amount': '96000', 'revenue.target': '80000', 'pay.performance_base': '3000' });
    world.company.set(rep(4), { 'revenue.amount': 'missing' });
    // Two of three are outstanding: more than 5 % of the department
    cycleId = await runToScores(world, SCHEME, period('2026-10'), ({ subject }) => ({
      behaviour: subject === rep(3) ? '0.85' : '1.1',
      violations: [],
    }));
  });
  afterAll(() => world.end());

  it('names every error of every result, page by page', async () => {
    expect(await resultsWithErrors(world.read, { viewer: HR, cycleId, limit: 10 })).toEqual({
      items: [{ appraisalId: appraisalIdOf(cycleId, rep(4)), subject: rep(4), errors: [{ code: 'missing-fact', key: 'revenue.amount' }] }],
    });
    expect((await resultsWithErrors(world.read, { viewer: HR, cycleId, limit: 10, after: rep(4) })).items).toEqual([]);
  });

  it('names nobody the errors of their own result before it is published', async () => {
    expect((await resultsWithErrors(world.read, { viewer: rep(4), cycleId, limit: 10 })).items).toEqual([]);
    expect((await resultsWithErrors(world.read, { viewer: rep(1), cycleId, limit: 10 })).items).toHaveLength(1);
  });

  it('names groups over their limits, and corrects nothing', async () => {
    expect(await findingsOf(world.read, cycleId, compiledTemplate(SCHEME))).toEqual({
      members: 4,
      waiting: 0,
      withErrors: 1,
      errors: [{ code: 'missing-fact', key: 'revenue.amount', people: 1 }],
      groups: [{ code: 'grade-over-limit', grade: 'outstanding', department: 'sales', people: 3, atMost: 0, have: 2 }],
    });
    expect(await world.appraisals.appraisal(appraisalIdOf(cycleId, rep(1)))).toMatchObject({ grade: 'outstanding' });
  });

  it('names who has no score and why: a step that is open, one that nobody did and the scheme waits for', async () => {
    const { cycleId: next } = await world.start.start(inputFor(SCHEME, period('2026-11')), world.as(HR));
    await world.settled();
    await sweep(world, next, 'self-review', 'open');
    const before = await waitingAppraisals(world.read, { cycleId: next, limit: 2 });
    expect(before).toMatchObject({
      items: [{ subject: rep(1), reason: 'step-open', step: 'self-review', reviewer: rep(1) }, {}],
      next: rep(2),
    });
    await world.phases.open(next, 'self-review', world.as(HR));
    await world.settled();
    await sweep(world, next, 'self-review', 'close');
    await advance(world, next, 'self-review');
    await world.phases.open(next, 'manager-review', world.as(HR));
    await world.settled();
    await world.acts.submitManagerScore(appraisalIdOf(next, rep(1)), { ratings: { behaviour: '0.9', violations: [] } }, world.as(MANAGER));
    await sweep(world, next, 'manager-review', 'close');
    const { items } = await waitingAppraisals(world.read, { cycleId: next, limit: 10 });
    expect(items.map(({ subject, reason, step }) => [subject, reason, step])).toEqual([
      [rep(1), 'step-open', 'second-review'],
      [rep(2), 'on-hold', 'manager-review'],
      [rep(3), 'on-hold', 'manager-review'],
      [rep(4), 'on-hold', 'manager-review'],
    ]);
    expect(await findingsOf(world.read, next, compiledTemplate(SCHEME))).toMatchObject({
      members: 4,
      waiting: 4,
      withErrors: 0,
      groups: [],
    });
  });
});
