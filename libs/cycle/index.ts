import { createPhaseCompleteReactor } from './application/phase-complete.reactor';
import { cycleReminderProjection } from './read/cycle-reminder.projection';
import { cycleProgressProjection } from './read/cycle-progress.projection';
import { cycleProjection } from './read/cycle.projection';

export { cycleDecider } from './domain/cycle.decider';
export type { Cycle, CycleState, PhaseInCycle, RecordedSweep } from './domain/cycle.state';
export { planWindows } from './domain/window-plan.policy';
export type { WindowPlanInput, WindowReason } from './domain/window-plan.policy';
export { createCycleStart, CYCLE_START_LIMITS } from './application/cycle-start.service';
export type { CyclePreview, CycleStart, CycleStartParts, PreviewError, PreviewPerson } from './application/cycle-start.service';
export { createCyclePhases } from './application/cycle-phases.service';
export type { CyclePhases, CyclePhasesParts } from './application/cycle-phases.service';
export { createCycleReminders } from './application/cycle-reminders.service';
export type { CycleReminders, CycleRemindersParts, RemindInput } from './application/cycle-reminders.service';
export { ChangeCycleRequest, RemindPeopleRequest, StartCycleRequest } from './application/cycle.handler';
export { CycleModule } from './application/cycle.module';
export { CYCLE_READ_LIMITS, createCycleReader } from './read/cycle.reader';
export { cycleBoard } from './read/cycle-board.query';
export type { CycleBoardQuery, CycleOnBoard } from './read/cycle-board.query';
export { publishedCycles } from './read/published-cycles.query';
export type { PublishedCycle } from './read/published-cycles.query';
export { searchCycles } from './read/cycle-search.query';
export { cycleProgressProjection, cycleProjection };

/** Everything that the projector keeps for this feature. */
export const cycleProjections = [cycleProjection, cycleProgressProjection, cycleReminderProjection] as const;

/** Everything that reacts for this feature. */
export function cycleReactors() {
  return [createPhaseCompleteReactor()] as const;
}
