export { EVALUATOR_VERSION } from './contracts/evaluation';
export type {
  Evaluation,
  EvaluationError,
  EvaluationInput,
  ExplanationNode,
  FactInput,
  OutcomeValue,
  ScoredSection,
} from './contracts/evaluation';
export type { Rater, SchemeDocument, SchemePhase, Title } from './contracts/document';
export { SCHEME_LIMITS } from './contracts/document';
export { schemeEvents } from './contracts/events';
export type { DraftScheme, PutSchemeInForce, RetireScheme, SchemeCommand, SchemeEvent } from './contracts/commands';
export type { SchemeReader, SchemeStatus, SchemeVersionRow } from './contracts/reader';
export { evaluate, evaluateBatch, failure } from './domain/evaluate.policy';
export { compileScheme } from './domain/compile';
export type { CompiledScheme } from './domain/compile';
export { readScheme, sourceOf, writeScheme } from './domain/reading/scheme-text';
export type { SchemeProblem } from './domain/reading/scheme-text';
export { explanationHash, explanationText } from './domain/explanation';
export { explainInWords } from './domain/words/sentences';
export type { ExplanationLine } from './domain/words/sentences';
export { errorInWords } from './domain/words/error-words';
export type { ErrorInWords } from './domain/words/error-words';
export { payLinesInWords } from './domain/words/pay-changes';
export type { PayChange, PayLineInWords } from './domain/words/pay-changes';
export { resultConsequences, resultTable } from './domain/words/result-table';
export type { ResultConsequence, ResultPart, ResultRow, ResultSection, ResultValue } from './domain/words/result-table';
export { whyNot } from './domain/words/why-not';
export type { WhyNotLine } from './domain/words/why-not';
export type { Language } from './domain/words/titles';
export {
  employeeAttributes,
  employeeFrom,
  groupFacts,
  ratingLines,
  requiredFacts,
  requiredHistory,
  reviewSteps,
  validateRatings,
} from './domain/inputs/needs.policy';
export type {
  EmployeeAttribute,
  OrganisationTexts,
  RatingLine,
  RatingsToCheck,
  RequiredFact,
  RequiredGroupFact,
  RequiredHistory,
} from './domain/inputs/needs.policy';
export { paysIn, stepsAsked } from './domain/inputs/steps-asked.policy';
export type { StepsAsked } from './domain/inputs/steps-asked.policy';
export { periodsPaidInstead } from './domain/life/exclusive-periods.policy';
export { factsBesideLines } from './domain/inputs/facts-beside.policy';
export { factWindows } from './domain/inputs/fact-windows.policy';
export type { FactWindow } from './domain/inputs/fact-windows.policy';
export { factsRead, ranksPeople } from './domain/inputs/facts-read.policy';
export type { FactsRead, GroupFact, UnitOfFact } from './domain/inputs/facts-read.policy';
export { readScoreInput } from './domain/inputs/score-input';
export { compiledTemplate, isSchemeTemplate, loadScheme, SCHEME_TEMPLATES, templateText } from './application/templates';
export type { SchemeTemplate } from './application/templates';
export { schemeDecider } from './domain/life/scheme.decider';
export { RunSchemeCommand, SchemeHandler } from './application/scheme.handler';
export { SchemeModule } from './application/scheme.module';
export { createSchemeSource } from './application/scheme-source';
export type { SchemeSource } from './application/scheme-source';
export { createRehearsals } from './application/rehearsal.service';
export { rehearsalCsv } from './application/rehearsal-csv';
export { REHEARSAL_LIMITS } from './application/rehearsal-types';
export type {
  RehearsalInput,
  RehearsalProgress,
  RehearsalRow,
  Rehearsals,
  RehearsalSummary,
  TrialInputs,
  TrialPerson,
} from './application/rehearsal-types';
export { createSchemeDesk } from './application/scheme-desk';
export type { SchemeDesk } from './application/scheme-desk';
export { schemeProjections } from './read/projections';
export { createSchemeReports } from './read/scheme-report.query';
export { createSchemeLifeReader } from './read/scheme-life.reader';
export { createSchemeReader } from './read/scheme.reader';
export { gradeGroups, groupFindings } from './domain/blocks/group-limits.policy';
export type { GradeCount, GradeGroup, GradeInGroup, GroupFinding } from './domain/blocks/group-limits.policy';
export { groupFindingInWords } from './domain/words/group-words';
export { distributionTargets } from './domain/blocks/distribution.policy';
export type { GradeTarget } from './domain/blocks/distribution.policy';
export { checkScheme } from './domain/check/check-scheme';
export type { SchemeFinding } from './domain/check/finding';
export { schemeJsonSchema } from './application/json-schema';
export { indicatorLibrary, libraryFacts, libraryRatings } from './domain/reading/library';
export type { LibraryEntry, LibraryFact, LibraryRating } from './domain/reading/library';
