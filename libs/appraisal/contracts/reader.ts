import type { Instant, Period, SubjectId } from '#kernel';
import type { ScoreBasis, ScoreResult, Standing, Step } from './events';

export type AppraisalStatus = 'open' | 'scored' | 'published' | 'final' | 'cancelled';
export type StepState = 'open' | 'submitted' | 'skipped';
export type ResponseState = 'none' | 'confirmed' | 'objected' | 'answered';

export interface AppraisalUnit {
  readonly department: string;
  readonly team: string | null;
  readonly region: string | null;
  readonly site: string | null;
}

/** Where one appraisal stands; no ratings, no texts. */
export interface AppraisalView {
  readonly appraisalId: string;
  readonly cycleId: string;
  readonly subject: SubjectId;
  readonly cohort: number;
  readonly period: Period;
  readonly scheme: { readonly schemeId: string; readonly version: number };
  readonly status: AppraisalStatus;
  /** The first step that is not done; null when all are. */
  readonly currentStep: Step | null;
  readonly steps: readonly {
    readonly step: Step;
    readonly reviewer: SubjectId | null;
    /** Where nobody is named: any holder of this role. */
    readonly role: string | null;
    /** Of second reviews that follow one another; null where there is one. */
    readonly level: number | null;
    /** Of manager reviews: the part, department or group of raters it is about; null for the manager's own. */
    readonly part: number | null;
    readonly department: string | null;
    readonly group: 'peers' | 'customers' | null;
    readonly state: StepState;
    readonly late: boolean;
  }[];
  /** The assigned manager of the last day. */
  readonly manager: SubjectId | null;
  readonly unit: AppraisalUnit;
  /** Of the result that holds now (amended where there was an appeal); null before scoring or where the scheme has none. */
  readonly score: string | null;
  readonly grade: string | null;
  readonly errors: readonly { readonly code: string; readonly key: string }[];
  readonly amended: boolean;
  readonly response: ResponseState;
  readonly publishedAt: Instant | null;
  readonly confirmUntil: Instant | null;
  readonly appealUntil: Instant | null;
  readonly answerUntil: Instant | null;
  /** Stream version, for ETag and If-Match. */
  readonly version: number;
  /** Log position of the last event seen. */
  readonly position: number;
}

/** The published result and, beside it, the one that holds now. */
export interface PublishedResult {
  readonly appraisalId: string;
  readonly cycleId: string;
  readonly subject: SubjectId;
  readonly period: Period;
  readonly scheme: { readonly schemeId: string; readonly version: number };
  readonly unit: AppraisalUnit;
  readonly publishedAt: Instant;
  readonly published: { readonly result: ScoreResult; readonly basis: ScoreBasis };
  /** Equal to `published` until amended. */
  readonly current: { readonly result: ScoreResult; readonly basis: ScoreBasis };
  readonly amendment: { readonly kind: 'appeal' | 'correction'; readonly id: string; readonly at: Instant } | null;
  readonly position: number;
}

/** A score that came out, with the place that it had; the position is that of the event that made it so. */
export interface PublishedScore {
  readonly subject: SubjectId;
  readonly period: Period;
  /** Null where the scheme has none. */
  readonly score: string | null;
  readonly standings: readonly Standing[];
  readonly position: number;
}

/** Some people, those who stand in some units, or those whose score lacks one of these facts. */
export type ScoredWhich =
  | { readonly subjects: readonly SubjectId[] }
  | { readonly unit: 'team' | 'department' | 'region' | 'company'; readonly labels: readonly string[] }
  | { readonly lacking: readonly string[] };

/** What people are ranked by: their score, or a fact by its key. */
export type RankedBy = 'score' | { readonly fact: string };

export interface AppraisalPage {
  readonly items: readonly AppraisalView[];
  /** Subject to go on from; absent on the last page. */
  readonly next?: SubjectId;
}
export interface PublishedPage {
  readonly items: readonly PublishedResult[];
  readonly next?: SubjectId;
}

/** `asOf` is a log position everywhere; the latest when absent. Limits at most 500. */
export interface AppraisalReader {
  appraisal(appraisalId: string, asOf?: number): Promise<AppraisalView | undefined>;
  /** By subject id. */
  ofCycle(query: {
    readonly cycleId: string;
    readonly cohort?: number;
    readonly status?: AppraisalStatus;
    readonly afterSubject?: SubjectId;
    readonly limit: number;
    readonly asOf?: number;
  }): Promise<AppraisalPage>;
  /** Those of the subjects (at most 1 000) who have an appraisal in one of the cycles that is not cancelled. */
  inCycles(query: { readonly cycleIds: readonly string[]; readonly subjects: readonly SubjectId[] }): Promise<ReadonlySet<SubjectId>>;
  /** Of all in the cycle that are not cancelled. */
  countResults(cycleId: string): Promise<{ readonly members: number; readonly published: number; readonly publishedWithScore: number }>;
  /** Newest period first. */
  ofSubject(subject: SubjectId, limit: number): Promise<readonly AppraisalView[]>;
  /** What holds at that position of published appraisals, by subject and period: for roll-ups and earlier periods. */
  publishedScores(query: {
    readonly schemeId: string;
    readonly periods: readonly Period[];
    readonly subjects: readonly SubjectId[];
    readonly asOf?: number;
  }): Promise<readonly PublishedScore[]>;
  /** Everyone of the cycle who can be ranked at that position, by how many have a value: scored without errors, and with that fact. */
  rankingGroup(query: {
    readonly cycleId: string;
    readonly of: RankedBy;
    readonly asOf: number;
  }): Promise<readonly { readonly value: string; readonly people: number }[]>;
  /** The values of these people (at most 1 000) in that group; who is not in it is not in the answer. */
  rankedValues(query: {
    readonly cycleId: string;
    readonly of: RankedBy;
    readonly asOf: number;
    readonly subjects: readonly SubjectId[];
  }): Promise<ReadonlyMap<SubjectId, string>>;
  /** Those of the cycle who have a score, published or not, and fit. */
  scored(query: { readonly cycleId: string; readonly which: ScoredWhich }): Promise<readonly SubjectId[]>;
  publishedResult(appraisalId: string, asOf?: number): Promise<PublishedResult | undefined>;
  publishedResults(query: {
    readonly cycleId: string;
    readonly cohort?: number;
    readonly afterSubject?: SubjectId;
    readonly limit: number;
    readonly asOf?: number;
  }): Promise<PublishedPage>;
}
