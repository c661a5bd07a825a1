import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { PROGRESS_QUERY, type WorkflowProgress } from '#workflows/contracts';
import { eventually } from '#libs/testing';
import { CycleWorld, type CycleWorldOptions, DAY_MS } from './cycle-world';
import { LIMIT_MS, quietRuntime, timeSkippingServer } from './temporal-world';

const SHORT = { phases: ['self-review', 'publication'], remindDay: 99 } as const;

describe('appraisalCycle', () => {
  let environment: TestWorkflowEnvironment;

  beforeAll(quietRuntime);
  beforeAll(async () => {
    environment = await timeSkippingServer();
  });
  afterAll(() => environment.teardown());

  // Acts come between the instants that timers fire at: a server of this kind may refuse to cancel one that fires just then.
  async function world(options: CycleWorldOptions = {}): Promise<CycleWorld> {
    return new CycleWorld(environment, randomUUID(), await environment.currentTimeMs(), options);
  }

  /** Runs the cycle to its end; `acts` happen meanwhile, at the server's time. */
  async function live(
    cycle: CycleWorld,
    acts: (handle: WorkflowHandle) => Promise<void> = async () => {},
    historyEvents?: number,
  ): Promise<WorkflowHandle> {
    return cycle.atWork(async () => {
      const handle = await cycle.start(historyEvents);
      await acts(handle);
      await handle.result();
      return handle;
    });
  }

  async function recorded(cycle: CycleWorld, type: string): Promise<void> {
    await eventually(() => expect(cycle.events.map((event) => event.type)).toContain(type), { timeoutMs: LIMIT_MS });
  }

  it('takes a month from opening to closing by its deadlines alone', async () => {
    const month = await world();
    const handle = await live(month);
    expect(month.story).toEqual([
      '0 CycleSweepRecorded self-review open 0 18/20 left=2',
      '0 CyclePhaseOpened self-review',
      '2 CycleSweepRecorded self-review remind 1 18/20 left=2',
      '3 CycleSweepRecorded self-review close 0 18/20 left=2',
      '3 CyclePhaseClosed self-review deadline',
      '3 CyclePhaseOpened manager-review',
      '5 CycleSweepRecorded manager-review remind 1 18/20 left=2',
      '6 CycleSweepRecorded manager-review close 0 18/20 left=2',
      '6 CyclePhaseClosed manager-review deadline',
      '6 CyclePhaseOpened publication',
      '6 CycleSweepRecorded publication publish 0 18/20 left=2',
      '6 CyclePublished',
      '6 CyclePhaseClosed publication advanced',
      '6 CyclePhaseOpened confirmation',
      '6 CyclePhaseOpened appeals',
      '6 CyclePhaseOpened payout',
      '6 PayoutStarted',
      '11 CycleSweepRecorded confirmation close 0 18/20 left=2',
      '11 CyclePhaseClosed confirmation deadline',
      '11 CyclePhaseClosed appeals deadline',
      '16 CyclePhaseClosed payout deadline',
      '16 CycleSweepRecorded payout finalise 0 18/20 left=2',
      '16 CycleClosed',
    ]);
    expect(month.refusals).toEqual([]);
    const { searchAttributes } = await handle.describe();
    expect(searchAttributes).toMatchObject({ CentumKind: ['cycle'], CentumCycle: [month.cycleId], CentumRegion: ['CN'] });
  });

  it('advances early when all are done, and still publishes on the planned day', async () => {
    const month = await world({ remindDay: 99, phases: ['self-review', 'manager-review', 'publication'] });
    await live(month, async () => {
      await recorded(month, 'CyclePhaseOpened');
      await environment.sleep(1.1 * DAY_MS);
      await month.record('CyclePhaseCompleted', month.withPhase('self-review', { completed: true }), 'self-review');
      await eventually(() => expect(month.phase('manager-review').opened).toBe(true), { timeoutMs: LIMIT_MS });
      await month.record('CyclePhaseCompleted', month.withPhase('manager-review', { completed: true }), 'manager-review');
      await eventually(() => expect(month.phase('manager-review').closed).toBe('all-done'), { timeoutMs: LIMIT_MS });
    });
    expect(month.story.filter((line) => !line.includes('Sweep'))).toEqual([
      '0 CyclePhaseOpened self-review',
      '1.1 CyclePhaseCompleted self-review',
      '1.1 CyclePhaseClosed self-review all-done',
      '1.1 CyclePhaseOpened manager-review',
      '1.1 CyclePhaseCompleted manager-review',
      '1.1 CyclePhaseClosed manager-review all-done',
      '6 CyclePhaseOpened publication',
      '6 CyclePublished',
      '6 CyclePhaseClosed publication advanced',
      '6 CycleClosed',
    ]);
  });

  it('waits for the new deadline after an extension', async () => {
    const month = await world(SHORT);
    await live(month, async () => {
      await recorded(month, 'CyclePhaseOpened');
      await environment.sleep(2.1 * DAY_MS);
      await month.record('CyclePhaseExtended', month.withPhase('self-review', { closesAt: month.instant(8) }), 'to 8');
    });
    expect(month.story).toContain('8 CyclePhaseClosed self-review deadline');
    expect(month.refusals).toEqual([]);
  });

  it('takes a refusal as a result when an extension beat the timer and its signal is late', async () => {
    const month = await world(SHORT);
    // The sweep that closes has begun when the extension is recorded, so what the workflow knows is old.
    const { activities } = month;
    const close = activities.closeCyclePhase;
    let raced = false;
    const racing = {
      ...activities,
      closeCyclePhase: async (input: Parameters<typeof close>[0]) => {
        if (!raced) await month.record('CyclePhaseExtended', month.withPhase('self-review', { closesAt: month.instant(5) }), 'to 5', true);
        raced = true;
        return close(input);
      },
    };
    await month.atWork(async () => (await month.start()).result(), racing);
    expect(month.refusals).toEqual(['cycle.deadline-not-reached']);
    expect(month.story).toContain('5 CyclePhaseClosed self-review deadline');
  });

  it('does nothing while paused and goes on by the moved plan', async () => {
    const month = await world(SHORT);
    await live(month, async () => {
      await recorded(month, 'CyclePhaseOpened');
      await environment.sleep(1.1 * DAY_MS);
      await month.record('CyclePaused', { status: 'paused' });
      await environment.sleep(10.1 * DAY_MS);
      await month.record('CycleResumed', { status: 'running', ...month.withPhase('self-review', { closesAt: month.instant(13) }) });
    });
    expect(month.story.slice(2, 6)).toEqual([
      '1.1 CyclePaused',
      '11.2 CycleResumed',
      '13 CycleSweepRecorded self-review close 0 18/20 left=2',
      '13 CyclePhaseClosed self-review deadline',
    ]);
  });

  it('cancels every appraisal and ends', async () => {
    const month = await world();
    await live(month, async () => {
      await recorded(month, 'CyclePhaseOpened');
      await environment.sleep(1.1 * DAY_MS);
      await month.record('CycleCancelled', { status: 'cancelled' });
    });
    expect(month.story.slice(2)).toEqual(['1.1 CycleCancelled', '1.1 CycleSweepRecorded self-review cancel 0 18/20 left=2']);
  });

  it('closes only when nothing is held and no appeal is open', async () => {
    const month = await world(SHORT);
    const publish = month.activities.publishCycle;
    const withAppeal = {
      ...month.activities,
      publishCycle: async (input: Parameters<typeof publish>[0]) => {
        const outcome = await publish(input);
        month.cycle = { ...month.cycle, unsettled: { openAppeals: 1, heldLines: 2, unpaidBatches: 0 } };
        return outcome;
      },
    };
    await month.atWork(async () => {
      const handle = await month.start();
      await environment.sleep(20.1 * DAY_MS);
      await month.record('AppealClosed', { unsettled: { openAppeals: 0, heldLines: 0, unpaidBatches: 0 } });
      await handle.result();
    }, withAppeal);
    expect(month.story.slice(-3)).toEqual([
      '20.1 AppealClosed',
      '20.1 CycleSweepRecorded publication finalise 0 18/20 left=2',
      '20.1 CycleClosed',
    ]);
  });

  it('goes on as a new run again and again without losing or doubling a step', async () => {
    const plain = await world({ cohorts: 12 });
    await live(plain);
    const cut = await world({ cohorts: 12 });
    let runs = 0;
    await live(
      cut,
      async (handle) => {
        await recorded(cut, 'CyclePhaseOpened');
        await environment.sleep(1.1 * DAY_MS);
        const signal = await cut.record('CyclePhaseExtended', {}, 'again');
        // Delivered twice: the mark is carried into the next runs.
        await environment.sleep(4.1 * DAY_MS);
        await cut.deliver(signal);
        const progress = await handle.query<WorkflowProgress>(PROGRESS_QUERY);
        runs = progress.runs;
        expect(progress.mark).toEqual({ epoch: 1, position: signal.position });
      },
      25,
    );
    expect(runs).toBeGreaterThan(1);
    expect(cut.story.filter((line) => !line.includes('again'))).toEqual(plain.story);
    const keysOf = (cycle: CycleWorld): readonly string[] => cycle.keys.map((key) => key.replace(cycle.cycleId, ''));
    expect(keysOf(cut)).toEqual(keysOf(plain));
    expect(new Set(cut.keys).size).toBe(cut.keys.length);
  });

  it('takes up in the middle from what is recorded', async () => {
    const month = await world({ phases: ['self-review', 'manager-review', 'publication'] });
    month.cycle = {
      ...month.cycle,
      ...month.withPhase('self-review', { opened: true, closed: 'deadline' }),
      sweeps: [
        { phase: 'self-review', step: 'open', round: 0 },
        { phase: 'self-review', step: 'close', round: 0 },
      ],
    };
    await environment.sleep(5.5 * DAY_MS);
    await live(month);
    expect(month.story.filter((line) => !line.includes('publication'))).toEqual([
      '5.5 CyclePhaseOpened manager-review',
      '5.5 CycleSweepRecorded manager-review remind 1 18/20 left=2',
      '6 CycleSweepRecorded manager-review close 0 18/20 left=2',
      '6 CyclePhaseClosed manager-review deadline',
      '6 CyclePublished',
      '6 CycleClosed',
    ]);
  });
});
