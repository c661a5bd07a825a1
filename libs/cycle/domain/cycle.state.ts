import type { Instant, SubjectId } from '#kernel';
import type { CycleEvent, Phase, PhasePlan, PhaseState, SweepStep } from '../contracts';

export interface PhaseInCycle extends PhasePlan {
  readonly state: PhaseState;
  readonly openedAt?: Instant;
  readonly closed?: { readonly at: Instant; readonly cause: 'all-done' | 'deadline' | 'advanced' };
}

/** What was decided at the start and never changes. */
export type CycleTerms = Omit<EventData<'CycleStarted'>, 'phases'>;
type EventData<T extends CycleEvent['type']> = Extract<CycleEvent, { type: T }>['data'];

/** A sweep is known by its phase, step and round; recorded once. */
export interface RecordedSweep {
  readonly phase: Phase;
  readonly step: SweepStep;
  readonly round: number;
  readonly members: number;
  readonly handled: number;
  /** Of a step that places people. */
  readonly asOf?: number;
}

/** One reminder by hand that may still keep somebody from being reminded again. */
export interface RecentReminder {
  readonly phase: Phase;
  readonly round: number;
  readonly subjects: readonly SubjectId[];
  readonly againFrom: Instant;
  readonly remindedAt: Instant;
}

export interface NoCycle {
  readonly status: 'none';
}
/** A type, not an interface: read models keep it as a cell. */
export type Cycle = {
  readonly status: 'running' | 'paused' | 'cancelled' | 'closed';
  readonly cycleId: string;
  readonly terms: CycleTerms;
  readonly published: boolean;
  readonly publishedAt?: Instant;
  readonly pausedAt?: Instant;
  readonly phases: readonly PhaseInCycle[];
  readonly sweeps: readonly RecordedSweep[];
  /** Of open phases, as far back as one may still hold; for deciding alone, read models leave it out. */
  readonly reminders?: readonly RecentReminder[];
};
export type CycleState = NoCycle | Cycle;

export const NO_CYCLE: CycleState = { status: 'none' };

/** Total: an event that doesn't fit the state leaves it as it is. */
export function evolveCycle(state: CycleState, event: CycleEvent): CycleState {
  if (event.type === 'CycleStarted') {
    if (state.status !== 'none') return state;
    const { phases, ...terms } = event.data;
    const planned = phases.map((phase): PhaseInCycle => ({ ...phase, state: 'planned' }));
    return { status: 'running', cycleId: terms.cycleId, terms, published: false, phases: planned, sweeps: [] };
  }
  return state.status === 'none' ? state : evolveStarted(state, event);
}

function evolveStarted(cycle: Cycle, event: Exclude<CycleEvent, { type: 'CycleStarted' }>): Cycle {
  switch (event.type) {
    case 'CycleSweepRecorded': {
      const { phase, step, round, members, handled, asOf } = event.data;
      const done = { phase, step, round, members, handled, ...(asOf === undefined ? {} : { asOf }) };
      return { ...cycle, sweeps: [...cycle.sweeps, done] };
    }
    case 'CyclePhaseOpened':
      return withPhase(cycle, event.data.phase, { state: 'open', openedAt: event.data.openedAt, closesAt: event.data.closesAt });
    case 'CyclePhaseCompleted':
      return withPhase(cycle, event.data.phase, { state: 'complete' });
    case 'CyclePhaseClosed':
      return withoutReminders(
        withPhase(cycle, event.data.phase, { state: 'closed', closed: { at: event.data.closedAt, cause: event.data.cause } }),
        event.data.phase,
      );
    case 'CyclePhaseExtended':
      return replan(withPhase(cycle, event.data.phase, { closesAt: event.data.closesAt }), event.data.moved ?? []);
    case 'CyclePeopleReminded':
      return withReminder(cycle, event.data);
    case 'CyclePaused':
      return { ...cycle, status: 'paused', pausedAt: event.data.pausedAt };
    case 'CycleResumed': {
      const { pausedAt: _over, ...rest } = replan(cycle, event.data.phases);
      return { ...rest, status: 'running' };
    }
    case 'CycleCancelled':
      return { ...cycle, status: 'cancelled' };
    case 'CyclePublished':
      return { ...cycle, published: true, publishedAt: event.data.publishedAt };
    case 'CycleClosed':
      return { ...cycle, status: 'closed' };
    default:
      return cycle;
  }
}

function withReminder(cycle: Cycle, { phase, round, subjects, againFrom, remindedAt }: EventData<'CyclePeopleReminded'>): Cycle {
  const recent = (cycle.reminders ?? []).filter((reminder) => reminder.phase !== phase || reminder.againFrom > remindedAt);
  return { ...cycle, reminders: [...recent, { phase, round, subjects, againFrom, remindedAt }] };
}

/** A closed phase owes nothing. */
function withoutReminders(cycle: Cycle, phase: Phase): Cycle {
  return cycle.reminders === undefined ? cycle : { ...cycle, reminders: cycle.reminders.filter((reminder) => reminder.phase !== phase) };
}

function withPhase(cycle: Cycle, phase: Phase, change: Partial<PhaseInCycle>): Cycle {
  return { ...cycle, phases: cycle.phases.map((planned) => (planned.phase === phase ? { ...planned, ...change } : planned)) };
}

/** New instants for the phases named; their states stay. */
function replan(cycle: Cycle, plans: readonly PhasePlan[]): Cycle {
  const byPhase = new Map(plans.map((plan) => [plan.phase, plan]));
  return { ...cycle, phases: cycle.phases.map((phase) => ({ ...phase, ...byPhase.get(phase.phase), state: phase.state })) };
}
