import type { Instant, Period, SubjectId } from '#kernel';
import type { EXCLUSION_REASONS, Phase, PhasePlan, Scope } from './events';

export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export type CycleStatus = 'running' | 'paused' | 'cancelled' | 'closed';
export type PhaseState = 'planned' | 'open' | 'complete' | 'closed';

export interface CyclePhaseView extends PhasePlan {
  readonly state: PhaseState;
  readonly openedAt: Instant | null;
  readonly closedAt: Instant | null;
}

/** The plan and state of one cycle as its events say up to `position`. */
export interface CycleView {
  readonly cycleId: string;
  readonly name: string;
  readonly period: Period;
  readonly scheme: { readonly schemeId: string; readonly version: number };
  readonly scope: Scope;
  readonly setAside: readonly { readonly subject: string; readonly reason: string }[];
  readonly status: CycleStatus;
  readonly published: boolean;
  readonly publishedAt: Instant | null;
  readonly startedAt: Instant;
  /** Log position of the organisation that membership was taken from. */
  readonly membersAt: number;
  readonly members: number;
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
  readonly cohorts: number;
  readonly phases: readonly CyclePhaseView[];
  readonly calendar: { readonly region: string; readonly version: string; readonly zone: string };
  readonly dayLengthMs: number | null;
  /** Whether the scheme places people among each other. */
  readonly ranked: boolean;
  /** Log position at which the ranking group was frozen; null while it is not, and where nobody is ranked. */
  readonly rankedAt: number | null;
  /** Stream version, for ETag and If-Match. */
  readonly version: number;
  /** Log position of the last event that this view saw of the cycle. */
  readonly position: number;
}

/** Counts of one phase of one cycle; a step sent back is no longer done. */
export interface CycleProgress {
  readonly cycleId: string;
  readonly phase: Phase;
  /** Appraisals that have this phase's step; final once the opening sweep is recorded. */
  readonly members: number;
  readonly done: number;
  /** Of those done: after the deadline. */
  readonly late: number;
  /** Closed without a submission. */
  readonly skipped: number;
}

/** The last time somebody's open step of a phase was reminded of by hand. */
export interface CycleReminder {
  readonly cycleId: string;
  readonly phase: Phase;
  /** Whose appraisal it is. */
  readonly subject: SubjectId;
  readonly remindedAt: Instant;
  readonly againFrom: Instant;
  readonly times: number;
}

/** Which scheme a cycle goes by, and for when. */
export interface CycleOfPeriod {
  readonly cycleId: string;
  readonly period: Period;
  readonly scheme: { readonly schemeId: string; readonly version: number };
}

export interface CyclePage {
  readonly items: readonly CycleView[];
  /** Cycle id to go on from; absent on the last page. */
  readonly next?: string;
}

export interface CycleReader {
  /** `asOf`: log position; the latest when absent. Undefined when there is no such cycle (yet). */
  cycle(cycleId: string, asOf?: number): Promise<CycleView | undefined>;
  /** As they are now, by id, in one question; those that are not (yet) are left out. At most 1 000. */
  byIds(cycleIds: Iterable<string>): Promise<ReadonlyMap<string, CycleView>>;
  /** By cycle id, oldest first; limit at most 100. */
  cycles(filter: {
    readonly status?: CycleStatus;
    readonly period?: Period;
    readonly after?: string;
    readonly limit: number;
  }): Promise<CyclePage>;
  /** Those of these periods that are not cancelled, by cycle id. */
  ofPeriods(periods: readonly Period[]): Promise<readonly CycleOfPeriod[]>;
  progress(cycleId: string): Promise<readonly CycleProgress[]>;
  /** Of these people's appraisals in these cycles, in one question; at most 1 000 of each are looked at. */
  reminders(cycleIds: readonly string[], subjects: readonly SubjectId[]): Promise<readonly CycleReminder[]>;
}
