import { type PlannedPhase, stepsOf } from './derive';

/** Midnight at which a day of the company begins. */
const begin = (day: string): string => new Date(Date.parse(`${day}T00:00:00+08:00`)).toISOString();
const DAY_MS = 86_400_000;
const end = (day: string): string => new Date(Date.parse(begin(day)) + DAY_MS).toISOString();

const SELF: PlannedPhase = {
  phase: 'self-review',
  opensAt: begin('2026-12-01'),
  closesAt: end('2026-12-04'),
  derivation: { first: '2026-12-01', last: '2026-12-04', shiftedFirst: '2026-12-01', shiftedLast: '2026-12-04' },
};
const MANAGER: PlannedPhase = {
  phase: 'manager-review',
  opensAt: end('2026-12-04'),
  closesAt: end('2026-12-10'),
  derivation: { first: '2026-12-01', last: '2026-12-10', shiftedFirst: '2026-12-01', shiftedLast: '2026-12-10' },
};
const PUBLICATION: PlannedPhase = {
  phase: 'publication',
  opensAt: begin('2026-12-14'),
  closesAt: end('2026-12-14'),
  derivation: { shiftedFirst: '2026-12-14', shiftedLast: '2026-12-14', workingDays: 2, after: 'manager-review' },
};
const CONFIRMATION: PlannedPhase = {
  phase: 'confirmation',
  opensAt: begin('2026-12-14'),
  closesAt: end('2026-12-21'),
  derivation: { shiftedFirst: '2026-12-15', shiftedLast: '2026-12-21', workingDays: 5, after: 'publication' },
};
const ALL = [SELF, MANAGER, PUBLICATION, CONFIRMATION];

describe('why a window is what it is', () => {
  it('says that nothing moved only where nothing did', () => {
    expect(stepsOf(SELF, ALL)).toEqual([{ kind: 'asked', first: '2026-12-01', last: '2026-12-04' }, { kind: 'as-is' }]);
  });

  it('says that a phase waits for the one before it to end', () => {
    expect(stepsOf(MANAGER, ALL)).toEqual([
      { kind: 'asked', first: '2026-12-01', last: '2026-12-10' },
      { kind: 'follows', phase: 'self-review' },
      { kind: 'becomes', first: '2026-12-05', last: '2026-12-10' },
    ]);
  });

  it('says what is counted, and that confirmation comes with the publication', () => {
    expect(stepsOf(PUBLICATION, ALL)).toEqual([{ kind: 'counted', days: 2, after: 'manager-review' }]);
    expect(stepsOf(CONFIRMATION, ALL)).toEqual([{ kind: 'counted', days: 5, after: 'publication' }, { kind: 'with-publication' }]);
  });

  it('names the phase that a window is shared with, on either side', () => {
    const shared = (phase: PlannedPhase, first: string, last: string): PlannedPhase => ({
      ...phase,
      opensAt: begin(first),
      closesAt: end(last),
      derivation: { first: '2026-12-01', last: '2026-12-04', shiftedFirst: first, shiftedLast: last, reasons: ['window-shared'] },
    });
    const both = [shared(SELF, '2026-12-01', '2026-12-02'), shared(MANAGER, '2026-12-03', '2026-12-04')] as const;
    expect(stepsOf(both[0], both)).toContainEqual({ kind: 'shares', phase: 'manager-review' });
    expect(stepsOf(both[1], both)).toEqual([
      { kind: 'asked', first: '2026-12-01', last: '2026-12-04' },
      { kind: 'shares', phase: 'self-review' },
      { kind: 'becomes', first: '2026-12-03', last: '2026-12-04' },
    ]);
  });

  it('keeps the reasons of the plan, and tells no days where they are shortened', () => {
    const holiday: PlannedPhase = {
      ...SELF,
      opensAt: begin('2026-12-02'),
      derivation: { first: '2026-12-01', last: '2026-12-04', shiftedFirst: '2026-12-02', shiftedLast: '2026-12-04', reasons: ['holiday'] },
    };
    expect(stepsOf(holiday, [holiday])).toEqual([
      { kind: 'asked', first: '2026-12-01', last: '2026-12-04' },
      { kind: 'reason', code: 'holiday' },
      { kind: 'becomes', first: '2026-12-02', last: '2026-12-04' },
    ]);
    const opensAt = '2026-12-01T02:00:10.000Z';
    const short = (phase: PlannedPhase, at: Pick<PlannedPhase, 'opensAt' | 'closesAt'>): PlannedPhase => ({
      ...phase,
      ...at,
      derivation: { ...phase.derivation, reasons: ['shortened-days'] },
    });
    const plan = [
      short(SELF, { opensAt: '2026-12-01T02:00:00.000Z', closesAt: opensAt }),
      short(MANAGER, { opensAt, closesAt: '2026-12-01T02:00:20.000Z' }),
    ] as const;
    expect(stepsOf(plan[1], plan)).toEqual([
      { kind: 'asked', first: '2026-12-01', last: '2026-12-10' },
      { kind: 'reason', code: 'shortened-days' },
      { kind: 'follows', phase: 'self-review' },
    ]);
  });
});
