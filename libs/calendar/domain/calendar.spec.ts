import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { instant, period, plainDay } from '#kernel';
import fc from 'fast-check';
import { addDays, daysIn } from './days';
import { deadline } from './deadline.policy';
import { OFFICIAL_DAYS_CN } from './official-days.cn';
import { monthsOf, overlappingPeriods, periodBefore, periodWindow } from './period';
import { byDayAfter, flaggedYears, moveIfOver, shiftWindow, windowAfter, windowInstants, workingDayAfterWindow } from './window.policy';
import { addWorkingDays, isWorkingDay, OFFICIAL_CALENDAR_CN, workCalendar, workingDaysBetween, workingDaysIn } from './work-calendar';

const CN = OFFICIAL_CALENDAR_CN;
const win = (first: string, last: string) => ({ first: plainDay(first), last: plainDay(last) });

describe('official Chinese days', () => {
  it('hold the days off and the make-up days of 2026', () => {
    for (const off of ['2026-10-01', '2026-10-07', '2026-02-15', '2026-02-23']) expect(isWorkingDay(plainDay(off), CN)).toBe(false);
    for (const worked of ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10', '2026-10-08'])
      expect(isWorkingDay(plainDay(worked), CN)).toBe(true);
  });

  it('are the table of the maintained package, day by day', () => {
    const require = createRequire(join(process.cwd(), 'package.json'));
    const source: unknown = JSON.parse(readFileSync(require.resolve('chinese-days/dist/chinese-days.json'), 'utf8'));
    const table = { holidays: new Set<string>(), workdays: new Set<string>() };
    for (const [year, { off, worked }] of Object.entries(OFFICIAL_DAYS_CN.years)) {
      for (const day of off.split(' ')) table.holidays.add(`${year}-${day}`);
      for (const day of worked.split(' ').filter(Boolean)) table.workdays.add(`${year}-${day}`);
    }
    const keys = (name: string) => Object.keys(Object(Reflect.get(Object(source), name))).sort();
    expect([...table.holidays].sort()).toEqual(keys('holidays'));
    expect([...table.workdays].sort()).toEqual(keys('workdays'));
  });

  it('answer plain weekdays and say so beyond the table', () => {
    expect(CN.status(plainDay('2031-10-01'))).toEqual({ working: true, reason: 'weekday', flagged: true });
    expect(CN.status(plainDay('2031-10-04'))).toEqual({ working: false, reason: 'weekend', flagged: true });
    expect(CN.status(plainDay('2026-10-01')).flagged).toBe(false);
    expect(flaggedYears(win('2026-12-30', '2027-01-05'), CN)).toEqual(['2027']);
  });

  it('give way to company overrides, which change the version', () => {
    const company = workCalendar({
      region: 'CN',
      overrides: [
        { day: plainDay('2026-10-10'), working: false },
        { day: plainDay('2026-10-01'), working: true },
      ],
    });
    expect(company.status(plainDay('2026-10-10'))).toEqual({ working: false, reason: 'override-off', flagged: false });
    expect(company.status(plainDay('2026-10-01'))).toEqual({ working: true, reason: 'override-worked', flagged: false });
    expect(company.version).toMatch(/^CN-1\.5\.\d+-2026\+[0-9a-f]{12}$/);
    expect(() =>
      workCalendar({
        region: 'CN',
        overrides: [
          { day: plainDay('2026-01-01'), working: true },
          { day: plainDay('2026-01-01'), working: false },
        ],
      }),
    ).toThrow(RangeError);
  });
});

describe('windows', () => {
  it.each([
    ['2026-10-01', '2026-10-05', '2026-10-08', '2026-10-12'],
    ['2026-09-01', '2026-09-05', '2026-09-01', '2026-09-07'],
    ['2026-02-15', '2026-02-20', '2026-02-24', '2026-03-02'],
    ['2026-01-01', '2026-01-05', '2026-01-04', '2026-01-08'],
    ['2026-11-01', '2026-11-10', '2026-11-02', '2026-11-11'],
  ])('%s–%s becomes %s–%s', (first, last, shiftedFirst, shiftedLast) => {
    expect(shiftWindow(win(first, last), CN)).toEqual(win(shiftedFirst, shiftedLast));
  });

  it('count working days after from the day after the last day as shifted', () => {
    const window = shiftWindow(win('2026-11-01', '2026-11-10'), CN);
    expect(workingDayAfterWindow(window, 5, CN)).toBe('2026-11-18');
    expect(workingDayAfterWindow(window, 7, CN)).toBe('2026-11-20');
  });

  it('are days of the month after a month, quarter or year', () => {
    expect(windowAfter(period('2026-09'), { firstDay: 1, lastDay: 5 }, CN)).toEqual(win('2026-10-08', '2026-10-12'));
    expect(windowAfter(period('2026-Q3'), { firstDay: 5, lastDay: 15 }, CN)).toEqual(win('2026-10-08', '2026-10-19'));
    expect(windowAfter(period('2025'), { firstDay: 10, lastDay: 20 }, CN)).toEqual(win('2026-01-12', '2026-01-22'));
    expect(windowAfter(period('2026-12'), { firstDay: 4, lastDay: 4 }, CN)).toEqual(win('2027-01-04', '2027-01-04'));
  });

  it('take a day past the end of the month as its last day', () => {
    expect(windowAfter(period('2026-01'), { firstDay: 25, lastDay: 31 }, CN)).toEqual(win('2026-02-25', '2026-02-28'));
  });

  it('"by day N" is a window of that one day', () => {
    expect(byDayAfter(period('2026-10'), 8, CN)).toEqual(win('2026-11-09', '2026-11-09'));
  });

  it('that are over at the start begin on the next working day with their length kept', () => {
    expect(moveIfOver(win('2026-10-08', '2026-10-12'), plainDay('2026-11-20'), CN)).toEqual({
      moved: true,
      window: win('2026-11-23', '2026-11-27'),
    });
    expect(moveIfOver(win('2026-10-08', '2026-10-12'), plainDay('2026-10-12'), CN)).toEqual({
      moved: false,
      window: win('2026-10-08', '2026-10-12'),
    });
  });

  it('refuse to end before they begin', () => {
    expect(() => shiftWindow(win('2026-10-05', '2026-10-01'), CN)).toThrow(RangeError);
  });

  it('run from 00:00 to 24:00 in the zone', () => {
    expect(windowInstants(win('2026-10-08', '2026-10-12'), 'Asia/Shanghai')).toEqual({
      opensAt: '2026-10-07T16:00:00.000Z',
      closesAt: '2026-10-12T16:00:00.000Z',
    });
  });

  it('always begin and end on working days, never earlier than asked', () => {
    const days = fc.integer({ min: 0, max: 3_600 }).map((offset) => addDays(plainDay('2018-01-01'), offset));
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 40 }), (first, length) => {
        const shifted = shiftWindow({ first, last: addDays(first, length) }, CN);
        expect(isWorkingDay(shifted.first, CN) && isWorkingDay(shifted.last, CN)).toBe(true);
        expect(shifted.first >= first && daysIn(shifted.first, shifted.last) >= length + 1).toBe(true);
        expect(shiftWindow(shifted, CN)).toEqual(shifted);
      }),
    );
  });
});

describe('deadlines', () => {
  const start = instant('2026-09-29T23:30:00.000Z'); // 30 September, 07:30 in Shanghai

  it('do not count the start day and end with day N', () => {
    const result = deadline({ start, workingDays: 2, calendar: CN, zone: 'Asia/Shanghai' });
    expect(result.day).toBe('2026-10-09');
    expect(result.at).toBe('2026-10-09T16:00:00.000Z');
    expect(result.derivation).toMatchObject({ startDay: '2026-09-30', calendarVersion: CN.version, flaggedYears: [] });
    expect(result.derivation.skipped).toHaveLength(7);
    expect(result.derivation.skipped[0]).toEqual({ day: '2026-10-01', reason: 'holiday' });
  });

  it('count make-up Saturdays', () => {
    expect(deadline({ start: instant('2026-10-09T02:00:00.000Z'), workingDays: 1, calendar: CN, zone: 'Asia/Shanghai' }).day).toBe(
      '2026-10-10',
    );
  });

  it('of 0 days end with the start day', () => {
    expect(deadline({ start, workingDays: 0, calendar: CN, zone: 'Asia/Shanghai' }).at).toBe('2026-09-30T16:00:00.000Z');
  });

  it('follow daylight saving of the zone', () => {
    const weekdays = workCalendar({ region: 'WEEKDAYS', overrides: [] });
    const spring = deadline({ start: instant('2026-03-27T12:00:00.000Z'), workingDays: 1, calendar: weekdays, zone: 'Europe/Berlin' });
    expect(spring).toMatchObject({ day: '2026-03-30', at: '2026-03-30T22:00:00.000Z' });
    const winter = deadline({ start: instant('2026-03-26T12:00:00.000Z'), workingDays: 1, calendar: weekdays, zone: 'Europe/Berlin' });
    expect(winter).toMatchObject({ day: '2026-03-27', at: '2026-03-27T23:00:00.000Z' });
  });

  it('name the years beyond the table', () => {
    const result = deadline({ start: instant('2026-12-30T02:00:00.000Z'), workingDays: 5, calendar: CN, zone: 'Asia/Shanghai' });
    expect(result.derivation.flaggedYears).toEqual(['2027']);
  });

  it('can be shortened for a demo, which is part of the derivation', () => {
    const result = deadline({ start, workingDays: 5, calendar: CN, zone: 'Asia/Shanghai', dayLengthMs: 2_000 });
    expect(result.at).toBe('2026-09-29T23:30:10.000Z');
    expect(result.derivation).toMatchObject({ dayLengthMs: 2_000, skipped: [] });
  });

  it.each([{ workingDays: -1 }, { workingDays: 1.5 }, { workingDays: 100_000 }, { zone: 'Nowhere/City' }, { dayLengthMs: 0 }])(
    'refuse %j',
    (bad) => {
      expect(() => deadline({ start, workingDays: 1, calendar: CN, zone: 'Asia/Shanghai', ...bad })).toThrow(RangeError);
    },
  );

  it('agree with counting: N working days lie between start and deadline', () => {
    const days = fc.integer({ min: 0, max: 3_000 }).map((offset) => addDays(plainDay('2018-01-01'), offset));
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 60 }), (day, count) => {
        const end = addWorkingDays(day, count, CN);
        expect(workingDaysBetween(day, end, CN)).toBe(count);
      }),
    );
  });
});

describe('periods', () => {
  it('have bounds, months and predecessors', () => {
    expect(periodWindow(period('2024-02'))).toEqual(win('2024-02-01', '2024-02-29'));
    expect(periodWindow(period('2026-Q4'))).toEqual(win('2026-10-01', '2026-12-31'));
    expect(periodWindow(period('2026'))).toEqual(win('2026-01-01', '2026-12-31'));
    expect(monthsOf(period('2026-Q2'))).toEqual(['2026-04', '2026-05', '2026-06']);
    expect(periodBefore(period('2026-01'))).toBe('2025-12');
    expect(periodBefore(period('2026-Q1'))).toBe('2025-Q4');
    expect(periodBefore(period('2026'))).toBe('2025');
    expect(periodBefore(period('2026-02'), 2)).toBe('2025-12');
  });

  it('share days with those of the other kinds', () => {
    expect(overlappingPeriods(period('2026-10'))).toEqual(['2026-Q4', '2026']);
    expect(overlappingPeriods(period('2026-Q1'))).toEqual(['2026-01', '2026-02', '2026-03', '2026']);
    expect(overlappingPeriods(period('2026'))).toHaveLength(16);
  });

  it('have working days to weigh parts by', () => {
    expect(workingDaysIn(periodWindow(period('2026-10')), CN)).toBe(18);
  });
});
