import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { WORKFLOW_TYPES } from '#workflows/contracts';
import { quietRuntime, testBundle, timeSkippingServer } from '../../test/workflows/temporal-world';
import type { WorkerServices } from './services';
import { startWorker } from './start-worker';

const no = (): never => {
  throw new Error('not part of this test');
};

describe('startWorker', () => {
  let environment: TestWorkflowEnvironment;
  const lines: string[] = [];
  const write = (_details: object, message: string): void => void lines.push(message);

  beforeAll(async () => {
    quietRuntime();
    environment = await timeSkippingServer();
  });
  afterAll(() => environment.teardown());

  function services(terminal: () => boolean): WorkerServices {
    return {
      runner: { run: no, runMany: no, runTogether: no, load: async ({ initial }) => ({ state: initial, version: 0 }), loadMany: no },
      log: { head: no },
      clock: { now: no },
      organisation: { calendarOverrides: no },
      cyclePhases: { open: no, publish: no, close: no },
      sweeps: { sweepCohort: no },
      appeals: { openCount: no },
      appealWork: { progress: no, doDuty: no, passDeadline: no, recordDecisionOverdue: no },
      payouts: { batchesOf: no, heldCount: no },
      payoutWork: { startRegular: no, progress: no, compute: no },
      coachingWork: { progress: async () => ({ terminal: terminal(), paused: false, round: 1, next: null }), recordGateOverdue: no },
      logger: { debug: write, info: write, warn: write, error: write },
    };
  }

  it('takes workflows from the prebuilt bundle and stops when told to', async () => {
    const taskQueue = randomUUID();
    const failed: string[] = [];
    const worker = await startWorker({
      temporal: { address: environment.address, taskQueue },
      services: services(() => true),
      bundlePath: testBundle(),
      failed: (what) => failed.push(what),
    });
    const planId = randomUUID();
    await environment.client.workflow.execute(WORKFLOW_TYPES.coachingPlan, { taskQueue, workflowId: `plan-${planId}`, args: [{ planId }] });
    await worker.stop();
    expect(failed).toEqual([]);
  });

  it('says that Temporal does not answer', async () => {
    await expect(startWorker({ temporal: { address: '127.0.0.1:1' }, services: services(no), bundlePath: testBundle() })).rejects.toThrow();
  });

  it('says that there is no bundle', async () => {
    const options = { temporal: { address: environment.address }, services: services(no), bundlePath: '/nowhere/workflow-bundle.js' };
    await expect(startWorker(options)).rejects.toThrow();
  });
});
