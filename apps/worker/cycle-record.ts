import type { CycleEvent, PhasePlan } from '#libs/cycle/contracts';
import type { CloseCause, RecordedCycle, RecordedPhase, RecordedSweep } from '#workflows/contracts';

/** As the workflow sees it, and what only the worker needs. */
export interface CycleRecord {
  readonly cycle: Omit<RecordedCycle, 'payoutStarted' | 'unsettled'>;
  readonly zone: string;
  readonly cohorts: number;
}
type Recorded = CycleRecord['cycle'];

/**
 * What the cycle's workflow goes by, folded from the stream itself: never behind, unlike a read model. The state is
 * undefined before CycleStarted.
 */
export const cycleRecord: {
  readonly category: string;
  readonly initial: CycleRecord | undefined;
  evolve(record: CycleRecord | undefined, event: CycleEvent): CycleRecord | undefined;
} = {
  category: 'cycle',
  initial: undefined,
  evolve(record, event) {
    if (record === undefined) return begin(event);
    return { ...record, cycle: evolve(record.cycle, event) };
  },
};

function begin(event: CycleEvent): CycleRecord | undefined {
  if (event.type !== 'CycleStarted') return undefined;
  const { calendar, phases, dayLengthMs, cohorts, ranked } = event.data;
  const planned = phases.map((plan) => ({ ...windowOf(plan), opened: false, completed: false, closed: null }));
  const cycle: Recorded = {
    status: 'running',
    region: calendar.region,
    phases: planned,
    sweeps: [],
    published: false,
    dayLengthMs: dayLengthMs ?? null,
    ranked: ranked ?? false,
  };
  return { cycle, cohorts, zone: calendar.zone };
}

function evolve(cycle: Recorded, event: CycleEvent): Recorded {
  switch (event.type) {
    case 'CyclePhaseOpened':
      return withPhase(cycle, event.data.phase, { opened: true, closesAt: event.data.closesAt });
    case 'CyclePhaseCompleted':
      return withPhase(cycle, event.data.phase, { completed: true });
    case 'CyclePhaseClosed':
      return withPhase(cycle, event.data.phase, { closed: event.data.cause satisfies CloseCause });
    case 'CyclePhaseExtended':
      return replan(withPhase(cycle, event.data.phase, { closesAt: event.data.closesAt }), event.data.moved ?? []);
    case 'CycleResumed':
      return { ...replan(cycle, event.data.phases), status: 'running' };
    case 'CyclePaused':
      return { ...cycle, status: 'paused' };
    case 'CycleCancelled':
      return { ...cycle, status: 'cancelled' };
    case 'CycleClosed':
      return { ...cycle, status: 'closed' };
    case 'CyclePublished':
      return { ...cycle, published: true };
    case 'CycleSweepRecorded': {
      const { phase, step, round } = event.data;
      return { ...cycle, sweeps: [...cycle.sweeps, { phase, step, round } satisfies RecordedSweep] };
    }
    // A reminder by hand changes nothing that the workflow waits for.
    case 'CyclePeopleReminded':
    case 'CycleStarted':
      return cycle;
  }
}

function windowOf({ phase, opensAt, closesAt, remindAt }: PhasePlan): Pick<RecordedPhase, 'phase' | 'opensAt' | 'closesAt' | 'remindAt'> {
  return { phase, opensAt, closesAt, remindAt };
}

function withPhase(cycle: Recorded, phase: string, change: Partial<RecordedPhase>): Recorded {
  return { ...cycle, phases: cycle.phases.map((planned) => (planned.phase === phase ? { ...planned, ...change } : planned)) };
}

function replan(cycle: Recorded, plans: readonly PhasePlan[]): Recorded {
  return plans.reduce((moved, plan) => withPhase(moved, plan.phase, windowOf(plan)), cycle);
}
