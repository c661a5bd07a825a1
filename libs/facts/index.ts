export { BUILT_IN_PROFILES, STANDARD_FACTS_PROFILE } from './application/built-in-profiles';
export { createFactImports } from './application/fact-import.service';
export type { FactImportParts, FactImports } from './application/fact-import.service';
export { FACT_IMPORT_LIMITS } from './application/fact-import.types';
export type {
  CompletenessInput,
  FactFileInput,
  FactImportCounts,
  FactImportResult,
  FactInput,
  FactListInput,
  FactPreview,
} from './application/fact-import.types';
export { createImportProfiles, PROFILE_LIMITS } from './application/import-profile.service';
export type { ImportProfileParts, ImportProfiles, SaveProfileInput } from './application/import-profile.service';
export {
  CorrectFactRequest,
  FACT_IMPORTS,
  IMPORT_PROFILES,
  ImportFactFileRequest,
  ImportSetAsideRequest,
  PreviewFactFileRequest,
  RecordFactListRequest,
  SaveImportProfileRequest,
} from './application/facts.handler';
export { FactsModule } from './application/facts.module';
export { createFactStore } from './read/fact-store.query';
export type { FactStore } from './read/fact-store.query';
export { createFactsReader } from './read/facts.query';
export type { FactsReaderParts } from './read/facts.query';
export { createImportProfilesReader } from './read/import-profiles.query';
export { factImportsBefore } from './read/import-history.query';
export type { FactImportSummary } from './read/import-history.query';
export { factsProjections } from './read/facts.projection';
export { factOrigins, ORIGIN_LIMITS } from './read/fact-origins.query';
export type { FactOrigin } from './read/fact-origins.query';
