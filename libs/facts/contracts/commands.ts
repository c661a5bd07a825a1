import type { Message, PlainDay } from '#kernel';
import type { CompleteFor, Fact, SetAsideRow } from './events';

/** On `factimport-<id>`. */
export interface StartFactImport extends Message {
  readonly type: 'StartFactImport';
  readonly data: {
    readonly importId: string;
    readonly source: string;
    readonly fileHash: string;
    readonly rows: number;
    readonly profile?: { readonly name: string; readonly version: number };
  };
}
export interface RecordFacts extends Message {
  readonly type: 'RecordFacts';
  readonly data: { readonly importId: string; readonly chunk: number; readonly facts: readonly Fact[] };
}
export interface SetFactRowsAside extends Message {
  readonly type: 'SetFactRowsAside';
  readonly data: { readonly importId: string; readonly source: string; readonly chunk: number; readonly rows: readonly SetAsideRow[] };
}
/** On `factsource-<source>`. `basedOn`: how many imports of the source had been completed when the rows were checked. */
export interface CompleteFactImport extends Message {
  readonly type: 'CompleteFactImport';
  readonly data: {
    readonly importId: string;
    readonly source: string;
    readonly basedOn: number;
    readonly facts: number;
    readonly repeated: number;
    readonly filtered: number;
    readonly setAside: readonly { readonly row: number; readonly reason: string }[];
    readonly setAsideTotal: number;
    readonly completeFor?: CompleteFor;
  };
}
/** On `factimport-<superseded fact's id>`; e.g. the consequence of an appeal about a wrong fact. */
export interface CorrectFact extends Message {
  readonly type: 'CorrectFact';
  readonly data: { readonly supersedes: string; readonly fact: Fact; readonly reason: string };
}
export type FactImportCommand = StartFactImport | RecordFacts | SetFactRowsAside | CorrectFact;

/** On `importprofile-<name>`; the version is the stream's next. */
export interface SaveImportProfile extends Message {
  readonly type: 'SaveImportProfile';
  readonly data: { readonly name: string; readonly kind: 'facts' | 'people'; readonly definition: string };
}

/** What another feature asks for when a fact is found wrong: the corrected value of one recorded fact. */
export interface FactCorrection {
  readonly factId: string;
  readonly value: string;
  readonly reason: string;
  readonly owner?: Fact['owner'];
  readonly happenedOn?: PlainDay;
}
