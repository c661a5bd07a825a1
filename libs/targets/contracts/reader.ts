import type { Period, SubjectId } from '#kernel';

export interface TargetsQuery {
  readonly period: Period;
  readonly subjects: readonly SubjectId[];
  readonly metrics: readonly string[];
  /** Log position; the latest when absent. */
  readonly asOf?: number;
}

export interface TargetRow {
  readonly metric: string;
  readonly period: Period;
  readonly value: string;
  /** Positions of the TargetsSet events behind it: several where a quarter or year is the sum of its months. */
  readonly positions: readonly number[];
  readonly accepted: boolean;
}

export type TargetUnit = 'team' | 'region' | 'company';

export const TARGETS_READ_LIMITS = { subjects: 1_000, metrics: 60 } as const;

/** A target that one import set, of a person or a unit. */
export interface TargetSet {
  readonly subject: SubjectId | null;
  readonly unit: { readonly kind: TargetUnit; readonly label: string } | null;
  readonly metric: string;
  readonly period: Period;
}

export interface TargetsReader {
  /**
   * The target of exactly that period; where there is none and the metric adds up, the sum of its months if all are set.
   * A metric without a target is absent from the person's map.
   */
  targetsFor(query: TargetsQuery): Promise<ReadonlyMap<SubjectId, ReadonlyMap<string, TargetRow>>>;
  /** Everything that an import set. */
  setBy(importId: string): Promise<readonly TargetSet[]>;
  unitTargets(query: {
    readonly unit: TargetUnit;
    readonly labels: readonly string[];
    readonly metrics: readonly string[];
    readonly period: Period;
    readonly asOf?: number;
  }): Promise<ReadonlyMap<string, ReadonlyMap<string, TargetRow>>>;
}
