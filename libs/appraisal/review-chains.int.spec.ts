import { instant, period, type SubjectId } from '#kernel';
import { templateText } from '#libs/scheme';
import { appraisalIdOf, type GivenRatings } from './contracts';
import { advance, inputFor, publish, sweep } from './cycle-run.test-kit';
import { type CycleWorld, GENERAL_MANAGER, HR, MANAGER, openCycleWorld, rep } from './cycle.test-kit';
import { appraisalDetail, lateOf, todosOf } from './index';

const NOW = instant('2026-11-03T01:00:00.000Z');

async function todo(world: CycleWorld, person: SubjectId, roles: readonly string[] = []): Promise<readonly string[]> {
  await world.settled();
  const { items } = await todosOf({ read: world.read, cycles: world.cycles }, { person, roles, now: NOW, limit: 50 });
  return items.map(({ kind, subject, department }) => `${kind} ${Number(subject.slice(-4))}${department === null ? '' : ` ${department}`}`);
}

async function start(world: CycleWorld, schemeId: string, subjects: readonly SubjectId[]): Promise<string> {
  const input = { ...inputFor(schemeId, period('2026-10')), scope: { subjects: [...subjects] } };
  const { cycleId } = await world.start.start(input, world.as(HR));
  await world.settled();
  await sweep(world, cycleId, 'self-review', 'open');
  await world.phases.open(cycleId, 'self-review', world.as(HR));
  await world.settled();
  await goOn(world, cycleId, 'self-review', 'manager-review');
  return cycleId;
}

async function goOn(
  world: CycleWorld,
  cycleId: string,
  closed: 'self-review' | 'manager-review',
  next: 'manager-review' | 'second-review',
) {
  await sweep(world, cycleId, closed, 'close');
  await advance(world, cycleId, closed);
  await world.phases.open(cycleId, next, world.as(HR));
  await world.settled();
}

describe('role-specific cards: who rates and who reviews depends on the person (templates.md 9)', () => {
  const [REP, REGIONAL, FIELD, SERVICE, PARTS, PLANNER] = [1, 2, 3, 4, 5, 6].map(rep) as [
    SubjectId,
    SubjectId,
    SubjectId,
    SubjectId,
    SubjectId,
    SubjectId,
  ];
  let world: CycleWorld;
  let cycleId = '';
  const idOf = (person: SubjectId): string => appraisalIdOf(cycleId, person);
  beforeAll(async () => {
    world = await openCycleWorld(8, undefined, { id: 'discipline-70-30', yaml: templateText('discipline-70-30') });
    world.setNow(NOW);
    world.company.place(REP, { position: '业务员' });
    world.company.place(REGIONAL, { position: '大区经理' });
    world.company.place(FIELD, { position: '外勤服务', department: '服务部', manager: SERVICE });
    world.company.place(SERVICE, { department: '服务部', manager: GENERAL_MANAGER });
    world.company.place(PARTS, { department: '配件部', manager: GENERAL_MANAGER });
    world.company.place(PLANNER, { roles: ['planning'], manager: GENERAL_MANAGER });
    world.company.place(rep(7), { roles: ['planning'], manager: PLANNER });
    for (const person of [REP, REGIONAL, FIELD]) world.company.set(person, FACTS);
    cycleId = await start(world, 'discipline-70-30', [REP, REGIONAL, FIELD]);
  });
  afterAll(() => world.end());

  const FACTS = {
    'absences.full_days': '1',
    'absences.half_days': '1',
    'plan.target': '100000',
    'plan.actual': '90000',
    'pay.total': '10000',
  };
  const OF_REP: GivenRatings = {
    dealers: ['network-plan'],
    weekly_summary: '10',
    weekly_plan: '10',
    key_account_visits: '1',
    visit_log: '10',
    weekly_report_failed: '0',
    market_information: '5',
    quality_feedback: '5',
    advertising_plan: '0',
    promotion_plan: '0',
    promotion_review: '0',
    vehicle_rules: '0',
  };

  it('shows everybody their own', async () => {
    expect(await todo(world, MANAGER)).toEqual(['manager-review 1']);
    expect(await todo(world, PLANNER, ['planning'])).toEqual(['manager-review 2']);
    expect(await todo(world, SERVICE)).toEqual(['manager-review 3', 'department-review 3 服务部', 'department-review 3 培训部']);
    expect(await todo(world, PARTS)).toEqual(['department-review 3 配件部']);
  });

  it('asks each for the lines of the person’s card, and of theirs alone', async () => {
    const refused = (person: SubjectId, input: { ratings: GivenRatings; department?: string }, as: SubjectId) =>
      expect(world.acts.submitManagerScore(idOf(person), input, world.as(as), ['hr'])).rejects;
    await refused(REP, { ratings: { ...OF_REP, proposals: '20' } }, MANAGER).toMatchObject({
      code: 'appraisal.invalid-ratings',
      details: { errors: ['proposals: unknown-rating'] },
    });
    await refused(REP, { ratings: { ...OF_REP, dealers: ['late-again'] } }, MANAGER).toMatchObject({
      details: { errors: ['dealers: unknown-value'] },
    });
    await refused(FIELD, { ratings: { training: '10' }, department: '服务部' }, SERVICE).toMatchObject({
      code: 'appraisal.invalid-ratings',
    });
    await refused(FIELD, { ratings: { workshop_quality: '18' }, department: '配件部' }, SERVICE).toMatchObject({
      code: 'appraisal.not-the-assigned-manager',
    });
  });

  it('takes lists, occurrences, words and numbers, from departments beside the manager', async () => {
    const submit = (person: SubjectId, ratings: GivenRatings, as: SubjectId, department?: string) =>
      world.acts.submitManagerScore(idOf(person), { ratings, ...(department ? { department } : {}) }, world.as(as), ['hr']);
    await submit(REP, OF_REP, MANAGER);
    const card = { monthly_summary: '20', monthly_plan: '20', proposals: '20', weekly_review: '10', managing_reps: '10' };
    await submit(REGIONAL, { ...card, training_sessions: '1', report_late: '0' }, PLANNER);
    await submit(FIELD, { training: '10' }, SERVICE, '培训部');
    await submit(FIELD, { workshop_quality: '18' }, PARTS, '配件部');
    await submit(FIELD, {}, SERVICE);
    expect(await todo(world, SERVICE)).toEqual(['department-review 3 服务部']);
    const [open] = (await world.cycles.progress(cycleId)).filter(({ phase }) => phase === 'manager-review');
    expect(open).toMatchObject({ members: 3, done: 2 });
    const late = { cycleId, phase: 'manager-review' as const, now: instant('2026-11-30T00:00:00.000Z'), limit: 10 };
    expect((await lateOf({ read: world.read, cycles: world.cycles }, late)).items.map(({ by, department }) => [by, department])).toEqual([
      [SERVICE, '服务部'],
    ]);
    const lines = {
      competence: '8',
      reachability: '2',
      reachability_harm: ['3'],
      complaints: ['2'],
      complaints_media: [],
      dealer_opinion: 'fair',
      reports_and_plans: '10',
      training_absences: '1',
      service_campaigns: '9',
      information_feedback: '10',
      false_claims: '0',
    };
    await submit(FIELD, lines, SERVICE, '服务部');
    await world.settled();
    const [done] = (await world.cycles.progress(cycleId)).filter(({ phase }) => phase === 'manager-review');
    expect(done).toMatchObject({ members: 3, done: 3 });
  });

  it('is reviewed level by level, with whose turn it is on the lists; sent back, both versions stay', async () => {
    await goOn(world, cycleId, 'manager-review', 'second-review');
    const [VP, HEAD_OF_HR] = [rep(8), HR];
    expect(await todo(world, VP, ['second-reviewer'])).toEqual(['second-review 2', 'second-review 3']);
    expect(await todo(world, HEAD_OF_HR, ['hr'])).toEqual([]);
    const approve = (person: SubjectId, as: SubjectId, role: string) =>
      world.acts.approveSecondReview(idOf(person), {}, world.as(as), [role]);
    await expect(approve(REP, HEAD_OF_HR, 'hr')).rejects.toMatchObject({ code: 'appraisal.earlier-step-open' });
    await approve(REP, PLANNER, 'planning');
    await approve(REP, VP, 'second-reviewer');
    const back = { toStep: 'second-review' as const, toLevel: 2, reason: 'look at the dealers again' };
    await world.acts.sendBack(idOf(REP), back, world.as(HEAD_OF_HR), ['hr']);
    expect(await todo(world, VP, ['second-reviewer'])).toEqual(['second-review 1', 'second-review 2', 'second-review 3']);
    for (const person of [REP, REGIONAL, FIELD]) await approve(person, VP, 'second-reviewer');
    for (const person of [REP, REGIONAL, FIELD]) await approve(person, HEAD_OF_HR, 'hr');
    const level = (await appraisalDetail(world.runner, idOf(REP)))?.appraisal.steps.find(({ level: of }) => of === 2);
    expect(level?.submissions).toHaveLength(2);
    const [done] = (await world.cycles.progress(cycleId)).filter(({ phase }) => phase === 'second-review');
    expect(done).toMatchObject({ members: 3 });
    await world.settled();
    expect((await world.cycles.progress(cycleId)).find(({ phase }) => phase === 'second-review')).toMatchObject({ members: 3, done: 3 });
  });

  it('scores the examples of the template', async () => {
    await sweep(world, cycleId, 'second-review', 'close');
    await advance(world, cycleId, 'second-review');
    await publish(world, cycleId);
    const resultOf = async (person: SubjectId) => (await world.appraisals.publishedResult(idOf(person)))?.current.result;
    expect(await resultOf(REP)).toMatchObject({ score: '92.00', payTotal: '9530.00', errors: [] });
    expect(await resultOf(FIELD)).toMatchObject({ score: '82.20', errors: [] });
    expect(await resultOf(REGIONAL)).toMatchObject({ errors: [] });
  });
});
