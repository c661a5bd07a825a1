import { assertNever, type Decider, Rejection } from '#kernel';
import type { AcceptTargets, TargetEvent, TargetImportCommand } from '../contracts';

/** `targetimport-<id>` and its chunks `targetimport-<id>.<n>`. */
export interface TargetImport {
  readonly started: { readonly fileHash: string } | undefined;
  readonly recorded: boolean;
  readonly completed: { readonly targets: number; readonly revised: number } | undefined;
}

export const targetImportDecider: Decider<TargetImportCommand, TargetImport, TargetEvent> = {
  category: 'targetimport',
  initial: { started: undefined, recorded: false, completed: undefined },
  decide(command, state, { now }) {
    switch (command.type) {
      case 'StartTargetImport':
        if (!state.started) return [{ type: 'TargetImportStarted', data: command.data }];
        if (state.started.fileHash !== command.data.fileHash) throw new Rejection('targets.import-of-another-file');
        return [];
      case 'SetTargets':
        return state.recorded ? [] : [{ type: 'TargetsSet', data: { ...command.data, targets: [...command.data.targets] } }];
      case 'CompleteTargetImport':
        return state.completed ? [] : [{ type: 'TargetImportCompleted', data: { ...command.data, completedAt: now } }];
      default:
        return assertNever(command);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'TargetImportStarted':
        return { ...state, started: { fileHash: event.data.fileHash } };
      case 'TargetsSet':
        return { ...state, recorded: true };
      case 'TargetImportCompleted':
        return { ...state, completed: { targets: event.data.targets, revised: event.data.revised } };
      default:
        return state;
    }
  },
  isTerminal: (state) => state.completed !== undefined,
};

export interface TargetAcceptance {
  readonly accepted: boolean;
}

/** `targetacceptance-<subject>.<period>`: only the person accepts, once; a later revision asks again by a new period's stream no more. */
export const targetAcceptanceDecider: Decider<AcceptTargets, TargetAcceptance, TargetEvent> = {
  category: 'targetacceptance',
  initial: { accepted: false },
  decide({ data }, state, { actor, now }) {
    if (data.subject !== actor) throw new Rejection('targets.not-own-targets');
    return state.accepted ? [] : [{ type: 'TargetAccepted', data: { ...data, acceptedAt: now } }];
  },
  evolve: (state, event) => (event.type === 'TargetAccepted' ? { accepted: true } : state),
  isTerminal: (state) => state.accepted,
};
