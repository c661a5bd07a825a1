import { type Decider, type DecisionContext, Rejection } from '#kernel';
import type { CycleCommand, CycleEvent } from '../contracts';
import { cancelCycle, closeCycle, pauseCycle, publishCycle, resumeCycle, startCycle } from './cycle-life';
import { closeCyclePhase, extendCyclePhase, openCyclePhase, recordCycleSweep, recordPhaseComplete } from './cycle-phases';
import { remindPeople } from './cycle-reminders';
import { type Cycle, type CycleState, evolveCycle, NO_CYCLE } from './cycle.state';

export const cycleDecider: Decider<CycleCommand, CycleState, CycleEvent> = {
  category: 'cycle',
  initial: NO_CYCLE,
  decide(command, state, context) {
    if (command.type === 'StartCycle') return startCycle(command, state, context);
    if (state.status === 'none') throw new Rejection('cycle.not-started');
    return decideStarted(command, state, context);
  },
  evolve: evolveCycle,
  /** After a cancellation the sweep that cancels every appraisal is still owed. */
  isTerminal: (state) => state.status === 'closed' || (state.status === 'cancelled' && state.sweeps.some(({ step }) => step === 'cancel')),
};

function decideStarted(
  command: Exclude<CycleCommand, { type: 'StartCycle' }>,
  cycle: Cycle,
  context: DecisionContext,
): readonly CycleEvent[] {
  switch (command.type) {
    case 'OpenCyclePhase':
      return openCyclePhase(command, cycle, context);
    case 'RecordPhaseComplete':
      return recordPhaseComplete(command, cycle, context);
    case 'CloseCyclePhase':
      return closeCyclePhase(command, cycle, context);
    case 'ExtendCyclePhase':
      return extendCyclePhase(command, cycle, context);
    case 'RemindPeople':
      return remindPeople(command, cycle, context);
    case 'RecordCycleSweep':
      return recordCycleSweep(command, cycle, context);
    case 'PauseCycle':
      return pauseCycle(command, cycle, context);
    case 'ResumeCycle':
      return resumeCycle(command, cycle, context);
    case 'CancelCycle':
      return cancelCycle(command, cycle, context);
    case 'PublishCycle':
      return publishCycle(command, cycle, context);
    case 'CloseCycle':
      return closeCycle(command, cycle, context);
  }
}
