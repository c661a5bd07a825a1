import type { SubjectId } from '#kernel';
import type { Phase, SweepStep } from './events';

/** One cohort of a mass action; small enough for a workflow's arguments. */
export interface SweepCohort {
  readonly cycleId: string;
  readonly phase: Phase;
  readonly step: SweepStep;
  readonly round: number;
  /** 0 … cohorts − 1. */
  readonly cohort: number;
  /** Log position at which the cohort's members are taken; the caller has waited until the read models reached it. */
  readonly asOf: number;
  /** Where an earlier attempt stopped. */
  readonly afterSubject?: SubjectId;
  /** Counts of the pages before `afterSubject`, so that the result covers the whole cohort. */
  readonly before?: SweepResult;
}

export interface SweepResult {
  readonly members: number;
  readonly handled: number;
  /** members = handled + the sum of these. */
  readonly excluded: readonly { readonly reason: string; readonly count: number }[];
}

/** After every page: what to resume from. */
export type SweepProgress = SweepResult & { readonly afterSubject: SubjectId };

export interface CycleSweeps {
  /** Thrown: EventStoreError when the store can't be reached; the caller tries again from the last progress. */
  sweepCohort(cohort: SweepCohort, onProgress: (progress: SweepProgress) => void): Promise<SweepResult>;
}

/** Sums the results of cohorts; reasons in code point order. */
export function addSweepResults(results: readonly SweepResult[]): SweepResult {
  const excluded = new Map<string, number>();
  let members = 0;
  let handled = 0;
  for (const result of results) {
    members += result.members;
    handled += result.handled;
    for (const { reason, count } of result.excluded) excluded.set(reason, (excluded.get(reason) ?? 0) + count);
  }
  const reasons = [...excluded].map(([reason, count]) => ({ reason, count })).sort((a, b) => (a.reason < b.reason ? -1 : 1));
  return { members, handled, excluded: reasons };
}
