import { canonicalJson, period } from '#kernel';
import { templateText } from '#libs/scheme';
import { openTestText } from '#libs/testing';
import { appraisalIdOf } from './contracts';
import { publish, runToScores } from './cycle-run.test-kit';
import { type CycleWorld, MANAGER, openCycleWorld, rep } from './cycle.test-kit';
import { appraisalDetail } from './index';

const OCTOBER = period('2026-10');

async function stored(world: CycleWorld, id: string) {
  const detail = await appraisalDetail(world.runner, id);
  return detail?.appraisal.steps.find(({ step }) => step === 'manager-review')?.submissions.at(-1);
}

describe('words, lists and free words (templates.md 2)', () => {
  let world: CycleWorld;
  beforeAll(async () => {
    world = await openCycleWorld(1, undefined, { id: 'three-aspect-rating', yaml: templateText('three-aspect-rating') });
    world.setNow('2026-11-03T01:00:00.000Z');
    world.company.set(rep(1), {
      'sales.amount': '112000',
      'sales.target': '100000',
      'customers.count': '10',
      'customers.target': '10',
      'satisfaction.rate': '86',
      'satisfaction.target': '80',
      'profit.amount': '5000',
      'profit.target': '5000',
    });
  });
  afterAll(() => world.end());

  it('count each entry, and keep what was written sealed beside it', async () => {
    const ratings = { personal: 'good', plus: ['teamwork'], minus: ['shouted at a customer', 'came late', 'came late'] };
    const cycleId = await runToScores(world, 'three-aspect-rating', OCTOBER, () => ratings);
    await publish(world, cycleId);
    const id = appraisalIdOf(cycleId, rep(1));
    const published = (await world.appraisals.publishedResult(id))?.current;
    // Excellent, excellent and good; one plus, three minus.
    expect(published?.result).toMatchObject({ grade: 'good', errors: [], outcome: { personal: 'good' } });
    expect(published?.basis.ratings).toEqual({ personal: 'good', plus: ['teamwork'], minus: ['entry-1', 'entry-2', 'entry-3'] });
    const submission = await stored(world, id);
    expect(submission?.notes?.map(({ line, item, text }) => `${line} ${item} ${openTestText(text)}`)).toEqual([
      'minus 1 shouted at a customer',
      'minus 2 came late',
      'minus 3 came late',
    ]);
    expect(canonicalJson(await world.read.query('SELECT * FROM read.appraisal_result'))).not.toMatch(/shouted|late/);
  });
});

describe('awards (templates.md 10)', () => {
  let world: CycleWorld;
  beforeAll(async () => {
    world = await openCycleWorld(3, undefined, { id: 'eighty-line', yaml: templateText('eighty-line') });
    world.setNow('2026-11-03T01:00:00.000Z');
    for (const number of [1, 2, 3])
      world.company.set(rep(number), { 'sales.amount': '104000', 'sales.target': '100000', 'pay.bonus_base': '1000' });
  });
  afterAll(() => world.end());

  it('are paid when two different people stand for each, and nobody for themselves', async () => {
    const award = (...approved_by: number[]) => ({ amount: '500.00', reason: 'won the bank', approved_by: approved_by.map(rep) });
    const given = (awards: ReturnType<typeof award>[]) => ({ ability: '17', attitude: '9', awards });
    const cycleId = await runToScores(world, 'eighty-line', OCTOBER, ({ subject }) =>
      given(subject === rep(1) ? [award(2, 3), { ...award(2, 3), amount: '120.50' }] : []),
    );
    await publish(world, cycleId);
    const id = appraisalIdOf(cycleId, rep(1));
    const published = (await world.appraisals.publishedResult(id))?.current;
    expect(published?.result).toMatchObject({ score: '96.00', errors: [] });
    expect(published?.result.payLines).toContainEqual({ key: 'special_award', amount: '620.50' });
    expect(published?.basis.ratings['awards']).toEqual([
      { amount: '500.00', reason: 'reason-1', approved_by: [rep(2), rep(3)] },
      { amount: '120.50', reason: 'reason-2', approved_by: [rep(2), rep(3)] },
    ]);
    expect((await stored(world, id))?.notes).toHaveLength(2);
  });

  it('are refused for one person twice, the appraised or a stranger', async () => {
    const given = (approvers: readonly number[]) => {
      const awards = [{ amount: '500.00', reason: 'won the bank', approved_by: approvers.map(rep) }];
      return { ability: '17', attitude: '9', awards };
    };
    const refusal = { code: 'appraisal.invalid-ratings', details: { errors: ['awards: missing-approval'] } };
    await expect(runToScores(world, 'eighty-line', period('2026-09'), () => given([2, 2]))).rejects.toMatchObject(refusal);
    const { items } = await world.cycles.cycles({ period: period('2026-09'), limit: 1 });
    const id = appraisalIdOf(items[0]?.cycleId ?? '', rep(1));
    for (const approvers of [
      [1, 2],
      [2, 77],
    ])
      await expect(world.acts.submitManagerScore(id, { ratings: given(approvers) }, world.as(MANAGER))).rejects.toMatchObject(refusal);
  });
});
