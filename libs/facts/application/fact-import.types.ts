import type { Period, PlainDay, SubjectId } from '#kernel';
import type { Encoding, FileSource, ImportProgress, ProblemReport } from '#libs/tabular';
import type { FactsProfile, UnitOwner } from '../contracts';

export const FACT_IMPORT_LIMITS = { restFacts: 500, chunksAtOnce: 20, requestKeyBytes: 200, changedRetries: 5, keysAtOnce: 5_000 } as const;

/** For whom, what and when the import is complete; metrics default to the profile's. */
export interface CompletenessInput {
  readonly period: Period;
  readonly metrics?: readonly string[] | undefined;
  readonly people?: 'everyone' | readonly SubjectId[] | undefined;
}

export interface FactFileInput {
  readonly source: FileSource;
  readonly encoding?: Encoding | undefined;
  /** Without one: the documented columns. */
  readonly profile?: { readonly name: string; readonly version: number; readonly definition: FactsProfile } | undefined;
  /** Name of the system that the file comes from; wins over the profile's. */
  readonly sourceName?: string | undefined;
  readonly completeFor?: CompletenessInput | undefined;
  /** Records known with another value are corrected, with this reason; without it they stay as they are and are listed. */
  readonly corrections?: { readonly reason: string } | undefined;
  readonly progress?: ImportProgress | undefined;
}

/** One fact as REST brings it: whose by subject id, employee number or login, or of a unit. */
export interface FactInput {
  readonly subject?: SubjectId | undefined;
  readonly employeeNo?: string | undefined;
  readonly login?: string | undefined;
  readonly unit?: UnitOwner | undefined;
  readonly metric: string;
  readonly value: string;
  readonly happenedOn: PlainDay;
  readonly recordId: string;
}

export interface FactListInput {
  readonly source: string;
  /** At most FACT_IMPORT_LIMITS.restFacts. */
  readonly facts: readonly FactInput[];
  readonly completeFor?: CompletenessInput | undefined;
  readonly corrections?: { readonly reason: string } | undefined;
}

export interface FactImportCounts {
  readonly rows: number;
  readonly facts: number;
  /** Source records that were known already, or stand twice in the file. */
  readonly repeated: number;
  /** Rows that the profile's filter left out. */
  readonly filtered: number;
  readonly setAside: readonly { readonly row: number; readonly reason: string }[];
  readonly setAsideTotal: number;
  /** Known records with another value, day or person: left as they were unless corrections were asked for. */
  readonly differing: readonly { readonly row: number; readonly metric: string; readonly factId: string }[];
}

export type FactPreview =
  { readonly kind: 'refused'; readonly problems: ProblemReport } | ({ readonly kind: 'preview' } & FactImportCounts);
export type FactImportResult =
  | { readonly kind: 'refused'; readonly problems: ProblemReport }
  | ({
      readonly kind: 'imported';
      readonly importId: string;
      readonly token: string | null;
      readonly repeatedRequest: boolean;
    } & FactImportCounts);
