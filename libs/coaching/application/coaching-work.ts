import { actorId, type Clock, Rejection } from '#kernel';
import { type CommandRunner, EventStoreError } from '#libs/event-store';
import type { CoachingWork, PlanProgress } from '../contracts';
import { planDecider } from '../domain/plan.decider';
import type { PlanState } from '../domain/plan-state';

const ACTOR = actorId('system:coaching-workflow');

/** Implements what the workflow of a plan asks for. */
export function createCoachingWork({ runner, clock }: { readonly runner: CommandRunner; readonly clock: Clock }): CoachingWork {
  return {
    async progress(planId) {
      return planProgress((await runner.load(planDecider, planId)).state);
    },
    async recordGateOverdue({ planId, stage, requestKey }) {
      const command = { type: 'RecordGateOverdue', data: { stage } } as const;
      try {
        await runner.run(planDecider, planId, command, { now: clock.now(), actor: ACTOR, requestKey });
        return { done: true, refused: null };
      } catch (error) {
        if (error instanceof Rejection) return { done: false, refused: error.code };
        if (error instanceof EventStoreError && error.code === 'request-key-reused') return { done: true, refused: null };
        throw error;
      }
    },
  };
}

export function planProgress(state: PlanState): PlanProgress {
  if (state.stage === 'none') throw new Rejection('coaching.unknown-plan');
  const [next] = state.gates.filter((gate) => gate.state === 'open').sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return {
    terminal: planDecider.isTerminal(state),
    paused: state.stage === 'paused',
    round: state.round,
    next: next ? { stage: next.stage, dueAt: next.dueAt } : null,
  };
}
