import type { Instant, Period, SubjectId } from '#kernel';
import type { Phase, PhasePlan, Scope, SweepStep } from './events';
import type { ExclusionReason } from './reader';

/** Derived by the handler before deciding: windows, membership counts and cohorts are data of the command. */
export interface StartCycle {
  readonly type: 'StartCycle';
  readonly data: {
    readonly cycleId: string;
    readonly name: string;
    readonly period: Period;
    readonly scheme: { readonly schemeId: string; readonly version: number };
    readonly scope: Scope;
    readonly setAside: readonly { readonly subject: SubjectId; readonly reason: string }[];
    readonly membersAt: number;
    readonly members: number;
    readonly excluded: readonly { readonly reason: ExclusionReason; readonly count: number }[];
    readonly cohorts: number;
    readonly phases: readonly PhasePlan[];
    readonly calendar: { readonly region: string; readonly version: string; readonly zone: string };
    readonly ranked?: true;
    readonly dayLengthMs?: number;
  };
}
export interface RecordCycleSweep {
  readonly type: 'RecordCycleSweep';
  readonly data: {
    readonly phase: Phase;
    readonly step: SweepStep;
    readonly round: number;
    readonly members: number;
    readonly handled: number;
    readonly excluded: readonly { readonly reason: string; readonly count: number }[];
    readonly asOf?: number;
  };
}
export interface OpenCyclePhase {
  readonly type: 'OpenCyclePhase';
  readonly data: {
    readonly phase: Phase;
    /** For a phase that counts its working days from publication: its end as derived from the instant of publication. */
    readonly closesAt?: Instant;
  };
}
export interface RecordPhaseComplete {
  readonly type: 'RecordPhaseComplete';
  readonly data: { readonly phase: Phase; readonly members: number; readonly done: number };
}
export interface CloseCyclePhase {
  readonly type: 'CloseCyclePhase';
  readonly data: { readonly phase: Phase; readonly cause: 'all-done' | 'deadline' | 'advanced' };
}
export interface ExtendCyclePhase {
  readonly type: 'ExtendCyclePhase';
  readonly data: { readonly phase: Phase; readonly closesAt: Instant; readonly reason: string };
}
export interface RemindPeople {
  readonly type: 'RemindPeople';
  readonly data: {
    readonly phase: Phase;
    /** Whose appraisals wait for the phase's step. */
    readonly subjects: readonly SubjectId[];
    /** One working day from now, derived by the handler. */
    readonly againFrom: Instant;
  };
}
export interface PauseCycle {
  readonly type: 'PauseCycle';
  readonly data: { readonly reason: string };
}
export interface ResumeCycle {
  readonly type: 'ResumeCycle';
  readonly data: object;
}
export interface CancelCycle {
  readonly type: 'CancelCycle';
  readonly data: { readonly reason: string };
}
export interface PublishCycle {
  readonly type: 'PublishCycle';
  readonly data: { readonly published: number; readonly withoutScore: number };
}
export interface CloseCycle {
  readonly type: 'CloseCycle';
  readonly data: { readonly openAppeals: number; readonly heldLines: number };
}
export type CycleCommand =
  | StartCycle
  | RecordCycleSweep
  | OpenCyclePhase
  | RecordPhaseComplete
  | CloseCyclePhase
  | ExtendCyclePhase
  | RemindPeople
  | PauseCycle
  | ResumeCycle
  | CancelCycle
  | PublishCycle
  | CloseCycle;
