import { activeDays } from './active-days';

const WORKING = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-09'];
const NOW = { today: '2026-03-09', isSaid: true };
const step = (what: string, at: string) => ({
  what,
  at,
  by: 'hr',
  byName: null,
  stage: null,
  attempt: null,
  days: null,
  reason: null,
  missing: [],
});
const days = (happenings: readonly ReturnType<typeof step>[], startDay = '2026-03-02', now = NOW): readonly string[] =>
  activeDays(WORKING, { startDay, happenings: [...happenings] }, now);

describe('the days on which a plan ran', () => {
  it('begin with its first, and today is one once it has been said', () => {
    expect(days([], '2026-03-05')).toEqual(['2026-03-05', '2026-03-06', '2026-03-09']);
    expect(days([], '2026-03-05', { ...NOW, isSaid: false })).toEqual(['2026-03-05', '2026-03-06']);
  });

  it('leave out a pause, from its day to the one on which it was resumed', () => {
    const paused = step('PlanPaused', '2026-03-03T02:00:00Z');
    const resumed = step('PlanResumed', '2026-03-05T02:00:00Z');
    expect(days([resumed, paused])).toEqual(['2026-03-02', '2026-03-05', '2026-03-06', '2026-03-09']);
    expect(days([step('GatePassed', '2026-03-04T02:00:00Z'), paused])).toEqual(['2026-03-02']);
    expect(days([resumed])).toEqual(['2026-03-05', '2026-03-06', '2026-03-09']);
  });

  it('keep the day of a pause that began and ended on it, and tell several pauses apart', () => {
    const short = [step('PlanResumed', '2026-03-03T05:00:00Z'), step('PlanPaused', '2026-03-03T02:00:00Z')];
    expect(days(short)).toEqual(WORKING);
    expect(days([step('PlanPaused', '2026-03-06T02:00:00Z'), ...short])).toEqual(WORKING.slice(0, 4));
  });

  it('are told by the calendar of where the company is', () => {
    expect(days([step('PlanPaused', '2026-03-04T16:30:00Z')])).toEqual(['2026-03-02', '2026-03-03', '2026-03-04']);
  });
});
