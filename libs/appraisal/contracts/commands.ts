import type { Instant, Period, PersonalText, PlainDay, SubjectId } from '#kernel';
import type { CorrectScore } from './correction-commands';
import type { RaterCommand } from './rater-commands';
import type { LateRule, Notes, Ratings, ScoreBasis, ScoreResult, Step, TaskOfAppraisal } from './events';

export interface OpenAppraisal {
  readonly type: 'OpenAppraisal';
  readonly data: {
    readonly cycleId: string;
    readonly subject: SubjectId;
    readonly cohort: number;
    readonly period: Period;
    readonly scheme: { readonly schemeId: string; readonly version: number };
    readonly steps: readonly TaskOfAppraisal[];
    readonly parts: readonly {
      readonly part: number;
      readonly from: PlainDay;
      readonly to: PlainDay;
      readonly manager?: SubjectId;
      readonly workingDays: number;
    }[];
    readonly unit: { readonly department: string; readonly team?: string; readonly region?: string; readonly site?: string };
    readonly employee?: Readonly<Record<string, string>>;
  };
}
export interface SubmitSelfReview {
  readonly type: 'SubmitSelfReview';
  readonly data: {
    readonly ratings: Ratings;
    readonly notes?: Notes;
    readonly comment?: PersonalText;
    /** Deadline of the step; later is marked late. */ readonly dueAt?: Instant;
  };
}
export interface SubmitManagerScore {
  readonly type: 'SubmitManagerScore';
  readonly data: {
    readonly ratings: Ratings;
    readonly notes?: Notes;
    readonly comment?: PersonalText;
    readonly part?: number;
    /** Only the lines of that department, by its head. */
    readonly department?: string;
    readonly onBehalfOf?: SubjectId;
    /** Of whoever acts, where a task names a role; absent: looked at before. */
    readonly roles?: readonly string[];
    readonly dueAt?: Instant;
  };
}
export interface ApproveSecondReview {
  readonly type: 'ApproveSecondReview';
  readonly data: {
    readonly ratings?: Ratings;
    readonly notes?: Notes;
    readonly comment?: PersonalText;
    readonly dueAt?: Instant;
    readonly onBehalfOf?: SubjectId;
    readonly roles?: readonly string[];
  };
}
export interface SendBackAppraisal {
  readonly type: 'SendBackAppraisal';
  readonly data: {
    readonly toStep: Step;
    /** Of second reviews: to that level, earlier than one's own. */
    readonly toLevel?: number;
    readonly reason: PersonalText;
    readonly onBehalfOf?: SubjectId;
    readonly roles?: readonly string[];
  };
}
/** By the sweep that closes a step. Quiet when the step was done. `rule`: for tasks that name none themselves. */
export interface CloseAppraisalStep {
  readonly type: 'CloseAppraisalStep';
  readonly data: { readonly step: Step; readonly reason: 'missed' | 'left'; readonly rule: LateRule };
}
export interface RecordScore {
  readonly type: 'RecordScore';
  readonly data: { readonly result: ScoreResult; readonly basis: ScoreBasis };
}
export interface PublishAppraisal {
  readonly type: 'PublishAppraisal';
  readonly data: { readonly confirmUntil: Instant; readonly appealUntil: Instant };
}
export interface ConfirmResult {
  readonly type: 'ConfirmResult';
  /** `confirmUntil`: the deadline as extended since publication. */
  readonly data: { readonly how: 'by-person' | 'by-silence'; readonly confirmUntil?: Instant };
}
export interface ObjectToResult {
  readonly type: 'ObjectToResult';
  readonly data: { readonly reason: PersonalText; readonly answerUntil: Instant; readonly confirmUntil?: Instant };
}
export interface AnswerObjection {
  readonly type: 'AnswerObjection';
  readonly data: { readonly answer: PersonalText };
}
export interface AmendAppraisal {
  readonly type: 'AmendAppraisal';
  readonly data: {
    readonly cause: { readonly kind: 'appeal' | 'correction'; readonly id: string };
    readonly result: ScoreResult;
    readonly basis: ScoreBasis;
    readonly notes?: Notes;
  };
}
export interface FinaliseAppraisal {
  readonly type: 'FinaliseAppraisal';
  readonly data: object;
}
export interface CancelAppraisal {
  readonly type: 'CancelAppraisal';
  readonly data: { readonly reason: string };
}
export type AppraisalCommand =
  | OpenAppraisal
  | SubmitSelfReview
  | SubmitManagerScore
  | ApproveSecondReview
  | SendBackAppraisal
  | CloseAppraisalStep
  | RecordScore
  | PublishAppraisal
  | ConfirmResult
  | ObjectToResult
  | AnswerObjection
  | AmendAppraisal
  | FinaliseAppraisal
  | CancelAppraisal
  | CorrectScore
  | RaterCommand;
