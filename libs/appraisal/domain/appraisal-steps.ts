import { canonicalJson, type DecisionContext, type Instant, isSubjectId, type PersonalText, Rejection, type SubjectId } from '#kernel';
import {
  type AppraisalEvent,
  type ApproveSecondReview,
  type CloseAppraisalStep,
  type LateRule,
  type Notes,
  type OpenAppraisal,
  type Ratings,
  type SendBackAppraisal,
  STEPS,
  type SubmitManagerScore,
  type SubmitSelfReview,
} from '../contracts';
import { type Appraisal, type AppraisalState, type StepInAppraisal, stepOf } from './appraisal.state';
import { comesBefore, levelOf, managerTask, mayAct, mustBeOpen, mustHave, scoredBy, taskMark } from './review-tasks.policy';

type Decision = readonly AppraisalEvent[];

export function openAppraisal({ data }: OpenAppraisal, state: AppraisalState, { now }: DecisionContext): Decision {
  if (state.status === 'cancelled') throw new Rejection('appraisal.cancelled');
  // A sweep that goes over a cohort again meets those it has opened before: a person is in a cycle once.
  if (state.status !== 'none') return [];
  if (data.steps.some(({ step, reviewer }) => step !== 'self-review' && reviewer === data.subject))
    throw new Rejection('appraisal.own-score');
  const { scheme, steps, parts, unit, employee, ...rest } = data;
  return [
    {
      type: 'AppraisalOpened',
      data: {
        ...rest,
        scheme: { ...scheme },
        steps: steps.map((step) => ({ ...step })),
        parts: parts.map((part) => ({ ...part })),
        unit,
        ...(employee ? { employee: { ...employee } } : {}),
        openedAt: now,
      },
    },
  ];
}

export function submitSelfReview({ data }: SubmitSelfReview, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  if (actor !== appraisal.subject) throw new Rejection('appraisal.not-the-subject');
  const step = stepOf(appraisal, 'self-review');
  if (!step) throw new Rejection('appraisal.no-such-step', { step: 'self-review' });
  if (saidAlready(step, appraisal.subject, data)) return [];
  mustBeOpen(appraisal, step);
  return [
    { type: 'SelfReviewSubmitted', data: { ratings: data.ratings, ...wordsOf(data), late: isLate(now, data.dueAt), submittedAt: now } },
  ];
}

/**
 * The assigned manager, the head of the department that is asked, or a delegate who names whom they act for; whether the
 * delegation holds was checked at the edge.
 */
export function submitManagerScore({ data }: SubmitManagerScore, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  const reviewer = mustBePerson(actor);
  if ([reviewer, data.onBehalfOf].includes(appraisal.subject)) throw new Rejection('appraisal.own-score');
  const part = data.part ?? 1;
  const task = managerTask(appraisal, part, data.department);
  if (!mayAct(task, data.onBehalfOf ?? reviewer, data.roles)) throw new Rejection('appraisal.not-the-assigned-manager');
  if (saidAlready(task, reviewer, data)) return [];
  mustBeOpen(appraisal, task);
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
        ...taskMark(appraisal, task),
      },
    },
  ];
}

/** Level by level; the step is done when the last one has approved. */
export function approveSecondReview({ data }: ApproveSecondReview, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  const { own, open, reviewer } = secondReviews(appraisal, actor, data);
  // A second click means the level that was approved, not the next one, unless that is the same person's by name.
  if (open?.reviewer !== reviewer && own.some((task) => saidAlready(task, reviewer, data))) return [];
  const task = mustActNext(appraisal, { own, open, reviewer });
  return [
    {
      type: 'SecondReviewApproved',
      data: {
        reviewer,
        ...(data.onBehalfOf === undefined ? {} : { onBehalfOf: data.onBehalfOf }),
        ...(data.ratings ? { ratings: data.ratings } : {}),
        ...wordsOf(data),
        late: isLate(now, data.dueAt),
        approvedAt: now,
        ...taskMark(appraisal, task),
      },
    },
  ];
}

export function sendBackAppraisal({ data }: SendBackAppraisal, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  const { own, open, reviewer } = secondReviews(appraisal, actor, data);
  const task = own.find((candidate) => candidate === open) ?? own.find(({ state }) => state === 'open') ?? own.at(-1);
  if (!task) throw new Rejection('appraisal.not-the-second-reviewer');
  const isTarget = (candidate: StepInAppraisal): boolean =>
    candidate.step === data.toStep &&
    (candidate.step !== 'second-review' || data.toLevel === undefined || levelOf(candidate) === data.toLevel);
  const targets = appraisal.steps.filter(
    (candidate) => isTarget(candidate) && candidate.group === undefined && comesBefore(candidate, task),
  );
  const first = targets[0];
  if (!first) throw new Rejection('appraisal.not-an-earlier-step', { step: data.toStep });
  // Sent back already: the step waits for its next version.
  if (targets.some(({ state, submissions }) => state === 'open' && submissions.length > 0) && task.state === 'open') return [];
  mustActNext(appraisal, { own, open: task, reviewer });
  if (targets.every(({ state }) => state !== 'submitted'))
    throw new Rejection('appraisal.nothing-to-send-back', { step: data.toStep, state: first.state });
  // What was skipped stays so: it is closed. Answers of a group were given once and are never asked again.
  const again = appraisal.steps.filter(
    (candidate) =>
      candidate.state === 'submitted' && candidate.group === undefined && !comesBefore(candidate, first) && comesBefore(candidate, task),
  );
  const reopened = [...new Set(again.map(({ step }) => step))].filter((step) => step !== task.step);
  const isPlain = again.every(({ step }) => mustHave(appraisal, step).length === 1);
  return [
    {
      type: 'AppraisalSentBack',
      data: {
        reviewer,
        toStep: data.toStep,
        reopened,
        ...(isPlain ? {} : { tasks: again.map((candidate) => appraisal.steps.indexOf(candidate)) }),
        ...(data.onBehalfOf === undefined ? {} : { onBehalfOf: data.onBehalfOf }),
        reason: data.reason,
        sentBackAt: now,
      },
    },
  ];
}

/** Closes the step named and whatever before it is still open (sent back and not done again). A task on hold waits on. */
export function closeAppraisalStep({ data }: CloseAppraisalStep, appraisal: Appraisal, { now }: DecisionContext): Decision {
  mustHave(appraisal, data.step);
  const last = STEPS.indexOf(data.step);
  const due = appraisal.steps.filter(({ step, state, rule }) => STEPS.indexOf(step) <= last && state === 'open' && rule !== 'hold');
  if (due.length === 0) return [];
  if (appraisal.status !== 'open') throw new Rejection('appraisal.not-open', { status: appraisal.status });
  const ruleOf = ({ late }: StepInAppraisal): LateRule => late ?? data.rule;
  // What peers answered is not lost: their round is closed, and the step is done when the answers are recorded.
  const isAnswered = ({ group }: StepInAppraisal): boolean => group === 'peers' && (appraisal.peerRound?.answered.length ?? 0) > 0;
  const closing = due.filter((task) => ruleOf(task) !== 'hold' && !isAnswered(task));
  return due.flatMap((task): Decision => {
    if (isAnswered(task))
      return appraisal.peerRound?.closed === true
        ? []
        : [{ type: 'PeerReviewClosed', data: { task: appraisal.steps.indexOf(task), closedAt: now } }];
    // The last one closed is the one that completes the step.
    const mark = taskMark(appraisal, task, closing.slice(0, Math.max(closing.indexOf(task), 0)));
    return [{ type: 'AppraisalStepSkipped', data: { step: task.step, reason: data.reason, rule: ruleOf(task), skippedAt: now, ...mark } }];
  });
}

function mustBePerson(actor: string): SubjectId {
  if (!isSubjectId(actor)) throw new Rejection('appraisal.not-a-person');
  return actor;
}

interface SecondReviews {
  /** Levels that are theirs. */
  readonly own: readonly StepInAppraisal[];
  /** The level whose turn it is; undefined when all have approved. */
  readonly open: StepInAppraisal | undefined;
  readonly reviewer: SubjectId;
}

/** Where the chain names a role instead of a person, anyone with it may act, except the subject and whoever scored. */
function secondReviews(
  appraisal: Appraisal,
  actor: string,
  { onBehalfOf, roles }: { readonly onBehalfOf?: SubjectId; readonly roles?: readonly string[] },
): SecondReviews {
  const levels = [...mustHave(appraisal, 'second-review')].sort((a, b) => levelOf(a) - levelOf(b));
  const reviewer = mustBePerson(actor);
  // Nobody does by a delegate what they must not do themselves.
  const acting = [reviewer, ...(onBehalfOf === undefined ? [] : [onBehalfOf])];
  if (acting.includes(appraisal.subject)) throw new Rejection('appraisal.own-score');
  const own = levels.filter((task) => (task.reviewer ?? task.role) === undefined || mayAct(task, onBehalfOf ?? reviewer, roles));
  if (own.length === 0) throw new Rejection('appraisal.not-the-second-reviewer');
  const scorers = scoredBy(appraisal);
  if (acting.some((person) => scorers.has(person))) throw new Rejection('appraisal.reviewer-scored-it');
  return { own, open: levels.find(({ state }) => state === 'open'), reviewer };
}

/** The level that is theirs to act on now. One person approves one level, unless the chain names them for both. */
function mustActNext(appraisal: Appraisal, { own, open, reviewer }: SecondReviews): StepInAppraisal {
  const task = open && own.includes(open) ? open : (own.find(({ state }) => state === 'open') ?? own.at(-1));
  if (!task) throw new Rejection('appraisal.not-the-second-reviewer');
  mustBeOpen(appraisal, task);
  const approvedBefore = mustHave(appraisal, 'second-review').some(
    (other) => other !== task && other.state === 'submitted' && other.submissions.at(-1)?.by === reviewer,
  );
  if (approvedBefore && task.reviewer !== reviewer) throw new Rejection('appraisal.reviewer-approved-before');
  return task;
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
