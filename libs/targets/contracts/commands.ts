import type { Message, Period, SubjectId } from '#kernel';
import type { Target } from './events';

/** On `targetimport-<id>`. */
export interface StartTargetImport extends Message {
  readonly type: 'StartTargetImport';
  readonly data: { readonly importId: string; readonly fileHash: string; readonly rows: number };
}
export interface SetTargets extends Message {
  readonly type: 'SetTargets';
  readonly data: { readonly importId: string; readonly chunk: number; readonly targets: readonly Target[]; readonly reason?: string };
}
export interface CompleteTargetImport extends Message {
  readonly type: 'CompleteTargetImport';
  readonly data: { readonly importId: string; readonly targets: number; readonly revised: number };
}
export type TargetImportCommand = StartTargetImport | SetTargets | CompleteTargetImport;

/** On `targetacceptance-<subject>.<period>`, by the person. */
export interface AcceptTargets extends Message {
  readonly type: 'AcceptTargets';
  readonly data: { readonly subject: SubjectId; readonly period: Period };
}
