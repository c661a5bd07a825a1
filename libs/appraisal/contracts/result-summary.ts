import type { Period } from '#kernel';

/** Published results of one period under one scheme version, as they hold now. */
export interface PeriodResults {
  readonly period: Period;
  readonly people: number;
  readonly withScore: number;
  readonly amended: number;
  readonly meanScore: string | null;
  readonly lowest: string | null;
  readonly highest: string | null;
  /** By grade; null where the scheme has no bands or the person no score. */
  readonly grades: readonly { readonly grade: string | null; readonly people: number }[];
  /** In steps of ten points from `from`, lower bound inclusive, ascending. */
  readonly scores: readonly { readonly from: string; readonly people: number }[];
}

/** Counts only: nobody is named. */
export interface ResultSummaries {
  /** By period, oldest first; at most 60 periods. */
  ofScheme(schemeId: string, version: number): Promise<readonly PeriodResults[]>;
}
