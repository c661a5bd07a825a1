import type { Instant, Period, PersonalText, SubjectId } from '#kernel';
import type { AppraisalEvent, Notes, Ratings, ResponseState, ScoreBasis, ScoreResult, Step, StepState } from '../contracts';

export type LateRule = 'facts-alone' | 'manager-substitutes' | 'hold';

/** One version of what was submitted in a step; sending back keeps it and waits for the next. */
export interface Submission {
  readonly by: SubjectId;
  readonly ratings?: Ratings;
  /** Free words of lines that take them, sealed. */
  readonly notes?: Notes;
  readonly comment?: PersonalText;
}

export interface StepInAppraisal {
  readonly step: Step;
  readonly reviewer?: SubjectId | undefined;
  /** Where nobody is named: any holder of this role. */
  readonly role?: string | undefined;
  readonly state: StepState;
  /** All versions in order; only the last counts, and only while the step is `submitted`. */
  readonly submissions: readonly Submission[];
  /** How it goes on without a submission; `hold`: the step waits, still open. */
  readonly rule?: LateRule;
}

export interface ScoreOfAppraisal {
  readonly result: ScoreResult;
  readonly basis: ScoreBasis;
}

type EventOf<T extends AppraisalEvent['type']> = Extract<AppraisalEvent, { type: T }>['data'];

export interface NoAppraisal {
  readonly status: 'none';
}
export interface Appraisal {
  readonly status: 'open' | 'scored' | 'published' | 'final' | 'cancelled';
  readonly cycleId: string;
  readonly subject: SubjectId;
  readonly period: Period;
  readonly scheme: { readonly schemeId: string; readonly version: number };
  readonly unit: EventOf<'AppraisalOpened'>['unit'];
  readonly parts: number;
  readonly steps: readonly StepInAppraisal[];
  /** The result that holds now: amended where there was an amendment. */
  readonly score?: ScoreOfAppraisal;
  readonly amendments: readonly string[];
  readonly response: ResponseState;
  readonly confirmUntil?: Instant;
  readonly appealUntil?: Instant;
  readonly answerUntil?: Instant;
}
export type AppraisalState = NoAppraisal | Appraisal;

export const NO_APPRAISAL: AppraisalState = { status: 'none' };

export function stepOf(appraisal: Appraisal, step: Step): StepInAppraisal | undefined {
  return appraisal.steps.find((candidate) => candidate.step === step);
}

/** The first step that is not done; undefined when all are. */
export function currentStep(appraisal: Appraisal): StepInAppraisal | undefined {
  return appraisal.steps.find(({ state }) => state === 'open');
}

/** Ratings that count: of the last submission of a step that is submitted. */
export function countingRatings(appraisal: Appraisal, step: Step): Ratings | undefined {
  const found = stepOf(appraisal, step);
  return found?.state === 'submitted' ? found.submissions.at(-1)?.ratings : undefined;
}

/** Total: an event that doesn't fit the state leaves it as it is. */
export function evolveAppraisal(state: AppraisalState, event: AppraisalEvent): AppraisalState {
  if (event.type === 'AppraisalOpened') {
    if (state.status !== 'none') return state;
    const { cycleId, subject, period, scheme, unit, steps, parts } = event.data;
    const open = steps.map((step): StepInAppraisal => ({ ...step, state: 'open', submissions: [] }));
    return { status: 'open', cycleId, subject, period, scheme, unit, parts: parts.length, steps: open, amendments: [], response: 'none' };
  }
  return state.status === 'none' ? state : evolveOpened(state, event);
}

function evolveOpened(appraisal: Appraisal, event: Exclude<AppraisalEvent, { type: 'AppraisalOpened' }>): Appraisal {
  switch (event.type) {
    case 'SelfReviewSubmitted':
      return submitted(appraisal, 'self-review', { by: appraisal.subject, ...submissionOf(event.data) });
    case 'ManagerScoreSubmitted':
      return submitted(appraisal, 'manager-review', { by: event.data.reviewer, ...submissionOf(event.data) });
    case 'SecondReviewApproved':
      return submitted(appraisal, 'second-review', { by: event.data.reviewer, ...submissionOf(event.data) });
    case 'AppraisalSentBack': {
      const { reopened } = event.data;
      return withSteps(appraisal, (step) => (reopened.includes(step.step) ? { ...step, state: 'open' } : step));
    }
    case 'AppraisalStepSkipped': {
      const { step: skipped, rule } = event.data;
      return withSteps(appraisal, (step) =>
        step.step === skipped ? { ...step, state: rule === 'hold' ? 'open' : 'skipped', rule } : step,
      );
    }
    default:
      return evolveResult(appraisal, event);
  }
}

type ResultEvent = Exclude<
  AppraisalEvent,
  {
    type:
      | 'AppraisalOpened'
      | 'SelfReviewSubmitted'
      | 'ManagerScoreSubmitted'
      | 'SecondReviewApproved'
      | 'AppraisalSentBack'
      | 'AppraisalStepSkipped';
  }
>;

function evolveResult(appraisal: Appraisal, event: ResultEvent): Appraisal {
  switch (event.type) {
    case 'AppraisalScored':
      return { ...appraisal, status: 'scored', score: { result: event.data.result, basis: event.data.basis } };
    case 'AppraisalPublished':
      return { ...appraisal, status: 'published', confirmUntil: event.data.confirmUntil, appealUntil: event.data.appealUntil };
    case 'ResultConfirmed':
      return { ...appraisal, response: 'confirmed' };
    case 'ResultObjected':
      return { ...appraisal, response: 'objected', answerUntil: event.data.answerUntil };
    case 'ObjectionAnswered':
      return { ...appraisal, response: 'answered' };
    case 'AppraisalAmended':
      return {
        ...appraisal,
        score: { result: event.data.result, basis: event.data.basis },
        amendments: [...appraisal.amendments, event.data.cause.id],
      };
    case 'AppraisalFinalised':
      return { ...appraisal, status: 'final' };
    case 'AppraisalCancelled':
      return { ...appraisal, status: 'cancelled' };
    default:
      return appraisal;
  }
}

function submissionOf(data: {
  readonly ratings?: Ratings;
  readonly notes?: Notes | undefined;
  readonly comment?: PersonalText | undefined;
}): Omit<Submission, 'by'> {
  const { ratings, notes, comment } = data;
  return { ...(ratings ? { ratings } : {}), ...(notes ? { notes } : {}), ...(comment ? { comment } : {}) };
}

function submitted(appraisal: Appraisal, name: Step, submission: Submission): Appraisal {
  return withSteps(appraisal, (step) =>
    step.step === name ? { ...step, state: 'submitted', submissions: [...step.submissions, submission] } : step,
  );
}

function withSteps(appraisal: Appraisal, change: (step: StepInAppraisal) => StepInAppraisal): Appraisal {
  return { ...appraisal, steps: appraisal.steps.map(change) };
}
