import { fold, type Instant, instant, period, Rejection, type SubjectId, subjectId } from '#kernel';
import { given, SPEC_ACTOR, SPEC_NOW } from '#libs/testing';
import fc from 'fast-check';
import { type CycleCommand, type CycleEvent, MOST_REMINDED, type Phase } from '../contracts';
import { cycleDecider } from './cycle.decider';

const CYCLE = '00000000-0000-7000-8000-00000000c001';
const at = (text: string): Instant => instant(`2026-11-${text}:00:00.000Z`);
const person = (number: number): SubjectId => subjectId(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`);
const [ANN, BO, CY] = [person(1), person(2), person(3)];

const started: CycleEvent = {
  type: 'CycleStarted',
  data: {
    cycleId: CYCLE,
    name: 'October',
    period: period('2026-10'),
    scheme: { schemeId: 'weighted-70-20-10', version: 1 },
    scope: {},
    setAside: [],
    membersAt: 1,
    members: 3,
    excluded: [],
    cohorts: 1,
    phases: [
      { phase: 'self-review', opensAt: at('02T00'), closesAt: at('06T00'), remindAt: [] },
      { phase: 'manager-review', opensAt: at('06T00'), closesAt: at('10T00'), remindAt: [] },
      { phase: 'publication', opensAt: at('12T00'), closesAt: at('13T00'), remindAt: [] },
    ],
    calendar: { region: 'CN', version: 'cn-2026', zone: 'Asia/Shanghai' },
    startedAt: at('01T00'),
  },
};
const opened = (phase: Phase): CycleEvent => ({
  type: 'CyclePhaseOpened',
  data: { cycleId: CYCLE, phase, openedAt: at('02T00'), closesAt: at('10T00') },
});
const closed = (phase: Phase): CycleEvent => ({
  type: 'CyclePhaseClosed',
  data: { cycleId: CYCLE, phase, cause: 'deadline', closedAt: at('06T00') },
});
const remind = (subjects: readonly SubjectId[], phase: Phase = 'self-review', againFrom = at('28T16')): CycleCommand => ({
  type: 'RemindPeople',
  data: { phase, subjects, againFrom },
});
const reminded = (
  subjects: SubjectId[],
  when: Partial<{ phase: Phase; round: number; at: Instant; againFrom: Instant }> = {},
): CycleEvent => ({
  type: 'CyclePeopleReminded',
  data: {
    cycleId: CYCLE,
    phase: when.phase ?? 'self-review',
    round: when.round ?? 1,
    subjects,
    againFrom: when.againFrom ?? at('28T16'),
    by: SPEC_ACTOR,
    remindedAt: when.at ?? SPEC_NOW,
  },
});
const YESTERDAY = instant(new Date(Date.parse(SPEC_NOW) - 86_400_000).toISOString());
const LATER = instant(new Date(Date.parse(SPEC_NOW) + 86_400_000).toISOString());
const cycle = (...past: CycleEvent[]) => given(cycleDecider, [started, ...past]);

describe('a reminder by hand', () => {
  it('names whom it is about, once each, and from when on they may be reminded again', () =>
    cycle(opened('self-review'))
      .when(remind([ANN, BO, ANN], 'self-review', LATER))
      .then([reminded([ANN, BO], { againFrom: LATER })]));

  it('is for an open phase of a running cycle', () => {
    cycle()
      .when(remind([ANN]))
      .thenRejects('cycle.phase-not-open', { state: 'planned' });
    cycle(opened('self-review'), closed('self-review'))
      .when(remind([ANN]))
      .thenRejects('cycle.phase-not-open', { state: 'closed' });
    cycle(opened('self-review'))
      .when(remind([ANN], 'appeals'))
      .thenRejects('cycle.phase-not-planned');
    const paused: CycleEvent = { type: 'CyclePaused', data: { cycleId: CYCLE, reason: 'flood', by: SPEC_ACTOR, pausedAt: YESTERDAY } };
    cycle(opened('self-review'), paused)
      .when(remind([ANN]))
      .thenRejects('cycle.not-running', { status: 'paused' });
  });

  it('is for somebody, and for not too many', () => {
    cycle(opened('self-review')).when(remind([])).thenRejects('cycle.nobody-to-remind');
    const crowd = Array.from({ length: MOST_REMINDED + 1 }, (_, number) => person(number));
    cycle(opened('self-review')).when(remind(crowd)).thenRejects('cycle.too-many-to-remind', { most: MOST_REMINDED });
  });

  it('reaches nobody twice within a working day, but others, and the same people afterwards', () => {
    const holding = reminded([ANN, BO], { at: YESTERDAY, againFrom: LATER });
    cycle(opened('self-review'), holding)
      .when(remind([BO, CY]))
      .thenRejects('cycle.reminded-already', { people: 1 });
    cycle(opened('self-review'), holding)
      .when(remind([CY], 'self-review', LATER))
      .then([reminded([CY], { round: 2, againFrom: LATER })]);
    const over = reminded([ANN, BO], { at: YESTERDAY, againFrom: SPEC_NOW });
    cycle(opened('self-review'), over)
      .when(remind([ANN], 'self-review', LATER))
      .then([reminded([ANN], { round: 2, againFrom: LATER })]);
  });

  it('of one phase does not keep from one of the next', () =>
    cycle(opened('self-review'), reminded([ANN], { at: YESTERDAY, againFrom: LATER }), closed('self-review'), opened('manager-review'))
      .when(remind([ANN], 'manager-review', LATER))
      .then([reminded([ANN], { phase: 'manager-review', againFrom: LATER })]));

  it('says nothing twice', () =>
    cycle(opened('self-review'), reminded([ANN, BO]))
      .when(remind([ANN, BO]))
      .thenNothing());

  it('never reaches one person twice before their time, whatever the order', () => {
    const days = fc.integer({ min: 2, max: 27 });
    const groups = fc.uniqueArray(fc.constantFrom(ANN, BO, CY), { minLength: 1 });
    /** What is decided, or nothing where it is refused by name. */
    const outcome = (past: readonly CycleEvent[], command: CycleCommand, now: Instant): readonly CycleEvent[] | undefined => {
      try {
        return cycleDecider.decide(command, fold(cycleDecider, past), { now, actor: SPEC_ACTOR });
      } catch (error) {
        if (error instanceof Rejection) return undefined;
        throw error;
      }
    };
    fc.assert(
      fc.property(fc.array(fc.tuple(days, groups), { maxLength: 30 }), (script) => {
        const past: CycleEvent[] = [started, opened('self-review')];
        const until = new Map<SubjectId, Instant>();
        for (const [day, subjects] of [...script].sort(([one], [other]) => one - other)) {
          const [now, againFrom] = [at(`${String(day).padStart(2, '0')}T01`), at(`${String(day + 1).padStart(2, '0')}T16`)];
          const held = subjects.filter((subject) => (until.get(subject) ?? '') > now);
          const decided = outcome(past, remind(subjects, 'self-review', againFrom), now);
          expect(decided === undefined || decided.length === 0).toBe(held.length > 0);
          if (decided && decided.length > 0) for (const subject of subjects) until.set(subject, againFrom);
          past.push(...(decided ?? []));
        }
      }),
    );
  });
});
