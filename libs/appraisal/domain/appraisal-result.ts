import { canonicalJson, type DecisionContext, isSubjectId, Rejection } from '#kernel';
import type {
  AmendAppraisal,
  AnswerObjection,
  AppraisalEvent,
  CancelAppraisal,
  ConfirmResult,
  FinaliseAppraisal,
  ObjectToResult,
  PublishAppraisal,
  RecordScore,
  ScoreBasis,
  ScoreResult,
} from '../contracts';
import { type Appraisal, currentStep, type ScoreOfAppraisal } from './appraisal.state';
import { isOutrun } from './corrections';
import { assignedManager } from './review-tasks.policy';

type Decision = readonly AppraisalEvent[];

const isPublished = ({ status }: Appraisal): boolean => status === 'published' || status === 'final';

function mustBePublished(appraisal: Appraisal): void {
  if (!isPublished(appraisal)) throw new Rejection('appraisal.not-published', { status: appraisal.status });
}

function sameScore(known: ScoreOfAppraisal | undefined, result: ScoreResult, basis: ScoreBasis): boolean {
  return known !== undefined && canonicalJson([known.result, known.basis]) === canonicalJson([result, basis]);
}

/** May be said again with other facts until publication; then the score is frozen. Quiet where a later score came between. */
export function recordScore({ data }: RecordScore, appraisal: Appraisal, { now }: DecisionContext): Decision {
  if (appraisal.status !== 'cancelled' && sameScore(appraisal.score, data.result, data.basis)) return [];
  if (isPublished(appraisal)) throw new Rejection('appraisal.published-score-is-frozen');
  if (appraisal.status === 'cancelled') throw new Rejection('appraisal.cancelled');
  const open = currentStep(appraisal);
  if (open) throw new Rejection(open.rule === 'hold' ? 'appraisal.on-hold' : 'appraisal.steps-open', { step: open.step });
  if (isOutrun(appraisal.score, data.basis)) return [];
  return [{ type: 'AppraisalScored', data: { result: data.result, basis: data.basis, scoredAt: now } }];
}

export function publishAppraisal({ data }: PublishAppraisal, appraisal: Appraisal, { now }: DecisionContext): Decision {
  const { confirmUntil, appealUntil } = data;
  if (isPublished(appraisal)) {
    if (appraisal.confirmUntil === confirmUntil && appraisal.appealUntil === appealUntil) return [];
    throw new Rejection('appraisal.already-published');
  }
  if (appraisal.status === 'cancelled') throw new Rejection('appraisal.cancelled');
  if (appraisal.status !== 'scored' || !appraisal.score) throw new Rejection('appraisal.not-scored', { status: appraisal.status });
  if (appraisal.score.result.errors.length > 0)
    throw new Rejection('appraisal.score-has-errors', { errors: appraisal.score.result.errors.length });
  if (appraisal.score.result.pending) throw new Rejection('appraisal.not-ranked');
  return [{ type: 'AppraisalPublished', data: { publishedAt: now, confirmUntil, appealUntil, unit: appraisal.unit } }];
}

export function confirmResult({ data }: ConfirmResult, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  if (data.how === 'by-person' && actor !== appraisal.subject) throw new Rejection('appraisal.not-the-subject');
  if (data.how === 'by-silence' && isSubjectId(actor)) throw new Rejection('appraisal.not-the-subject');
  mustBePublished(appraisal);
  if (appraisal.response === 'confirmed') return [];
  // Who objected was not silent; nothing is owed to the deadline.
  if (appraisal.response !== 'none' && data.how === 'by-silence') return [];
  if (appraisal.response !== 'none') throw new Rejection('appraisal.already-objected');
  const confirmUntil = data.confirmUntil ?? appraisal.confirmUntil;
  if (data.how === 'by-silence' && confirmUntil !== undefined && now < confirmUntil)
    throw new Rejection('appraisal.confirmation-open', { confirmUntil });
  const late = data.how === 'by-person' && confirmUntil !== undefined && now > confirmUntil;
  return [{ type: 'ResultConfirmed', data: { how: data.how, late, confirmedAt: now } }];
}

/** Holds nothing; the manager answers by `answerUntil`. */
export function objectToResult({ data }: ObjectToResult, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  if (actor !== appraisal.subject) throw new Rejection('appraisal.not-the-subject');
  mustBePublished(appraisal);
  if (appraisal.response === 'objected') return [];
  if (appraisal.response === 'answered') throw new Rejection('appraisal.objection-answered');
  if (appraisal.response === 'confirmed') throw new Rejection('appraisal.already-confirmed');
  if (appraisal.status === 'final') throw new Rejection('appraisal.final');
  const confirmUntil = data.confirmUntil ?? appraisal.confirmUntil;
  if (confirmUntil !== undefined && now > confirmUntil) throw new Rejection('appraisal.confirmation-over', { confirmUntil });
  return [{ type: 'ResultObjected', data: { reason: data.reason, objectedAt: now, answerUntil: data.answerUntil } }];
}

/** By the assigned manager. */
export function answerObjection({ data }: AnswerObjection, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  if (!isSubjectId(actor) || assignedManager(appraisal) !== actor) throw new Rejection('appraisal.not-the-assigned-manager');
  if (appraisal.response === 'answered') return [];
  if (appraisal.response !== 'objected') throw new Rejection('appraisal.no-objection');
  const { answerUntil } = appraisal;
  const late = answerUntil !== undefined && now > answerUntil;
  return [{ type: 'ObjectionAnswered', data: { reviewer: actor, answer: data.answer, late, answeredAt: now } }];
}

/**
 * The only way from a published score to another; the published one stays in the history and is shown beside it.
 * Also after the end of the cycle: a decision that arrives late must not get lost.
 */
export function amendAppraisal({ data }: AmendAppraisal, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  mustBePublished(appraisal);
  const { cause, result, basis } = data;
  if (appraisal.amendments.includes(cause.id)) {
    if (sameScore(appraisal.score, result, basis)) return [];
    throw new Rejection('appraisal.already-amended-for-this-cause', { cause: cause.id });
  }
  if (result.errors.length > 0) throw new Rejection('appraisal.score-has-errors', { errors: result.errors.length });
  const previousScore = appraisal.score?.result.score ?? null;
  return [
    {
      type: 'AppraisalAmended',
      data: { cause: { ...cause }, result, basis, ...(data.notes ? { notes: data.notes } : {}), previousScore, by: actor, amendedAt: now },
    },
  ];
}

export function finaliseAppraisal(_command: FinaliseAppraisal, appraisal: Appraisal, { now }: DecisionContext): Decision {
  if (appraisal.status === 'final') return [];
  mustBePublished(appraisal);
  return [{ type: 'AppraisalFinalised', data: { finalisedAt: now } }];
}

/** With its cycle, until publication; what was submitted stays readable and unused. */
export function cancelAppraisal({ data }: CancelAppraisal, appraisal: Appraisal, { now }: DecisionContext): Decision {
  if (appraisal.status === 'cancelled') return [];
  if (isPublished(appraisal)) throw new Rejection('appraisal.already-published');
  return [{ type: 'AppraisalCancelled', data: { reason: data.reason, cancelledAt: now } }];
}
