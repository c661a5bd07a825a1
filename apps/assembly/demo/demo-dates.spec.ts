import { instant, plainDay } from '#kernel';
import { demoDates, shiftedDay, workingDaysAgo } from './demo-dates';
import { demoPeople, monthFile, peopleFile } from './demo-files';

describe('dates of the demo', () => {
  it.each([
    ['2026-11-22T12:00:00.000Z', '2026-07', '2026-08', '2026-09', '2026-10'],
    ['2027-02-28T12:00:00.000Z', '2026-10', '2026-11', '2026-12', '2027-01'],
    // Already the next month in the company's zone.
    ['2027-02-28T17:00:00.000Z', '2026-11', '2026-12', '2027-01', '2027-02'],
  ])('at %s lie in the four months before', (start, oldest, older, published, running) => {
    expect(demoDates(instant(start))).toMatchObject({ closed: [oldest, older], published, running });
  });

  it('count back over working days', () => {
    const dates = demoDates(instant('2026-10-09T02:00:00.000Z'));
    expect(workingDaysAgo(dates, 1)).toBe('2026-10-08');
    expect(workingDaysAgo(dates, 2)).toBe('2026-09-30');
  });

  it('move the files with them, the last day of a month staying in its month', () => {
    const dates = demoDates(instant('2027-05-15T00:00:00.000Z'));
    expect(shiftedDay(plainDay('2026-10-31'), dates)).toBe('2027-02-28');
    const facts = monthFile('facts', dates.closed[1], dates).toString();
    expect(facts).toContain('R111,sales.amount,12717.77,2027-02-23,SO-2027-02-R111-1');
    expect(facts).not.toMatch(/2026-\d\d/);
    expect(monthFile('targets', dates.running, dates).toString()).toContain('company,sales.target,2027-04,');
    expect(peopleFile(dates).toString()).toContain('华东二组,华东,shanghai,R120,2027-02-16,');
    expect(demoPeople()).toHaveLength(57);
  });
});
