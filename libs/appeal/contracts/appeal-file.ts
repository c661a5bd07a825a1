import type { SubjectId } from '#kernel';
import type { Amendment, AppealStage, LineValue, PanelExclusion, PanelMember, Verdict } from './events';

/* What people read in the file of a case beside what the decider needs. Type aliases, so that they fit a cell of a read model. */

/** One thing that happened, oldest first; `what` is the type of its event. */
export type AppealMoment = {
  readonly what: string;
  readonly at: string;
  readonly by: string;
  /** How, why or what exactly, where the event says so in one word: `in-person`, `silent`, `vote`. */
  readonly how: string | null;
  /** Whom it concerned beside the appellant: who left and who came, who was asked. */
  readonly people: readonly SubjectId[];
};

/** Enough to draw again, and who sits because of it. */
export type PanelDraw = {
  readonly at: string;
  readonly outcome: 'seated' | 'not-seatable' | 'replaced';
  readonly seed: string;
  readonly entropy: string;
  readonly poolHash: string;
  readonly poolSize: number;
  readonly excluded: readonly { readonly subject: SubjectId; readonly reason: PanelExclusion }[];
  /** Those drawn by it; empty when the pool could not fill the panel. */
  readonly drawn: readonly PanelMember[];
  /** Of an empty draw: how many could have sat, and from how many departments. */
  readonly eligible: number | null;
  readonly departments: number | null;
};

export type AppealDecision = {
  readonly verdict: 'upheld' | 'partly' | 'dismissed';
  readonly how: 'panel' | 'offer';
  readonly settledBy: 'majority' | 'three-different' | 'chair' | 'offer';
  readonly amendments: readonly Amendment[];
  readonly redoStep: string | null;
  readonly decidedAt: string;
};

export type AppealFile = {
  readonly moments: readonly AppealMoment[];
  readonly draws: readonly PanelDraw[];
  /** Somebody to talk to. */
  readonly contact: SubjectId | null;
  readonly offer: { readonly amendments: readonly Amendment[]; readonly score: string | null } | null;
  readonly decision: AppealDecision | null;
  readonly closing: { readonly schemeAtFault: boolean | null; readonly closedAt: string } | null;
};

/** What each member of the panel holds right; who may see it when is decided at the edge. */
export interface CastVoteView {
  readonly member: SubjectId;
  readonly verdict: Verdict;
  readonly values: readonly { readonly line: string; readonly value: LineValue }[];
}

/** An act that somebody may do with an appeal now; `blocked`: not yet or no more, with the code of the refusal. */
export interface PossibleAct {
  readonly act: AppealActName;
  readonly blocked: string | null;
}
export const APPEAL_ACTS = [
  'ask-for-more',
  'give-more',
  'accept',
  'decline',
  'escalate',
  'correct-facts',
  'stand-by-facts',
  'accept-offer',
  'refuse-offer',
  'name-panel',
  'refuse-seat',
  'replace-member',
  'note-hearing',
  'vote',
  'withdraw',
  'close',
] as const;
export type AppealActName = (typeof APPEAL_ACTS)[number];

/** What somebody has to do about appeals, and by when. */
export const APPEAL_TODO_KINDS = [
  'triage-appeal',
  'hear-appeal',
  'vote-on-appeal',
  'name-panel',
  'answer-as-fact-owner',
  'give-more',
  'answer-offer',
  'close-appeal',
] as const;
export type AppealTodoKind = (typeof APPEAL_TODO_KINDS)[number];
export interface AppealTodo {
  readonly kind: AppealTodoKind;
  readonly appealId: string;
  readonly cycleId: string;
  readonly subject: SubjectId;
  readonly stage: AppealStage;
  /** Null while the clock is stopped. */
  readonly dueAt: string | null;
}
