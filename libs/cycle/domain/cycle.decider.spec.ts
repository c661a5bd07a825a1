import { fold, instant, type Instant, period, Rejection, subjectId } from '#kernel';
import { given, SPEC_ACTOR, SPEC_NOW } from '#libs/testing';
import fc from 'fast-check';
import type { CycleCommand, CycleEvent, Phase, PhasePlan } from '../contracts';
import { cycleDecider } from './cycle.decider';

const CYCLE = '00000000-0000-7000-8000-00000000c001';
const at = (text: string): Instant => instant(`2026-11-${text}:00:00.000Z`);
const NOW = SPEC_NOW;

const plan = (phase: Phase, opensAt: Instant, closesAt: Instant, remindAt: Instant[] = []): PhasePlan => ({
  phase,
  opensAt,
  closesAt,
  remindAt,
});
const PLAN = [
  plan('self-review', at('02T00'), at('06T00'), [at('04T00')]),
  plan('manager-review', at('06T00'), at('10T00')),
  plan('publication', at('12T00'), at('13T00')),
  plan('confirmation', at('13T00'), at('16T00')),
  plan('appeals', at('13T00'), at('20T00')),
];

const startedData = {
  cycleId: CYCLE,
  name: 'November',
  period: period('2026-10'),
  scheme: { schemeId: 'weighted-70-20-10', version: 1 },
  scope: {},
  setAside: [{ subject: subjectId('00000000-0000-7000-8000-000000000001'), reason: 'on leave' }],
  membersAt: 12,
  members: 3,
  excluded: [{ reason: 'no-manager' as const, count: 1 }],
  cohorts: 1,
  phases: PLAN,
  calendar: { region: 'CN', version: 'cn-2026', zone: 'Asia/Shanghai' },
};
const startCommand: CycleCommand = { type: 'StartCycle', data: startedData };
const started: CycleEvent = { type: 'CycleStarted', data: { ...startedData, startedAt: NOW } };
const opened = (phase: Phase, closesAt = PLAN.find((p) => p.phase === phase)?.closesAt ?? NOW): CycleEvent => ({
  type: 'CyclePhaseOpened',
  data: { cycleId: CYCLE, phase, openedAt: NOW, closesAt },
});
const closed = (phase: Phase): CycleEvent => ({
  type: 'CyclePhaseClosed',
  data: { cycleId: CYCLE, phase, cause: 'deadline', closedAt: NOW },
});
const completed = (phase: Phase): CycleEvent => ({
  type: 'CyclePhaseCompleted',
  data: { cycleId: CYCLE, phase, members: 3, done: 3, completedAt: NOW },
});
const swept = (phase: Phase, step: 'open' | 'publish' | 'cancel'): CycleEvent => ({
  type: 'CycleSweepRecorded',
  data: { cycleId: CYCLE, phase, step, round: 0, members: 3, handled: 3, excluded: [], recordedAt: NOW },
});
const published: CycleEvent = { type: 'CyclePublished', data: { cycleId: CYCLE, published: 3, withoutScore: 0, publishedAt: NOW } };
const paused: CycleEvent = { type: 'CyclePaused', data: { cycleId: CYCLE, reason: 'flood', by: SPEC_ACTOR, pausedAt: at('03T00') } };
const cancelled: CycleEvent = {
  type: 'CycleCancelled',
  data: { cycleId: CYCLE, reason: 'wrong scheme', by: SPEC_ACTOR, cancelledAt: NOW },
};
const reviewed = [started, opened('self-review'), closed('self-review'), opened('manager-review'), closed('manager-review')];
const cycle = (...past: CycleEvent[]) => given(cycleDecider, past);
const close = (phase: Phase, cause: 'deadline' | 'all-done' | 'advanced'): CycleCommand => ({
  type: 'CloseCyclePhase',
  data: { phase, cause },
});
const extend = (phase: Phase, closesAt: Instant): CycleCommand => ({
  type: 'ExtendCyclePhase',
  data: { phase, closesAt, reason: 'storm' },
});

describe('start', () => {
  it('records what was derived', () => cycle().when(startCommand).then([started]));
  it('says nothing twice', () => cycle(started).when(startCommand).thenNothing());
  it('refuses another start', () =>
    cycle(started)
      .when({ type: 'StartCycle', data: { ...startedData, members: 4 } })
      .thenRejects('cycle.already-started'));
  it('refuses an empty cycle', () =>
    cycle()
      .when({ type: 'StartCycle', data: { ...startedData, members: 0 } })
      .thenRejects('cycle.nobody-in-scope'));
  it('refuses phases out of order', () =>
    cycle()
      .when({ type: 'StartCycle', data: { ...startedData, phases: [...PLAN].reverse() } })
      .thenRejects('cycle.plan-out-of-order'));
  it('knows no other command before it', () =>
    cycle()
      .when({ type: 'PauseCycle', data: { reason: 'x' } })
      .thenRejects('cycle.not-started'));
});

describe('phases', () => {
  it('open one after another', () => {
    cycle(started)
      .when({ type: 'OpenCyclePhase', data: { phase: 'self-review' } })
      .then([opened('self-review')]);
    cycle(started)
      .when({ type: 'OpenCyclePhase', data: { phase: 'manager-review' } })
      .thenRejects('cycle.earlier-phase-not-closed', { earlier: 'self-review' });
    cycle(started)
      .when({ type: 'OpenCyclePhase', data: { phase: 'second-review' } })
      .thenRejects('cycle.phase-not-planned');
    cycle(started, opened('self-review'))
      .when({ type: 'OpenCyclePhase', data: { phase: 'self-review' } })
      .thenNothing();
  });
  it('after publication run side by side, with the end derived from it', () => {
    cycle(...reviewed, opened('publication'))
      .when({ type: 'OpenCyclePhase', data: { phase: 'appeals' } })
      .thenRejects('cycle.not-published');
    cycle(...reviewed, opened('publication'), published, opened('confirmation'))
      .when({ type: 'OpenCyclePhase', data: { phase: 'appeals', closesAt: at('21T00') } })
      .then([opened('appeals', at('21T00'))]);
  });
  it('close at the deadline, not before', () => {
    cycle(started, opened('self-review')).when(close('self-review', 'deadline')).thenRejects('cycle.deadline-not-reached');
    cycle(started, opened('self-review'))
      .at(at('06T00'))
      .when(close('self-review', 'deadline'))
      .thenState((state) => {
        expect(state.status === 'none' ? undefined : state.phases[0]?.state).toBe('closed');
      });
    cycle(started, opened('self-review')).when(close('self-review', 'all-done')).thenRejects('cycle.not-all-done');
    cycle(started, closed('self-review')).when(close('self-review', 'deadline')).thenNothing();
  });
  it('a timer that fires after an extension is refused', () => {
    const extended: CycleEvent = {
      type: 'CyclePhaseExtended',
      data: {
        cycleId: CYCLE,
        phase: 'self-review',
        closesAt: at('07T00'),
        previousClosesAt: at('06T00'),
        reason: 'storm',
        by: SPEC_ACTOR,
        extendedAt: at('05T23'),
      },
    };
    cycle(started, opened('self-review'), extended)
      .at(at('06T00'))
      .when(close('self-review', 'deadline'))
      .thenRejects('cycle.deadline-not-reached');
  });
  it('complete once everyone is done', () => {
    const record: CycleCommand = { type: 'RecordPhaseComplete', data: { phase: 'self-review', members: 3, done: 3 } };
    cycle(started, opened('self-review'))
      .when(record)
      .then([completed('self-review')]);
    cycle(started, opened('self-review'), completed('self-review')).when(record).thenNothing();
    cycle(started, opened('self-review'))
      .when({ type: 'RecordPhaseComplete', data: { phase: 'self-review', members: 3, done: 2 } })
      .thenRejects('cycle.not-all-done');
    cycle(started).when(record).thenRejects('cycle.phase-not-open');
  });
});

describe('extension', () => {
  const extendedBy = (closesAt: Instant, moved?: PhasePlan[]): CycleEvent => ({
    type: 'CyclePhaseExtended',
    data: {
      cycleId: CYCLE,
      phase: 'self-review',
      closesAt,
      previousClosesAt: at('06T00'),
      ...(moved ? { moved } : {}),
      reason: 'storm',
      by: SPEC_ACTOR,
      extendedAt: NOW,
    },
  });
  it('moves later phases only where the next one would begin too early', () => {
    const apart = { ...startedData, phases: PLAN.map((phase, i) => (i === 1 ? { ...phase, opensAt: at('09T00') } : phase)) };
    given(cycleDecider, [{ type: 'CycleStarted', data: { ...apart, startedAt: NOW } }, opened('self-review')])
      .when(extend('self-review', at('07T00')))
      .then([extendedBy(at('07T00'))]);
    cycle(started, opened('self-review'))
      .when(extend('self-review', at('07T00')))
      .then([
        extendedBy(at('07T00'), [
          plan('manager-review', at('07T00'), at('11T00')),
          plan('publication', at('13T00'), at('14T00')),
          plan('confirmation', at('14T00'), at('17T00')),
          plan('appeals', at('14T00'), at('21T00')),
        ]),
      ]);
  });
  it('is for open phases and later instants', () => {
    cycle(started)
      .when(extend('self-review', at('07T00')))
      .thenRejects('cycle.phase-not-open');
    cycle(started, opened('self-review'))
      .when(extend('self-review', at('05T00')))
      .thenRejects('cycle.not-an-extension');
    cycle(started, opened('self-review'))
      .at(at('09T00'))
      .when(extend('self-review', at('08T00')))
      .thenRejects('cycle.extension-in-the-past');
    cycle(started, opened('self-review'))
      .when(extend('self-review', at('06T00')))
      .thenNothing();
  });
});

describe('pause', () => {
  it('moves what was still ahead by the time paused', () => {
    cycle(started, opened('self-review'), paused)
      .at(at('05T00'))
      .when({ type: 'ResumeCycle', data: {} })
      .then([
        {
          type: 'CycleResumed',
          data: {
            cycleId: CYCLE,
            by: SPEC_ACTOR,
            resumedAt: at('05T00'),
            phases: [
              plan('self-review', at('02T00'), at('08T00'), [at('06T00')]),
              plan('manager-review', at('08T00'), at('12T00')),
              plan('publication', at('14T00'), at('15T00')),
              plan('confirmation', at('15T00'), at('18T00')),
              plan('appeals', at('15T00'), at('22T00')),
            ],
          },
        },
      ]);
  });
  it('stops what would open or close', () => {
    cycle(started, opened('self-review'), paused).at(at('07T00')).when(close('self-review', 'deadline')).thenRejects('cycle.not-running');
    cycle(started, paused)
      .when({ type: 'PauseCycle', data: { reason: 'again' } })
      .thenNothing();
    cycle(started).when({ type: 'ResumeCycle', data: {} }).thenNothing();
    cycle(started, cancelled).when({ type: 'ResumeCycle', data: {} }).thenRejects('cycle.not-paused');
  });
});

describe('sweeps', () => {
  const record = (members: number, handled: number, excluded: { reason: string; count: number }[] = []): CycleCommand => ({
    type: 'RecordCycleSweep',
    data: { phase: 'self-review', step: 'open', round: 0, members, handled, excluded },
  });
  it('must add up', () => {
    cycle(started)
      .when(record(3, 3))
      .then([swept('self-review', 'open')]);
    cycle(started).when(record(3, 2)).thenRejects('cycle.sweep-does-not-add-up', { members: 3, accounted: 2 });
    cycle(started)
      .when(record(3, 2, [{ reason: 'left', count: 1 }]))
      .thenState((state) => expect(state.status === 'none' ? 0 : state.sweeps.length).toBe(1));
  });
  it('are recorded once', () => {
    cycle(started, swept('self-review', 'open')).when(record(3, 3)).thenNothing();
    cycle(started, swept('self-review', 'open')).when(record(4, 4)).thenRejects('cycle.sweep-recorded-otherwise');
  });
});

describe('publication, cancellation, close', () => {
  const publish: CycleCommand = { type: 'PublishCycle', data: { published: 3, withoutScore: 0 } };
  const cancel: CycleCommand = { type: 'CancelCycle', data: { reason: 'wrong scheme' } };
  const end = (openAppeals: number, heldLines: number): CycleCommand => ({ type: 'CloseCycle', data: { openAppeals, heldLines } });
  it('publishes after the sweep', () => {
    cycle(...reviewed, opened('publication'))
      .when(publish)
      .thenRejects('cycle.publish-sweep-missing');
    cycle(...reviewed, opened('publication'), swept('publication', 'publish'))
      .when(publish)
      .then([published]);
    cycle(...reviewed, opened('publication'), published)
      .when(publish)
      .thenNothing();
    cycle(started).when(publish).thenRejects('cycle.phase-not-open');
  });
  it('cancels until publication begins', () => {
    cycle(started, opened('self-review')).when(cancel).then([cancelled]);
    cycle(...reviewed, opened('publication'))
      .when(cancel)
      .thenRejects('cycle.publication-begun');
    cycle(started, cancelled).when(cancel).thenNothing();
  });
  it('owes the cancelling sweep after a cancellation', () => {
    expect(cycleDecider.isTerminal(fold(cycleDecider, [started, cancelled]))).toBe(false);
    expect(cycleDecider.isTerminal(fold(cycleDecider, [started, cancelled, swept('self-review', 'cancel')]))).toBe(true);
  });
  it('closes when nothing is open or held', () => {
    const all = [
      ...reviewed,
      opened('publication'),
      published,
      closed('publication'),
      opened('confirmation'),
      closed('confirmation'),
      opened('appeals'),
      closed('appeals'),
    ];
    cycle(...all)
      .when(end(1, 0))
      .thenRejects('cycle.appeals-open');
    cycle(...all)
      .when(end(0, 2))
      .thenRejects('cycle.lines-held');
    cycle(...all)
      .when(end(0, 0))
      .then([{ type: 'CycleClosed', data: { cycleId: CYCLE, closedAt: NOW } }]);
    cycle(...all.slice(0, -1))
      .when(end(0, 0))
      .thenRejects('cycle.phase-not-closed', { phase: 'appeals' });
  });
});

describe('every command on every history', () => {
  const phases = fc.constantFrom<Phase>('self-review', 'manager-review', 'second-review', 'publication', 'confirmation', 'appeals');
  const times = fc.integer({ min: 1, max: 28 }).map((day) => at(`${String(day).padStart(2, '0')}T00`));
  const commands: fc.Arbitrary<CycleCommand> = fc.oneof(
    fc.constant(startCommand),
    phases.map((phase): CycleCommand => ({ type: 'OpenCyclePhase', data: { phase } })),
    fc
      .tuple(phases, fc.constantFrom('deadline' as const, 'all-done' as const, 'advanced' as const))
      .map(([phase, cause]) => close(phase, cause)),
    phases.map((phase): CycleCommand => ({ type: 'RecordPhaseComplete', data: { phase, members: 3, done: 3 } })),
    fc.tuple(phases, times).map(([phase, closesAt]) => extend(phase, closesAt)),
    fc
      .tuple(
        phases,
        fc.constantFrom('open' as const, 'close' as const, 'publish' as const, 'cancel' as const),
        fc.integer({ min: 2, max: 3 }),
      )
      .map(([phase, step, handled]): CycleCommand => ({
        type: 'RecordCycleSweep',
        data: { phase, step, round: 0, members: 3, handled, excluded: [] },
      })),
    fc.tuple(phases, times).map(([phase, againFrom]): CycleCommand => ({
      type: 'RemindPeople',
      data: { phase, subjects: [subjectId('00000000-0000-7000-8000-000000000001')], againFrom },
    })),
    fc.constant<CycleCommand>({ type: 'PauseCycle', data: { reason: 'r' } }),
    fc.constant<CycleCommand>({ type: 'ResumeCycle', data: {} }),
    fc.constant<CycleCommand>({ type: 'CancelCycle', data: { reason: 'r' } }),
    fc.constant<CycleCommand>({ type: 'PublishCycle', data: { published: 3, withoutScore: 0 } }),
    fc.constant<CycleCommand>({ type: 'CloseCycle', data: { openAppeals: 0, heldLines: 0 } }),
  );
  const context = (now: Instant) => ({ now, actor: SPEC_ACTOR });
  /** What a command decides, or the name of its refusal; anything else fails the test. */
  const outcome = (command: CycleCommand, past: readonly CycleEvent[], now: Instant): readonly CycleEvent[] | string => {
    try {
      return cycleDecider.decide(command, fold(cycleDecider, past), context(now));
    } catch (error) {
      if (error instanceof Rejection) return error.code;
      throw error;
    }
  };
  const histories = fc.array(fc.tuple(commands, times), { maxLength: 40 }).map((script) => {
    const past: CycleEvent[] = [started];
    for (const [command, now] of script) {
      const decided = outcome(command, past, now);
      if (typeof decided !== 'string') past.push(...decided);
    }
    return past;
  });

  it('is quiet when said again, or refuses by name', () => {
    fc.assert(
      fc.property(histories, commands, times, (past, command, now) => {
        const first = outcome(command, past, now);
        if (typeof first === 'string') return /^cycle\.[a-z-]+$/.test(first);
        const again = outcome(command, [...past, ...first], now);
        return typeof again === 'string' || again.length === 0;
      }),
    );
  });

  it('is never cancelled after publication, nor published after a cancellation', () => {
    fc.assert(
      fc.property(
        histories,
        (past) => !(past.some(({ type }) => type === 'CyclePublished') && past.some(({ type }) => type === 'CycleCancelled')),
      ),
    );
  });

  it('takes any event in any state', () => {
    fc.assert(
      fc.property(fc.array(histories, { maxLength: 3 }), (parts) => {
        const mixed = parts.flat().reverse();
        expect(() => fold(cycleDecider, mixed)).not.toThrow();
      }),
    );
  });
});
