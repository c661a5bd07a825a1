import { createAppealAmendmentReactor } from './application/appeal-amendment.reactor';
import type { Scoring } from './application/scoring.service';
import { appraisalResultProjection } from './read/appraisal-result.projection';
import { appraisalProjection } from './read/appraisal.projection';

export { appraisalDecider } from './domain/appraisal.decider';
export type { Appraisal, AppraisalState, StepInAppraisal, Submission } from './domain/appraisal.state';
export { createScoring, ExplanationDiffers, SchemeNotUsable } from './application/scoring.service';
export { SCORING_LIMITS } from './application/gather-facts';
export type { Scoring, ScoringParts } from './application/scoring.service';
export type { BasisAmendment, Scored } from './domain/score-input.policy';
export { createCycleSweeps, CycleNotSeen, SWEEP_LIMITS } from './application/cycle-sweeps';
export type { SweepParts } from './application/cycle-sweeps';
export { createAppraisalActs } from './application/appraisal-acts.service';
export type { AppealOutcome, AppraisalActs, AppraisalActsParts } from './application/appraisal-acts.service';
export { ActOnAppraisalRequest, RedoStepRequest } from './application/appraisal.handler';
export type { AppraisalAct } from './application/appraisal.handler';
export { linesOfTask } from './domain/rating-lines.policy';
export { AppraisalModule } from './application/appraisal.module';
export { APPRAISAL_READ_LIMITS, createAppraisalReader } from './read/appraisal.reader';
export { appraisalDetail } from './read/appraisal-detail.query';
export { createResultSummaries } from './read/result-summary.query';
export { explainAppraisal } from './read/explanation.query';
export type { ExplainedScore } from './read/explanation.query';
export { lateOf, TODO_LIMITS, todosOf } from './read/todo.query';
export type { Todo, TodoPage, TodoParts } from './read/todo.query';
export type { TodoKind } from './read/appraisal.projection';
export { appraisalProjection, appraisalResultProjection };

/** Everything that the projector keeps for this feature. */
export const appraisalProjections = [appraisalProjection, appraisalResultProjection] as const;

/** Everything that reacts for this feature. */
export function appraisalReactors(parts: { readonly scoring: Scoring }) {
  return [createAppealAmendmentReactor(parts)] as const;
}
