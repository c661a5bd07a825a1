import type { EventsOf } from '#libs/event-store';
import type { appraisalEvents } from './events';

export type AppraisalEvent = EventsOf<typeof appraisalEvents>;
export {
  appraisalAmended,
  appraisalCancelled,
  appraisalEvents,
  appraisalFinalised,
  appraisalOpened,
  appraisalPublished,
  appraisalScored,
  appraisalSentBack,
  appraisalStepSkipped,
  managerScoreSubmitted,
  objectionAnswered,
  resultConfirmed,
  resultObjected,
  secondReviewApproved,
  selfReviewSubmitted,
  STEPS,
  zNotes,
  zRatings,
  zScoreBasis,
  zScoreResult,
  zStep,
} from './events';
export type { LateRule, Notes, Ratings, ScoreBasis, ScoreResult, Standing, Step, TaskOfAppraisal } from './events';
export type {
  AmendAppraisal,
  AnswerObjection,
  AppraisalCommand,
  ApproveSecondReview,
  CancelAppraisal,
  CloseAppraisalStep,
  ConfirmResult,
  FinaliseAppraisal,
  ObjectToResult,
  OpenAppraisal,
  PublishAppraisal,
  RecordScore,
  SendBackAppraisal,
  SubmitManagerScore,
  SubmitSelfReview,
} from './commands';
export { customerAnswersRecorded, peerAnswered, peerAnswersRecorded, peerReviewClosed, peersNominated } from './rater-events';
export type { AnswerAsPeer, AnswersByLine, NominatePeers, RaterCommand, RecordCustomerAnswers, RecordPeerAnswers } from './rater-commands';
export type { CorrectScore } from './correction-commands';
export { appraisalCorrectionProposed, appraisalCorrectionSettled } from './correction-events';
export type { CorrectionCause, CorrectionDifference } from './correction-events';
export { appraisalIdOf, parseAppraisalId } from './id';
export type {
  AppraisalPage,
  AppraisalReader,
  AppraisalStatus,
  AppraisalUnit,
  AppraisalView,
  PublishedPage,
  PublishedResult,
  PublishedScore,
  RankedBy,
  ScoredWhich,
  ResponseState,
  StepState,
} from './reader';
export {
  zAnswerInput,
  zCustomerAnswersInput,
  zGivenRatings,
  zManagerScoreInput,
  zNominatePeersInput,
  zObjectionInput,
  zPeerAnswerInput,
  zRedoStepInput,
  zSecondReviewInput,
  zSelfReviewInput,
  zSendBackInput,
} from './input';
export type {
  AnswerInput,
  CustomerAnswersInput,
  GivenRatings,
  ManagerScoreInput,
  NominatePeersInput,
  ObjectionInput,
  PeerAnswerInput,
  RedoStepInput,
  SecondReviewInput,
  SelfReviewInput,
  SendBackInput,
} from './input';
export type { PeriodResults, ResultSummaries } from './result-summary';
