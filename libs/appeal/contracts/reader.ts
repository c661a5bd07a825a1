import type { Instant, PersonalText, SubjectId } from '#kernel';
import type { Amendment, AppealGround, AppealStage, ContestedLine, Evidence, PanelMember, Verdict } from './events';

/** An appeal as read models show it; who may see which part is decided at the edge. */
export interface AppealRow {
  readonly appealId: string;
  readonly cycleId: string;
  readonly appraisalId: string;
  readonly subject: SubjectId;
  readonly stage: AppealStage;
  readonly round: number;
  readonly late: boolean;
  /** Filed late and not yet admitted: holds nothing. */
  readonly holds: boolean;
  readonly grounds: readonly AppealGround[];
  readonly lines: readonly ContestedLine[];
  readonly evidence: readonly Evidence[];
  readonly statement: PersonalText;
  readonly filedAt: Instant;
  readonly dueAt: Instant | null;
  readonly decideBy: Instant | null;
  readonly overdue: boolean;
  readonly panel: readonly PanelMember[];
  readonly chair: SubjectId | null;
  readonly votes: readonly { readonly member: SubjectId; readonly verdict: Verdict; readonly reason: PersonalText }[];
  readonly verdict: 'upheld' | 'partly' | 'dismissed' | 'declined' | null;
  readonly amendments: readonly Amendment[];
  /** Version of the stream: what If-Match compares. */
  readonly version: number;
}

export interface AppealReader {
  appeal(appealId: string): Promise<AppealRow | undefined>;
  /** Those that hold pay now, of a cycle; by appeal id after the cursor; at most 500. */
  holding(input: { readonly cycleId: string; readonly afterAppeal?: string; readonly limit: number }): Promise<readonly AppealRow[]>;
  ofSubject(subject: SubjectId, cycleId?: string): Promise<readonly AppealRow[]>;
  /** Appeals of a cycle that are not closed or withdrawn. */
  openCount(cycleId: string): Promise<number>;
}

/** What the workflow of an appeal needs to know; read from the stream itself, so a lost workflow takes up from it. */
export interface AppealProgress {
  readonly stage: AppealStage;
  readonly terminal: boolean;
  /** Raised whenever stage or deadline change: part of request keys `appeal-<id>/<stage>/<purpose>/<round>`. */
  readonly round: number;
  /** The deadline of the stage; null when the clock is stopped or nothing is owed. */
  readonly dueAt: Instant | null;
  /** Of the whole appeal, once accepted; recorded as overdue once. */
  readonly decideBy: Instant | null;
  readonly decisionOverdueRecorded: boolean;
  /** Something that the system does by itself as soon as the stage is reached. */
  readonly duty: 'seat-panel' | 'make-offer' | null;
}

/** Implemented by `createAppealWork` of #libs/appeal; the worker adapts it to activities. A refused command is an answer, not an error. */
export interface AppealWork {
  progress(appealId: string): Promise<AppealProgress>;
  doDuty(input: {
    readonly appealId: string;
    readonly duty: 'seat-panel' | 'make-offer';
    readonly requestKey: string;
  }): Promise<WorkOutcome>;
  /** The deadline of this stage and round passed: records what follows (overdue, silence, replacement, closing). */
  passDeadline(input: { readonly appealId: string; readonly stage: AppealStage; readonly requestKey: string }): Promise<WorkOutcome>;
  /** `decideBy` passed. */
  recordDecisionOverdue(input: { readonly appealId: string; readonly requestKey: string }): Promise<WorkOutcome>;
}
export interface WorkOutcome {
  readonly done: boolean;
  /** Code of the rejection when a person was a moment faster. */
  readonly refused: string | null;
}
