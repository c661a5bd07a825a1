import type { EventsOf } from '#libs/event-store';
import type { factEvents } from './events';

export type FactEvent = EventsOf<typeof factEvents>;
export {
  FACT_LIMITS,
  FACT_UNITS,
  factCorrected,
  factEvents,
  factImportCompleted,
  factImportStarted,
  factRowsSetAside,
  factsRecorded,
  importProfileSaved,
  zCompleteFor,
  zFact,
  zSetAsideRow,
} from './events';
export type { CompleteFor, Fact, SetAsideRow, UnitOwner } from './events';
export type {
  CompleteFactImport,
  CorrectFact,
  FactCorrection,
  FactImportCommand,
  RecordFacts,
  SaveImportProfile,
  SetFactRowsAside,
  StartFactImport,
} from './commands';
export { FACTS_READ_LIMITS } from './reader';
export type { FactImportView, FactRow, FactsQuery, FactsReader, FactValue, UnitFactsQuery, UnitOfFacts } from './reader';
export { zFactsProfile, zImportProfile } from './profile';
export type { FactsProfile, ImportProfile, ImportProfilesReader, NamedProfile } from './profile';
