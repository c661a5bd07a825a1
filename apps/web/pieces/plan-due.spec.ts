import { dueOfPlan } from './plan-due';
import type { Plan } from './plan-words';

type Due = Pick<Plan, 'day' | 'status' | 'gates' | 'reviews'>;

const gate = (stage: number, state: 'open' | 'overdue' | 'passed', missing: string[] = []): Plan['gates'][number] => ({
  stage,
  state,
  missing,
  dueDay: '2026-11-10',
  dueAt: '2026-11-10T16:00:00Z',
  atRiskFrom: '2026-11-08T16:00:00Z',
  attempts: 0,
});
const talk = (week: number): Plan['reviews'][number] => ({
  week,
  by: 'c',
  byName: null,
  at: '2026-11-09T02:00:00Z',
  talk: null,
  actions: [],
});
const plan = (part: Partial<Due>): Due => ({
  day: 15,
  status: { status: 'on-track', reason: 'gates-passed' },
  gates: [gate(1, 'passed'), gate(2, 'open', ['role-play'])],
  reviews: [talk(3)],
  ...part,
});

describe('what a plan waits for', () => {
  it('is nothing when its gate is ahead, evidence is missing, and the week was talked about', () => {
    expect(dueOfPlan(plan({}))).toEqual({ overdue: false, toJudge: false, toTalk: false });
  });

  it('is the talk of the week that its day is in', () => {
    expect(dueOfPlan(plan({ reviews: [talk(2)] }))).toMatchObject({ toTalk: true });
    expect(dueOfPlan(plan({ reviews: [] }))).toMatchObject({ toTalk: true });
    expect(dueOfPlan(plan({ day: 22 }))).toMatchObject({ toTalk: true });
  });

  it('is the coach’s word once the evidence of the next gate is there; a gate past its day is told apart', () => {
    expect(dueOfPlan(plan({ gates: [gate(1, 'passed'), gate(2, 'overdue')] }))).toMatchObject({ overdue: true, toJudge: true });
    expect(dueOfPlan(plan({ gates: [gate(1, 'overdue', ['role-play'])] }))).toMatchObject({ overdue: true, toJudge: false });
  });

  it('is nothing while the plan is paused, and once it is over', () => {
    const late = { gates: [gate(1, 'overdue')], reviews: [] };
    for (const status of ['paused', 'graduated', 'ended'] as const)
      expect(dueOfPlan(plan({ ...late, status: { status, reason: 'x' } }))).toEqual({ overdue: false, toJudge: false, toTalk: false });
  });
});
