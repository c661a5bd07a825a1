import type { Instant } from '#kernel';
import type { CycleEvent, Phase, PhasePlan, PhaseState, SweepStep } from '../contracts';

export interface PhaseInCycle extends PhasePlan {
  readonly state: PhaseState;
}

/** A sweep is known by its phase, step and round; recorded once. */
export interface RecordedSweep {
  readonly phase: Phase;
  readonly step: SweepStep;
  readonly round: number;
  readonly members: number;
  readonly handled: number;
}

export interface NoCycle {
  readonly status: 'none';
}
export interface Cycle {
  readonly status: 'running' | 'paused' | 'cancelled' | 'closed';
  readonly cycleId: string;
  readonly members: number;
  readonly published: boolean;
  readonly pausedAt?: Instant;
  readonly phases: readonly PhaseInCycle[];
  readonly sweeps: readonly RecordedSweep[];
}
export type CycleState = NoCycle | Cycle;

export const NO_CYCLE: CycleState = { status: 'none' };

/** Total: an event that doesn't fit the state leaves it as it is. */
export function evolveCycle(state: CycleState, event: CycleEvent): CycleState {
  if (event.type === 'CycleStarted') {
    if (state.status !== 'none') return state;
    const { cycleId, members, phases } = event.data;
    return {
      status: 'running',
      cycleId,
      members,
      published: false,
      phases: phases.map((phase) => ({ ...phase, state: 'planned' })),
      sweeps: [],
    };
  }
  return state.status === 'none' ? state : evolveStarted(state, event);
}

function evolveStarted(cycle: Cycle, event: Exclude<CycleEvent, { type: 'CycleStarted' }>): Cycle {
  switch (event.type) {
    case 'CycleSweepRecorded': {
      const { phase, step, round, members, handled } = event.data;
      return { ...cycle, sweeps: [...cycle.sweeps, { phase, step, round, members, handled }] };
    }
    case 'CyclePhaseOpened':
      return withPhase(cycle, event.data.phase, { state: 'open', closesAt: event.data.closesAt });
    case 'CyclePhaseCompleted':
      return withPhase(cycle, event.data.phase, { state: 'complete' });
    case 'CyclePhaseClosed':
      return withPhase(cycle, event.data.phase, { state: 'closed' });
    case 'CyclePhaseExtended':
      return replan(withPhase(cycle, event.data.phase, { closesAt: event.data.closesAt }), event.data.moved ?? []);
    case 'CyclePaused':
      return { ...cycle, status: 'paused', pausedAt: event.data.pausedAt };
    case 'CycleResumed': {
      const { pausedAt: _over, ...rest } = replan(cycle, event.data.phases);
      return { ...rest, status: 'running' };
    }
    case 'CycleCancelled':
      return { ...cycle, status: 'cancelled' };
    case 'CyclePublished':
      return { ...cycle, published: true };
    case 'CycleClosed':
      return { ...cycle, status: 'closed' };
    default:
      return cycle;
  }
}

function withPhase(cycle: Cycle, phase: Phase, change: Partial<PhaseInCycle>): Cycle {
  return { ...cycle, phases: cycle.phases.map((planned) => (planned.phase === phase ? { ...planned, ...change } : planned)) };
}

/** New instants for the phases named; their states stay. */
function replan(cycle: Cycle, plans: readonly PhasePlan[]): Cycle {
  const byPhase = new Map(plans.map((plan) => [plan.phase, plan]));
  return { ...cycle, phases: cycle.phases.map((phase) => ({ ...phase, ...byPhase.get(phase.phase), state: phase.state })) };
}
