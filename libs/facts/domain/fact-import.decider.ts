import { assertNever, type Decider, Rejection } from '#kernel';
import type { CompleteFactImport, FactEvent, FactImportCommand } from '../contracts';

/** `factimport-<id>`, its chunks `factimport-<id>.<n>`, and the correction of a fact in `factimport-<that fact's id>`. */
export interface FactImport {
  readonly started: { readonly fileHash: string; readonly source: string } | undefined;
  readonly recorded: boolean;
  readonly correctedBy: { readonly factId: string; readonly value: string } | undefined;
}

export const factImportDecider: Decider<FactImportCommand, FactImport, FactEvent> = {
  category: 'factimport',
  initial: { started: undefined, recorded: false, correctedBy: undefined },
  decide(command, state) {
    switch (command.type) {
      case 'StartFactImport':
        if (!state.started) return [{ type: 'FactImportStarted', data: command.data }];
        if (state.started.fileHash !== command.data.fileHash) throw new Rejection('facts.import-of-another-file');
        return [];
      case 'RecordFacts':
        return state.recorded ? [] : [{ type: 'FactsRecorded', data: { ...command.data, facts: [...command.data.facts] } }];
      case 'SetFactRowsAside':
        return state.recorded ? [] : [{ type: 'FactRowsSetAside', data: { ...command.data, rows: [...command.data.rows] } }];
      case 'CorrectFact': {
        const { supersedes, fact, reason } = command.data;
        if (state.correctedBy?.value === fact.value) return [];
        if (state.correctedBy) throw new Rejection('facts.already-corrected', { factId: supersedes, by: state.correctedBy.factId });
        return [{ type: 'FactCorrected', data: { importId: supersedes, supersedes, fact, reason } }];
      }
      default:
        return assertNever(command);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'FactImportStarted':
        return { ...state, started: { fileHash: event.data.fileHash, source: event.data.source } };
      case 'FactsRecorded':
      case 'FactRowsSetAside':
        return { ...state, recorded: true };
      case 'FactCorrected':
        return { ...state, correctedBy: { factId: event.data.fact.factId, value: event.data.fact.value } };
      default:
        return state;
    }
  },
  isTerminal: () => true,
};

export interface CompletedImport {
  readonly importId: string;
  readonly facts: number;
  readonly repeated: number;
  readonly filtered: number;
  readonly setAside: readonly { readonly row: number; readonly reason: string }[];
  readonly setAsideTotal: number;
}

/** `factsource-<source>`: the imports of one source that count, in order. */
export interface FactSource {
  readonly imports: number;
  /** The newest first, each holding the one before: a stream of many imports folds without copying them again and again. */
  readonly last: Completed | undefined;
}

interface Completed {
  readonly data: CompletedImport;
  readonly before: Completed | undefined;
}

export function completedImport(state: FactSource, importId: string): CompletedImport | undefined {
  for (let one = state.last; one; one = one.before) if (one.data.importId === importId) return one.data;
  return undefined;
}

export const factSourceDecider: Decider<CompleteFactImport, FactSource, FactEvent> = {
  category: 'factsource',
  initial: { imports: 0, last: undefined },
  decide({ data: { basedOn, setAside, completeFor, ...data } }, state, { now }) {
    if (completedImport(state, data.importId)) return [];
    if (state.imports !== basedOn) throw new Rejection('facts.changed-meanwhile', { basedOn, imports: state.imports });
    const complete = completeFor ? { completeFor } : {};
    // A file that only repeats says nothing, unless it says for whom it is complete.
    if (data.facts + data.setAsideTotal === 0 && !completeFor) return [];
    return [{ type: 'FactImportCompleted', data: { ...data, setAside: [...setAside], ...complete, completedAt: now } }];
  },
  evolve(state, event) {
    if (event.type !== 'FactImportCompleted') return state;
    const { importId, facts, repeated, filtered, setAside, setAsideTotal } = event.data;
    const data = { importId, facts, repeated, filtered, setAside, setAsideTotal };
    return { imports: state.imports + 1, last: { data, before: state.last } };
  },
  isTerminal: () => false,
};
