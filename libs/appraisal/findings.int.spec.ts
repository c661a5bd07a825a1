import { period } from '#kernel';
import { compiledTemplate, templateText } from '#libs/scheme';
import { appraisalIdOf } from './contracts';
import { runToScores } from './cycle-run.test-kit';
import { type CycleWorld, openCycleWorld, rep } from './cycle.test-kit';
import { findingsOf, resultsWithErrors } from './index';

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
    expect(await resultsWithErrors(world.read, { cycleId, limit: 10 })).toEqual({
      items: [{ appraisalId: appraisalIdOf(cycleId, rep(4)), subject: rep(4), errors: [{ code: 'missing-fact', key: 'revenue.amount' }] }],
    });
    expect((await resultsWithErrors(world.read, { cycleId, limit: 10, after: rep(4) })).items).toEqual([]);
  });

  it('names groups over their limits, and corrects nothing', async () => {
    expect(await findingsOf(world.read, cycleId, compiledTemplate(SCHEME))).toEqual({
      members: 4,
      waiting: 0,
      withErrors: 1,
      groups: [{ code: 'grade-over-limit', grade: 'outstanding', department: 'sales', people: 3, atMost: 0, have: 2 }],
    });
    expect(await world.appraisals.appraisal(appraisalIdOf(cycleId, rep(1)))).toMatchObject({ grade: 'outstanding' });
  });
});
