import type { Instant, Period, PersonalText, SubjectId } from '#kernel';
import type {
  AppraisalEvent,
  LateRule,
  Notes,
  Ratings,
  ResponseState,
  ScoreBasis,
  ScoreResult,
  Step,
  StepState,
  TaskOfAppraisal,
} from '../contracts';

import { type CorrectionOfAppraisal, evolveCorrection } from './corrections';

export type { LateRule };

/** One version of what was submitted in a step; sending back keeps it and waits for the next. */
export interface Submission {
  readonly by: SubjectId;
  readonly ratings?: Ratings;
  /** Free words of lines that take them, sealed. */
  readonly notes?: Notes;
  readonly comment?: PersonalText;
}

/** A task of a step; most steps have one. */
export interface StepInAppraisal extends TaskOfAppraisal {
  readonly state: StepState;
  /** All versions in order; only the last counts, and only while the step is `submitted`. */
  readonly submissions: readonly Submission[];
  /** How it goes on without a submission; `hold`: the step waits, still open. */
  readonly rule?: LateRule;
  /** Of a group of raters: what they answered, by line. */
  readonly answers?: Ratings;
}

/** Colleagues who were asked about a person. What was answered is sealed until it is recorded together. */
export interface PeerRound {
  /** Whose key seals the answers: an id of nobody. */
  readonly round: SubjectId;
  readonly peers: readonly SubjectId[];
  /** Without `answers` once they are recorded. */
  readonly answered: readonly { readonly peer: SubjectId; readonly answers?: PersonalText }[];
  readonly closed: boolean;
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
  /** Since publication; absent while no fact of it has changed. */
  readonly correction?: CorrectionOfAppraisal | undefined;
  /** What each part of the period weighs; one where nobody was transferred. */
  readonly partDays: readonly { readonly part: number; readonly workingDays: number }[];
  /** Attributes that the scheme reads of the person, as they were at opening. */
  readonly employee?: Readonly<Record<string, string>>;
  readonly steps: readonly StepInAppraisal[];
  readonly peerRound?: PeerRound;
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

/** The first task of a step. */
export function stepOf(appraisal: Appraisal, step: Step): StepInAppraisal | undefined {
  return appraisal.steps.find((candidate) => candidate.step === step);
}

export function tasksOf(appraisal: Appraisal, step: Step): readonly StepInAppraisal[] {
  return appraisal.steps.filter((candidate) => candidate.step === step);
}

/** The first step that is not done; undefined when all are. */
export function currentStep(appraisal: Appraisal): StepInAppraisal | undefined {
  return appraisal.steps.find(({ state }) => state === 'open');
}

/** Ratings that count: of the last submissions of a step's tasks that are submitted; of one part of the period where it is named. */
export function countingRatings(appraisal: Appraisal, step: Step, part?: number): Ratings | undefined {
  const done = tasksOf(appraisal, step).filter((task) => task.state === 'submitted' && (part === undefined || isAbout(task, part)));
  let counting: Ratings | undefined;
  for (const { submissions, answers } of done) counting = { ...answers, ...submissions.at(-1)?.ratings, ...counting };
  return counting;
}

/** Departments and groups of raters rate the whole period; a self-review does, too. */
function isAbout({ step, part, department, group }: StepInAppraisal, of: number): boolean {
  return step !== 'manager-review' || department !== undefined || group !== undefined || (part ?? 1) === of;
}

/** Total: an event that doesn't fit the state leaves it as it is. */
export function evolveAppraisal(state: AppraisalState, event: AppraisalEvent): AppraisalState {
  if (event.type === 'AppraisalOpened') {
    if (state.status !== 'none') return state;
    const { cycleId, subject, period, scheme, unit, steps, parts, employee } = event.data;
    const open = steps.map((step): StepInAppraisal => ({ ...step, state: 'open', submissions: [] }));
    return {
      status: 'open',
      cycleId,
      subject,
      period,
      scheme,
      unit,
      parts: parts.length,
      partDays: parts.map(({ part, workingDays }) => ({ part, workingDays })),
      ...(employee ? { employee } : {}),
      steps: open,
      amendments: [],
      response: 'none',
    };
  }
  return state.status === 'none' ? state : evolveOpened(state, event);
}

function evolveOpened(appraisal: Appraisal, event: Exclude<AppraisalEvent, { type: 'AppraisalOpened' }>): Appraisal {
  switch (event.type) {
    case 'SelfReviewSubmitted':
      return submitted(appraisal, 'self-review', { by: appraisal.subject, ...submissionOf(event.data) });
    case 'ManagerScoreSubmitted':
      return submitted(appraisal, 'manager-review', { by: event.data.reviewer, ...submissionOf(event.data) }, event.data.task);
    case 'SecondReviewApproved':
      return submitted(appraisal, 'second-review', { by: event.data.reviewer, ...submissionOf(event.data) }, event.data.task);
    case 'AppraisalSentBack': {
      const { reopened, tasks } = event.data;
      const isReopened = ({ step }: StepInAppraisal, place: number): boolean => tasks?.includes(place) ?? reopened.includes(step);
      return withSteps(appraisal, (step, place) => (isReopened(step, place) ? { ...step, state: 'open' } : step));
    }
    case 'AppraisalStepSkipped': {
      const { step: skipped, rule, task } = event.data;
      const at = placeOf(appraisal, skipped, task);
      return withSteps(appraisal, (step, place) => (place === at ? { ...step, state: rule === 'hold' ? 'open' : 'skipped', rule } : step));
    }
    case 'PeersNominated':
    case 'PeerAnswered':
    case 'PeerReviewClosed':
    case 'PeerAnswersRecorded':
    case 'CustomerAnswersRecorded':
      return evolveRaters(appraisal, event);
    default:
      return evolveResult(appraisal, event);
  }
}

type RaterEvent = Extract<
  AppraisalEvent,
  { type: 'PeersNominated' | 'PeerAnswered' | 'PeerReviewClosed' | 'PeerAnswersRecorded' | 'CustomerAnswersRecorded' }
>;

function evolveRaters(appraisal: Appraisal, event: RaterEvent): Appraisal {
  const { peerRound } = appraisal;
  switch (event.type) {
    case 'PeersNominated': {
      const { round, peers } = event.data;
      return { ...appraisal, peerRound: { round, peers, answered: peerRound?.answered ?? [], closed: false } };
    }
    case 'PeerAnswered': {
      const { peer, answers } = event.data;
      return peerRound ? { ...appraisal, peerRound: { ...peerRound, answered: [...peerRound.answered, { peer, answers }] } } : appraisal;
    }
    case 'PeerReviewClosed':
      return peerRound ? { ...appraisal, peerRound: { ...peerRound, closed: true } } : appraisal;
    case 'PeerAnswersRecorded': {
      const recorded = answeredBy(appraisal, event.data);
      return peerRound
        ? { ...recorded, peerRound: { ...peerRound, closed: true, answered: peerRound.answered.map(({ peer }) => ({ peer })) } }
        : recorded;
    }
    case 'CustomerAnswersRecorded':
      return answeredBy(appraisal, event.data);
  }
}

function answeredBy(appraisal: Appraisal, { task, answers }: { readonly task: number; readonly answers: Ratings }): Appraisal {
  return withSteps(appraisal, (step, place) => (place === task ? { ...step, state: 'submitted', answers } : step));
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
      | 'AppraisalStepSkipped'
      | RaterEvent['type'];
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
    case 'AppraisalCorrectionProposed':
    case 'AppraisalCorrectionSettled':
      return { ...appraisal, correction: evolveCorrection(appraisal.correction, event) };
    case 'AppraisalFinalised':
      return { ...appraisal, status: 'final' };
    case 'AppraisalCancelled':
      return { ...appraisal, status: 'cancelled' };
    default:
      return appraisal;
  }
}

function submissionOf(data: {
  readonly ratings?: Ratings | undefined;
  readonly notes?: Notes | undefined;
  readonly comment?: PersonalText | undefined;
}): Omit<Submission, 'by'> {
  const { ratings, notes, comment } = data;
  return { ...(ratings ? { ratings } : {}), ...(notes ? { notes } : {}), ...(comment ? { comment } : {}) };
}

function submitted(appraisal: Appraisal, name: Step, submission: Submission, task?: number): Appraisal {
  const at = placeOf(appraisal, name, task);
  return withSteps(appraisal, (step, place) =>
    place === at ? { ...step, state: 'submitted', submissions: [...step.submissions, submission] } : step,
  );
}

/** Of the task that an event is about: the step's first where it names none. */
function placeOf({ steps }: Appraisal, name: Step, task: number | undefined): number {
  return task ?? steps.findIndex(({ step }) => step === name);
}

function withSteps(appraisal: Appraisal, change: (step: StepInAppraisal, place: number) => StepInAppraisal): Appraisal {
  return { ...appraisal, steps: appraisal.steps.map(change) };
}
