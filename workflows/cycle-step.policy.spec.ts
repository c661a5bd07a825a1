import fc from 'fast-check';
import type { CyclePhase, RecordedCycle, RecordedPhase } from './contracts';
import { type CycleAction, nextCycleStep, phaseShown } from './cycle-step.policy';

const DAY = 24 * 60 * 60 * 1_000;
const PLAN: readonly (readonly [CyclePhase, number, number])[] = [
  ['self-review', 0, 3],
  ['manager-review', 3, 6],
  ['publication', 8, 9],
  ['confirmation', 8, 13],
  ['appeals', 8, 13],
  ['payout', 9, 15],
];

function at(day: number): string {
  return new Date(day * DAY).toISOString();
}

function planned([phase, from, to]: readonly [CyclePhase, number, number]): RecordedPhase {
  return {
    phase,
    opensAt: at(from),
    closesAt: at(to),
    remindAt: [at(from + 1), at(from + 2)],
    opened: false,
    completed: false,
    closed: null,
  };
}

function cycle(change: Partial<RecordedCycle> = {}): RecordedCycle {
  return {
    status: 'running',
    region: 'CN',
    phases: PLAN.map(planned),
    sweeps: [],
    published: false,
    payoutStarted: false,
    unsettled: null,
    dayLengthMs: null,
    ...change,
  };
}

function withPhase(state: RecordedCycle, phase: CyclePhase, change: Partial<RecordedPhase>): RecordedCycle {
  return { ...state, phases: state.phases.map((one) => (one.phase === phase ? { ...one, ...change } : one)) };
}

/** What the record says after the action was taken. */
function after(state: RecordedCycle, action: CycleAction): RecordedCycle {
  switch (action.kind) {
    case 'sweep':
      return { ...state, sweeps: [...state.sweeps, { phase: action.phase, step: action.step, round: action.round }] };
    case 'open-phase':
      return withPhase(state, action.phase, { opened: true });
    case 'close-phase':
      return withPhase(state, action.phase, { closed: action.cause });
    case 'publish':
      return { ...state, published: true, unsettled: { openAppeals: 0, heldLines: 0, unpaidBatches: 0 } };
    case 'start-payout':
      return { ...state, payoutStarted: true };
    case 'close-cycle':
      return { ...state, status: 'closed' };
  }
}

interface Taken {
  readonly day: number;
  readonly action: CycleAction;
}

/** Lives a cycle by its policy alone; `happen` may change the record whenever the workflow would read it. */
function live(start: RecordedCycle, fromDay: number, happen: (state: RecordedCycle, day: number) => RecordedCycle = (state) => state) {
  const taken: Taken[] = [];
  let state = start;
  let now = fromDay * DAY;
  for (let turn = 0; turn < 400; turn += 1) {
    state = happen(state, now / DAY);
    const next = nextCycleStep(state, now);
    if (next.kind === 'end') return { taken, state, day: now / DAY };
    if (next.kind === 'do') {
      taken.push({ day: now / DAY, action: next.action });
      state = after(state, next.action);
    } else {
      expect(next.untilMs ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now);
      now = Math.min(next.untilMs ?? Number.POSITIVE_INFINITY, now + DAY);
    }
  }
  throw new Error('the cycle never ends');
}

const keys = (taken: readonly Taken[]): readonly string[] => taken.map(({ action }) => action.key);

describe('the next step of a cycle', () => {
  it('opens everyone before the first phase', () => {
    expect(nextCycleStep(cycle(), 0)).toMatchObject({ kind: 'do', action: { kind: 'sweep', step: 'open' } });
  });

  it('waits for the earliest of the windows that run side by side', () => {
    const { taken } = live(cycle(), 0);
    const days = Object.fromEntries(taken.map(({ day, action }) => [action.key, day]));
    expect(days).toMatchObject({
      'self-review/remind/1': 1,
      'self-review/close/0': 3,
      'publication/publish/0': 8,
      'confirmation/open-phase': 8,
      'appeals/open-phase': 8,
      'payout/open-phase': 9,
      'confirmation/remind/1': 9,
      'confirmation/close/0': 13,
      'payout/finalise/0': 15,
      close: 15,
    });
  });

  it('advances a review early, never the publication', () => {
    const { taken } = live(cycle(), 0, (state, day) => {
      const [first, second] = state.phases;
      if (day >= 0.5 && first?.opened === true && !first.completed) return withPhase(state, 'self-review', { completed: true });
      return second?.opened === true && !second.completed ? withPhase(state, 'manager-review', { completed: true }) : state;
    });
    const opened = taken.filter(({ action }) => action.kind === 'open-phase').map(({ day, action }) => `${Math.floor(day)} ${action.key}`);
    expect(opened.slice(0, 3)).toEqual(['0 self-review/open-phase', '1 manager-review/open-phase', '8 publication/open-phase']);
  });

  it('scores everyone, then places everyone, then publishes, where people are ranked', () => {
    const publishing = (ranked: boolean) =>
      keys(live(cycle({ ranked }), 0).taken).filter((key) => key.startsWith('publication/') && !key.includes('-phase'));
    expect(publishing(true)).toEqual(['publication/score/0', 'publication/rank/0', 'publication/publish/0', 'publication/publish']);
    expect(publishing(false)).toEqual(['publication/publish/0', 'publication/publish']);
  });

  it('closes those who are left when a person closed the phase, then opens the next at once', () => {
    const state = withPhase(cycle({ sweeps: [{ phase: 'self-review', step: 'open', round: 0 }] }), 'self-review', {
      opened: true,
      closed: 'advanced',
    });
    const swept = nextCycleStep(state, 0);
    expect(swept).toMatchObject({ kind: 'do', action: { key: 'self-review/close/0' } });
    const then = nextCycleStep({ ...state, sweeps: [...state.sweeps, { phase: 'self-review', step: 'close', round: 0 }] }, 0);
    expect(then).toMatchObject({ kind: 'do', action: { key: 'manager-review/open-phase' } });
  });

  it('does nothing while paused, and nothing but the cancelling sweep once cancelled', () => {
    expect(nextCycleStep(cycle({ status: 'paused' }), 99 * DAY)).toEqual({ kind: 'wait', untilMs: undefined });
    expect(keys(live(cycle({ status: 'cancelled' }), 4).taken)).toEqual(['self-review/cancel/0']);
  });

  it.each([
    ['an open appeal', { openAppeals: 1, heldLines: 0, unpaidBatches: 0 }],
    ['a held line', { openAppeals: 0, heldLines: 1, unpaidBatches: 0 }],
    ['a batch that is not released', { openAppeals: 0, heldLines: 0, unpaidBatches: 1 }],
  ])('stays open for %s', (_what, unsettled) => {
    const { state } = live(cycle(), 0);
    const next = nextCycleStep({ ...state, status: 'running', unsettled }, 20 * DAY);
    expect(next).toMatchObject({ kind: 'wait' });
  });

  it('says which phases are open', () => {
    const state = withPhase(withPhase(cycle(), 'confirmation', { opened: true }), 'appeals', { opened: true });
    expect(phaseShown(state)).toBe('confirmation+appeals');
    expect(phaseShown(cycle())).toBe('between-phases');
    expect(phaseShown(cycle({ status: 'paused' }))).toBe('paused');
  });

  it('taken up at any moment, after any history and however late, every step is done once and in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 14, noNaN: true }), { maxLength: 4 }),
        (cut, late, completions) => {
          const happen = (state: RecordedCycle, day: number): RecordedCycle =>
            completions.reduce((changed, when, index) => {
              const name = PLAN[index]?.[0];
              const phase = changed.phases.find((one) => one.phase === name);
              return name !== undefined && phase?.opened === true && !phase.completed && day >= when
                ? withPhase(changed, name, { completed: true })
                : changed;
            }, state);
          const whole = live(cycle(), 0, happen);
          const done = whole.taken.slice(0, cut);
          const resumed = live(
            done.reduce((state, { action }) => after(state, action), cycle()),
            Math.max(done.at(-1)?.day ?? 0, late),
            happen,
          );
          const all = [...keys(done), ...keys(resumed.taken)];
          expect(new Set(all).size).toBe(all.length);
          // A late start leaves out reminders that nobody needs any more; how a phase closed may differ, not that it did.
          const what = (list: readonly string[]): readonly string[] =>
            list
              .filter((key) => !key.includes('remind'))
              .map((key) => key.replace(/\/(deadline|all-done)$/, ''))
              .sort();
          expect(what(all)).toEqual(what(keys(whole.taken)));
          expect(resumed.state.status).toBe('closed');
        },
      ),
    );
  });
});
