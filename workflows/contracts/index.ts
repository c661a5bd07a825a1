export {
  appealWorkflowId,
  coachingWorkflowId,
  cycleWorkflowId,
  payoutWorkflowId,
  requestKey,
  SEARCH_ATTRIBUTE_NAMES,
  STICKY_TIMEOUT_MS,
  sweepWorkflowId,
  TASK_QUEUE,
  WORKFLOW_LIMITS,
  WORKFLOW_TASK_TIMEOUT_MS,
  WORKFLOW_TYPES,
} from './ids';
export { isAfter, PROGRESS_QUERY, RECORDED_SIGNAL, START_OF_LOG } from './recorded';
export type { Carried, CommandOutcome, FollowInput, Mark, RecordedSignal, WorkflowProgress } from './recorded';
export type {
  AppraisalCycleInput,
  CloseCause,
  CohortProgress,
  CohortRequest,
  CycleActivities,
  CycleBatchActivities,
  CyclePhase,
  CycleStepName,
  CycleSweepInput,
  CycleUnsettled,
  PhaseCommand,
  RecordedCycle,
  RecordedPhase,
  RecordedSweep,
  SweepCarried,
  SweepCount,
  SweepPlan,
  SweepRequest,
} from './cycle';
export type { AppealActivities, AppealDuty, AppealInput, RecordedAppeal } from './appeal';
export type { PayoutActivities, PayoutBatchActivities, PayoutBatchInput, RecordedPayout } from './payout';
export type { CoachingActivities, CoachingPlanInput, RecordedPlan } from './coaching';
export type { CentumActivities } from './activities';
