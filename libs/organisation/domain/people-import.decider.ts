import { assertNever, type Decider, Rejection } from '#kernel';
import type { OrganisationEvent, PeopleImportCommand } from '../contracts';

/** `import-<id>` and its chunks `import-<id>.<n>`: each is written once and says nothing until the import is completed. */
export interface PeopleImport {
  readonly started: { readonly fileHash: string; readonly basedOn: number } | undefined;
  readonly recorded: boolean;
}

export const peopleImportDecider: Decider<PeopleImportCommand, PeopleImport, OrganisationEvent> = {
  category: 'import',
  initial: { started: undefined, recorded: false },
  decide(command, state) {
    switch (command.type) {
      case 'StartPeopleImport': {
        const { fileHash, basedOn } = command.data;
        if (!state.started) return [{ type: 'PeopleImportStarted', data: command.data }];
        if (state.started.fileHash !== fileHash) throw new Rejection('organisation.import-of-another-file');
        if (state.started.basedOn !== basedOn)
          throw new Rejection('organisation.changed-meanwhile', { basedOn: state.started.basedOn, imports: basedOn });
        return [];
      }
      case 'RecordPeopleLines':
        return state.recorded ? [] : [{ type: 'PeopleLinesRecorded', data: { ...command.data, lines: [...command.data.lines] } }];
      default:
        return assertNever(command);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'PeopleImportStarted':
        return { ...state, started: { fileHash: event.data.fileHash, basedOn: event.data.basedOn } };
      case 'PeopleLinesRecorded':
        return { ...state, recorded: true };
      default:
        return state;
    }
  },
  isTerminal: () => true,
};
