import { type Decider, instant, period, plainDay, type SubjectId } from '#kernel';
import type { AppealEvent } from '#libs/appeal/contracts';
import { cycleDecider } from '#libs/cycle';
import type { Phase, StartCycleInput, SweepCohort, SweepResult } from '#libs/cycle/contracts';
import { boardPosition, boardUnits, firstPlaces, leaderboard, ownPlace, placesOf, rankedCounts } from '#libs/leaderboard';
import { eventually } from '#libs/testing';
import { appraisalIdOf } from './contracts';
import { type CycleWorld, GENERAL_MANAGER, HR, MANAGER, openCycleWorld, RATINGS, rep } from './cycle.test-kit';
import { appraisalDetail, explainAppraisal, lateOf, todosOf } from './index';

const WAIT = { timeoutMs: 20_000 };
const INPUT: StartCycleInput = {
  name: 'October',
  period: period('2026-10'),
  schemeId: 'weighted-70-20-10',
  scope: {},
  setAside: [],
  calendarRegion: 'CN',
  zone: 'Asia/Shanghai',
};
const SEES_ALL = { subject: null, seesAllNames: true, mayName: new Set<SubjectId>(), publicNames: 0 };

/** What the workflow does: sweep every cohort, record the counts. */
async function sweep(world: CycleWorld, cycleId: string, phase: Phase, step: SweepCohort['step']): Promise<SweepResult> {
  const asOf = await world.settled();
  const result = await world.sweeps.sweepCohort({ cycleId, phase, step, round: 0, cohort: 0, asOf }, () => undefined);
  const data = { phase, step, round: 0, ...result };
  await world.runner.run(cycleDecider, cycleId, { type: 'RecordCycleSweep', data }, world.as(HR));
  await world.settled();
  return result;
}

async function close(world: CycleWorld, cycleId: string, phase: Phase, cause: 'deadline' | 'advanced' | 'all-done'): Promise<void> {
  await world.runner.run(cycleDecider, cycleId, { type: 'CloseCyclePhase', data: { phase, cause } }, world.as(HR));
}

/** The appeal's decision as its feature records it; nothing else of it matters here. */
const decidingAppeals: Decider<{ readonly type: 'Decide'; readonly data: AppealEvent }, null, AppealEvent> = {
  category: 'appeal',
  initial: null,
  decide: ({ data }) => [data],
  evolve: () => null,
  isTerminal: () => false,
};

function decided(cycleId: string, subject: SubjectId): AppealEvent {
  const closeBy = {
    at: instant('2026-12-01T00:00:00.000Z'),
    day: plainDay('2026-12-01'),
    derivation: {
      start: instant('2026-11-20T00:00:00.000Z'),
      startDay: plainDay('2026-11-20'),
      workingDays: 5,
      zone: 'Asia/Shanghai',
      calendarVersion: 'x',
      skipped: [],
      flaggedYears: [],
    },
  };
  return {
    type: 'AppealDecided',
    data: {
      appealId: APPEAL,
      cycleId,
      appraisalId: appraisalIdOf(cycleId, subject),
      subject,
      verdict: 'upheld',
      how: 'panel',
      votes: [],
      settledBy: 'majority',
      amendments: [
        { line: 'knowledge', kind: 'rating', key: 'knowledge', value: '100' },
        { line: 'completion', kind: 'fact', key: 'sales.amount', value: '100000.00' },
      ],
      closeBy,
      decidedAt: instant('2026-11-20T00:00:00.000Z'),
    },
  };
}
const APPEAL = '0190a000-0000-7000-8000-0000000000ff';

const APPEAL_3 = '0190a000-0000-7000-8000-0000000000fe';

describe('a monthly cycle', () => {
  let world: CycleWorld;
  beforeAll(async () => {
    world = await openCycleWorld(3);
  });
  afterAll(() => world.end());
  let cycleId = '';
  const id = (number: number): string => appraisalIdOf(cycleId, rep(number));

  it('says before the start who is in and who is not, and why windows are as they are', async () => {
    const preview = await world.start.preview({ ...INPUT, setAside: [{ subject: rep(3), reason: 'on leave' }] });
    expect(preview).toMatchObject({
      members: 2,
      excluded: [
        { reason: 'no-manager', count: 1 },
        { reason: 'set-aside-by-hr', count: 1 },
      ],
      errors: [],
    });
    expect(preview.phases.find(({ phase }) => phase === 'manager-review')).toMatchObject({
      derivation: { first: '2026-11-01', last: '2026-11-10', shiftedFirst: '2026-11-02', shiftedLast: '2026-11-11', reasons: ['holiday'] },
    });
    expect((await world.start.people(INPUT, { which: 'out', limit: 10 })).items).toMatchObject([{ subject: rep(0), reason: 'no-manager' }]);
    const firstPage = await world.start.people(INPUT, { which: 'in', limit: 2 });
    expect(firstPage).toMatchObject({ items: [{ subject: rep(1) }, { subject: rep(2) }], next: rep(2) });
    expect((await world.start.people(INPUT, { which: 'in', limit: 2, afterSubject: rep(2) })).items).toMatchObject([{ subject: rep(3) }]);
    await expect(world.start.start({ ...INPUT, schemeId: 'unheard-of' }, world.as(HR))).rejects.toMatchObject({
      code: 'cycle.can-not-start',
    });
  });

  it('starts once for a request, and opens everyone', async () => {
    const context = world.as(HR);
    const started = await world.start.start(INPUT, context);
    cycleId = started.cycleId;
    expect(await world.start.start(INPUT, context)).toEqual({ ...started, repeated: true });
    expect(await sweep(world, cycleId, 'self-review', 'open')).toEqual({
      members: 4,
      handled: 3,
      excluded: [{ reason: 'no-manager', count: 1 }],
    });
    expect((await world.appraisals.ofCycle({ cycleId, limit: 10 })).items).toHaveLength(3);
    const { items } = await todosOf(
      { read: world.read, cycles: world.cycles },
      { person: rep(1), roles: ['rep'], now: instant('2026-11-02T00:00:00.000Z'), limit: 10 },
    );
    expect(items).toMatchObject([{ kind: 'self-review', dueAt: '2026-11-05T16:00:00.000Z', begun: false, overdue: false }]);
  });

  it('is at most one appraisal of a scheme and period a person', async () => {
    const { members, excluded } = await world.start.preview(INPUT);
    expect({ members, excluded }).toEqual({
      members: 0,
      excluded: [
        { reason: 'no-manager', count: 1 },
        { reason: 'in-other-cycle', count: 3 },
      ],
    });
  });

  it('takes self-reviews until the close, and goes on without who is silent', async () => {
    await expect(world.acts.submitSelfReview(id(1), { ratings: RATINGS }, world.as(rep(1)))).rejects.toMatchObject({
      code: 'appraisal.step-not-begun',
    });
    await world.phases.open(cycleId, 'self-review', world.as(HR));
    await world.settled();
    await expect(world.acts.submitSelfReview(id(1), { ratings: { knowledge: '101' } }, world.as(rep(1)))).rejects.toMatchObject({
      code: 'appraisal.invalid-ratings',
    });
    await world.acts.submitSelfReview(id(1), { ratings: RATINGS, comment: 'a good month' }, world.as(rep(1)));
    world.setNow('2026-11-05T17:00:00.000Z');
    await world.acts.submitSelfReview(id(2), { ratings: RATINGS }, world.as(rep(2)));
    await world.settled();
    expect(await world.cycles.progress(cycleId)).toMatchObject([
      { phase: 'self-review', members: 3, done: 2, late: 1, skipped: 0 },
      {},
      {},
      {},
      {},
      {},
      {},
    ]);
    const late = await lateOf(
      { read: world.read, cycles: world.cycles },
      { cycleId, phase: 'self-review', now: instant('2026-11-05T17:00:00.000Z'), limit: 10 },
    );
    expect(late.items).toMatchObject([{ subject: rep(3), overdue: true }]);
    expect(await sweep(world, cycleId, 'self-review', 'close')).toEqual({ members: 3, handled: 3, excluded: [] });
    await close(world, cycleId, 'self-review', 'deadline');
  });

  it('knows by itself when all managers have scored', async () => {
    await world.phases.open(cycleId, 'manager-review', world.as(HR));
    await world.settled();
    for (const number of [1, 2, 3]) await world.acts.submitManagerScore(id(number), { ratings: RATINGS }, world.as(MANAGER));
    await eventually(async () => {
      const { state } = await world.runner.load(cycleDecider, cycleId);
      expect(state.status === 'none' ? undefined : state.phases.find(({ phase }) => phase === 'manager-review')?.state).toBe('complete');
    }, WAIT);
    await sweep(world, cycleId, 'manager-review', 'close');
    await close(world, cycleId, 'manager-review', 'all-done');
  });

  it('sends back, keeps both versions, and scores at the close of the last review', async () => {
    await world.phases.open(cycleId, 'second-review', world.as(HR));
    await world.settled();
    await world.acts.sendBack(id(1), { toStep: 'manager-review', reason: 'ability is not explained' }, world.as(GENERAL_MANAGER));
    await world.acts.submitManagerScore(id(1), { ratings: { ...RATINGS, diligence: '90' }, comment: 'explained' }, world.as(MANAGER));
    for (const number of [1, 2, 3]) await world.acts.approveSecondReview(id(number), {}, world.as(GENERAL_MANAGER));
    expect((await appraisalDetail(world.runner, id(1)))?.appraisal.steps[1]?.submissions).toHaveLength(2);
    await world.settled();
    const counts = (await world.cycles.progress(cycleId)).map(({ phase, members, done, skipped }) => [phase, members, done, skipped]);
    expect(counts.slice(0, 3)).toEqual([
      ['self-review', 3, 2, 1],
      ['manager-review', 3, 3, 0],
      ['second-review', 3, 3, 0],
    ]);
    world.company.set(rep(2), { 'sales.amount': '40000.00' });
    world.company.set(rep(3), { 'sales.amount': 'missing' });
    expect(await sweep(world, cycleId, 'second-review', 'close')).toEqual({ members: 3, handled: 3, excluded: [] });
    await close(world, cycleId, 'second-review', 'advanced');
    const { items } = await world.appraisals.ofCycle({ cycleId, limit: 10 });
    expect(items.map(({ score, grade, errors }) => [score, grade, errors])).toEqual([
      ['88.80', 'B', []],
      ['66.80', 'C', []],
      [null, null, [{ code: 'missing-fact', key: 'sales.amount' }]],
    ]);
  });

  it('publishes who has a score; the score is frozen and explains itself down to its facts', async () => {
    world.setNow('2026-11-18T16:00:00.000Z');
    await world.phases.open(cycleId, 'publication', world.as(HR));
    expect(await sweep(world, cycleId, 'publication', 'publish')).toEqual({
      members: 3,
      handled: 2,
      excluded: [{ reason: 'score-has-errors', count: 1 }],
    });
    await world.phases.publish(cycleId, world.as(HR));
    const events = await world.settled();
    expect(await world.cycles.cycle(cycleId)).toMatchObject({ published: true });
    expect(await world.appraisals.appraisal(id(1))).toMatchObject({
      status: 'published',
      confirmUntil: '2026-11-20T16:00:00.000Z',
      appealUntil: '2026-11-26T16:00:00.000Z',
    });
    world.company.set(rep(2), { 'sales.amount': '99999.00' });
    await expect(world.acts.scoreAgain(id(2), world.as(HR))).rejects.toMatchObject({ code: 'appraisal.published-score-is-frozen' });
    const explained = await explainAppraisal({ read: world.read, scoring: world.scoring }, { appraisalId: id(1), which: 'published' });
    expect(explained?.explanation).toMatchObject({ key: 'weighted-70-20-10', value: '88.80' });
    expect(JSON.stringify(explained?.explanation)).toContain('"positions":[1]');
    expect(events).toBeGreaterThan(0);
  });

  it('lets the one with a missing fact out later, when the fact has come', async () => {
    world.company.set(rep(3), { 'sales.amount': '40000.00' });
    await world.acts.publishLate(id(3), world.as(HR));
    await world.settled();
    expect(await world.appraisals.appraisal(id(3))).toMatchObject({ status: 'published', score: '66.80' });
  });

  it('shows places under the tie rule, and names only as far as allowed', async () => {
    const query = { cycleId, scope: 'company' as const, measure: 'score' as const };
    const board = await leaderboard(world.read, query, SEES_ALL, { limit: 10 });
    expect(board.items.map(({ place, value, subject }) => [place, value, subject])).toEqual([
      [1, '88.80', rep(1)],
      [2, '66.80', rep(2)],
      [2, '66.80', rep(3)],
    ]);
    const asRep = await leaderboard(
      world.read,
      query,
      { ...SEES_ALL, subject: rep(3), seesAllNames: false, publicNames: 1 },
      { limit: 10 },
    );
    expect(asRep.items.map(({ subject }) => subject)).toEqual([rep(1), null, rep(3)]);
    const ofTeam = { ...query, scope: 'team' as const, unit: 'odd' };
    const byNobody = await leaderboard(
      world.read,
      ofTeam,
      { ...SEES_ALL, subject: null, seesAllNames: false, publicNames: 10 },
      { limit: 10 },
    );
    // A small team's board names its upper half at most, or it would name whom the company's does not.
    expect(byNobody).toMatchObject({ ranked: 2, publicNames: 1, items: [{ subject: rep(1) }, { subject: null }] });
    expect(await ownPlace(world.read, query, rep(3))).toMatchObject({ place: 2, ranked: 3, isViewer: true });
    const second = await leaderboard(world.read, { ...query, measure: 'completion' }, SEES_ALL, { limit: 2, after: '2' });
    expect(second).toMatchObject({ ranked: 3, items: [{ place: 2, value: '40.00' }] });
    expect(second.next).toBeUndefined();
    expect((await leaderboard(world.read, { ...query, scope: 'team', unit: 'even' }, SEES_ALL, { limit: 10 })).items).toMatchObject([
      { place: 1, subject: rep(2) },
    ]);
  });

  it('takes answers, and silence at the end', async () => {
    await world.phases.open(cycleId, 'confirmation', world.as(HR));
    await world.phases.open(cycleId, 'appeals', world.as(HR));
    await world.settled();
    await world.acts.confirm(id(1), world.as(rep(1)));
    await world.acts.object(id(2), { reason: 'the sales are wrong' }, world.as(rep(2)));
    await world.acts.answerObjection(id(2), { answer: 'please appeal' }, world.as(MANAGER));
    world.setNow('2026-11-24T16:00:00.000Z');
    await sweep(world, cycleId, 'confirmation', 'close');
    const { items } = await world.appraisals.ofCycle({ cycleId, limit: 10 });
    expect(items.map(({ response }) => response)).toEqual(['confirmed', 'answered', 'confirmed']);
  });

  it('amends after a decided appeal: only the contested lines move, nobody else’s published place falls', async () => {
    const before = await world.settled();
    await world.runner.run(decidingAppeals, APPEAL, { type: 'Decide', data: decided(cycleId, rep(2)) }, world.as(HR));
    await eventually(async () => expect(await world.appraisals.appraisal(id(2))).toMatchObject({ amended: true }), WAIT);
    await world.settled();
    // completion 40.00 instead of 16.00, and ability up by 1.00
    expect(await world.appraisals.publishedResult(id(2))).toMatchObject({
      published: { result: { score: '66.80' } },
      current: { result: { score: '91.80', grade: 'A' } },
      amendment: { kind: 'appeal', id: APPEAL },
    });
    const query = { cycleId, scope: 'company' as const, measure: 'score' as const };
    const board = await leaderboard(world.read, query, SEES_ALL, { limit: 10 });
    expect(board.items.map(({ place, publishedPlace, value, note }) => [place, publishedPlace, value, note])).toEqual([
      [1, 1, '91.80', 'amended-after-publication'],
      [2, 1, '88.80', null],
      [3, 2, '66.80', null],
    ]);
    const past = await leaderboard(world.read, { ...query, asOf: before }, SEES_ALL, { limit: 10 });
    expect(past.items.map(({ value }) => value)).toEqual(['88.80', '66.80', '66.80']);
    // Movement: where each stood then, beside where they stand now; who holds the first published place is told with it.
    const everyone = [rep(1), rep(2), rep(3)];
    expect([...(await placesOf(world.read, { ...query, asOf: before }, everyone))].sort()).toEqual([
      [rep(1), 1],
      [rep(2), 2],
      [rep(3), 2],
    ]);
    expect((await placesOf(world.read, query, [rep(1)])).get(rep(1))).toBe(2);
    expect((await firstPlaces(world.read, cycleId, SEES_ALL)).map(({ subject }) => subject)).toEqual([rep(2), rep(1)]);
    expect((await rankedCounts(world.read, [cycleId])).get(cycleId)).toBe(3);
    expect(await boardPosition(world.read, cycleId)).toBeGreaterThan(before);
    const units = await boardUnits(world.read, cycleId, rep(2));
    expect(units.teams.reduce((sum, { ranked }) => sum + ranked, 0)).toBe(3);
    expect(units.own?.team).toBe('even');
    const explained = await explainAppraisal({ read: world.read, scoring: world.scoring }, { appraisalId: id(2), which: 'current' });
    expect(explained?.result.score).toBe('91.80');
    expect(
      (await explainAppraisal({ read: world.read, scoring: world.scoring }, { appraisalId: id(2), which: 'published' }))?.result.score,
    ).toBe('66.80');
  });

  it('has a step done again by a substitute when the procedure was at fault', async () => {
    const ratings = { ...RATINGS, knowledge: '100' };
    await expect(world.acts.redoStep(id(3), { appealId: APPEAL_3, ratings }, world.as(HR))).rejects.toMatchObject({
      code: 'appraisal.no-step-to-redo',
    });
    world.company.decide(APPEAL_3, { appraisalId: id(3), grounds: ['procedure'], verdict: 'upheld' });
    await expect(world.acts.redoStep(id(3), { appealId: APPEAL_3, ratings }, world.as(MANAGER))).rejects.toMatchObject({
      code: 'appraisal.not-a-substitute',
    });
    await world.acts.redoStep(id(3), { appealId: APPEAL_3, ratings }, world.as(HR));
    await world.settled();
    expect(await world.appraisals.publishedResult(id(3))).toMatchObject({
      published: { result: { score: '66.80' } },
      current: { result: { score: '67.80' } },
    });
  });

  it('ends when nothing is open or held', async () => {
    await close(world, cycleId, 'publication', 'advanced');
    await close(world, cycleId, 'confirmation', 'advanced');
    await close(world, cycleId, 'appeals', 'advanced');
    await expect(world.phases.close(cycleId, world.as(HR))).rejects.toMatchObject({ code: 'cycle.phase-not-closed' });
    await world.phases.open(cycleId, 'payout', world.as(HR));
    await close(world, cycleId, 'payout', 'advanced');
    expect(await sweep(world, cycleId, 'payout', 'finalise')).toEqual({ members: 3, handled: 3, excluded: [] });
    await world.phases.close(cycleId, world.as(HR));
    await world.settled();
    expect(await world.cycles.cycle(cycleId)).toMatchObject({ status: 'closed' });
  });
});

describe('a cancelled cycle', () => {
  let world: CycleWorld;
  beforeAll(async () => {
    world = await openCycleWorld(3);
  });
  afterAll(() => world.end());

  it('cancels every appraisal, keeps what was said, and the period may be started again', async () => {
    const { cycleId } = await world.start.start(INPUT, world.as(HR));
    await sweep(world, cycleId, 'self-review', 'open');
    await world.phases.open(cycleId, 'self-review', world.as(HR));
    await world.settled();
    await world.acts.submitSelfReview(appraisalIdOf(cycleId, rep(1)), { ratings: RATINGS }, world.as(rep(1)));
    await world.runner.run(cycleDecider, cycleId, { type: 'CancelCycle', data: { reason: 'wrong scheme' } }, world.as(HR));
    expect(await sweep(world, cycleId, 'self-review', 'cancel')).toEqual({ members: 3, handled: 3, excluded: [] });
    expect((await world.appraisals.ofCycle({ cycleId, limit: 10 })).items.map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
    expect((await appraisalDetail(world.runner, appraisalIdOf(cycleId, rep(1))))?.appraisal.steps[0]?.submissions).toHaveLength(1);
    const again = await world.start.start(INPUT, world.as(HR));
    expect(again.cycleId).not.toBe(cycleId);
    expect(await sweep(world, again.cycleId, 'self-review', 'open')).toMatchObject({ handled: 3 });
  });

  it('takes a sweep up where it stopped, without doing anything twice', async () => {
    const [first] = (await world.cycles.cycles({ status: 'running', limit: 10 })).items;
    if (!first) throw new Error('no cycle is running');
    const asOf = await world.settled();
    const request = { cycleId: first.cycleId, phase: 'self-review' as const, step: 'open' as const, round: 0, cohort: 0, asOf };
    const { position } = await world.log.head();
    const before = { members: 2, handled: 1, excluded: [{ reason: 'no-manager', count: 1 }] };
    expect(await world.sweeps.sweepCohort({ ...request, afterSubject: rep(1), before }, () => undefined)).toEqual({
      members: 4,
      handled: 3,
      excluded: [{ reason: 'no-manager', count: 1 }],
    });
    expect((await world.log.head()).position).toBe(position);
  });
});
