import type { Decider } from '#kernel';
import type { FactEvent, SaveImportProfile } from '../contracts';

export interface SavedProfile {
  readonly version: number;
  readonly definition: string | undefined;
}

/** `importprofile-<name>`: its versions; saving what is saved already changes nothing. */
export const importProfileDecider: Decider<SaveImportProfile, SavedProfile, FactEvent> = {
  category: 'importprofile',
  initial: { version: 0, definition: undefined },
  decide({ data }, state) {
    if (state.definition === data.definition) return [];
    return [{ type: 'ImportProfileSaved', data: { ...data, version: state.version + 1 } }];
  },
  evolve(state, event) {
    return event.type === 'ImportProfileSaved' ? { version: event.data.version, definition: event.data.definition } : state;
  },
  isTerminal: () => false,
};
