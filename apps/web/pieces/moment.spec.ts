import { beforeMinute, companyDay, fieldTime, instantOf, isMidnight } from './moment';

describe('a moment in the company’s zone, whatever the zone of the device', () => {
  it.each([
    ['2026-11-28', '2026-11-27T16:00:00.000Z'],
    ['2026-11-28T09:30', '2026-11-28T01:30:00.000Z'],
    ['2026-11-28T09:30:15', '2026-11-28T01:30:15.000Z'],
    ['2026-11-28T01:30:00Z', '2026-11-28T01:30:00.000Z'],
    ['2026-11-28T01:30:00+00:00', '2026-11-28T01:30:00.000Z'],
    ['yesterday', undefined],
    ['', undefined],
  ])('%s is %s', (text, instant) => {
    expect(instantOf(text)).toBe(instant);
  });

  it('is shown in a field as it was typed there', () => {
    expect(fieldTime('2026-11-27T16:00:59Z')).toBe('2026-11-28T00:00');
    expect(fieldTime(instantOf('2026-11-28T09:30') ?? '')).toBe('2026-11-28T09:30');
    expect(fieldTime('none')).toBe('');
  });

  it('has the company’s day', () => {
    expect(companyDay('2026-11-27T15:59:59Z')).toBe('2026-11-27');
    expect(companyDay('2026-11-27T16:00:00Z')).toBe('2026-11-28');
  });

  it.each([
    ['2026-11-27T16:00:00Z', true],
    ['2026-11-27T16:00:59.999Z', true],
    ['2026-11-27T16:01:00Z', false],
    ['2026-11-27T15:59:59Z', false],
    ['2026-11-27T00:00:00Z', false],
  ])('%s is midnight there: %s', (instant, is) => {
    expect(isMidnight(Date.parse(instant))).toBe(is);
  });

  it.each(['2026-11-27T16:00:00Z', '2026-11-27T16:00:01Z', '2026-11-27T16:00:59.999Z'])(
    'is of the day before in the minute after midnight: %s',
    (instant) => {
      expect(companyDay(new Date(beforeMinute(Date.parse(instant))).toISOString())).toBe('2026-11-27');
    },
  );
});
