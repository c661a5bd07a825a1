import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { type RunningTemporal, SEARCH_ATTRIBUTES, startTemporal } from '#infra/embedded';
import { eventually } from '#libs/testing';
import { RECORDED_SIGNAL, WORKFLOW_TASK_TIMEOUT_MS, WORKFLOW_TYPES } from '#workflows/contracts';
import { CycleWorld } from './cycle-world';
import { LIMIT_MS, quietRuntime, testBundle } from './temporal-world';

/** On the dev server: real time, and it keeps the heartbeat details of a try that failed. */
describe('what may be lost while workflows run', () => {
  let folder: string;
  let temporal: RunningTemporal;
  let environment: TestWorkflowEnvironment;
  const children: ChildProcess[] = [];

  beforeAll(quietRuntime);
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'centum-losses-'));
    await openServer();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await environment.teardown();
    await temporal.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function openServer(): Promise<void> {
    // The folder of a server that ends goes with it, its state file first of all.
    const own = mkdtempSync(path.join(folder, 'temporal-'));
    temporal = await startTemporal({
      binary: process.env['CENTUM_TEST_TEMPORAL_CLI'] ?? '',
      folder: own,
      searchAttributes: SEARCH_ATTRIBUTES,
      dieWithProcess: { removing: [own] },
    });
    environment = await TestWorkflowEnvironment.createFromExistingServer({ address: temporal.address });
  }

  it('a worker killed in mid-sweep: the next one goes on after the last page that was reported', async () => {
    const file = path.join(folder, 'pages');
    const taskQueue = randomUUID();
    const bundle = testBundle();
    const work = (...more: string[]): ChildProcess => {
      const args = [path.join(__dirname, 'sweep-worker.mjs'), temporal.address, taskQueue, bundle, file, ...more];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      children.push(child);
      return child;
    };
    const lines = (): readonly string[] => readFileSync(file, 'utf8').trim().split('\n');
    const first = work('5');
    const input = { cycleId: randomUUID(), phase: 'self-review', step: 'open', round: 0 };
    const handle = await environment.client.workflow.start(WORKFLOW_TYPES.cycleSweep, {
      taskQueue,
      workflowId: `sweep-${input.cycleId}`,
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
      args: [input],
    });
    await eventually(
      async () => {
        const { raw } = await handle.describe();
        const reported = (raw.pendingActivities ?? []).map(
          ({ heartbeatDetails }) => heartbeatDetails?.payloads?.[0]?.data?.toString() ?? '',
        );
        expect(reported).toEqual([expect.stringContaining('"afterSubject":"5"')]);
      },
      { timeoutMs: LIMIT_MS },
    );
    first.kill('SIGKILL');
    const killedAt = performance.now();
    work();
    await handle.result();

    expect(lines()).toContain('resumed 1 5');
    const pages = lines().filter((line) => line.startsWith('page'));
    expect(new Set(pages).size).toBe(pages.length);
    expect(pages).toHaveLength(36);
    expect(lines().at(-1)).toBe(`recorded 3600 3600 cycle-${input.cycleId}/self-review/sweep-open/cycle/0`);
    // The heartbeat names the death within seconds; the rest is the second worker's start.
    expect(performance.now() - killedAt).toBeLessThan(30_000);
  });

  it("Temporal's file deleted while a cycle runs: started again, the cycle takes up from what is recorded", async () => {
    const dayMs = 3_000;
    const id = randomUUID();
    const startMs = await environment.currentTimeMs();
    const options = { dayMs, phases: ['self-review', 'manager-review', 'publication'], remindDay: 99 } as const;
    const before = new CycleWorld(environment, id, startMs, options);
    // The old worker ends with its server; how it ends is of no matter here.
    await before.atWork(async () => {
      await before.start();
      await eventually(() => expect(before.story.join('\n')).toContain('CyclePhaseOpened manager-review'), { timeoutMs: LIMIT_MS });
    });
    await environment.teardown();
    await temporal.stop();
    await openServer();
    const after = new CycleWorld(environment, id, startMs, options);
    after.cycle = before.cycle;
    await after.atWork(async () => {
      const handle = await after.start();
      // A signal of before the loss comes again: it changes nothing.
      await handle.signal(RECORDED_SIGNAL, { epoch: 1, position: 1, type: 'CyclePhaseOpened', data: {} });
      await handle.result();
    });
    const told = [...before.events, ...after.events].map(({ type, detail }) => `${type} ${detail}`.trim());
    expect(told).toEqual([
      'CycleSweepRecorded self-review open 0 18/20 left=2',
      'CyclePhaseOpened self-review',
      'CycleSweepRecorded self-review close 0 18/20 left=2',
      'CyclePhaseClosed self-review deadline',
      'CyclePhaseOpened manager-review',
      'CycleSweepRecorded manager-review close 0 18/20 left=2',
      'CyclePhaseClosed manager-review deadline',
      'CyclePhaseOpened publication',
      'CycleSweepRecorded publication publish 0 18/20 left=2',
      'CyclePublished',
      'CyclePhaseClosed publication advanced',
      'CycleSweepRecorded publication finalise 0 18/20 left=2',
      'CycleClosed',
    ]);
  });
});
