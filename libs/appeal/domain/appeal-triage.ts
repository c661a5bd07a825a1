import { type DecisionContext, Rejection } from '#kernel';
import {
  APPEAL_LIMITS,
  type AcceptAppeal,
  type AppealEvent,
  type AskForMore,
  type DeclineAppeal,
  type EscalateAppeal,
  type FileAppeal,
  type GiveMore,
  type RecordAppealOverdue,
} from '../contracts';
import type { Appeal, AppealState } from './appeal-state';
import { checkLines, isSystem, mustBeAppellant, mustBeAt, mustNotBeAppellant } from './appeal-guards';

type Events = readonly AppealEvent[];

export function fileAppeal({ data }: FileAppeal, state: AppealState, { now, actor }: DecisionContext): Events {
  if (actor !== data.subject) throw new Rejection('appeal.not-the-appellant');
  if (state.stage !== 'none') throw new Rejection('appeal.filed-already', { stage: state.stage });
  const procedureAlone = data.grounds.length === 1 && data.grounds[0] === 'procedure';
  checkLines(data.lines, procedureAlone);
  if (data.grounds.includes('procedure') && data.step === undefined) throw new Rejection('appeal.step-missing');
  if (data.grounds.includes('wrong-fact') && !data.lines.some(({ kind }) => kind === 'fact'))
    throw new Rejection('appeal.no-contested-fact');
  mustFitEvidence(0, data.evidence.length);
  return [
    {
      type: 'AppealFiled',
      data: {
        ...data,
        grounds: [...data.grounds],
        lines: [...data.lines],
        evidence: [...data.evidence],
        instance: 1,
        filedAt: now,
      },
    },
  ];
}

export function askForMore({ data }: AskForMore, state: Appeal, { now, actor }: DecisionContext): Events {
  mustNotBeAppellant(state, actor);
  mustBeAt(state, 'triage', 'escalated');
  if (state.moreAsked >= APPEAL_LIMITS.moreRounds) throw new Rejection('appeal.asked-too-often', { limit: APPEAL_LIMITS.moreRounds });
  return [{ type: 'AppealMoreAsked', data: { appealId: state.appealId, ...data, by: actor, askedAt: now } }];
}

export function giveMore({ data }: GiveMore, state: Appeal, { now, actor }: DecisionContext): Events {
  mustBeAt(state, 'more-asked');
  if (!isSystem(actor)) {
    mustBeAppellant(state, actor);
    if (data.answer === undefined && data.evidence.length === 0) throw new Rejection('appeal.empty-answer');
  }
  mustFitEvidence(state.evidence, data.evidence.length);
  return [{ type: 'AppealMoreGiven', data: { appealId: state.appealId, ...data, evidence: [...data.evidence], givenAt: now } }];
}

export function acceptAppeal({ data }: AcceptAppeal, state: Appeal, { now, actor }: DecisionContext): Events {
  mustTriage(state, actor);
  if (state.late && data.lateReason === undefined) throw new Rejection('appeal.late-needs-reason');
  const { appealId } = state;
  const { decideBy, factOwner } = data;
  const accepted: AppealEvent = {
    type: 'AppealAccepted',
    data: { appealId, by: actor, lateReason: data.lateReason, contact: data.contact, decideBy, acceptedAt: now },
  };
  if (!factOwner || !state.grounds.includes('wrong-fact')) return [accepted];
  if (factOwner.owner === state.subject) throw new Rejection('appeal.fact-owner-is-appellant');
  const metrics = [...new Set(state.lines.filter(({ kind }) => kind === 'fact').map(({ key }) => key))];
  return [
    accepted,
    {
      type: 'AppealReferredToFactOwner',
      data: { appealId, owner: factOwner.owner, metrics, answerBy: factOwner.answerBy, referredAt: now },
    },
  ];
}

export function declineAppeal({ data }: DeclineAppeal, state: Appeal, { now, actor }: DecisionContext): Events {
  mustTriage(state, actor);
  return [{ type: 'AppealDeclined', data: { appealId: state.appealId, by: actor, ...data, final: state.escalated, declinedAt: now } }];
}

export function escalateAppeal({ data }: EscalateAppeal, state: Appeal, { now, actor }: DecisionContext): Events {
  mustBeAppellant(state, actor);
  mustBeAt(state, 'declined');
  return [{ type: 'AppealEscalated', data: { appealId: state.appealId, ...data, escalatedAt: now } }];
}

/** Only once a round; what it is about must really be due. */
export function recordOverdue({ data }: RecordAppealOverdue, state: Appeal, { now }: DecisionContext): Events {
  const { stage, what } = data;
  if (what === 'decision') {
    if (
      state.decisionOverdue ||
      state.remaining !== undefined ||
      !['to-panel', 'hearing', 'fact-owner', 'offer-due', 'offered'].includes(state.stage)
    )
      return [];
    return overdue(state, what, state.decideBy?.at, now);
  }
  if (stage !== state.stage || state.overdueRound === state.round) return [];
  return overdue(state, what, state.due?.at, now);
}

function overdue(
  state: Appeal,
  what: 'triage' | 'decision' | 'vote',
  dueAt: DecisionContext['now'] | undefined,
  now: DecisionContext['now'],
): Events {
  if (dueAt === undefined || now < dueAt) throw new Rejection('appeal.not-due-yet', { stage: state.stage });
  return [{ type: 'AppealOverdue', data: { appealId: state.appealId, stage: state.stage, what, dueAt, at: now } }];
}

/** After escalation somebody else triages. */
function mustTriage(state: Appeal, actor: DecisionContext['actor']): void {
  mustNotBeAppellant(state, actor);
  mustBeAt(state, 'triage', 'escalated');
  if (state.escalated && state.triagedBy.includes(actor)) throw new Rejection('appeal.triaged-by-you-before');
}

function mustFitEvidence(held: number, added: number): void {
  if (held + added > APPEAL_LIMITS.evidenceFiles) throw new Rejection('appeal.too-many-files', { limit: APPEAL_LIMITS.evidenceFiles });
}
