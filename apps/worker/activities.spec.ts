import { MockActivityEnvironment } from '@temporalio/testing';
import { actorId, instant, period, Rejection, subjectId } from '#kernel';
import type { CycleEvent, SweepCohort } from '#libs/cycle/contracts';
import { createInMemoryLog, createRunner, EventRegistry, EventStoreError } from '#libs/event-store';
import { cycleEvents } from '#libs/cycle/contracts';
import { trivialSealer } from '#libs/testing';
import { cycleRecord } from './cycle-record';
import { createActivities } from './start-worker';
import type { WorkerServices } from './services';

const CYCLE = '0190a000-0000-7000-8000-0000000000c1';
const SUBJECT = subjectId('0190a000-0000-7000-8000-000000000001');
const T = (day: number) => instant(`2026-11-0${day}T00:00:00.000Z`);

function started(): CycleEvent {
  const window = { opensAt: T(1), closesAt: T(3), remindAt: [T(2)] };
  return {
    type: 'CycleStarted',
    data: {
      cycleId: CYCLE,
      name: 'October',
      period: period('2026-10'),
      scheme: { schemeId: 's', version: 1 },
      scope: {},
      setAside: [],
      membersAt: 3,
      members: 2,
      excluded: [],
      cohorts: 2,
      phases: [
        { phase: 'self-review', ...window },
        { phase: 'publication', ...window },
      ],
      calendar: { region: 'CN', version: 'v1', zone: 'Asia/Shanghai' },
      startedAt: T(1),
    },
  };
}

function activityEnvironment(heartbeatDetails?: unknown): MockActivityEnvironment {
  const quiet = (): void => undefined;
  return new MockActivityEnvironment(
    { heartbeatDetails },
    { logger: { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet } },
  );
}

const no = (): never => {
  throw new Error('not part of this test');
};

function services(over: Partial<WorkerServices> = {}): WorkerServices {
  const log = createInMemoryLog();
  const runner = createRunner({
    log,
    registry: new EventRegistry([...cycleEvents]),
    sealer: trivialSealer,
    fingerprintKey: new Uint8Array(32),
  });
  return {
    runner,
    log,
    clock: { now: () => T(4) },
    organisation: { calendarOverrides: no },
    cyclePhases: { open: no, publish: no, close: no },
    sweeps: { sweepCohort: no },
    appeals: { openCount: no },
    appealWork: { progress: no, doDuty: no, passDeadline: no, recordDecisionOverdue: no },
    payouts: { batchesOf: no, heldCount: no },
    payoutWork: { startRegular: no, progress: no, compute: no },
    coachingWork: { progress: no, recordGateOverdue: no },
    logger: { debug: no, info: no, warn: no, error: no },
    ...over,
  };
}

describe('what a cycle’s workflow goes by', () => {
  const fold = (...events: readonly CycleEvent[]) => events.reduce(cycleRecord.evolve, cycleRecord.initial)?.cycle;

  it('is the plan with the state of each phase, moved by extension and pause', () => {
    const cycle = fold(
      started(),
      { type: 'CyclePhaseOpened', data: { cycleId: CYCLE, phase: 'self-review', openedAt: T(1), closesAt: T(4) } },
      {
        type: 'CycleSweepRecorded',
        data: { cycleId: CYCLE, phase: 'self-review', step: 'open', round: 0, members: 1, handled: 1, excluded: [], recordedAt: T(1) },
      },
      { type: 'CyclePhaseCompleted', data: { cycleId: CYCLE, phase: 'self-review', members: 1, done: 1, completedAt: T(2) } },
      { type: 'CycleCancelled', data: { cycleId: CYCLE, reason: 'r', by: actorId('system:test'), cancelledAt: T(2) } },
    );
    expect(cycle).toMatchObject({
      status: 'cancelled',
      region: 'CN',
      phases: [
        { phase: 'self-review', opened: true, completed: true, closed: null, closesAt: T(4) },
        { phase: 'publication', opened: false },
      ],
      sweeps: [{ phase: 'self-review', step: 'open', round: 0 }],
    });
  });
});

describe('activities', () => {
  const request = { cycleId: CYCLE, phase: 'self-review', step: 'open', round: 0, cohort: 1, asOf: 9 } as const;

  it('a cohort resumes after the last page reported, with the counts of the pages before', async () => {
    const asked: SweepCohort[] = [];
    const { sweepCohort } = createActivities(
      services({
        sweeps: {
          sweepCohort: async (cohort, onProgress) => {
            asked.push(cohort);
            const count = { members: 20, handled: 18, excluded: [{ reason: 'left', count: 2 }] };
            onProgress({ ...count, afterSubject: SUBJECT });
            return count;
          },
        },
      }),
    );
    const first = activityEnvironment();
    const beats: unknown[] = [];
    first.on('heartbeat', (details: unknown) => beats.push(details));
    await first.run(sweepCohort, request);
    expect(beats).toEqual([{ cohort: 1, afterSubject: SUBJECT, members: 20, handled: 18, excluded: [{ reason: 'left', count: 2 }] }]);
    const second = activityEnvironment(beats[0]);
    await second.run(sweepCohort, request);
    expect(asked[0]).toEqual(request);
    expect(asked[1]).toMatchObject({ ...request, afterSubject: SUBJECT, before: { members: 20, handled: 18 } });
  });

  it.each([
    ['of another cohort', { cohort: 0, afterSubject: SUBJECT, members: 1, handled: 1, excluded: [] }],
    ['of another shape', { page: 3 }],
    ['nothing', undefined],
  ])('heartbeat details %s start the cohort anew', async (_what, heartbeatDetails) => {
    let asked: SweepCohort | undefined;
    const sweeps = { sweepCohort: async (cohort: SweepCohort) => ((asked = cohort), { members: 0, handled: 0, excluded: [] }) };
    await activityEnvironment(heartbeatDetails).run(createActivities(services({ sweeps })).sweepCohort, request);
    expect(asked).toEqual(request);
  });

  it('a cohort that does not account for everyone is a failure to be tried again', async () => {
    const sweeps = { sweepCohort: async () => ({ members: 3, handled: 1, excluded: [{ reason: 'left', count: 1 }] }) };
    await expect(activityEnvironment().run(createActivities(services({ sweeps })).sweepCohort, request)).rejects.toThrow(
      'has 3 members and accounts for 2',
    );
  });

  it('a refusal is a result, a store that is away is a failure', async () => {
    const refusing = services({ cyclePhases: { open: () => Promise.reject(new Rejection('cycle.not-running')), publish: no, close: no } });
    const command = { cycleId: CYCLE, phase: 'self-review', requestKey: 'k' } as const;
    expect(await createActivities(refusing).openCyclePhase(command)).toEqual({ kind: 'refused', code: 'cycle.not-running' });
    const away = services({
      cyclePhases: { open: () => Promise.reject(new EventStoreError('store-unavailable')), publish: no, close: no },
    });
    await expect(createActivities(away).openCyclePhase(command)).rejects.toThrow('store-unavailable');
  });
});
