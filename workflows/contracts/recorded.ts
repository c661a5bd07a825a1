/** A place in the event log. Positions come again after a restore from a backup; the epoch tells them apart. */
export interface Mark {
  readonly epoch: number;
  readonly position: number;
}

export const START_OF_LOG: Mark = { epoch: 0, position: 0 };

export function isAfter(one: Mark, other: Mark): boolean {
  return one.epoch > other.epoch || (one.epoch === other.epoch && one.position > other.position);
}

/** The one signal. The bridge sends it after the commit; it says that something is recorded, the log says what. */
export const RECORDED_SIGNAL = 'recorded';

export interface RecordedSignal extends Mark {
  readonly type: string;
  /** Ids, numbers and instants of the event; for readers of the history. */
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}

/** The one query: what a workflow is at, for people and for `doctor`. */
export const PROGRESS_QUERY = 'progress';

export interface WorkflowProgress {
  /** The last signal taken. */
  readonly mark: Mark;
  /** Key of the step being done, or the last one done. */
  readonly step: string | null;
  /** Milliseconds since 1970; null when only an event can move it on, or nothing waits. */
  readonly waitingUntilMs: number | null;
  /** Tries of a step that changed nothing. */
  readonly stalled: number;
  /** Runs before this one. */
  readonly runs: number;
}

/** A refused command is a result: a fact may have beaten a timer by a moment. */
export type CommandOutcome = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly code: string };

/** What a run hands to the next one. */
export interface Carried {
  readonly mark: Mark;
  readonly runs: number;
}

/** Part of every long workflow's input; `carried` is absent at the first run. */
export interface FollowInput {
  readonly carried?: Carried;
  /** Lower than WORKFLOW_LIMITS.historyEvents in tests only. */
  readonly historyEvents?: number;
}
