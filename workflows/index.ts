/** The entry of the bundle: exported names are the workflow types. */
export { appeal } from './appeal.workflow';
export { appraisalCycle } from './appraisal-cycle.workflow';
export { coachingPlan } from './coaching-plan.workflow';
export { cycleSweep } from './cycle-sweep.workflow';
export { payoutBatch } from './payout-batch.workflow';
