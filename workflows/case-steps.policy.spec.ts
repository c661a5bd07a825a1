import { nextAppealStep } from './appeal-step.policy';
import type { RecordedAppeal, RecordedPayout, RecordedPlan } from './contracts';
import { nextPayoutStep } from './payout-step.policy';
import { gateShown, nextPlanStep } from './plan-step.policy';
import { addCounts, NOTHING_COUNTED } from './sweep-count.policy';

const NONE: ReadonlySet<string> = new Set();
const T2 = '2026-11-04T16:00:00.000Z';
const T9 = '2026-11-11T16:00:00.000Z';
const ms = (instant: string): number => Date.parse(instant);

describe('the next step of an appeal', () => {
  const appeal: RecordedAppeal = {
    cycleId: 'c',
    region: 'CN',
    stage: 'hearing',
    terminal: false,
    round: 4,
    dueAt: T2,
    decideBy: T9,
    decisionOverdueRecorded: false,
    duty: null,
  };

  it('is the duty of the system before any clock', () => {
    expect(nextAppealStep({ ...appeal, duty: 'seat-panel' }, ms(T9), NONE)).toMatchObject({
      kind: 'do',
      action: { kind: 'duty', duty: 'seat-panel' },
    });
  });
  it('waits for the earlier clock', () => {
    expect(nextAppealStep(appeal, 0, NONE)).toEqual({ kind: 'wait', untilMs: ms(T2) });
    expect(nextAppealStep({ ...appeal, dueAt: null }, 0, NONE)).toEqual({ kind: 'wait', untilMs: ms(T9) });
  });
  it('waits for an event alone while the clock is stopped', () => {
    expect(nextAppealStep({ ...appeal, dueAt: null, decideBy: null }, ms(T9), NONE)).toEqual({ kind: 'wait', untilMs: undefined });
  });
  it('passes a deadline once, and again only when round or deadline changed', () => {
    const first = nextAppealStep(appeal, ms(T2), NONE);
    if (first.kind !== 'do') throw new Error('nothing to do');
    const done = new Set([first.action.key]);
    expect(nextAppealStep(appeal, ms(T2), done)).toEqual({ kind: 'wait', untilMs: ms(T9) });
    expect(nextAppealStep({ ...appeal, round: 5 }, ms(T2), done)).toMatchObject({ kind: 'do', action: { kind: 'deadline', round: 5 } });
  });
  it('ends with the stream', () => {
    expect(nextAppealStep({ ...appeal, terminal: true, duty: 'make-offer' }, ms(T9), NONE)).toEqual({ kind: 'end' });
  });
});

describe('the next step of a payout batch', () => {
  const batch: RecordedPayout = { cycleId: 'c', region: 'CN', stage: 'computed', terminal: false, round: 2, duty: null, remindAt: T2 };

  it('computes first, then reminds once a stage', () => {
    expect(nextPayoutStep({ ...batch, stage: 'computing', duty: 'compute', remindAt: null }, 0, NONE)).toMatchObject({
      kind: 'do',
      action: { kind: 'compute' },
    });
    expect(nextPayoutStep(batch, 0, NONE)).toEqual({ kind: 'wait', untilMs: ms(T2) });
    const remind = nextPayoutStep(batch, ms(T2), NONE);
    if (remind.kind !== 'do') throw new Error('nothing to do');
    expect(nextPayoutStep(batch, ms(T9), new Set([remind.action.key]))).toEqual({ kind: 'wait', untilMs: undefined });
    expect(nextPayoutStep({ ...batch, stage: 'checked', round: 3 }, ms(T9), new Set([remind.action.key]))).toMatchObject({
      action: { kind: 'remind' },
    });
  });
});

describe('the next step of a coaching plan', () => {
  const plan: RecordedPlan = { cycleId: null, region: 'CN', terminal: false, paused: false, round: 3, next: { stage: 2, dueAt: T2 } };

  it('says when a gate is overdue, not before, and not while paused', () => {
    expect(nextPlanStep(plan, ms(T2) - 1)).toEqual({ kind: 'wait', untilMs: ms(T2) });
    expect(nextPlanStep(plan, ms(T2))).toEqual({ kind: 'do', action: { key: 'gate-2/overdue/3', stage: 2, round: 3 } });
    expect(nextPlanStep({ ...plan, paused: true }, ms(T9))).toEqual({ kind: 'wait', untilMs: undefined });
    expect(nextPlanStep({ ...plan, next: null }, ms(T9))).toEqual({ kind: 'wait', untilMs: undefined });
  });
  it('is found by the gate it works at', () => {
    expect([gateShown(plan), gateShown({ ...plan, paused: true }), gateShown({ ...plan, next: null })]).toEqual([
      'gate-2',
      'paused',
      'no-gate-ahead',
    ]);
  });
});

describe('counts of cohorts', () => {
  it('add up by reason, whatever order the cohorts ended in', () => {
    const one = { members: 3, handled: 1, excluded: [{ reason: 'left', count: 2 }] };
    const other = {
      members: 2,
      handled: 0,
      excluded: [
        { reason: 'absent', count: 1 },
        { reason: 'left', count: 1 },
      ],
    };
    const sum = {
      members: 5,
      handled: 1,
      excluded: [
        { reason: 'absent', count: 1 },
        { reason: 'left', count: 3 },
      ],
    };
    expect(addCounts(addCounts(NOTHING_COUNTED, one), other)).toEqual(sum);
    expect(addCounts(other, one)).toEqual(sum);
  });
});
