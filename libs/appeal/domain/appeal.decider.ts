import { assertNever, canonicalJson, type Decider, type DecisionContext, Rejection } from '#kernel';
import type {
  AcceptOffer,
  Amendment,
  AppealCommand,
  AppealEvent,
  CloseAppeal,
  CorrectContestedFacts,
  OfferCorrection,
  RecordFactOwnerSilence,
  RefuseOffer,
  StandByFacts,
  WithdrawAppeal,
} from '../contracts';
import { isSystem, mustBeAppellant, mustBeAt, mustBeDecimal, mustNotBeAppellant } from './appeal-guards';
import { castVote, closeVoting, namePanel, noteHearing, replaceMember, seatPanel } from './appeal-panel';
import { type Appeal, type AppealState, evolveAppeal, isOver } from './appeal-state';
import { acceptAppeal, askForMore, declineAppeal, escalateAppeal, fileAppeal, giveMore, recordOverdue } from './appeal-triage';

type Events = readonly AppealEvent[];

/** Source of the rules: domain.md "Appeal". One instance for now. */
export const appealDecider: Decider<AppealCommand, AppealState, AppealEvent> = {
  category: 'appeal',
  initial: { stage: 'none' },
  decide(command, state, context) {
    if (command.type === 'FileAppeal') return fileAppeal(command, state, context);
    if (state.stage === 'none') throw new Rejection('appeal.unknown');
    return decideFiled(command, state, context);
  },
  evolve: evolveAppeal,
  isTerminal: isOver,
};

type Later = Exclude<AppealCommand, { type: 'FileAppeal' }>;

function decideFiled(command: Later, state: Appeal, context: DecisionContext): Events {
  switch (command.type) {
    case 'AskForMore':
      return askForMore(command, state, context);
    case 'GiveMore':
      return giveMore(command, state, context);
    case 'AcceptAppeal':
      return acceptAppeal(command, state, context);
    case 'DeclineAppeal':
      return declineAppeal(command, state, context);
    case 'EscalateAppeal':
      return escalateAppeal(command, state, context);
    case 'CorrectContestedFacts':
      return correctFacts(command, state, context);
    case 'StandByFacts':
      return standByFacts(command, state, context);
    case 'RecordFactOwnerSilence':
      return factOwnerSilence(command, state, context);
    case 'OfferCorrection':
      return offerCorrection(command, state, context);
    case 'AcceptOffer':
      return acceptOffer(command, state, context);
    case 'RefuseOffer':
      return refuseOffer(command, state, context);
    case 'SeatPanel':
      return seatPanel(command, state, context);
    case 'NamePanel':
      return namePanel(command, state, context);
    case 'ReplacePanelMember':
      return replaceMember(command, state, context);
    case 'NoteHearing':
      return noteHearing(command, state, context);
    case 'CastVote':
      return castVote(command, state, context);
    case 'CloseVoting':
      return closeVoting(command, state, context);
    case 'RecordAppealOverdue':
      return recordOverdue(command, state, context);
    case 'WithdrawAppeal':
      return withdraw(command, state, context);
    case 'CloseAppeal':
      return close(command, state, context);
    default:
      return assertNever(command);
  }
}

function mustOwnFacts(state: Appeal, { actor }: DecisionContext) {
  mustBeAt(state, 'fact-owner');
  if (state.factOwner === undefined || actor !== state.factOwner) throw new Rejection('appeal.not-the-fact-owner');
  return state.factOwner;
}

function correctFacts({ data }: CorrectContestedFacts, state: Appeal, context: DecisionContext): Events {
  const owner = mustOwnFacts(state, context);
  if (data.corrections.length === 0) throw new Rejection('appeal.no-correction');
  for (const { line, kind, key, value } of data.corrections) {
    if (!state.lines.some((contested) => contested.line === line && contested.kind === kind && contested.key === key && kind === 'fact')) {
      throw new Rejection('appeal.line-not-contested', { line, key });
    }
    mustBeDecimal(line, value);
  }
  const { reason } = data;
  return [
    {
      type: 'FactOwnerCorrected',
      data: { appealId: state.appealId, owner, corrections: [...data.corrections], reason, correctedAt: context.now },
    },
  ];
}

function standByFacts({ data }: StandByFacts, state: Appeal, context: DecisionContext): Events {
  const owner = mustOwnFacts(state, context);
  return [{ type: 'FactOwnerStoodBy', data: { appealId: state.appealId, owner, reason: data.reason, stoodByAt: context.now } }];
}

function factOwnerSilence(_: RecordFactOwnerSilence, state: Appeal, { now }: DecisionContext): Events {
  if (state.stage !== 'fact-owner' || state.factOwner === undefined) return [];
  mustBeDue(state, now);
  return [{ type: 'FactOwnerSilent', data: { appealId: state.appealId, owner: state.factOwner, at: now } }];
}

function offerCorrection({ data }: OfferCorrection, state: Appeal, { now }: DecisionContext): Events {
  if (state.stage === 'offered') return [];
  mustBeAt(state, 'offer-due');
  const { score, answerBy } = data;
  return [
    { type: 'AppealOffered', data: { appealId: state.appealId, amendments: [...state.corrections], score, answerBy, offeredAt: now } },
  ];
}

function acceptOffer({ data }: AcceptOffer, state: Appeal, { now, actor }: DecisionContext): Events {
  mustBeAppellant(state, actor);
  mustBeAt(state, 'offered');
  const { appealId, cycleId, appraisalId, subject, corrections } = state;
  const asAsked = corrections.length === state.lines.length && corrections.every((correction) => isAsAsked(state, correction));
  return [
    { type: 'OfferAccepted', data: { appealId, acceptedAt: now } },
    {
      type: 'AppealDecided',
      data: {
        appealId,
        cycleId,
        appraisalId,
        subject,
        verdict: asAsked ? 'upheld' : 'partly',
        how: 'offer',
        amendments: [...corrections],
        votes: [],
        settledBy: 'offer',
        closeBy: data.closeBy,
        decidedAt: now,
      },
    },
  ];
}

function isAsAsked(state: Appeal, { line, key, value }: Amendment): boolean {
  return state.lines.some((asked) => asked.line === line && asked.key === key && canonicalJson(asked.rightValue) === canonicalJson(value));
}

function refuseOffer({ data }: RefuseOffer, state: Appeal, { now, actor }: DecisionContext): Events {
  if (data.how === 'by-silence' && state.stage !== 'offered') return [];
  mustBeAt(state, 'offered');
  if (data.how === 'by-person') mustBeAppellant(state, actor);
  else mustBeDue(state, now);
  return [{ type: 'OfferRefused', data: { appealId: state.appealId, how: data.how, refusedAt: now } }];
}

function withdraw({ data }: WithdrawAppeal, state: Appeal, { now, actor }: DecisionContext): Events {
  mustBeAppellant(state, actor);
  if (state.stage === 'withdrawn') return [];
  if (state.stage === 'decided' || state.stage === 'declined-final' || state.stage === 'closed') {
    throw new Rejection('appeal.decided-already', { stage: state.stage });
  }
  const { appealId, cycleId, subject } = state;
  return [{ type: 'AppealWithdrawn', data: { appealId, cycleId, subject, reason: data.reason, withdrawnAt: now } }];
}

function close({ data }: CloseAppeal, state: Appeal, { now, actor }: DecisionContext): Events {
  if (state.stage === 'closed') return [];
  mustNotBeAppellant(state, actor);
  mustBeAt(state, 'decided', 'declined', 'declined-final');
  // A declined one may still be escalated; a closing without an answer is for the end of its time.
  if (state.stage === 'declined' || (isSystem(actor) && data.schemeAtFault === null)) mustBeDue(state, now);
  const { appealId, cycleId, subject } = state;
  return [
    {
      type: 'AppealClosed',
      data: {
        appealId,
        cycleId,
        subject,
        outcome: state.verdict ?? 'declined',
        schemeAtFault: data.schemeAtFault,
        note: data.note,
        by: actor,
        closedAt: now,
      },
    },
  ];
}

function mustBeDue(state: Appeal, now: DecisionContext['now']): void {
  if (state.due !== undefined && now < state.due.at) throw new Rejection('appeal.not-due-yet', { stage: state.stage });
}
