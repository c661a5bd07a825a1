import { period, plainDay, subjectId } from '#kernel';
import { appraisalIdOf } from './contracts';
import { advance, inputFor, publish, sweep } from './cycle-run.test-kit';
import { type CycleWorld, GENERAL_MANAGER, HR, MANAGER, openCycleWorld, RATINGS, rep } from './cycle.test-kit';
import { explainAppraisal } from './index';

const FORMER = subjectId('0190a000-0000-7000-8000-00000000dddd');
const MONTH = period('2026-10');

describe('a transfer inside the period', () => {
  let world: CycleWorld;
  let cycleId = '';
  const id = (number: number): string => appraisalIdOf(cycleId, rep(number));

  beforeAll(async () => {
    world = await openCycleWorld(2);
    world.company.transfer(rep(1), [
      { from: plainDay('2026-10-01'), to: plainDay('2026-10-15'), department: 'service', manager: FORMER },
      { from: plainDay('2026-10-16'), to: plainDay('2026-10-31'), department: 'sales', manager: MANAGER },
    ]);
    cycleId = (await world.start.start(inputFor('weighted-70-20-10', MONTH), world.as(HR))).cycleId;
    await world.settled();
    await sweep(world, cycleId, 'self-review', 'open');
    await world.phases.open(cycleId, 'self-review', world.as(HR));
    await sweep(world, cycleId, 'self-review', 'close');
    await advance(world, cycleId, 'self-review');
    await world.phases.open(cycleId, 'manager-review', world.as(HR));
    await world.settled();
  });
  afterAll(() => world.end());

  it('gives each manager the part that they rate, and no other', async () => {
    const view = await world.appraisals.appraisal(id(1));
    expect(view?.steps.filter(({ step }) => step === 'manager-review')).toMatchObject([
      { reviewer: FORMER, part: 1, state: 'open' },
      { reviewer: MANAGER, part: 2, state: 'open' },
    ]);
    await world.acts.submitManagerScore(id(1), { ratings: { ...RATINGS, knowledge: '60' } }, world.as(FORMER));
    await world.settled();
    expect(await world.appraisals.appraisal(id(1))).toMatchObject({ status: 'open', currentStep: 'manager-review' });
    await expect(world.acts.submitManagerScore(id(1), { ratings: RATINGS }, world.as(MANAGER))).rejects.toMatchObject({
      code: 'appraisal.not-the-assigned-manager',
    });
    await world.acts.submitManagerScore(id(1), { ratings: RATINGS, part: 2 }, world.as(MANAGER));
    await world.acts.submitManagerScore(id(2), { ratings: RATINGS }, world.as(MANAGER));
    await world.settled();
    expect(await world.appraisals.appraisal(id(1))).toMatchObject({ currentStep: 'second-review' });
    expect((await world.cycles.progress(cycleId)).find(({ phase }) => phase === 'manager-review')).toMatchObject({ members: 2, done: 2 });
  });

  it('scores the parts, weighs them by working days, and explains that from the basis', async () => {
    await sweep(world, cycleId, 'manager-review', 'close');
    await advance(world, cycleId, 'manager-review');
    await world.phases.open(cycleId, 'second-review', world.as(HR));
    await world.settled();
    for (const number of [1, 2]) await world.acts.approveSecondReview(id(number), {}, world.as(GENERAL_MANAGER));
    await sweep(world, cycleId, 'second-review', 'close');
    await advance(world, cycleId, 'second-review');
    await publish(world, cycleId);
    const { result, basis } = (await world.appraisals.publishedResult(id(1)))?.current ?? {};
    // 1 to 7 October are holidays, the 10th is worked: 7 days (87.80) and 11 days (88.80)
    expect(basis?.parts?.map(({ part, workingDays }) => [part, workingDays])).toEqual([
      [1, 7],
      [2, 11],
    ]);
    // (87.80 × 7 + 88.80 × 11) ÷ 18 = 88.411…
    expect(result).toMatchObject({ score: '88.41', grade: 'B', payTotal: '8400.00', errors: [] });
    expect((await world.appraisals.publishedResult(id(2)))?.current.result.score).toBe('88.80');
    const explained = await explainAppraisal({ read: world.read, scoring: world.scoring }, { appraisalId: id(1), which: 'published' });
    expect(JSON.stringify(explained?.explanation)).toContain('87.80');
  });
});
