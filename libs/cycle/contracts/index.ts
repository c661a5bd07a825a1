import type { EventsOf } from '#libs/event-store';
import type { cycleEvents } from './events';

export type CycleEvent = EventsOf<typeof cycleEvents>;
export {
  cycleCancelled,
  cycleClosed,
  cycleEvents,
  cyclePaused,
  cyclePeopleReminded,
  cyclePhaseClosed,
  cyclePhaseCompleted,
  cyclePhaseExtended,
  cyclePhaseOpened,
  cyclePublished,
  cycleResumed,
  cycleStarted,
  cycleSweepRecorded,
  EXCLUSION_REASONS,
  MOST_REMINDED,
  PHASES,
  SWEEP_STEPS,
  zPhase,
  zPhasePlan,
  zScope,
  zSweepStep,
} from './events';
export type { Phase, PhasePlan, Scope, SweepStep } from './events';
export type {
  CancelCycle,
  CloseCycle,
  CloseCyclePhase,
  CycleCommand,
  ExtendCyclePhase,
  OpenCyclePhase,
  PauseCycle,
  PublishCycle,
  RecordCycleSweep,
  RecordPhaseComplete,
  RemindPeople,
  ResumeCycle,
  StartCycle,
} from './commands';
export { zStartCycleInput } from './input';
export type { StartCycleInput } from './input';
export { COHORT_TARGET_MEMBERS, cohortOf, cohortsFor } from './cohort';
export { calendarOfCycle, calendarRegion, endAfterPublication, publicationInstant } from './publication';
export { addSweepResults } from './sweep';
export type { CycleSweeps, SweepCohort, SweepProgress, SweepResult } from './sweep';
export type {
  CycleOfPeriod,
  CyclePage,
  CyclePhaseView,
  CycleProgress,
  CycleReader,
  CycleReminder,
  CycleStatus,
  CycleView,
  ExclusionReason,
  PhaseState,
} from './reader';
