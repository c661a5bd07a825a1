import { instant, plainDay } from '#kernel';
import { eventually, openTestText, testText } from '#libs/testing';
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
    const note = testText(rep(3), 'two customers were away');
    const log = { act: 'log-day', visits: 3, calls: 9, prospects: 2, quotes: 1, followUps: 4, note } as const;
    await world.coachingDesk.act(planId, log, world.as(rep(3)));
    // Whoever sees the plan after a log can act on it as it is shown.
    await world.settled();
    const shown = await world.plans.plan(planId, instant('2026-11-10T02:00:00.000Z'));
    await world.coachingDesk.act(planId, log, { ...world.as(rep(3)), expectedVersion: shown?.version ?? -1 });
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
    const logs = await world.plans.dailyLogs(planId, 10);
    expect(logs).toMatchObject([{ date: '2026-11-10', day: 4, calls: 9 }]);
    expect(logs.map((log) => log.note && openTestText(log.note))).toEqual(['two customers were away']);
    expect(plan?.activityPerDay).toEqual({ visits: 2, calls: 8, prospects: 1, quotes: 1, followUps: 2 });
    expect(plan?.happenings.map(({ what, reason, days, stage }) => [what, reason, days, stage])).toEqual([
      ['GateOverdue', null, null, 1],
      ['PlanResumed', null, 5, null],
      ['PlanPaused', 'leave', null, null],
      ['CoachingPlanStarted', null, null, null],
    ]);
    const page = await world.plans.list({ coach: MANAGER, live: true, limit: 10, now: instant('2026-11-19T02:00:00.000Z') });
    expect(page.items.map((row) => row.planId)).toEqual([planId]);
  });

  it('show the evidence with who logged it, its note and its parts, and each week’s talk with its actions', async () => {
    await world.settled();
    const { planId } = await world.coachingDesk.start({ subject: rep(4), coach: MANAGER, cause: { kind: 'new-hire' } }, world.as(HR));
    const decomposition = {
      target: '100',
      parts: [
        { label: 'known customers', value: '62.5' },
        { label: 'new ones', value: '37.5' },
      ],
    };
    await world.coachingDesk.act(
      planId,
      { act: 'log-evidence', stage: 3, requirement: 'decomposition', decomposition, note: testText(rep(4), 'agreed with the team') },
      world.as(rep(4)),
    );
    await world.coachingDesk.act(
      planId,
      { act: 'judge-gate', stage: 1, passed: false, note: testText(rep(4), 'not yet') },
      world.as(MANAGER),
    );
    const actions = [
      { what: testText(rep(4), 'call three customers'), due: plainDay('2026-11-20') },
      { what: testText(rep(4), 'read the file') },
    ];
    await world.coachingDesk.act(
      planId,
      { act: 'review-week', week: 1, talk: testText(rep(4), 'a good start'), actions },
      world.as(MANAGER),
    );
    await world.settled();
    const plan = await world.plans.plan(planId, instant('2026-11-03T02:00:00.000Z'));
    expect(plan?.evidence).toMatchObject([{ stage: 3, by: rep(4), byCoach: false, decomposition, loggedAt: expect.any(String) }]);
    expect(plan?.notes.map(({ stage, evidenceId, text }) => [stage, evidenceId, openTestText(text)])).toEqual([
      [3, plan?.evidence[0]?.evidenceId, 'agreed with the team'],
      [1, null, 'not yet'],
    ]);
    expect(plan?.reviews.map(({ week, talk, actions: agreed }) => [week, openTestText(talk), agreed.map(({ due }) => due)])).toEqual([
      [1, 'a good start', ['2026-11-20', null]],
    ]);
    expect(plan?.happenings[0]).toMatchObject({
      what: 'GateFailed',
      stage: 1,
      attempt: 1,
      missing: ['product-exam', 'readiness-checklist'],
    });
    const page = await world.plans.list({ subjects: [rep(4)], limit: 10, now: instant('2026-11-03T02:00:00.000Z') });
    expect(page.items.map((row) => row.planId)).toEqual([planId]);
  });
});
