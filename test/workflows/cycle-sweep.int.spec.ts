import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { sweepWorkflowId, WORKFLOW_LIMITS } from '#workflows/contracts';
import { CycleWorld } from './cycle-world';
import { quietRuntime, timeSkippingServer } from './temporal-world';

describe('cycleSweep', () => {
  let environment: TestWorkflowEnvironment;

  beforeAll(async () => {
    quietRuntime();
    environment = await timeSkippingServer();
  });
  afterAll(() => environment.teardown());

  async function eventsOf(handle: WorkflowHandle): Promise<number> {
    return (await handle.fetchHistory()).events?.length ?? 0;
  }

  it('takes 100 cohorts, four at a time, in fewer than 1 500 events; the parent pays at most ten a step', async () => {
    const cycle = new CycleWorld(environment, randomUUID(), await environment.currentTimeMs(), {
      cohorts: 100,
      phases: ['self-review', 'publication'],
      remindDay: 99,
      membersOfCohort: 1_000,
    });
    let atWork = 0;
    let most = 0;
    cycle.onCohort = async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
      return { members: 1_000, handled: 999, excluded: [{ reason: 'left', count: 1 }] };
    };
    const parent = await cycle.atWork(async () => {
      const handle = await cycle.start();
      await handle.result();
      return handle;
    });
    expect(cycle.story[0]).toBe('0 CycleSweepRecorded self-review open 0 99900/100000 left=100');
    expect(most).toBeLessThanOrEqual(WORKFLOW_LIMITS.cohortsAtOnce);
    const child = environment.client.workflow.getHandle(sweepWorkflowId(cycle.cycleId, 'self-review', 'open', 0));
    expect(await eventsOf(child)).toBeLessThan(1_500);
    const steps = cycle.events.length;
    expect(await eventsOf(parent)).toBeLessThanOrEqual(10 * steps);
  });

  it('tries a cohort again that does not account for everyone, and counts it once', async () => {
    const cycle = new CycleWorld(environment, randomUUID(), await environment.currentTimeMs(), {
      cohorts: 3,
      phases: ['self-review', 'publication'],
    });
    let refusals = 2;
    cycle.onCohort = ({ cohort, step }) => {
      if (step !== 'open' || cohort !== 1 || refusals === 0) return undefined;
      refusals -= 1;
      throw new Error('members are not accounted for');
    };
    await cycle.atWork(async () => (await cycle.start()).result());
    expect(cycle.story[0]).toBe('0 CycleSweepRecorded self-review open 0 27/30 left=3');
    expect(cycle.cohortCalls.filter(({ cohort, step }) => cohort === 1 && step === 'open')).toHaveLength(3);
  });

  it('continues as new in mid-sweep with its counts', async () => {
    const cycle = new CycleWorld(environment, randomUUID(), await environment.currentTimeMs(), { cohorts: 60 });
    const input = { cycleId: cycle.cycleId, phase: 'self-review', step: 'open', round: 0, historyEvents: 60 };
    await cycle.atWork(() =>
      environment.client.workflow.execute('cycleSweep', { taskQueue: cycle.cycleId, workflowId: `sweep-${cycle.cycleId}`, args: [input] }),
    );
    expect(cycle.story).toEqual(['0 CycleSweepRecorded self-review open 0 540/600 left=60']);
    expect(cycle.cohortCalls.map(({ cohort }) => cohort).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, cohort) => cohort));
  });
});
