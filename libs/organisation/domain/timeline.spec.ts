import fc from 'fast-check';
import { plainDay, subjectId } from '#kernel';
import { compileScope, memberOf } from './member.policy';
import { employment, type Segment, standingOn, type Statement, timelineOf } from './timeline.policy';

const MANAGER = subjectId('00000000-0000-7000-8000-000000000001');
const PERSON = subjectId('00000000-0000-7000-8000-000000000002');
const day = (text: string | null) => (text === null ? null : plainDay(text));
const line = (from: string | null, to: string | null, department = 'A', manager: typeof MANAGER | null = MANAGER): Segment => ({
  from: day(from),
  to: day(to),
  roles: ['rep'],
  position: null,
  department,
  team: null,
  region: null,
  site: null,
  manager,
});
const says = (from: string | null, ...segments: Segment[]): Statement => ({ speaksFrom: day(from), segments });
const OCTOBER = { firstDay: plainDay('2026-10-01'), lastDay: plainDay('2026-10-31') };
const EVERYONE = compileScope({});

describe('what is known of a person', () => {
  it('keeps earlier days when a later import speaks from a day on', () => {
    const timeline = timelineOf([says(null, line(null, null, 'A')), says('2026-10-15', line('2026-10-15', null, 'B'))]);
    expect(timeline.map(({ from, to, department }) => [from, to, department])).toEqual([
      [null, '2026-10-15', 'A'],
      ['2026-10-15', null, 'B'],
    ]);
  });

  it('forgets everything when an import speaks of always: a leaver leaves', () => {
    const timeline = timelineOf([says(null, line(null, null)), says(null, line(null, '2026-10-10'))]);
    expect(standingOn(timeline, plainDay('2026-10-10'))).toBeUndefined();
    expect(standingOn(timeline, plainDay('2026-10-09'))?.department).toBe('A');
  });

  it('is the same however the same statement is cut into neighbouring lines', () => {
    expect(timelineOf([says(null, line(null, '2026-10-01'), line('2026-10-01', null))])).toEqual(
      timelineOf([says(null, line(null, null))]),
    );
  });

  it('holds at most one line on any day', () => {
    const anyDay = fc.constantFrom(null, '2026-10-01', '2026-10-11', '2026-10-21');
    const statement = fc.tuple(anyDay, fc.constantFrom('A', 'B')).map(([from, department]) => says(from, line(from, null, department)));
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 6 }), fc.integer({ min: 1, max: 31 }), (statements, date) => {
        const timeline = timelineOf(statements);
        const on = plainDay(`2026-10-${String(date).padStart(2, '0')}`);
        const holding = timeline.filter(({ from, to }) => (from === null || from <= on) && (to === null || on < to));
        expect(holding.length).toBeLessThanOrEqual(1);
        const spoken = statements.filter(({ speaksFrom }) => speaksFrom === null || speaksFrom <= on);
        expect(holding[0]?.department).toBe(spoken[spoken.length - 1]?.segments[0]?.department);
      }),
    );
  });

  it('counts days of employment within a window', () => {
    const timeline = timelineOf([says(null, line('2026-10-05', '2026-10-10'), line('2026-10-20', null, 'B'))]);
    expect(employment(timeline, OCTOBER.firstDay, OCTOBER.lastDay)).toMatchObject({
      days: 5 + 12,
      first: '2026-10-05',
      last: '2026-10-31',
    });
  });
});

describe('who is a member of a period', () => {
  const excluded = (...statements: Statement[]) => memberOf(PERSON, timelineOf(statements), OCTOBER, EVERYONE)?.excluded;

  it('is one employed on the last day with a manager', () => {
    expect(excluded(says(null, line(null, null)))).toBeNull();
    expect(excluded(says(null, line('2026-10-31', null)))).toBeNull();
    expect(excluded(says(null, line(null, '2026-10-31')))).toBe('left');
    expect(excluded(says(null, line(null, '2026-11-01')))).toBeNull();
    expect(excluded(says(null, line(null, '2026-10-01')))).toBe('not-employed-in-period');
    expect(excluded(says(null, line('2026-11-01', null)))).toBe('not-employed-in-period');
    expect(excluded(says(null, line(null, null, 'A', null)))).toBe('no-manager');
  });

  it('is in scope by the last line in the period', () => {
    const timeline = timelineOf([says(null, line(null, '2026-10-15', 'A'), line('2026-10-15', null, 'B'))]);
    expect(memberOf(PERSON, timeline, OCTOBER, compileScope({ departments: ['A'] }))?.excluded).toBe('not-in-scope');
    expect(memberOf(PERSON, timeline, OCTOBER, compileScope({ departments: ['B'], roles: ['rep', 'coach'] }))?.excluded).toBeNull();
    expect(memberOf(PERSON, timeline, OCTOBER, compileScope({ regions: ['华东'] }))?.excluded).toBe('not-in-scope');
    expect(memberOf(PERSON, timeline, OCTOBER, compileScope({ subjects: [] }))?.excluded).toBe('not-in-scope');
    expect(memberOf(PERSON, [], OCTOBER, EVERYONE)).toBeUndefined();
  });
});
