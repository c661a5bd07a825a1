import fc from 'fast-check';
import { actorId, fold, type Instant, instant, plainDay, Rejection, subjectId, type SubjectId } from '#kernel';
import { OFFICIAL_CALENDAR_CN } from '#libs/calendar';
import { given as givenPast, testText } from '#libs/testing';
import { ASSESSMENT_DAYS, type CoachingCommand, type CoachingEvent, type Requirement } from '../contracts';
import { DEFAULT_PLAN_TEMPLATE } from './default-template';
import { gateTimes, pausedDaysOf, type PlanClock, planDay } from './plan-clock.policy';
import type { Plan } from './plan-state';
import { planStatus } from './plan-status.policy';
import { planDecider } from './plan.decider';

const person = (n: number): SubjectId => subjectId(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const REP = person(1);
const COACH = person(2);
const HR = person(3);
const WORKFLOW = actorId('system:coaching-workflow');
const PLAN = '00000000-0000-8000-8000-0000000000f1';
/** Monday 2 November 2026, 09:00 in Shanghai. */
const START = instant('2026-11-02T01:00:00.000Z');
const CLOCK: PlanClock = { startDay: plainDay('2026-11-02'), startedAt: START, zone: 'Asia/Shanghai' };
const STAGES = DEFAULT_PLAN_TEMPLATE.stages;
const GATES = gateTimes(STAGES, CLOCK, 0, OFFICIAL_CALENDAR_CN);
const at = (day: string): Instant => instant(`${day}T04:00:00.000Z`);

const start: CoachingCommand = {
  type: 'StartCoachingPlan',
  data: {
    planId: PLAN,
    subject: REP,
    coach: COACH,
    cause: { kind: 'hr', reason: 'asked for' },
    template: DEFAULT_PLAN_TEMPLATE.template,
    startDay: CLOCK.startDay,
    calendar: { region: 'CN', version: OFFICIAL_CALENDAR_CN.version, zone: CLOCK.zone },
    stages: STAGES,
    gates: GATES,
    assessmentDays: ASSESSMENT_DAYS,
  },
};
let evidenceIds = 0;
function evidence(stage: number, { key, measure, atLeast, atMost }: Requirement, value?: string): CoachingCommand {
  evidenceIds += 1;
  return {
    type: 'LogEvidence',
    data: {
      evidenceId: `00000000-0000-8000-8000-${String(evidenceIds).padStart(12, '0')}`,
      stage,
      requirement: key,
      files: [],
      ...(measure === 'decomposition'
        ? {
            decomposition: {
              target: '100',
              parts: [
                { label: 'a', value: '60.5' },
                { label: 'b', value: '39.5' },
              ],
            },
          }
        : {}),
      ...(['score', 'rating', 'percent', 'days'].includes(measure) ? { value: value ?? atLeast ?? atMost ?? '0' } : {}),
    },
  };
}
const judge = (stage: number, passed = true, today = 100): CoachingCommand => ({ type: 'JudgeGate', data: { stage, passed, today } });
const assess = (day: number, today = day): CoachingCommand => ({
  type: 'RecordAssessment',
  data: { day, today, values: { body: 3, mind: 3, thinking: 3, knowledge: 3, skill: 3, action: 3 } },
});

type Act = readonly [SubjectId | typeof WORKFLOW, CoachingCommand, Instant?];
function history(...acts: readonly Act[]): readonly CoachingEvent[] {
  const events: CoachingEvent[] = [];
  for (const [actor, command, now = START] of acts) events.push(...planDecider.decide(command, fold(planDecider, events), { actor, now }));
  return events;
}
const STARTED: readonly Act[] = [[HR, start]];
const allEvidence = (stage: number): Act[] =>
  STAGES[stage - 1]!.requirements.flatMap((requirement) =>
    Array.from({ length: requirement.count }, (): Act => [COACH, evidence(stage, requirement)]),
  );
const passing = (stage: number): Act[] => [...allEvidence(stage), [COACH, judge(stage)]];
const given = (...acts: readonly Act[]) => givenPast(planDecider, history(...acts));
const planOf = (...acts: readonly Act[]): Plan => {
  const state = fold(planDecider, history(...acts));
  if (state.stage === 'none') throw new Error('no plan');
  return state;
};

describe('day clock', () => {
  it('puts every gate on a working day', () => {
    expect(GATES.map(({ stage, dueDay }) => [stage, dueDay])).toEqual([
      [1, '2026-11-13'],
      [2, '2026-11-30'],
      [3, '2026-12-11'],
      [4, '2026-12-28'],
      [5, '2027-01-11'],
      [6, '2027-01-26'],
      [7, '2027-02-09'],
    ]);
    expect(GATES[0]).toMatchObject({ dueAt: '2026-11-13T16:00:00.000Z', atRiskFrom: '2026-11-10T16:00:00.000Z' });
  });
  it('counts calendar days from the start without those paused', () => {
    expect(planDay(CLOCK, 0, START)).toBe(1);
    expect(planDay(CLOCK, 0, at('2026-11-13'))).toBe(12);
    expect(planDay(CLOCK, 5, at('2026-11-13'))).toBe(7);
    expect(pausedDaysOf(CLOCK, at('2026-11-05'), at('2026-11-05'))).toBe(0);
    expect(pausedDaysOf(CLOCK, at('2026-11-05'), at('2026-11-10'))).toBe(5);
  });
  it('shortens days for a demo', () => {
    const demo: PlanClock = { ...CLOCK, dayLengthMs: 1000 };
    expect(gateTimes(STAGES, demo, 0, OFFICIAL_CALENDAR_CN)[0]).toMatchObject({
      dueAt: '2026-11-02T01:00:12.000Z',
      atRiskFrom: '2026-11-02T01:00:09.000Z',
    });
    expect(planDay(demo, 0, instant('2026-11-02T01:00:02.500Z'))).toBe(3);
  });
});

describe('gates', () => {
  it('are passed by the coach, with the evidence', () => {
    given(...STARTED)
      .as(REP)
      .when(judge(1))
      .thenRejects('coaching.not-the-coach');
    given(...STARTED)
      .as(COACH)
      .when(judge(1))
      .thenRejects('coaching.evidence-missing', { missing: ['product-exam', 'readiness-checklist'] });
    expect(history(...STARTED, ...passing(1)).at(-1)).toMatchObject({ type: 'GatePassed', data: { stage: 1, attempt: 1, late: false } });
  });
  it('look at the values: an exam of 79.99 is not 80', () => {
    const exam = STAGES[0]!.requirements[0]!;
    given(...STARTED, [COACH, evidence(1, exam, '79.99')], [COACH, evidence(1, STAGES[0]!.requirements[1]!)])
      .as(COACH)
      .when(judge(1))
      .thenRejects('coaching.evidence-missing', { missing: ['product-exam'] });
  });
  it('keep every try', () => {
    const tries: readonly Act[] = [...STARTED, [COACH, judge(1, false)], [COACH, judge(1, false)], ...passing(1)];
    expect(history(...tries).at(-1)).toMatchObject({ type: 'GatePassed', data: { attempt: 3 } });
    given(...tries)
      .as(COACH)
      .when(judge(1))
      .thenNothing();
  });
  it('count what the rep logged once the coach accepted it; a decomposition must sum', () => {
    const [decomposition] = STAGES[2]!.requirements;
    const logged = evidence(3, decomposition!);
    if (logged.type !== 'LogEvidence') throw new Error('no evidence');
    given(...STARTED, [REP, logged])
      .as(COACH)
      .when(judge(3))
      .thenRejects('coaching.evidence-missing');
    expect(
      history(
        ...STARTED,
        [REP, logged],
        [COACH, { type: 'AcceptEvidence', data: { evidenceId: logged.data.evidenceId } }],
        [COACH, judge(3)],
      ).at(-1)?.type,
    ).toBe('GatePassed');
    given(...STARTED)
      .as(REP)
      .when({ type: 'LogEvidence', data: { ...logged.data, decomposition: { target: '100', parts: [{ label: 'a', value: '99.99' }] } } })
      .thenRejects('coaching.decomposition-does-not-sum');
  });
  it('are overdue once, and passed late afterwards', () => {
    const overdue: CoachingCommand = { type: 'RecordGateOverdue', data: { stage: 1 } };
    given(...STARTED)
      .as(WORKFLOW)
      .when(overdue)
      .thenRejects('coaching.not-due-yet');
    const missed: readonly Act[] = [...STARTED, [WORKFLOW, overdue, at('2026-11-14')]];
    given(...missed)
      .as(WORKFLOW)
      .at(at('2026-11-15'))
      .when(overdue)
      .thenNothing();
    expect(history(...missed, ...allEvidence(1), [COACH, judge(1), at('2026-11-16')]).at(-1)).toMatchObject({
      type: 'GatePassed',
      data: { late: true },
    });
  });
});

describe('pause and extension', () => {
  const paused: readonly Act[] = [
    ...STARTED,
    [HR, { type: 'PausePlan', data: { cause: 'leave', reason: 'leave', day: 4 } }, at('2026-11-05')],
  ];
  const moved = gateTimes(STAGES, CLOCK, 5, OFFICIAL_CALENDAR_CN);
  it('moves open gates by the days paused', () => {
    given(...paused)
      .as(COACH)
      .when(judge(1))
      .thenRejects('coaching.plan-paused');
    given(...paused)
      .as(WORKFLOW)
      .at(at('2026-12-30'))
      .when({ type: 'RecordGateOverdue', data: { stage: 1 } })
      .thenNothing();
    const plan = planOf(...paused, [HR, { type: 'ResumePlan', data: { pausedDays: 5, gates: moved } }, at('2026-11-10')]);
    expect(plan.gates[0]).toMatchObject({ dueDay: '2026-11-18', state: 'open' });
    expect(plan.pausedDays).toBe(5);
  });
  it('extends once, by 30 days at most, and not for oneself', () => {
    const extend = (days: number): CoachingCommand => ({
      type: 'ExtendPlan',
      data: { days, reason: 'more time', gates: gateTimes(STAGES, CLOCK, days, OFFICIAL_CALENDAR_CN) },
    });
    given(...STARTED)
      .as(REP)
      .when(extend(10))
      .thenRejects('coaching.own-plan');
    given(...STARTED)
      .as(HR)
      .when(extend(31))
      .thenRejects('coaching.extension-too-long');
    given(...STARTED, [HR, extend(30)])
      .as(HR)
      .when(extend(1))
      .thenRejects('coaching.extended-already');
  });
});

describe('status', () => {
  it('is derived, with its reason', () => {
    const plan = planOf(...STARTED);
    expect(planStatus(plan, START)).toEqual({ status: 'on-track', reason: 'gates-passed' });
    expect(planStatus(plan, at('2026-11-11'))).toEqual({
      status: 'at-risk',
      reason: 'evidence-missing',
      stage: 1,
      missing: ['product-exam', 'readiness-checklist'],
    });
    expect(planStatus(planOf(...STARTED, ...allEvidence(1)), at('2026-11-11'))).toEqual({ status: 'on-track', reason: 'gates-passed' });
    expect(planStatus(plan, at('2026-11-14'))).toMatchObject({ status: 'behind', reason: 'gate-overdue', stage: 1 });
    expect(planStatus(planOf(...STARTED, ...passing(1)), at('2026-11-14'))).toEqual({ status: 'on-track', reason: 'gates-passed' });
  });
  it('graduates when all gates are passed and both have assessed the last day', () => {
    const passed = [...STARTED, ...[1, 2, 3, 4, 5, 6, 7].flatMap(passing)];
    given(...passed)
      .as(REP)
      .when(assess(100, 99))
      .thenRejects('coaching.too-early');
    given(...passed)
      .as(REP)
      .when(assess(99, 100))
      .thenRejects('coaching.no-assessment-day');
    const done: readonly Act[] = [...passed, [REP, assess(100)], [COACH, assess(100)]];
    expect(history(...done).at(-1)).toMatchObject({ type: 'PlanGraduated', data: { day: 100 } });
    expect(planStatus(planOf(...done), at('2027-02-09'))).toEqual({ status: 'graduated', reason: 'all-passed' });
    given(...done)
      .as(COACH)
      .when({ type: 'RecordWeeklyReview', data: { week: 1, talk: testText(REP, 'x'), actions: [] } })
      .thenRejects('coaching.plan-over');
  });
});

it('any commands in any order: only rejections, nothing after the end, a passed gate stays passed', () => {
  const commands: readonly CoachingCommand[] = [
    start,
    ...[1, 2, 3].flatMap((stage) => allEvidence(stage).map(([, command]) => command)),
    judge(1),
    judge(2),
    judge(3),
    judge(1, false),
    assess(1),
    assess(100),
    { type: 'RecordGateOverdue', data: { stage: 1 } },
    { type: 'PausePlan', data: { cause: 'pause', reason: 'r', day: 3 } },
    { type: 'ResumePlan', data: { pausedDays: 2, gates: GATES } },
    { type: 'EndPlan', data: { outcome: 'stopped', reason: 'r' } },
    { type: 'ChangeCoach', data: { coach: HR } },
  ];
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.constantFrom(REP, COACH, HR, WORKFLOW), fc.constantFrom(...commands), fc.constantFrom(START, at('2027-03-01'))),
        { maxLength: 40 },
      ),
      (acts) => {
        const events: CoachingEvent[] = [...history(...STARTED)];
        let passed = 0;
        for (const [actor, command, now] of acts) {
          const state = fold(planDecider, events);
          try {
            const decided = planDecider.decide(command, state, { actor, now });
            if (planDecider.isTerminal(state)) expect(decided).toEqual([]);
            events.push(...decided);
          } catch (error) {
            if (!(error instanceof Rejection)) throw error;
          }
          const after = fold(planDecider, events);
          const count = after.stage === 'none' ? 0 : after.gates.filter((gate) => gate.state === 'passed').length;
          expect(count).toBeGreaterThanOrEqual(passed);
          passed = count;
        }
      },
    ),
    { numRuns: 200 },
  );
});
