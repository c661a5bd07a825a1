import type { Instant, PersonalText, SubjectId } from '#kernel';
import type { Amendment, AppealGround, AppealStage, ContestedLine, Evidence, PanelMember, RecordedDeadline, Verdict } from './events';

/** An appeal as read models show it; who may see which part is decided at the edge. */
export interface AppealRow {
  readonly appealId: string;
  readonly cycleId: string;
  readonly appraisalId: string;
  readonly subject: SubjectId;
  readonly stage: AppealStage;
  readonly round: number;
  readonly late: boolean;
  /** Holds pay now; one filed late holds nothing until it is admitted. */
  readonly holds: boolean;
  readonly grounds: readonly AppealGround[];
  readonly lines: readonly ContestedLine[];
  readonly evidence: readonly Evidence[];
  /** Statement, questions, answers, hearing notes and reasons, oldest first; `what` is the type of the event. */
  readonly texts: readonly { readonly what: string; readonly by: string; readonly at: Instant; readonly text: PersonalText }[];
  readonly filedAt: Instant;
  /** Deadline of the stage, with how it came about; null while the clock is stopped or nothing is owed. */
  readonly due: RecordedDeadline | null;
  readonly decideBy: RecordedDeadline | null;
  readonly overdue: boolean;
  readonly factOwner: SubjectId | null;
  readonly corrections: readonly Amendment[];
  readonly panel: readonly PanelMember[];
  readonly chair: SubjectId | null;
  readonly votes: readonly { readonly member: SubjectId; readonly verdict: Verdict }[];
  readonly verdict: 'upheld' | 'partly' | 'dismissed' | null;
  /** Version of the stream: what If-Match compares. */
  readonly version: number;
  readonly position: number;
}

export interface AppealPage {
  readonly items: readonly AppealRow[];
  /** Appeal id to go on from; absent on the last page. */
  readonly next?: string;
}

/** `asOf` is a log position; the latest when absent. Limits at most APPEAL_LIMITS.page. */
export interface AppealReader {
  appeal(appealId: string, asOf?: number): Promise<AppealRow | undefined>;
  list(query: {
    readonly cycleId?: string;
    readonly stage?: AppealStage;
    readonly subject?: SubjectId;
    /** On the panel, or the owner of a contested fact. */
    readonly assigned?: SubjectId;
    readonly after?: string;
    readonly limit: number;
  }): Promise<AppealPage>;
  /** Those that hold pay now, of a cycle; by appeal id after the cursor. */
  holding(input: { readonly cycleId: string; readonly after?: string; readonly limit: number }): Promise<AppealPage>;
  /** Appeals of a cycle that are neither withdrawn nor closed. */
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
