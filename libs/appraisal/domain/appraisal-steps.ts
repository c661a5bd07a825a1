import { canonicalJson, type DecisionContext, type Instant, isSubjectId, type PersonalText, Rejection, type SubjectId } from '#kernel';
import type {
  AppraisalEvent,
  ApproveSecondReview,
  CloseAppraisalStep,
  Notes,
  OpenAppraisal,
  Ratings,
  SendBackAppraisal,
  Step,
  SubmitManagerScore,
  SubmitSelfReview,
} from '../contracts';
import { type Appraisal, type AppraisalState, currentStep, type StepInAppraisal, stepOf } from './appraisal.state';

type Decision = readonly AppraisalEvent[];

export function openAppraisal({ data }: OpenAppraisal, state: AppraisalState, { now }: DecisionContext): Decision {
  if (state.status === 'cancelled') throw new Rejection('appraisal.cancelled');
  // A sweep that goes over a cohort again meets those it has opened before: a person is in a cycle once.
  if (state.status !== 'none') return [];
  if (data.parts.length !== 1) throw new Rejection('appraisal.more-than-one-part', { parts: data.parts.length });
  if (data.steps.some(({ step, reviewer }) => step !== 'self-review' && reviewer === data.subject))
    throw new Rejection('appraisal.own-score');
  const { scheme, steps, parts, unit, ...rest } = data;
  return [
    {
      type: 'AppraisalOpened',
      data: {
        ...rest,
        scheme: { ...scheme },
        steps: steps.map((step) => ({ ...step })),
        parts: parts.map((part) => ({ ...part })),
        unit,
        openedAt: now,
      },
    },
  ];
}

export function submitSelfReview({ data }: SubmitSelfReview, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  if (actor !== appraisal.subject) throw new Rejection('appraisal.not-the-subject');
  const step = mustHave(appraisal, 'self-review');
  if (saidAlready(step, appraisal.subject, data)) return [];
  mustBeOpen(appraisal, step);
  return [
    { type: 'SelfReviewSubmitted', data: { ratings: data.ratings, ...wordsOf(data), late: isLate(now, data.dueAt), submittedAt: now } },
  ];
}

/** The assigned manager, or a delegate who names whom they act for; whether the delegation holds was checked at the edge. */
export function submitManagerScore({ data }: SubmitManagerScore, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  const reviewer = mustBePerson(actor);
  if (reviewer === appraisal.subject) throw new Rejection('appraisal.own-score');
  const part = data.part ?? 1;
  if (part > appraisal.parts) throw new Rejection('appraisal.unknown-part', { part, parts: appraisal.parts });
  const step = mustHave(appraisal, 'manager-review');
  // Where the chain names a role, whether the actor holds it was checked at the edge.
  const assigned = data.onBehalfOf ?? reviewer;
  if (step.reviewer === undefined ? step.role === undefined : assigned !== step.reviewer)
    throw new Rejection('appraisal.not-the-assigned-manager');
  if (saidAlready(step, reviewer, data)) return [];
  mustBeOpen(appraisal, step);
  return [
    {
      type: 'ManagerScoreSubmitted',
      data: {
        reviewer,
        ...(data.onBehalfOf === undefined ? {} : { onBehalfOf: data.onBehalfOf }),
        part,
        ratings: data.ratings,
        ...wordsOf(data),
        late: isLate(now, data.dueAt),
        submittedAt: now,
      },
    },
  ];
}

export function approveSecondReview({ data }: ApproveSecondReview, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  const { step, reviewer } = mustBeSecondReviewer(appraisal, actor);
  if (saidAlready(step, reviewer, data)) return [];
  mustBeOpen(appraisal, step);
  return [{ type: 'SecondReviewApproved', data: { reviewer, ...wordsOf(data), late: isLate(now, data.dueAt), approvedAt: now } }];
}

export function sendBackAppraisal({ data }: SendBackAppraisal, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  const { step, reviewer } = mustBeSecondReviewer(appraisal, actor);
  const target = stepOf(appraisal, data.toStep);
  const before = appraisal.steps.slice(0, appraisal.steps.indexOf(step));
  if (!target || !before.includes(target)) throw new Rejection('appraisal.not-an-earlier-step', { step: data.toStep });
  // Sent back already: the step waits for its next version.
  if (target.state === 'open' && target.submissions.length > 0 && step.state === 'open') return [];
  mustBeOpen(appraisal, step);
  if (target.state !== 'submitted') throw new Rejection('appraisal.nothing-to-send-back', { step: data.toStep, state: target.state });
  // A step that was skipped stays so: it is closed.
  const reopened = before
    .slice(before.indexOf(target))
    .filter(({ state }) => state === 'submitted')
    .map((item) => item.step);
  return [{ type: 'AppraisalSentBack', data: { reviewer, toStep: data.toStep, reopened, reason: data.reason, sentBackAt: now } }];
}

/** Closes the step named and whatever before it is still open (sent back and not done again). A step on hold waits on. */
export function closeAppraisalStep({ data }: CloseAppraisalStep, appraisal: Appraisal, { now }: DecisionContext): Decision {
  const step = mustHave(appraisal, data.step);
  const due = appraisal.steps.slice(0, appraisal.steps.indexOf(step) + 1).filter(({ state, rule }) => state === 'open' && rule !== 'hold');
  if (due.length === 0) return [];
  if (appraisal.status !== 'open') throw new Rejection('appraisal.not-open', { status: appraisal.status });
  const { reason, rule } = data;
  return due.map((open) => ({ type: 'AppraisalStepSkipped', data: { step: open.step, reason, rule, skippedAt: now } }));
}

function mustHave(appraisal: Appraisal, step: Step): StepInAppraisal {
  const found = stepOf(appraisal, step);
  if (!found) throw new Rejection('appraisal.no-such-step', { step });
  return found;
}

function mustBeOpen(appraisal: Appraisal, step: StepInAppraisal): void {
  if (appraisal.status === 'cancelled') throw new Rejection('appraisal.cancelled');
  if (appraisal.status !== 'open') throw new Rejection('appraisal.not-open', { status: appraisal.status });
  if (step.state === 'submitted') throw new Rejection('appraisal.step-already-submitted', { step: step.step });
  if (step.state === 'skipped') throw new Rejection('appraisal.step-closed', { step: step.step });
  const current = currentStep(appraisal);
  if (current && current.step !== step.step)
    throw new Rejection('appraisal.earlier-step-open', { step: step.step, waitsFor: current.step });
}

function mustBePerson(actor: string): SubjectId {
  if (!isSubjectId(actor)) throw new Rejection('appraisal.not-a-person');
  return actor;
}

/** Where the chain names a role instead of a person, anyone with it may act, except the subject and whoever scored. */
function mustBeSecondReviewer(appraisal: Appraisal, actor: string): { readonly step: StepInAppraisal; readonly reviewer: SubjectId } {
  const step = mustHave(appraisal, 'second-review');
  const reviewer = mustBePerson(actor);
  if (reviewer === appraisal.subject) throw new Rejection('appraisal.own-score');
  if (step.reviewer !== undefined && step.reviewer !== reviewer) throw new Rejection('appraisal.not-the-second-reviewer');
  const scored = stepOf(appraisal, 'manager-review')?.submissions.at(-1)?.by;
  if (scored === reviewer) throw new Rejection('appraisal.reviewer-scored-it');
  return { step, reviewer };
}

interface Said {
  readonly ratings?: Ratings;
  readonly notes?: Notes;
  readonly comment?: PersonalText;
}

/** The same submission again, also after a lost answer: compared by content; texts by their tags. */
function saidAlready(step: StepInAppraisal, by: SubjectId, data: Said): boolean {
  const last = step.submissions.at(-1);
  if (step.state !== 'submitted' || !last || last.by !== by) return false;
  if (canonicalJson(last.ratings ?? {}) !== canonicalJson(data.ratings ?? {})) return false;
  if (!sameNotes(last.notes, data.notes)) return false;
  return data.comment === undefined || last.comment === undefined ? data.comment === last.comment : data.comment.equals(last.comment);
}

function sameNotes(said: Notes = [], again: Notes = []): boolean {
  return (
    said.length === again.length &&
    said.every(({ line, item, text }, index) => {
      const other = again[index];
      return other?.line === line && other.item === item && other.text.equals(text);
    })
  );
}

function wordsOf(data: Said): { comment?: PersonalText; notes?: Notes } {
  return { ...(data.notes ? { notes: data.notes } : {}), ...(data.comment ? { comment: data.comment } : {}) };
}

function isLate(now: Instant, dueAt: Instant | undefined): boolean {
  return dueAt !== undefined && now > dueAt;
}
