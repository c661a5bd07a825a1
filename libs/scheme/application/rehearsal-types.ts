import type { Period, SubjectId } from '#kernel';
import type { Ratings } from '#libs/appraisal/contracts';
import type { EvaluationInput } from '../contracts/evaluation';
import type { Title } from '../contracts/document';
import type { CompiledScheme } from '../domain/compile';

/** What a rehearsal may cost at most; each is a named refusal. */
export const REHEARSAL_LIMITS = {
  periods: 24,
  /** People evaluated at once: memory does not grow with the company. */
  batch: 500,
  /** Of one period. */
  people: 100_000,
  page: 200,
  running: 2,
  errorsShown: 50,
} as const;

export interface SchemeVersionId {
  readonly schemeId: string;
  readonly version: number;
}

export interface RehearsalScope {
  readonly roles?: readonly string[] | undefined;
  readonly departments?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly teams?: readonly string[] | undefined;
}

/** Where the draft asks for what nobody was asked then. Nothing is made up in silence: who got a stated value is listed. */
export interface RatingRules {
  /** Rating of the draft → the rating it is taken from; by its own name where absent. */
  readonly carry: Readonly<Record<string, string>>;
  /** Rating of the draft → the value of everyone who has none. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Percent of the range of a points line that everyone has who has none; a decimal text. */
  readonly defaultShare?: string | undefined;
}

export interface RehearsalInput {
  readonly scheme: { readonly yaml: string } | SchemeVersionId;
  /** Whose results it is compared with; the version in force of the same scheme when absent. */
  readonly against?: SchemeVersionId | undefined;
  readonly periods: readonly Period[];
  /** Absent: whoever has a published result of `against`. Else everyone of the organisation whom it matches. */
  readonly scope?: RehearsalScope | undefined;
  readonly ratings: RatingRules;
  /** Also evaluates `against` on the facts of today, so that late facts are told from the scheme's own difference. */
  readonly reevaluate: boolean;
}

export interface TrialPlace {
  readonly position: string | null;
  readonly department: string;
  readonly team: string | null;
  readonly region: string | null;
  readonly site: string | null;
}

export interface TrialPerson {
  readonly subject: SubjectId;
  readonly place: TrialPlace;
  readonly ratings: Ratings;
  readonly parts?: readonly { readonly part: number; readonly workingDays: number; readonly ratings: Ratings }[] | undefined;
}

/** Where a value stands among the others: how many there are, how many strictly ahead, how many level. */
export interface PlaceAmong {
  readonly of: number;
  readonly ahead: number;
  readonly level: number;
}
export interface PlacedValues {
  /** `own`: the value under which the person is among them; null when not. */
  placeOf(at: string, own: string | null): PlaceAmong;
}

/** The same gathering that scores, for reading alone. Implemented by #libs/appraisal. */
export interface TrialInputs {
  /** What each of at most 500 people would be scored on, without places among others. */
  inputs(query: {
    readonly compiled: CompiledScheme;
    /** Scores of earlier periods are those published under this scheme. */
    readonly historyOf: string;
    readonly period: Period;
    readonly people: readonly TrialPerson[];
    readonly asOf: number;
  }): Promise<ReadonlyMap<SubjectId, EvaluationInput>>;
  placed(values: ReadonlyMap<string, number>): PlacedValues;
}

export interface Standing {
  readonly score: string | null;
  readonly grade: string | null;
  /** Place among those of the group with a score. */
  readonly rank: number | null;
  readonly pay: string | null;
}
export interface TrialStanding extends Standing {
  readonly errors: readonly { readonly code: string; readonly key: string }[];
}

/** One person in one period; nobody is named. */
export interface RehearsalRow {
  readonly period: Period;
  readonly subject: SubjectId;
  readonly cycleId: string | null;
  readonly department: string;
  readonly team: string | null;
  /** As published then; null when nothing was. */
  readonly published: Standing | null;
  /** Amended since by an appeal or a correction: the ratings are those that hold now. */
  readonly amended: boolean;
  /** The scheme it is compared with, evaluated again on today's facts; null unless asked for. */
  readonly again: TrialStanding | null;
  readonly draft: TrialStanding;
  /** Draft minus published (minus `again` where nothing was published); null where one of them is absent. */
  readonly difference: { readonly score: string | null; readonly pay: string | null; readonly places: number | null };
  /** Ratings that nobody gave and that have the stated value. */
  readonly defaulted: readonly string[];
}

export interface PeriodSummary {
  readonly period: Period;
  readonly people: number;
  readonly published: number;
  readonly scored: number;
  readonly notScored: number;
  readonly defaulted: number;
  readonly meanScore: { readonly published: string | null; readonly draft: string | null };
  readonly grades: readonly { readonly grade: string; readonly published: number; readonly draft: number }[];
  readonly score: { readonly higher: number; readonly lower: number; readonly same: number };
  readonly pay: {
    readonly published: string;
    readonly again: string | null;
    readonly draft: string;
    /** Draft less published, of all. */
    readonly difference: string;
    /** Published pay of those whom the draft can't score: no part of `draft`. */
    readonly ofNotScored: string;
    readonly higher: number;
    readonly lower: number;
    readonly same: number;
  };
  /** By how many people they stop, most first. */
  readonly errors: readonly { readonly code: string; readonly key: string; readonly people: number }[];
}

export interface RehearsalSummary {
  readonly draft: { readonly schemeId: string; readonly version: number | null; readonly title: Title };
  readonly against: SchemeVersionId;
  /** Facts and results as recorded up to this log position. */
  readonly asOf: number;
  /** Last position of the log before and after: equal unless somebody else wrote meanwhile; a rehearsal writes nothing. */
  readonly log: { readonly before: number; readonly after: number };
  readonly periods: readonly PeriodSummary[];
  readonly cost: { readonly published: string; readonly again: string | null; readonly draft: string; readonly difference: string };
}

export interface RehearsalProgress {
  readonly period: Period;
  /** `measuring` finds everyone's place, `comparing` tells the differences. */
  readonly step: 'measuring' | 'comparing';
  readonly done: number;
  readonly of: number;
}

export interface RehearsalPage {
  readonly asOf: number;
  readonly items: readonly RehearsalRow[];
  readonly next?: string;
}

export interface Rehearsals {
  /** Thrown: Rejections `scheme.not-found`, `scheme.invalid-text`, `scheme.invalid-periods`, `scheme.nothing-to-compare`, `scheme.too-many-people`. */
  summary(input: RehearsalInput, progress?: (at: RehearsalProgress) => void): Promise<RehearsalSummary>;
  /** By period and person; `after` is `next` of the page before, which also says as of when. */
  page(input: RehearsalInput, page: { readonly after?: string | undefined; readonly limit: number }): Promise<RehearsalPage>;
  /** All of them, batch by batch. */
  rows(input: RehearsalInput): AsyncGenerator<readonly RehearsalRow[], void, undefined>;
}
