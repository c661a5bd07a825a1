import { instant } from '#kernel';
import { type OwnMoment, ownActs, ownPhase, ownUntil } from './own-acts.policy';

type View = Parameters<typeof ownActs>[0];
type Phases = Parameters<typeof ownActs>[1];
const day = (number: number) => instant(`2026-11-${String(number).padStart(2, '0')}T16:00:00.000Z`);
const NOW = day(10);
const STEP = {
  step: 'self-review',
  reviewer: null,
  role: null,
  level: null,
  part: null,
  department: null,
  group: null,
  late: false,
} as const;

const open: View = {
  status: 'open',
  currentStep: 'self-review',
  steps: [{ ...STEP, state: 'open' }],
  response: 'none',
  confirmUntil: null,
  appealUntil: null,
};
const published: View = {
  ...open,
  status: 'published',
  currentStep: null,
  steps: [{ ...STEP, state: 'submitted' }],
  confirmUntil: day(12),
  appealUntil: day(14),
};
const phases = (selfReview: Phases[number]['state'], closesAt = day(12)): Phases => [
  { phase: 'self-review', state: selfReview, closesAt },
  { phase: 'publication', state: 'planned', closesAt: day(13) },
  { phase: 'confirmation', state: 'open', closesAt: day(11) },
  { phase: 'appeals', state: 'open', closesAt: day(11) },
  { phase: 'payout', state: 'planned', closesAt: day(20) },
];
const at = (now = NOW, appealed = false): OwnMoment => ({ now, appealed });
const act = (kind: string, view: View, plan: Phases, moment = at()) => ownActs(view, plan, moment).find((one) => one.act === kind);

describe('what one may do with one’s own appraisal', () => {
  it('takes a self-review while the step is open, late ones until it is closed', () => {
    expect(act('self-review', open, phases('open'))).toEqual({ act: 'self-review', blocked: null, until: day(12), late: false });
    expect(act('self-review', open, phases('open', day(9)))).toMatchObject({ blocked: null, late: true });
    expect(act('self-review', open, phases('planned'))).toMatchObject({ blocked: 'not-begun' });
    expect(act('self-review', published, phases('closed'))).toMatchObject({ blocked: 'submitted' });
    expect(act('self-review', { ...open, steps: [{ ...STEP, state: 'skipped' }] }, phases('closed'))).toMatchObject({ blocked: 'closed' });
    expect(act('self-review', { ...open, steps: [] }, phases('open'))).toMatchObject({ blocked: 'no-such-step' });
    expect(act('self-review', { ...open, status: 'cancelled' }, phases('open'))).toMatchObject({ blocked: 'cancelled' });
  });

  it('takes a confirmation or an objection once, from publication', () => {
    for (const kind of ['confirm', 'object']) {
      expect(act(kind, open, phases('open'))).toMatchObject({ blocked: 'not-published', until: null });
      expect(act(kind, published, phases('closed'))).toMatchObject({ blocked: null, until: day(12) });
      expect(act(kind, { ...published, response: 'confirmed' }, phases('closed'))).toMatchObject({ blocked: 'confirmed' });
      expect(act(kind, { ...published, response: 'objected' }, phases('closed'))).toMatchObject({ blocked: 'objected' });
    }
  });

  it('confirms late, and objects in time alone', () => {
    expect(act('confirm', published, phases('closed'), at(day(13)))).toMatchObject({ blocked: null, late: true });
    expect(act('object', published, phases('closed'), at(day(13)))).toMatchObject({ blocked: 'over' });
  });

  it('files an appeal, late ones for HR to admit, and one at a time', () => {
    expect(act('appeal', published, phases('closed'))).toMatchObject({ blocked: null, until: day(14), late: false });
    expect(act('appeal', published, phases('closed'), at(day(15)))).toMatchObject({ blocked: null, late: true });
    expect(act('appeal', published, phases('closed'), at(NOW, true))).toMatchObject({ blocked: 'appealed' });
  });

  it('goes by a phase that was extended since', () => {
    const extended = phases('closed').map((one) => (one.phase === 'confirmation' ? { ...one, closesAt: day(18) } : one));
    expect(act('object', published, extended, at(day(13)))).toMatchObject({ blocked: null, until: day(18) });
  });
});

describe('where one is', () => {
  it.each<[string, View, number, string | null]>([
    ['in the open step', open, 10, 'self-review'],
    ['before publication when scored', { ...open, status: 'scored' }, 10, 'publication'],
    ['to confirm once published', published, 10, 'confirmation'],
    ['to wait for the answer of an objection', { ...published, response: 'objected' }, 10, 'confirmation'],
    ['free to appeal when confirmed', { ...published, response: 'confirmed' }, 10, 'appeals'],
    ['to be paid after that', { ...published, response: 'confirmed' }, 15, 'payout'],
    ['nowhere when final', { ...published, status: 'final' }, 15, null],
    ['nowhere in a phase that the plan does not have', { ...open, currentStep: 'second-review' }, 10, null],
  ])('%s', (_, view, now, phase) => {
    expect(ownPhase(view, phases('open'), { now: day(now) })).toBe(phase);
  });
});

describe('until when a result may be confirmed', () => {
  it('given a result that was published late, then until its own deadline, though the phase is over for the others', () => {
    expect(ownUntil(day(12), phases('closed'), 'confirmation')).toBe(day(12));
  });

  it('given a phase that was extended since, then until its new end', () => {
    const extended = phases('closed').map((phase) => (phase.phase === 'confirmation' ? { ...phase, closesAt: day(18) } : phase));
    expect(ownUntil(day(12), extended, 'confirmation')).toBe(day(18));
  });

  it('given one of them only, then that; given neither, then without an end', () => {
    expect([ownUntil(null, phases('closed'), 'appeals'), ownUntil(day(9), [], 'appeals'), ownUntil(null, [], 'appeals')]).toEqual([
      day(11),
      day(9),
      null,
    ]);
  });
});
