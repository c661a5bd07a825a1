import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  type AppealActivities,
  appealWorkflowId,
  type CoachingActivities,
  coachingWorkflowId,
  type PayoutActivities,
  type PayoutBatchActivities,
  payoutWorkflowId,
  RECORDED_SIGNAL,
  type RecordedAppeal,
  type RecordedPayout,
  type RecordedPlan,
  WORKFLOW_TASK_TIMEOUT_MS,
  WORKFLOW_TYPES,
} from '#workflows/contracts';
import { lastEvents, quietRuntime, timeSkippingServer, withWorker } from './temporal-world';

// Acts come between the instants that timers fire at: this server may refuse to cancel a timer that fires just then.
const DAY_MS = 24 * 60 * 60 * 1_000;
const DONE = { kind: 'done' } as const;

describe('workflows of one person', () => {
  let environment: TestWorkflowEnvironment;
  let startMs: number;
  let id: string;
  let position: number;
  let story: string[];

  beforeAll(async () => {
    quietRuntime();
    environment = await timeSkippingServer();
  });
  afterAll(() => environment.teardown());
  beforeEach(async () => {
    startMs = await environment.currentTimeMs();
    id = randomUUID();
    position = 0;
    story = [];
  });

  function instant(day: number): string {
    return new Date(startMs + day * DAY_MS).toISOString();
  }
  async function tell(what: string): Promise<void> {
    story.push(`${Math.round((((await environment.currentTimeMs()) - startMs) / DAY_MS) * 10) / 10} ${what}`);
  }
  /** Recorded elsewhere, then signalled, as the bridge does. */
  async function recorded(handle: WorkflowHandle, what: string, change: () => void): Promise<void> {
    change();
    position += 1;
    await tell(what);
    await handle.signal(RECORDED_SIGNAL, { epoch: 1, position, type: what, data: {} });
  }
  async function live(
    type: string,
    workflowId: string,
    args: object,
    activities: object,
    acts: (handle: WorkflowHandle) => Promise<void>,
  ): Promise<void> {
    const run = async (): Promise<void> => {
      const handle = await environment.client.workflow.start(type, {
        taskQueue: id,
        workflowId,
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
        args: [args],
      });
      await acts(handle);
      await handle.result();
    };
    try {
      await withWorker(environment.nativeConnection, id, activities, run);
    } catch (error) {
      throw new Error(`after ${story.join('; ')}; ${await lastEvents(environment, workflowId)}`, { cause: error });
    }
  }

  describe('coachingPlan', () => {
    /** Seven gates; each is due at the end of its stage's last day. */
    const LAST_DAYS = [12, 28, 40, 56, 70, 86, 100];

    it('goes 100 days with one missed gate, a pause and an extension, in seconds', async () => {
      const shift = { days: 0 };
      const settled = new Set<number>();
      let terminal = false;
      let paused = false;
      const plan = (): RecordedPlan => {
        const stage = LAST_DAYS.findIndex((_, index) => !settled.has(index + 1)) + 1;
        const day = LAST_DAYS[stage - 1];
        return {
          cycleId: null,
          region: 'CN',
          terminal,
          paused,
          round: settled.size + shift.days,
          next: day === undefined ? null : { stage, dueAt: instant(day + shift.days) },
        };
      };
      const activities: CoachingActivities = {
        loadPlan: async () => plan(),
        recordGateOverdue: async ({ stage, requestKey }) => {
          settled.add(stage);
          await tell(`overdue gate ${stage} ${requestKey.replace(id, '')}`);
          return DONE;
        },
      };
      await live(WORKFLOW_TYPES.coachingPlan, coachingWorkflowId(id), { planId: id }, activities, async (handle) => {
        await environment.sleep(11.3 * DAY_MS);
        await recorded(handle, 'GatePassed 1', () => settled.add(1));
        // Gate 2 (day 28) is missed; then five days of leave.
        await environment.sleep(20.3 * DAY_MS);
        await recorded(handle, 'PlanPaused', () => (paused = true));
        await environment.sleep(5.3 * DAY_MS);
        await recorded(handle, 'PlanResumed', () => {
          paused = false;
          shift.days = 5;
        });
        for (const stage of [3, 4, 5]) {
          await environment.sleep(7.2 * DAY_MS);
          await recorded(handle, `GatePassed ${stage}`, () => settled.add(stage));
        }
        await environment.sleep(20.2 * DAY_MS);
        await recorded(handle, 'PlanExtended', () => (shift.days = 20));
        for (const stage of [6, 7]) await recorded(handle, `GatePassed ${stage}`, () => settled.add(stage));
        await environment.sleep(33.2 * DAY_MS);
        await recorded(handle, 'PlanGraduated', () => (terminal = true));
      });
      expect(story).toEqual([
        '11.3 GatePassed 1',
        '28 overdue gate 2 plan-/gate-2/overdue/plan/1',
        '31.6 PlanPaused',
        '36.9 PlanResumed',
        '44.1 GatePassed 3',
        '51.3 GatePassed 4',
        '58.5 GatePassed 5',
        '78.7 PlanExtended',
        '78.7 GatePassed 6',
        '78.7 GatePassed 7',
        '111.9 PlanGraduated',
      ]);
    });
  });

  describe('appeal', () => {
    interface AppealWorld {
      state: RecordedAppeal;
      refuse: string | undefined;
      readonly activities: AppealActivities;
    }
    function appealWorld(): AppealWorld {
      const world: AppealWorld = {
        state: {
          cycleId: randomUUID(),
          region: 'CN',
          stage: 'triage',
          terminal: false,
          round: 1,
          dueAt: instant(2),
          decideBy: null,
          decisionOverdueRecorded: false,
          duty: null,
        },
        refuse: undefined,
        activities: {
          loadAppeal: async () => world.state,
          doAppealDuty: async ({ duty, requestKey }) => {
            world.state = { ...world.state, stage: 'hearing', duty: null, round: world.state.round + 1, dueAt: instant(9) };
            await tell(`${duty} ${requestKey.replace(id, '')}`);
            return DONE;
          },
          passAppealDeadline: async ({ stage, requestKey }) => {
            await tell(`deadline of ${stage} ${requestKey.replace(id, '')}`);
            if (world.refuse !== undefined) return { kind: 'refused', code: world.refuse };
            if (stage === 'hearing')
              world.state = { ...world.state, round: world.state.round + 1, dueAt: world.state.round < 5 ? instant(11) : null };
            else world.state = { ...world.state, dueAt: null };
            return DONE;
          },
          recordDecisionOverdue: async () => {
            world.state = { ...world.state, decisionOverdueRecorded: true };
            await tell('decision overdue');
            return DONE;
          },
        },
      };
      return world;
    }

    it('records an overdue triage, stops its clock, seats the panel, replaces once and escalates a late decision', async () => {
      const world = appealWorld();
      await live(WORKFLOW_TYPES.appeal, appealWorkflowId(id), { appealId: id }, world.activities, async (handle) => {
        await environment.sleep(2.3 * DAY_MS);
        await recorded(handle, 'AppealMoreAsked', () => (world.state = { ...world.state, stage: 'more-asked', round: 2, dueAt: null }));
        await environment.sleep(2.2 * DAY_MS);
        await recorded(
          handle,
          'AppealAccepted',
          () => (world.state = { ...world.state, stage: 'to-panel', round: 3, duty: 'seat-panel', decideBy: instant(14) }),
        );
        await environment.sleep(12.2 * DAY_MS);
        await recorded(handle, 'AppealDecided', () => (world.state = { ...world.state, stage: 'closed', terminal: true }));
      });
      expect(story).toEqual([
        '2 deadline of triage appeal-/triage/deadline/appeal/1',
        '2.3 AppealMoreAsked',
        '4.5 AppealAccepted',
        '4.5 seat-panel appeal-/to-panel/seat-panel/appeal/3',
        '9 deadline of hearing appeal-/hearing/deadline/appeal/4',
        '11 deadline of hearing appeal-/hearing/deadline/appeal/5',
        '14 decision overdue',
        '16.7 AppealDecided',
      ]);
    });

    it('takes a refusal as a result: the person was a moment faster', async () => {
      const world = appealWorld();
      world.refuse = 'appeal.not-in-stage';
      await live(WORKFLOW_TYPES.appeal, appealWorkflowId(id), { appealId: id }, world.activities, async (handle) => {
        await environment.sleep(2.01 * DAY_MS);
        await recorded(handle, 'AppealWithdrawn', () => (world.state = { ...world.state, stage: 'withdrawn', terminal: true }));
      });
      expect(new Set(story)).toEqual(new Set(['2 deadline of triage appeal-/triage/deadline/appeal/1', '2 AppealWithdrawn']));
      expect(story.length).toBeLessThan(20);
    });
  });

  describe('payoutBatch', () => {
    it('computes the batch once, reminds each stage once and ends with the acknowledgement', async () => {
      let state: RecordedPayout = {
        cycleId: randomUUID(),
        region: 'CN',
        stage: 'computing',
        terminal: false,
        round: 1,
        duty: 'compute',
        remindAt: null,
      };
      const activities: PayoutActivities & PayoutBatchActivities = {
        loadPayout: async () => state,
        computePayout: async () => {
          state = { ...state, stage: 'computed', duty: null, remindAt: instant(2) };
          await tell('computed');
          return DONE;
        },
        remindPayout: async ({ stage }) => {
          await tell(`remind in ${stage}`);
          return DONE;
        },
      };
      await live(WORKFLOW_TYPES.payoutBatch, payoutWorkflowId(id), { batchId: id }, activities, async (handle) => {
        await environment.sleep(3.3 * DAY_MS);
        await recorded(handle, 'PayoutChecked', () => (state = { ...state, stage: 'checked', remindAt: instant(5) }));
        await environment.sleep(1.2 * DAY_MS);
        await recorded(handle, 'PayoutApproved', () => (state = { ...state, stage: 'approved', remindAt: instant(6) }));
        await recorded(handle, 'PayoutReleased', () => (state = { ...state, stage: 'released', remindAt: instant(6) }));
        await environment.sleep(4.1 * DAY_MS);
        await recorded(handle, 'PayoutAcknowledged', () => (state = { ...state, stage: 'acknowledged', terminal: true }));
      });
      expect(story).toEqual([
        '0 computed',
        '2 remind in computed',
        '3.3 PayoutChecked',
        '4.5 PayoutApproved',
        '4.5 PayoutReleased',
        '6 remind in released',
        '8.6 PayoutAcknowledged',
      ]);
    });
  });
});
