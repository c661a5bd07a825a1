import type { ActorId, Instant, SubjectId } from '#kernel';
import type {
  Amendment,
  AppealCalendar,
  AppealEvent,
  AppealGround,
  AppealStage,
  AppealTerms,
  ContestedLine,
  PanelMember,
  RecordedDeadline,
  Remaining,
} from '../contracts';
import type { Vote } from './verdict.policy';

type DataOf<T extends AppealEvent['type']> = Extract<AppealEvent, { type: T }>['data'];

/** A type alias, so that it fits a cell of a read model. */
export type Appeal = {
  readonly stage: AppealStage;
  readonly appealId: string;
  readonly cycleId: string;
  readonly appraisalId: string;
  readonly subject: SubjectId;
  readonly grounds: readonly AppealGround[];
  readonly lines: readonly ContestedLine[];
  readonly step: string | undefined;
  readonly terms: AppealTerms;
  readonly calendar: AppealCalendar;
  readonly late: boolean;
  readonly evidence: number;
  readonly moreAsked: number;
  readonly escalated: boolean;
  /** Everyone who triaged it: they neither triage it again after escalation nor sit on its panel. */
  readonly triagedBy: readonly ActorId[];
  readonly acceptedAt: Instant | undefined;
  /** Deadline of the stage; undefined when its clock is stopped or nothing is owed. */
  readonly due: RecordedDeadline | undefined;
  readonly decideBy: RecordedDeadline | undefined;
  /** Set while the clock is stopped: of the triage while more is asked, of the decision while no panel can be seated. */
  readonly remaining: Remaining | undefined;
  readonly factOwner: SubjectId | undefined;
  readonly corrections: readonly Amendment[];
  readonly panel: readonly PanelMember[];
  readonly chair: SubjectId | undefined;
  /** Left the panel, or refused a seat: never drawn again. */
  readonly former: readonly SubjectId[];
  readonly silentReplaced: boolean;
  readonly heard: boolean;
  readonly votes: readonly Vote[];
  readonly verdict: 'upheld' | 'partly' | 'dismissed' | undefined;
  /** Raised whenever stage or deadline change. */
  readonly round: number;
  /** The round whose deadline is recorded as overdue. */
  readonly overdueRound: number;
  readonly decisionOverdue: boolean;
};

export type AppealState = { readonly stage: 'none' } | Appeal;

const OVER: ReadonlySet<AppealStage | 'none'> = new Set(['withdrawn', 'closed']);

export function isOver(state: AppealState): boolean {
  return OVER.has(state.stage);
}

export function evolveAppeal(state: AppealState, event: AppealEvent): AppealState {
  if (event.type === 'AppealFiled') return state.stage === 'none' ? filed(event.data) : state;
  if (state.stage === 'none') return state;
  const changes = changesOf(state, event);
  const next = { ...state, ...changes };
  const moved = next.stage !== state.stage || next.due?.at !== state.due?.at;
  return moved ? { ...next, round: state.round + 1 } : next;
}

function filed(data: DataOf<'AppealFiled'>): Appeal {
  return {
    stage: 'triage',
    appealId: data.appealId,
    cycleId: data.cycleId,
    appraisalId: data.appraisalId,
    subject: data.subject,
    grounds: data.grounds,
    lines: data.lines,
    step: data.step,
    terms: data.terms,
    calendar: data.calendar,
    late: data.late,
    evidence: data.evidence.length,
    moreAsked: 0,
    escalated: false,
    triagedBy: [],
    acceptedAt: undefined,
    due: data.triageBy,
    decideBy: undefined,
    remaining: undefined,
    factOwner: undefined,
    corrections: [],
    panel: [],
    chair: undefined,
    former: [],
    silentReplaced: false,
    heard: false,
    votes: [],
    verdict: undefined,
    round: 1,
    overdueRound: 0,
    decisionOverdue: false,
  };
}

type Later = Exclude<AppealEvent, { type: 'AppealFiled' }>;

function changesOf(state: Appeal, event: Later): Partial<Appeal> {
  switch (event.type) {
    case 'AppealMoreAsked':
      return {
        stage: 'more-asked',
        due: event.data.answerBy,
        remaining: event.data.remaining,
        moreAsked: state.moreAsked + 1,
        triagedBy: withActor(state.triagedBy, event.data.by),
      };
    case 'AppealMoreGiven':
      return {
        stage: state.escalated ? 'escalated' : 'triage',
        due: event.data.triageBy,
        remaining: undefined,
        evidence: state.evidence + event.data.evidence.length,
      };
    case 'AppealAccepted':
      return {
        stage: 'to-panel',
        due: undefined,
        decideBy: event.data.decideBy,
        acceptedAt: event.data.acceptedAt,
        triagedBy: withActor(state.triagedBy, event.data.by),
      };
    case 'AppealDeclined':
      return {
        stage: event.data.final ? 'declined-final' : 'declined',
        due: event.data.escalateUntil,
        triagedBy: withActor(state.triagedBy, event.data.by),
      };
    case 'AppealEscalated':
      return { stage: 'escalated', due: event.data.triageBy, escalated: true };
    case 'AppealReferredToFactOwner':
      return { stage: 'fact-owner', due: event.data.answerBy, factOwner: event.data.owner };
    case 'FactOwnerCorrected':
      return { stage: 'offer-due', due: undefined, corrections: event.data.corrections };
    case 'FactOwnerStoodBy':
    case 'FactOwnerSilent':
    case 'OfferRefused':
      return { stage: 'to-panel', due: undefined };
    case 'AppealOffered':
      return { stage: 'offered', due: event.data.answerBy };
    case 'OfferAccepted':
      return { due: undefined };
    case 'AppealDecided':
      return { stage: 'decided', due: event.data.closeBy, verdict: event.data.verdict };
    case 'AppealOverdue':
      return event.data.what === 'decision' ? { decisionOverdue: true } : { overdueRound: state.round };
    case 'AppealWithdrawn':
      return { stage: 'withdrawn', due: undefined };
    case 'AppealClosed':
      return { stage: 'closed', due: undefined };
    default:
      return panelChanges(state, event);
  }
}

type PanelEvent = Extract<
  AppealEvent,
  { type: 'PanelSeated' | 'PanelNotSeatable' | 'PanelNamedByGm' | 'PanelMemberReplaced' | 'HearingNoted' | 'VoteCast' }
>;

function panelChanges(state: Appeal, event: PanelEvent): Partial<Appeal> {
  switch (event.type) {
    case 'PanelSeated':
    case 'PanelNamedByGm':
      return {
        stage: 'hearing',
        panel: event.data.members,
        chair: event.data.chair,
        due: event.data.voteBy,
        decideBy: event.data.decideBy,
        remaining: undefined,
        votes: [],
        silentReplaced: false,
      };
    case 'PanelNotSeatable':
      return {
        stage: 'panel-not-seatable',
        due: undefined,
        remaining: event.data.remaining,
        // Whoever left last is told by this event alone: nobody came in their place.
        former: withLeavers(state.former, event.data.draw.excluded),
      };
    case 'PanelMemberReplaced':
      return {
        panel: state.panel.map((member) => (member.subject === event.data.member ? event.data.by : member)),
        chair: event.data.chair,
        former: [...state.former, event.data.member],
        due: event.data.voteBy,
        silentReplaced: state.silentReplaced || event.data.cause === 'silent',
      };
    case 'HearingNoted':
      return { heard: true, due: event.data.voteBy };
    case 'VoteCast':
      return { votes: [...state.votes, { member: event.data.member, verdict: event.data.verdict, values: event.data.values }] };
    default:
      return {};
  }
}

function withLeavers(former: readonly SubjectId[], excluded: DataOf<'PanelNotSeatable'>['draw']['excluded']): readonly SubjectId[] {
  const left = excluded.flatMap(({ subject, reason }) => (reason === 'refused' ? [subject] : []));
  return [...former, ...left.filter((subject) => !former.includes(subject))];
}

function withActor(actors: readonly ActorId[], actor: ActorId): readonly ActorId[] {
  return actors.includes(actor) ? actors : [...actors, actor];
}
