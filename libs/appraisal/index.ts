import { createAppealAmendmentReactor } from './application/appeal-amendment.reactor';
import { createPeerReviewReactor, type PeerReviewParts } from './application/peer-review.reactor';
import type { Scoring } from './application/scoring.service';
import { createCorrectionReactor, type CorrectionParts } from './application/correction.reactor';
import { appraisalCorrectionProjection } from './read/appraisal-correction.projection';
import { appraisalResultProjection } from './read/appraisal-result.projection';
import { appraisalProjection } from './read/appraisal.projection';
import { raterTaskProjection } from './read/rater-task.projection';

export { appraisalDecider } from './domain/appraisal.decider';
export type { Appraisal, AppraisalState, StepInAppraisal, Submission } from './domain/appraisal.state';
export { createScoring, ExplanationDiffers, SchemeNotUsable } from './application/scoring.service';
export { SCORING_LIMITS } from './application/gather-facts';
export type { Scoring, ScoringParts } from './application/scoring.service';
export type { BasisAmendment, Scored } from './domain/score-input.policy';
export { createTrialInputs } from './application/trial-inputs';
export { createCycleSweeps, CycleNotSeen, SWEEP_LIMITS } from './application/cycle-sweeps';
export type { SweepParts } from './application/cycle-sweeps';
export { createAppraisalActs } from './application/appraisal-acts.service';
export type { AppealOutcome, AppraisalActs, AppraisalActsParts } from './application/appraisal-acts.service';
export { ActOnAppraisalRequest, RedoStepRequest } from './application/appraisal.handler';
export type { AppraisalAct } from './application/appraisal.handler';
export { contestableLines } from './domain/contestable-lines.policy';
export type { ContestableLine, InputForm } from './domain/contestable-lines.policy';
export { linesOfTask } from './domain/rating-lines.policy';
export { createRaters } from './application/raters.service';
export type { Raters, RatersParts } from './application/raters.service';
export { ActOnRatersRequest } from './application/raters.handler';
export type { RaterAct } from './application/raters.handler';
export { groupMeans } from './read/group-means.query';
export type { GroupMeans } from './read/group-means.query';
export { boundsOf } from './application/peer-answers';
export { AppraisalModule } from './application/appraisal.module';
export { APPRAISAL_READ_LIMITS, createAppraisalReader } from './read/appraisal.reader';
export { appraisalDetail } from './read/appraisal-detail.query';
export { createResultSummaries } from './read/result-summary.query';
export { FINDING_LIMITS, findingsOf, resultsWithErrors, waitingAppraisals } from './read/findings.query';
export type { CycleFindings, ResultWithErrors, WaitingAppraisal } from './read/findings.query';
export { CORRECTION_READ_LIMITS, proposedCorrections } from './read/correction.query';
export type { ProposedCorrection } from './read/correction.query';
export { explainAppraisal } from './read/explanation.query';
export type { ExplainedScore } from './read/explanation.query';
export { OWN_ACT_BLOCKS, OWN_ACTS, ownActs, ownPhase, ownUntil } from './domain/own-acts.policy';
export type { OwnAct, OwnActBlock, OwnActKind } from './domain/own-acts.policy';
export { comesBefore } from './domain/review-tasks.policy';
export { appraisalsOfPeople, raterTasks, SHEET_LIMITS } from './read/rater-sheet.query';
export type { RaterTask, RaterTaskPage } from './read/rater-sheet.query';
export { figuresOf, figureTogether, mainFigure } from './read/figures.query';
export type { Figure } from './read/figures.query';
export { wordsOfAppraisal } from './read/words.query';
export type { WordsOfAppraisal } from './read/words.query';
export { countRemindable, lateOf, owedOf, remindableOf, TODO_LIMITS, todosOf } from './read/todo.query';
export type { OwedKind, RemindableQuery, Todo, TodoPage, TodoParts } from './read/todo.query';
export { completionByTeam, COMPLETION_LIMITS } from './read/completion.query';
export type { TeamCompletion } from './read/completion.query';
export { BY_SCORE_LIMITS, peopleByScore } from './read/people-by-score.query';
export type { PeopleByScoreQuery, PersonByScore } from './read/people-by-score.query';
export { gradesAndScores } from './read/spread.query';
export type { ScoreBin, Spread } from './read/spread.query';
export type { TodoKind } from './read/appraisal.projection';
export { appraisalProjection, appraisalResultProjection };

/** Everything that the projector keeps for this feature. */
export const appraisalProjections = [
  appraisalProjection,
  appraisalResultProjection,
  appraisalCorrectionProjection,
  raterTaskProjection,
] as const;

/** Everything that reacts for this feature. */
export function appraisalReactors(parts: { readonly scoring: Scoring } & PeerReviewParts) {
  return [createAppealAmendmentReactor(parts), createPeerReviewReactor(parts)] as const;
}

/** Scores that stand on what has been recorded since. */
export function correctionReactors(parts: CorrectionParts) {
  return [createCorrectionReactor(parts)] as const;
}
