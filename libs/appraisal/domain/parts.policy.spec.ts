import { plainDay, subjectId, type SubjectId } from '#kernel';
import { workCalendar } from '#libs/calendar';
import type { Stretch } from '#libs/organisation/contracts';
import { partsOf, workingDaysBy } from './parts.policy';

const ANNA = subjectId('0190a000-0000-7000-8000-00000000000a');
const BO = subjectId('0190a000-0000-7000-8000-00000000000b');
const PERIOD = { first: plainDay('2026-11-01'), last: plainDay('2026-11-30'), manager: BO };
const DAYS = workingDaysBy(workCalendar({ region: 'CN', overrides: [] }));
const at = (from: number, to: number, manager: SubjectId | null, department = 'sales'): Stretch => {
  const day = (number: number) => plainDay(`2026-11-${String(number).padStart(2, '0')}`);
  return { from: day(from), to: day(to), manager, department };
};
const parts = (...stretches: readonly Stretch[]) =>
  partsOf(stretches, PERIOD, DAYS).map(({ part, from, to, manager, workingDays }) => [part, from, to, manager, workingDays]);

it('is one part of the whole period for who stayed, whatever else changed', () => {
  expect(parts(at(1, 30, BO))).toEqual([[1, '2026-11-01', '2026-11-30', BO, 21]]);
  expect(parts(at(1, 12, BO), at(13, 30, BO))).toEqual([[1, '2026-11-01', '2026-11-30', BO, 21]]);
  expect(parts()).toEqual([[1, '2026-11-01', '2026-11-30', BO, 21]]);
});

it('splits where the manager changes, each part weighing its working days', () => {
  expect(parts(at(1, 10, ANNA), at(11, 30, BO))).toEqual([
    [1, '2026-11-01', '2026-11-10', ANNA, 7],
    [2, '2026-11-11', '2026-11-30', BO, 14],
  ]);
});

it('splits where the department changes under the same manager', () => {
  expect(parts(at(1, 10, BO), at(11, 30, BO, 'showroom')).map(([part, , , manager]) => [part, manager])).toEqual([
    [1, BO],
    [2, BO],
  ]);
});

it('gives days without a manager to the next one, and leaves out a part without a working day', () => {
  expect(parts(at(1, 10, ANNA), at(11, 15, null), at(16, 30, BO))).toEqual([
    [1, '2026-11-01', '2026-11-10', ANNA, 7],
    [2, '2026-11-11', '2026-11-30', BO, 14],
  ]);
  // 28 and 29 November 2026 are a weekend
  expect(parts(at(1, 27, BO), at(28, 29, ANNA), at(30, 30, BO))).toHaveLength(1);
});

it('sums to the working days that were served', () => {
  const days = parts(at(9, 13, ANNA), at(14, 20, BO), at(21, 30, ANNA)).map(([, , , , workingDays]) => Number(workingDays));
  expect(days).toEqual([5, 5, 6]);
});

it('keeps the earliest moves in one part where there are more than an event holds', () => {
  const moves = Array.from({ length: 15 }, (_, index) => at(index * 2 + 1, index * 2 + 2, index % 2 === 0 ? ANNA : BO));
  const split = parts(...moves);
  expect(split.length).toBeLessThanOrEqual(12);
  expect(split.reduce((sum, [, , , , days]) => sum + Number(days), 0)).toBe(21);
});
