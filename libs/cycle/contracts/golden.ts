/* One real stored payload of each event version ever shipped, as it stands in the log. Never edited: new versions are added. */

const CYCLE = '0190a000-0000-8000-8000-00000000c001';
const PERSON = '0190a000-0000-7000-8000-000000000001';
const AT = '2026-11-02T01:00:00.000Z';
const LATER = '2026-11-06T16:00:00.000Z';
const derivation = { first: '2026-11-01', last: '2026-11-03', shiftedFirst: '2026-11-02', shiftedLast: '2026-11-04', reasons: ['holiday'] };
const phase = { phase: 'self-review', opensAt: AT, closesAt: LATER, remindAt: [AT], derivation };

export const CYCLE_GOLDEN = {
  CycleStarted: {
    cycleId: CYCLE,
    name: '2026-10 月度考核',
    period: '2026-10',
    scheme: { schemeId: 'weighted-70-20-10', version: 1 },
    scope: { departments: ['sales'], regions: ['north'] },
    setAside: [{ subject: PERSON, reason: 'on leave' }],
    membersAt: 12,
    members: 60,
    excluded: [{ reason: 'no-manager', count: 1 }],
    cohorts: 1,
    phases: [
      phase,
      { phase: 'publication', opensAt: LATER, closesAt: LATER, remindAt: [], derivation: { workingDays: 3, after: 'self-review' } },
    ],
    calendar: { region: 'CN', version: 'cn-2026', zone: 'Asia/Shanghai' },
    dayLengthMs: 2000,
    startedAt: AT,
  },
  CycleSweepRecorded: {
    cycleId: CYCLE,
    phase: 'self-review',
    step: 'open',
    round: 0,
    members: 60,
    handled: 59,
    excluded: [{ reason: 'left', count: 1 }],
    recordedAt: AT,
  },
  CyclePhaseOpened: { cycleId: CYCLE, phase: 'self-review', openedAt: AT, closesAt: LATER },
  CyclePhaseCompleted: { cycleId: CYCLE, phase: 'self-review', members: 59, done: 59, completedAt: AT },
  CyclePhaseClosed: { cycleId: CYCLE, phase: 'self-review', cause: 'all-done', closedAt: AT },
  CyclePhaseExtended: {
    cycleId: CYCLE,
    phase: 'self-review',
    closesAt: LATER,
    previousClosesAt: AT,
    moved: [phase],
    reason: 'typhoon',
    by: PERSON,
    extendedAt: AT,
  },
  CyclePeopleReminded: {
    cycleId: CYCLE,
    phase: 'self-review',
    round: 1,
    subjects: [PERSON],
    againFrom: LATER,
    by: PERSON,
    remindedAt: AT,
  },
  CyclePaused: { cycleId: CYCLE, reason: 'typhoon', by: PERSON, pausedAt: AT },
  CycleResumed: { cycleId: CYCLE, by: PERSON, resumedAt: LATER, phases: [phase] },
  CycleCancelled: { cycleId: CYCLE, reason: 'wrong scheme', by: PERSON, cancelledAt: AT },
  CyclePublished: { cycleId: CYCLE, published: 58, withoutScore: 1, publishedAt: LATER },
  CycleClosed: { cycleId: CYCLE, closedAt: LATER },
} as const;
