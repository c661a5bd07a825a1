import { type DecisionContext, Rejection } from '#kernel';
import type {
  CloseCyclePhase,
  CycleEvent,
  ExtendCyclePhase,
  OpenCyclePhase,
  Phase,
  RecordCycleSweep,
  RecordPhaseComplete,
} from '../contracts';
import { plansAfterExtension } from './plan.policy';
import type { Cycle, PhaseInCycle } from './cycle.state';

/** Review phases run one after another; what follows publication runs side by side (domain.md "Cycle"). */
const AFTER_PUBLICATION: ReadonlySet<Phase> = new Set(['confirmation', 'appeals', 'payout']);

type Decision = readonly CycleEvent[];

/** Thrown when the plan has no such phase: Rejection `cycle.phase-not-planned`. */
function phaseOf(cycle: Cycle, phase: Phase): PhaseInCycle {
  const found = cycle.phases.find((planned) => planned.phase === phase);
  if (!found) throw new Rejection('cycle.phase-not-planned', { phase });
  return found;
}

function mustRun(cycle: Cycle): void {
  if (cycle.status !== 'running') throw new Rejection('cycle.not-running', { status: cycle.status });
}

export function openCyclePhase({ data }: OpenCyclePhase, cycle: Cycle, { now }: DecisionContext): Decision {
  const phase = phaseOf(cycle, data.phase);
  if (phase.state !== 'planned') return [];
  mustRun(cycle);
  if (AFTER_PUBLICATION.has(data.phase)) {
    if (!cycle.published) throw new Rejection('cycle.not-published', { phase: data.phase });
  } else {
    const before = cycle.phases.slice(0, cycle.phases.indexOf(phase)).find((earlier) => earlier.state !== 'closed');
    if (before) throw new Rejection('cycle.earlier-phase-not-closed', { phase: data.phase, earlier: before.phase });
  }
  const closesAt = data.closesAt ?? phase.closesAt;
  return [{ type: 'CyclePhaseOpened', data: { cycleId: cycle.cycleId, phase: data.phase, openedAt: now, closesAt } }];
}

export function recordPhaseComplete({ data }: RecordPhaseComplete, cycle: Cycle, { now }: DecisionContext): Decision {
  const phase = phaseOf(cycle, data.phase);
  if (phase.state === 'complete' || phase.state === 'closed') return [];
  if (cycle.status === 'cancelled' || cycle.status === 'closed') throw new Rejection('cycle.not-running', { status: cycle.status });
  if (phase.state !== 'open') throw new Rejection('cycle.phase-not-open', { phase: data.phase, state: phase.state });
  if (data.done < data.members) throw new Rejection('cycle.not-all-done', { phase: data.phase, members: data.members, done: data.done });
  const { members, done } = data;
  return [{ type: 'CyclePhaseCompleted', data: { cycleId: cycle.cycleId, phase: data.phase, members, done, completedAt: now } }];
}

/** A timer that fires after an extension was recorded is refused here: the new deadline stands. */
export function closeCyclePhase({ data }: CloseCyclePhase, cycle: Cycle, { now }: DecisionContext): Decision {
  const phase = phaseOf(cycle, data.phase);
  if (phase.state === 'closed') return [];
  mustRun(cycle);
  if (phase.state === 'planned') throw new Rejection('cycle.phase-not-open', { phase: data.phase, state: phase.state });
  if (data.cause === 'deadline' && now < phase.closesAt)
    throw new Rejection('cycle.deadline-not-reached', { phase: data.phase, closesAt: phase.closesAt });
  if (data.cause === 'all-done' && phase.state !== 'complete') throw new Rejection('cycle.not-all-done', { phase: data.phase });
  if (data.phase === 'publication' && !cycle.published) throw new Rejection('cycle.not-published', { phase: data.phase });
  return [{ type: 'CyclePhaseClosed', data: { cycleId: cycle.cycleId, phase: data.phase, cause: data.cause, closedAt: now } }];
}

export function extendCyclePhase({ data }: ExtendCyclePhase, cycle: Cycle, { now, actor }: DecisionContext): Decision {
  const phase = phaseOf(cycle, data.phase);
  if (phase.closesAt === data.closesAt && phase.state !== 'planned') return [];
  mustRun(cycle);
  if (phase.state !== 'open' && phase.state !== 'complete')
    throw new Rejection('cycle.phase-not-open', { phase: data.phase, state: phase.state });
  if (data.closesAt <= now) throw new Rejection('cycle.extension-in-the-past', { phase: data.phase, closesAt: data.closesAt });
  if (data.closesAt < phase.closesAt) throw new Rejection('cycle.not-an-extension', { phase: data.phase, closesAt: phase.closesAt });
  // Those who are left are being closed already; an extension now would come too late for them.
  if (cycle.sweeps.some((sweep) => sweep.phase === data.phase && sweep.step === 'close'))
    throw new Rejection('cycle.phase-closing', { phase: data.phase });
  const moved = plansAfterExtension(cycle, phase, data.closesAt);
  const { closesAt, reason } = data;
  return [
    {
      type: 'CyclePhaseExtended',
      data: {
        cycleId: cycle.cycleId,
        phase: data.phase,
        closesAt,
        previousClosesAt: phase.closesAt,
        ...(moved.length > 0 ? { moved: [...moved] } : {}),
        reason,
        by: actor,
        extendedAt: now,
      },
    },
  ];
}

/** Nobody is dropped in silence: members = handled + excluded with a reason. */
export function recordCycleSweep({ data }: RecordCycleSweep, cycle: Cycle, { now }: DecisionContext): Decision {
  const { phase, step, round, members, handled, excluded, asOf } = data;
  phaseOf(cycle, phase);
  const known = cycle.sweeps.find((sweep) => sweep.phase === phase && sweep.step === step && sweep.round === round);
  if (known) {
    if (known.members === members && known.handled === handled) return [];
    throw new Rejection('cycle.sweep-recorded-otherwise', { phase, step, round });
  }
  if (cycle.status === 'closed') throw new Rejection('cycle.not-running', { status: cycle.status });
  if (cycle.status === 'cancelled' && step !== 'cancel') throw new Rejection('cycle.not-running', { status: cycle.status });
  if (cycle.status !== 'cancelled' && step === 'cancel') throw new Rejection('cycle.not-cancelled', { status: cycle.status });
  const accounted = excluded.reduce((sum, { count }) => sum + count, handled);
  if (accounted !== members) throw new Rejection('cycle.sweep-does-not-add-up', { phase, step, round, members, accounted });
  return [
    {
      type: 'CycleSweepRecorded',
      data: {
        cycleId: cycle.cycleId,
        phase,
        step,
        round,
        members,
        handled,
        excluded: excluded.map((item) => ({ ...item })),
        ...(asOf === undefined ? {} : { asOf }),
        recordedAt: now,
      },
    },
  ];
}
