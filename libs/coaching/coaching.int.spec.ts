import { instant } from '#kernel';
import { eventually } from '#libs/testing';
import { CYCLE, HR, MANAGER, openPayWorld, type PayWorld, RATINGS, rep } from '../payout/appeal-to-pay.test-kit';

const LOWEST = { knowledge: '0', analysis: '0', communication: '0', adaptability: '0', diligence: '0' };

describe('coaching plans', () => {
  let world: PayWorld;
  beforeEach(async () => {
    world = await openPayWorld();
  });
  afterEach(async () => {
    expect(world.parked).toEqual([]);
    await world.end();
  });

  it('start from a result that asks for one, with the manager as coach, once', async () => {
    world.low(1);
    const appraisalId = await world.publish(1, LOWEST);
    await world.publish(2, RATINGS);
    const planId = await eventually(async () => {
      await world.settled();
      const [id] = await world.plans.livePlansOf(rep(1));
      if (id === undefined) throw new Error('no plan yet');
      return id;
    });
    const plan = await world.plans.plan(planId, instant('2026-11-02T03:00:00.000Z'));
    expect(plan).toMatchObject({
      subject: rep(1),
      coach: MANAGER,
      day: 1,
      startDay: '2026-11-02',
      cause: { kind: 'grade', cycleId: CYCLE, appraisalId },
      status: { status: 'on-track' },
    });
    expect(plan?.gates.map(({ dueDay }) => dueDay)[0]).toBe('2026-11-13');
    expect(await world.plans.livePlansOf(rep(2))).toEqual([]);
  });

  it('are started by HR, followed by deadline, paused and resumed', async () => {
    await world.settled();
    const { planId } = await world.coachingDesk.start(
      { subject: rep(3), coach: MANAGER, cause: { kind: 'hr', reason: 'asked for' } },
      world.as(HR),
    );
    const first = await world.coachingWork.progress(planId);
    expect(first).toMatchObject({ terminal: false, paused: false, next: { stage: 1, dueAt: '2026-11-13T16:00:00.000Z' } });
    expect(await world.coachingWork.recordGateOverdue({ planId, stage: 1, requestKey: 'early' })).toEqual({
      done: false,
      refused: 'coaching.not-due-yet',
    });
    world.setNow('2026-11-05T02:00:00.000Z');
    await world.coachingDesk.act(planId, { act: 'pause', cause: 'leave', reason: 'leave' }, world.as(HR));
    world.setNow('2026-11-10T02:00:00.000Z');
    await world.coachingDesk.act(planId, { act: 'resume' }, world.as(HR));
    expect((await world.coachingWork.progress(planId)).next).toEqual({ stage: 1, dueAt: '2026-11-18T16:00:00.000Z' });
    await world.coachingDesk.act(planId, { act: 'log-day', visits: 3, calls: 9, prospects: 2, quotes: 1, followUps: 4 }, world.as(rep(3)));
    world.setNow('2026-11-19T02:00:00.000Z');
    expect(await world.coachingWork.recordGateOverdue({ planId, stage: 1, requestKey: 'due' })).toEqual({ done: true, refused: null });
    expect((await world.coachingWork.progress(planId)).next?.stage).toBe(2);
    await world.settled();
    const plan = await world.plans.plan(planId, instant('2026-11-19T02:00:00.000Z'));
    expect(plan).toMatchObject({
      day: 13,
      pausedDays: 5,
      status: { status: 'behind', reason: 'gate-overdue', stage: 1, missing: ['product-exam', 'readiness-checklist'] },
    });
    expect(await world.plans.dailyLogs(planId, 10)).toMatchObject([{ date: '2026-11-10', day: 4, calls: 9 }]);
    const page = await world.plans.list({ coach: MANAGER, live: true, limit: 10, now: instant('2026-11-19T02:00:00.000Z') });
    expect(page.items.map((row) => row.planId)).toEqual([planId]);
  });
});
