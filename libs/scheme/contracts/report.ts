import type { Period, PlainDay } from '#kernel';
import type { AppealSummary } from '#libs/appeal/contracts';
import type { PeriodResults } from '#libs/appraisal/contracts';
import type { AcknowledgementCount, SchemeCommentRow, SchemeDiscussionRow, SchemeNote, SchemeReview } from './life-reader';
import type { SchemeVersionRow } from './reader';

/** What a version has done so far: what its review date comes with (domain.md "Scheme"). */
export interface SchemeReport {
  readonly version: SchemeVersionRow;
  readonly due: boolean;
  readonly today: PlainDay;
  readonly results: readonly PeriodResults[];
  /** Of each cycle: what its regular pay batch computed, and what went out in all, supplements included. */
  readonly cost: readonly {
    readonly cycleId: string;
    readonly name: string;
    readonly period: Period;
    readonly members: number;
    readonly computed: string;
    readonly released: string;
  }[];
  readonly totalReleased: string;
  readonly appeals: AppealSummary;
  readonly notes: readonly SchemeNote[];
  readonly discussion: SchemeDiscussionRow | null;
  readonly comments: readonly SchemeCommentRow[];
  readonly acknowledgements: AcknowledgementCount;
  readonly reviews: readonly SchemeReview[];
}

export interface SchemeReports {
  /** Undefined when there is no such version. */
  report(schemeId: string, version: number, today: PlainDay): Promise<SchemeReport | undefined>;
}
