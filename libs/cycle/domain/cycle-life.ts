import { type DecisionContext, Rejection } from '#kernel';
import type { CancelCycle, CloseCycle, CycleEvent, PauseCycle, PhasePlan, PublishCycle, ResumeCycle, StartCycle } from '../contracts';
import { PHASES } from '../contracts';
import { plansAfterPause } from './plan.policy';
import type { Cycle, CycleState } from './cycle.state';

type Decision = readonly CycleEvent[];

/** The id isn't known to a decider otherwise than by the command: the stream's id is the cycle's. */
export function startCycle({ data }: StartCycle, state: CycleState, { now }: DecisionContext): Decision {
  if (state.status !== 'none') {
    if (state.status === 'running' && state.cycleId === data.cycleId && state.terms.members === data.members) return [];
    throw new Rejection('cycle.already-started', { status: state.status });
  }
  if (data.members < 1) throw new Rejection('cycle.nobody-in-scope');
  checkPlan(data.phases);
  const { scheme, scope, setAside, excluded, phases, calendar, ranked, dayLengthMs, ...rest } = data;
  return [
    {
      type: 'CycleStarted',
      data: {
        ...rest,
        scheme: { ...scheme },
        scope,
        setAside: setAside.map((item) => ({ ...item })),
        excluded: excluded.map((item) => ({ ...item })),
        phases: [...phases],
        calendar: { ...calendar },
        ...(ranked ? { ranked } : {}),
        ...(dayLengthMs === undefined ? {} : { dayLengthMs }),
        startedAt: now,
      },
    },
  ];
}

/** Thrown: Rejection `cycle.plan-…` when phases repeat, stand in another order than PHASES, or end before they begin. */
function checkPlan(phases: readonly PhasePlan[]): void {
  let last = -1;
  for (const { phase, opensAt, closesAt } of phases) {
    const place = PHASES.indexOf(phase);
    if (place <= last) throw new Rejection('cycle.plan-out-of-order', { phase });
    if (closesAt < opensAt) throw new Rejection('cycle.plan-ends-before-it-begins', { phase });
    last = place;
  }
  if (!phases.some(({ phase }) => phase === 'publication')) throw new Rejection('cycle.plan-without-publication');
}

export function pauseCycle({ data }: PauseCycle, cycle: Cycle, { now, actor }: DecisionContext): Decision {
  if (cycle.status === 'paused') return [];
  if (cycle.status !== 'running') throw new Rejection('cycle.not-running', { status: cycle.status });
  return [{ type: 'CyclePaused', data: { cycleId: cycle.cycleId, reason: data.reason, by: actor, pausedAt: now } }];
}

export function resumeCycle(_command: ResumeCycle, cycle: Cycle, { now, actor }: DecisionContext): Decision {
  if (cycle.status === 'running') return [];
  if (cycle.status !== 'paused' || cycle.pausedAt === undefined) throw new Rejection('cycle.not-paused', { status: cycle.status });
  const phases = [...plansAfterPause(cycle, cycle.pausedAt, now)];
  return [{ type: 'CycleResumed', data: { cycleId: cycle.cycleId, by: actor, resumedAt: now, phases } }];
}

/** Until publication: once the publication phase is open, results are on their way to people. */
export function cancelCycle({ data }: CancelCycle, cycle: Cycle, { now, actor }: DecisionContext): Decision {
  if (cycle.status === 'cancelled') return [];
  if (cycle.status === 'closed') throw new Rejection('cycle.not-running', { status: cycle.status });
  const publication = cycle.phases.find(({ phase }) => phase === 'publication');
  if (cycle.published || (publication && publication.state !== 'planned')) throw new Rejection('cycle.publication-begun');
  return [{ type: 'CycleCancelled', data: { cycleId: cycle.cycleId, reason: data.reason, by: actor, cancelledAt: now } }];
}

export function publishCycle({ data }: PublishCycle, cycle: Cycle, { now }: DecisionContext): Decision {
  if (cycle.published) return [];
  if (cycle.status !== 'running') throw new Rejection('cycle.not-running', { status: cycle.status });
  const publication = cycle.phases.find(({ phase }) => phase === 'publication');
  if (publication?.state !== 'open' && publication?.state !== 'complete')
    throw new Rejection('cycle.phase-not-open', { phase: 'publication' });
  if (!cycle.sweeps.some(({ phase, step }) => phase === 'publication' && step === 'publish'))
    throw new Rejection('cycle.publish-sweep-missing');
  const { published, withoutScore } = data;
  return [{ type: 'CyclePublished', data: { cycleId: cycle.cycleId, published, withoutScore, publishedAt: now } }];
}

/** A cycle closes when nothing is open or held. */
export function closeCycle({ data }: CloseCycle, cycle: Cycle, { now }: DecisionContext): Decision {
  if (cycle.status === 'closed') return [];
  if (cycle.status !== 'running') throw new Rejection('cycle.not-running', { status: cycle.status });
  if (!cycle.published) throw new Rejection('cycle.not-published');
  const open = cycle.phases.find(({ state }) => state !== 'closed');
  if (open) throw new Rejection('cycle.phase-not-closed', { phase: open.phase, state: open.state });
  if (data.openAppeals > 0) throw new Rejection('cycle.appeals-open', { openAppeals: data.openAppeals });
  if (data.heldLines > 0) throw new Rejection('cycle.lines-held', { heldLines: data.heldLines });
  return [{ type: 'CycleClosed', data: { cycleId: cycle.cycleId, closedAt: now } }];
}
