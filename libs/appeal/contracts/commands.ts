import type { PersonalText, SubjectId } from '#kernel';
import type {
  Amendment,
  AppealCalendar,
  AppealGround,
  AppealStage,
  AppealTerms,
  ContestedLine,
  Evidence,
  LineValue,
  PanelExclusion,
  PanelMember,
  RecordedDeadline,
  Remaining,
  Verdict,
} from './events';

/* Deadlines and pools are derived by handlers and services before deciding: they are data of the command. */

export interface FileAppeal {
  readonly type: 'FileAppeal';
  readonly data: {
    readonly appealId: string;
    readonly cycleId: string;
    readonly appraisalId: string;
    readonly subject: SubjectId;
    readonly round: number;
    readonly grounds: readonly AppealGround[];
    readonly lines: readonly ContestedLine[];
    readonly step?: string | undefined;
    readonly statement: PersonalText;
    readonly evidence: readonly Evidence[];
    readonly late: boolean;
    readonly terms: AppealTerms;
    readonly calendar: AppealCalendar;
    readonly triageBy: RecordedDeadline;
  };
}
export interface AskForMore {
  readonly type: 'AskForMore';
  readonly data: { readonly question: PersonalText; readonly remaining: Remaining; readonly answerBy: RecordedDeadline };
}
/** By the appellant; by the workflow without an answer when the time to answer is over. */
export interface GiveMore {
  readonly type: 'GiveMore';
  readonly data: {
    readonly answer?: PersonalText | undefined;
    readonly evidence: readonly Evidence[];
    readonly triageBy: RecordedDeadline;
  };
}
export interface AcceptAppeal {
  readonly type: 'AcceptAppeal';
  readonly data: {
    readonly lateReason?: PersonalText | undefined;
    readonly contact?: SubjectId | undefined;
    readonly decideBy: RecordedDeadline;
    /** The person named on the contested metrics; absent when nobody is, then the panel hears it. */
    readonly factOwner?: { readonly owner: SubjectId; readonly answerBy: RecordedDeadline } | undefined;
  };
}
export interface DeclineAppeal {
  readonly type: 'DeclineAppeal';
  readonly data: { readonly reason: PersonalText; readonly escalateUntil: RecordedDeadline };
}
export interface EscalateAppeal {
  readonly type: 'EscalateAppeal';
  readonly data: { readonly reason?: PersonalText | undefined; readonly triageBy: RecordedDeadline };
}
export interface CorrectContestedFacts {
  readonly type: 'CorrectContestedFacts';
  readonly data: { readonly corrections: readonly Amendment[]; readonly reason?: PersonalText | undefined };
}
export interface StandByFacts {
  readonly type: 'StandByFacts';
  readonly data: { readonly reason: PersonalText };
}
export interface RecordFactOwnerSilence {
  readonly type: 'RecordFactOwnerSilence';
  readonly data: object;
}
export interface OfferCorrection {
  readonly type: 'OfferCorrection';
  readonly data: { readonly score?: string | undefined; readonly answerBy: RecordedDeadline };
}
export interface AcceptOffer {
  readonly type: 'AcceptOffer';
  readonly data: { readonly closeBy: RecordedDeadline };
}
export interface RefuseOffer {
  readonly type: 'RefuseOffer';
  readonly data: { readonly how: 'by-person' | 'by-silence' };
}
/** The whole pool with each person's reason to be out; who sits is drawn by rule from the seed. */
export interface PanelPool {
  readonly candidates: readonly {
    readonly subject: SubjectId;
    readonly department: string;
    readonly excluded?: PanelExclusion | undefined;
  }[];
  /** From the id source; the seed is the hash of it with what is already recorded. */
  readonly entropy: string;
}
export interface SeatPanel {
  readonly type: 'SeatPanel';
  readonly data: {
    readonly pool: PanelPool;
    readonly remaining: Remaining;
    readonly decideBy: RecordedDeadline;
    readonly voteBy: RecordedDeadline;
  };
}
export interface NamePanel {
  readonly type: 'NamePanel';
  readonly data: {
    readonly members: readonly PanelMember[];
    readonly chair: SubjectId;
    /** Named people who are in conflict, with the reason: the command is refused. */
    readonly conflicts: readonly { readonly subject: SubjectId; readonly reason: PanelExclusion }[];
    readonly decideBy: RecordedDeadline;
    readonly voteBy: RecordedDeadline;
  };
}
export interface ReplacePanelMember {
  readonly type: 'ReplacePanelMember';
  readonly data: {
    readonly member: SubjectId;
    readonly cause: 'refused' | 'conflict';
    readonly pool: PanelPool;
    readonly remaining: Remaining;
    readonly voteBy: RecordedDeadline;
  };
}
export interface NoteHearing {
  readonly type: 'NoteHearing';
  readonly data: {
    readonly notes: PersonalText;
    readonly how: 'in-person' | 'remote' | 'in-writing' | 'waived';
    /** The time to vote runs from the hearing. */
    readonly voteBy: RecordedDeadline;
  };
}
/** The last vote that is owed decides the appeal in the same act. */
export interface CastVote {
  readonly type: 'CastVote';
  readonly data: {
    readonly verdict: Verdict;
    readonly values: readonly { readonly line: string; readonly value: LineValue }[];
    readonly reason: PersonalText;
    readonly closeBy: RecordedDeadline;
  };
}
/**
 * By the workflow at `voteBy`: without a hearing yet only recorded as overdue; the first time the silent are replaced, the
 * second time two votes decide.
 */
export interface CloseVoting {
  readonly type: 'CloseVoting';
  readonly data: {
    readonly pool: PanelPool;
    readonly remaining: Remaining;
    readonly voteBy: RecordedDeadline;
    readonly closeBy: RecordedDeadline;
  };
}
export interface RecordAppealOverdue {
  readonly type: 'RecordAppealOverdue';
  readonly data: { readonly stage: AppealStage; readonly what: 'triage' | 'decision' | 'vote' };
}
export interface WithdrawAppeal {
  readonly type: 'WithdrawAppeal';
  readonly data: { readonly reason?: PersonalText | undefined };
}
export interface CloseAppeal {
  readonly type: 'CloseAppeal';
  readonly data: { readonly schemeAtFault: boolean | null; readonly note?: PersonalText | undefined };
}
export type AppealCommand =
  | FileAppeal
  | AskForMore
  | GiveMore
  | AcceptAppeal
  | DeclineAppeal
  | EscalateAppeal
  | CorrectContestedFacts
  | StandByFacts
  | RecordFactOwnerSilence
  | OfferCorrection
  | AcceptOffer
  | RefuseOffer
  | SeatPanel
  | NamePanel
  | ReplacePanelMember
  | NoteHearing
  | CastVote
  | CloseVoting
  | RecordAppealOverdue
  | WithdrawAppeal
  | CloseAppeal;
