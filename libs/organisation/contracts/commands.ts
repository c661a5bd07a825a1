import type { Message, PlainDay, SubjectId } from '#kernel';
import type { PersonLine } from './events';

/** On `import-<id>`. */
export interface StartPeopleImport extends Message {
  readonly type: 'StartPeopleImport';
  readonly data: {
    readonly importId: string;
    readonly fileHash: string;
    readonly rows: number;
    readonly basedOn: number;
    readonly profile?: { readonly name: string; readonly version: number };
  };
}
export interface RecordPeopleLines extends Message {
  readonly type: 'RecordPeopleLines';
  readonly data: { readonly importId: string; readonly chunk: number; readonly lines: readonly PersonLine[] };
}
export type PeopleImportCommand = StartPeopleImport | RecordPeopleLines;

/** On `organisation-main`. */
export interface CompletePeopleImport extends Message {
  readonly type: 'CompletePeopleImport';
  readonly data: {
    readonly importId: string;
    readonly fileHash: string;
    readonly rows: number;
    readonly chunks: number;
    readonly basedOn: number;
    readonly newPeople: number;
    readonly changedPeople: number;
    readonly unchangedPeople: number;
  };
}
export interface OverrideCalendar extends Message {
  readonly type: 'OverrideCalendar';
  readonly data: {
    readonly region: string;
    readonly day: PlainDay;
    readonly kind: 'off' | 'working' | 'official';
    readonly reason: string;
  };
}
export interface DeclareSite extends Message {
  readonly type: 'DeclareSite';
  readonly data: { readonly site: string; readonly zone: string; readonly calendarRegion: string };
}
export type MetricUnit = 'money' | 'count' | 'percent' | 'days' | 'points';
export type MetricCombine = 'sum' | 'last' | 'mean';
export interface DeclareMetric extends Message {
  readonly type: 'DeclareMetric';
  readonly data: {
    readonly metric: string;
    readonly unit: MetricUnit;
    readonly combine: MetricCombine;
    readonly owner?: SubjectId;
    readonly minimum?: string;
  };
}
export type OrganisationCommand = CompletePeopleImport | OverrideCalendar | DeclareSite | DeclareMetric;
