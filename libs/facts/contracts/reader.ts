import type { Period, PlainDay, SubjectId } from '#kernel';
import type { Metric, MetricCombine } from '#libs/organisation/contracts';
import type { UnitOwner } from './events';

export interface FactsQuery {
  readonly period: Period;
  /** At most FACTS_READ_LIMITS.subjects. */
  readonly subjects: readonly SubjectId[];
  /** Names as schemes use them; those that end in `target` are answered from targets. At most FACTS_READ_LIMITS.metrics. */
  readonly metrics: readonly string[];
  /** Log position; the latest when absent. */
  readonly asOf?: number;
}

export type UnitOfFacts = UnitOwner['unit'];

export interface UnitFactsQuery extends Omit<FactsQuery, 'subjects'> {
  readonly unit: UnitOfFacts;
  /** At most FACTS_READ_LIMITS.subjects. There is one company, whatever it is called. */
  readonly labels: readonly string[];
}

/**
 * One metric of one person in one period, combined by the metric's rule.
 * `value`: exact decimal text (a mean that does not end is rounded half-up to 10 decimals).
 * `positions`: log positions of the events behind it, ascending. `target`: the position is that of its TargetsSet.
 */
export type FactValue =
  | {
      readonly kind: 'value';
      readonly value: string;
      readonly combine: MetricCombine;
      readonly positions: readonly number[];
      readonly factIds: readonly string[];
      readonly from: 'facts' | 'target' | 'earlier-period';
      /** Targets only: whether the person accepted it; one not accepted counts and is marked. */
      readonly accepted?: boolean;
    }
  /** 0 because that import declared itself complete for the person, metric and period. */
  | { readonly kind: 'complete-zero'; readonly value: '0'; readonly importId: string; readonly positions: readonly number[] }
  | { readonly kind: 'missing' };

export interface FactRow {
  readonly factId: string;
  readonly importId: string;
  readonly subject: SubjectId | null;
  readonly unit: { readonly kind: UnitOfFacts; readonly label: string } | null;
  readonly metric: string;
  readonly value: string;
  readonly happenedOn: PlainDay;
  readonly source: string;
  readonly recordId: string;
  /** Position of the event that recorded it. */
  readonly position: number;
  /** Position of the correction that replaced it; null while it stands. */
  readonly supersededAt: number | null;
  /** Why it replaced an earlier one; null for an original. */
  readonly reason: string | null;
}

export interface FactImportView {
  readonly importId: string;
  readonly source: string;
  readonly facts: number;
  readonly repeated: number;
  readonly filtered: number;
  readonly setAside: readonly { readonly row: number; readonly reason: string }[];
  readonly completedAt: string;
  readonly position: number;
}

export const FACTS_READ_LIMITS = { subjects: 1_000, metrics: 60, page: 500 } as const;

export interface FactsReader {
  /** Every subject and metric asked is in the answer. */
  factsFor(query: FactsQuery): Promise<ReadonlyMap<SubjectId, ReadonlyMap<string, FactValue>>>;
  /** Facts and targets of units; every label and metric asked is in the answer. No import is complete for units: none is 0 by itself. */
  unitFactsFor(query: UnitFactsQuery): Promise<ReadonlyMap<string, ReadonlyMap<string, FactValue>>>;
  /** The facts themselves, superseded ones too (they say by what and when), newest last. */
  factsOf(query: {
    readonly subject: SubjectId;
    readonly period: Period;
    readonly metrics?: readonly string[];
    readonly asOf?: number;
    readonly limit: number;
  }): Promise<readonly FactRow[]>;
  fact(factId: string, asOf?: number): Promise<FactRow | undefined>;
  /** Built-in metrics with the company's declarations over them. */
  metrics(asOf?: number): Promise<ReadonlyMap<string, Metric>>;
  /** The days of the facts that an import has recorded; undefined when it has recorded none. */
  importTouches(importId: string): Promise<{ readonly first: PlainDay; readonly last: PlainDay } | undefined>;
  /** Whose facts of these metrics and days an import has recorded: people, or the labels of units of one kind. */
  ownersTouched(query: {
    readonly importId: string;
    readonly of: 'person' | UnitOfFacts;
    readonly windows: readonly { readonly metric: string; readonly first: PlainDay; readonly last: PlainDay }[];
  }): Promise<{ readonly subjects: ReadonlySet<SubjectId>; readonly labels: ReadonlySet<string> }>;
  import(importId: string): Promise<FactImportView | undefined>;
  imports(): Promise<readonly FactImportView[]>;
}
