import { instant, period } from '#kernel';
import { OFFICIAL_CALENDAR_CN } from '#libs/calendar';
import type { ScheduleEntry } from '#libs/scheme/contracts';
import { planWindows } from './window-plan.policy';

const days = (phase: ScheduleEntry['phase'], first: number, last: number): ScheduleEntry => ({
  phase,
  kind: 'days',
  first: String(first),
  last: String(last),
});
const working = (phase: ScheduleEntry['phase'], count: number, after?: ScheduleEntry['phase']): ScheduleEntry => ({
  phase,
  kind: 'working-days',
  days: String(count),
  ...(after ? { after } : {}),
});
const input = (schedule: readonly ScheduleEntry[], startedAt: string, of = '2026-10') => ({
  period: period(of),
  schedule,
  calendar: OFFICIAL_CALENDAR_CN,
  zone: 'Asia/Shanghai',
  startedAt: instant(startedAt),
});
const shown = (schedule: readonly ScheduleEntry[], startedAt: string, of?: string) =>
  planWindows(input(schedule, startedAt, of)).map(({ phase, derivation }) => [
    phase,
    derivation?.shiftedFirst,
    derivation?.shiftedLast,
    derivation?.reasons ?? [],
  ]);

const SCHEDULE = [
  days('self-review', 1, 3),
  days('manager-review', 1, 5),
  working('second-review', 2, 'manager-review'),
  working('publication', 3, 'manager-review'),
  working('confirmation', 5, 'publication'),
  working('appeals', 5, 'publication'),
  working('payout', 3, 'confirmation'),
];

it('shifts windows off holidays and says so', () => {
  // 1 November 2026 is a Sunday.
  expect(shown(SCHEDULE, '2026-10-28T01:00:00.000Z')).toEqual([
    ['self-review', '2026-11-02', '2026-11-04', ['holiday']],
    ['manager-review', '2026-11-02', '2026-11-06', ['holiday']],
    ['second-review', '2026-11-09', '2026-11-10', []],
    ['publication', '2026-11-11', '2026-11-11', []],
    ['confirmation', '2026-11-12', '2026-11-18', []],
    ['appeals', '2026-11-12', '2026-11-18', []],
    ['payout', '2026-11-19', '2026-11-23', []],
  ]);
});

it('opens a review phase when the one before it closes, and what follows publication with it', () => {
  const plans = planWindows(input(SCHEDULE, '2026-10-28T01:00:00.000Z'));
  expect(plans.map(({ opensAt, closesAt }) => [opensAt, closesAt])).toEqual([
    ['2026-11-01T16:00:00.000Z', '2026-11-04T16:00:00.000Z'],
    ['2026-11-04T16:00:00.000Z', '2026-11-06T16:00:00.000Z'],
    ['2026-11-08T16:00:00.000Z', '2026-11-10T16:00:00.000Z'],
    ['2026-11-10T16:00:00.000Z', '2026-11-11T16:00:00.000Z'],
    ['2026-11-10T16:00:00.000Z', '2026-11-18T16:00:00.000Z'],
    ['2026-11-10T16:00:00.000Z', '2026-11-18T16:00:00.000Z'],
    ['2026-11-18T16:00:00.000Z', '2026-11-23T16:00:00.000Z'],
  ]);
  expect(plans[0]?.remindAt).toEqual(['2026-11-03T16:00:00.000Z']);
});

it('begins a window that is over on the next working day with its length, and moves what would overlap', () => {
  expect(shown(SCHEDULE.slice(0, 3), '2026-11-05T02:00:00.000Z')).toEqual([
    ['self-review', '2026-11-06', '2026-11-09', ['holiday', 'already-over']],
    ['manager-review', '2026-11-10', '2026-11-16', ['holiday', 'after-earlier-phase']],
    ['second-review', '2026-11-17', '2026-11-18', []],
  ]);
});

it('shares a common window by working days', () => {
  const plan = shown(
    [days('self-review', 1, 10), days('manager-review', 1, 10), working('publication', 5, 'manager-review')],
    '2026-10-28T01:00:00.000Z',
  );
  expect(plan).toEqual([
    ['self-review', '2026-11-02', '2026-11-05', ['holiday', 'window-shared']],
    ['manager-review', '2026-11-06', '2026-11-11', ['holiday', 'window-shared']],
    ['publication', '2026-11-18', '2026-11-18', []],
  ]);
});

it('shortens working days for a demo, one phase after another from the start', () => {
  const plans = planWindows({ ...input(SCHEDULE, '2026-11-02T01:00:00.000Z'), dayLengthMs: 1000 });
  expect(plans.map(({ phase, opensAt, closesAt }) => [phase, opensAt.slice(17, 19), closesAt.slice(17, 19)])).toEqual([
    ['self-review', '00', '03'],
    ['manager-review', '03', '08'],
    ['second-review', '08', '10'],
    ['publication', '10', '11'],
    ['confirmation', '10', '15'],
    ['appeals', '10', '15'],
    ['payout', '15', '18'],
  ]);
});

it('refuses to count from a phase that does not come before', () => {
  expect(() =>
    planWindows(input([working('self-review', 2, 'publication'), days('publication', 5, 5)], '2026-11-02T01:00:00.000Z')),
  ).toThrow(RangeError);
});
