export { FACT_UNITS, SCHEME_LANGUAGE, SCHEME_LIMITS, zRater, zSchemeDocument, zTitle } from './document';
export type {
  BandsDocument,
  FactDocument,
  MethodDocument,
  ModifierDocument,
  PayLineDocument,
  Rater,
  RatingDocument,
  ScheduleEntry,
  SchemeDocument,
  SchemePhase,
  TableDocument,
  Title,
  ValueDocument,
} from './document';
export { EVALUATOR_VERSION } from './evaluation';
export type { Evaluation, EvaluationError, EvaluationInput, ExplanationNode, FactInput, OutcomeValue, ScoredSection } from './evaluation';
export { schemeDrafted, schemeEvents, schemePutInForce, schemeRetired } from './events';
export { SCHEME_LIFE_LIMITS, zCommenterSide } from './life-events';
export type { CommenterSide, InvitedCommenter } from './life-events';
export type { DraftScheme, PutSchemeInForce, RetireScheme, SchemeCommand, SchemeEvent } from './commands';
export type {
  AcknowledgementCount,
  AcknowledgementPage,
  SchemeCommentRow,
  SchemeDiscussionRow,
  SchemeLifeReader,
  SchemeNote,
  SchemeReview,
  ToAcknowledge,
} from './life-reader';
export type { SchemeReport, SchemeReports } from './report';
export { SCHEME_STATUSES } from './reader';
export type { SchemeReader, SchemeStatus, SchemeVersionRow } from './reader';
