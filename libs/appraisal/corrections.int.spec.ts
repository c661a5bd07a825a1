import { type Decider, period, type SubjectId } from '#kernel';
import type { FactEvent } from '#libs/facts/contracts';
import { eventually } from '#libs/testing';
import { appraisalIdOf } from './contracts';
import { publish, runToScores } from './cycle-run.test-kit';
import { type CycleWorld, HR, openCycleWorld, RATINGS, rep } from './cycle.test-kit';
import { appraisalDecider, appraisalDetail, proposedCorrections } from './index';

const SCHEME = 'weighted-70-20-10';
const WAIT = { timeoutMs: 20_000 };

/** An import as its feature records it: what it says stands in the read models of facts. */
const importing: Decider<{ readonly type: 'Complete'; readonly data: FactEvent }, null, FactEvent> = {
  category: 'factsource',
  initial: null,
  decide: ({ data }) => [data],
  evolve: () => null,
  isTerminal: () => false,
};

async function imported(world: CycleWorld, ...subjects: readonly SubjectId[]): Promise<void> {
  world.company.touch(...subjects);
  const data: FactEvent = {
    type: 'FactImportCompleted',
    data: {
      importId: '0190a000-0000-8000-8000-00000000f001',
      source: 'erp',
      facts: subjects.length,
      repeated: 0,
      filtered: 0,
      setAside: [],
      setAsideTotal: 0,
      completedAt: world.as(HR).now,
    },
  };
  await world.runner.run(importing, 'erp', { type: 'Complete', data }, world.as(HR));
  const { position } = await world.log.head();
  await world.read.waitForProjection('score-correction', position, 20_000);
  await world.settled();
}

describe('facts that arrive late or are superseded', () => {
  let world: CycleWorld;
  let cycleId = '';
  const id = (number: number): string => appraisalIdOf(cycleId, rep(number));
  const versionOf = async (number: number) => (await world.appraisals.appraisal(id(number)))?.version;

  beforeAll(async () => {
    world = await openCycleWorld(3);
    cycleId = await runToScores(world, SCHEME, period('2026-10'), () => RATINGS);
  });
  afterAll(() => world.end());

  it('score exactly the affected again before publication, marked with what was recorded', async () => {
    const others = [await versionOf(2), await versionOf(3)];
    world.company.set(rep(1), { 'sales.amount': '90000.00' });
    await imported(world, rep(1), rep(2));
    const { position } = await world.log.head();
    expect(await world.appraisals.appraisal(id(1))).toMatchObject({ status: 'scored', score: '86.80' });
    expect([await versionOf(2), await versionOf(3)]).toEqual(others);
    const detail = await appraisalDetail(world.runner, id(1));
    expect(detail?.appraisal.score?.basis.asOf).toBeLessThan(position);
    const before = await versionOf(1);
    await imported(world, rep(1), rep(2));
    expect(await versionOf(1)).toBe(before);
  });

  it('are proposed after publication with the difference per person, and nothing that was published changes', async () => {
    world.setNow('2026-11-18T16:00:00.000Z');
    await publish(world, cycleId);
    world.company.set(rep(1), { 'sales.amount': '100000.00' });
    await imported(world, rep(1), rep(2));
    expect(await world.appraisals.publishedResult(id(1))).toMatchObject({ current: { result: { score: '86.80' } }, amendment: null });
    const { items } = await proposedCorrections(world.read, { cycleId, limit: 10 });
    expect(items).toMatchObject([
      {
        appraisalId: id(1),
        cause: { kind: 'fact-correction' },
        difference: {
          score: { from: '86.80', to: '90.80' },
          grade: { from: 'B', to: 'A' },
          payLines: [{ key: 'commission', from: '3600.00', to: '4000.00' }],
          payTotal: { from: '8400.00', to: '8800.00' },
        },
      },
    ]);
    const before = await versionOf(1);
    await imported(world, rep(1));
    expect(await versionOf(1)).toBe(before);
  });

  it('are settled when they are corrected back', async () => {
    world.company.set(rep(1), { 'sales.amount': '90000.00' });
    await imported(world, rep(1));
    expect((await proposedCorrections(world.read, { limit: 10 })).items).toEqual([]);
  });

  it('leave what an appeal decided as it was decided: only the fact that was touched is read again', async () => {
    const state = (await appraisalDetail(world.runner, id(3)))?.appraisal;
    if (!state?.score) throw new Error('not scored');
    const { position } = await world.log.head();
    const amendments = [{ kind: 'fact' as const, key: 'receivable.collected', value: '100000.00' }];
    const { result, basis } = await world.scoring.amend({ period: state.period, basis: state.score.basis, amendments, position });
    const cause = { kind: 'appeal' as const, id: '0190a000-0000-7000-8000-0000000000fe' };
    await world.runner.run(appraisalDecider, id(3), { type: 'AmendAppraisal', data: { cause, result, basis } }, world.as(HR));
    world.company.set(rep(3), { 'sales.amount': '100000.00' });
    world.company.touchMetric('sales.amount');
    await imported(world, rep(3));
    world.company.touchMetric(undefined);
    const { items } = await proposedCorrections(world.read, { cycleId, limit: 10 });
    // 88.80 and 1.50 by the appeal; 2.00 more by the fact
    expect(items).toMatchObject([
      { subject: rep(3), changedFacts: ['sales.amount'], difference: { score: { from: '90.30', to: '92.30' } } },
    ]);
  });

  it('reach the year that the months make up, when a month is amended', async () => {
    const year = await runToScores(world, SCHEME, period('2026'));
    await publish(world, year);
    expect(await world.appraisals.publishedResult(appraisalIdOf(year, rep(2)))).toMatchObject({ current: { result: { score: '88.80' } } });
    const state = (await appraisalDetail(world.runner, id(2)))?.appraisal;
    if (!state?.score) throw new Error('not scored');
    const { position } = await world.log.head();
    const amendments = [{ kind: 'fact' as const, key: 'sales.amount', value: '100000.00' }];
    const { result, basis } = await world.scoring.amend({ period: state.period, basis: state.score.basis, amendments, position });
    await world.runner.run(
      appraisalDecider,
      id(2),
      { type: 'AmendAppraisal', data: { cause: { kind: 'appeal', id: '0190a000-0000-7000-8000-0000000000ff' }, result, basis } },
      world.as(HR),
    );
    await eventually(async () => {
      const { items } = await proposedCorrections(world.read, { cycleId: year, limit: 10 });
      expect(items).toMatchObject([
        {
          subject: rep(2),
          cause: { kind: 'earlier-score' },
          difference: { score: { from: '88.80', to: '90.80' }, grade: { from: 'B', to: 'A' } },
        },
      ]);
    }, WAIT);
  });
});
