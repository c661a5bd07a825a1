export { createTargetImports, TARGET_IMPORT_LIMITS } from './application/target-import.service';
export type {
  TargetFileInput,
  TargetImportCounts,
  TargetImportParts,
  TargetImportResult,
  TargetImports,
  TargetPreview,
} from './application/target-import.service';
export { AcceptTargetsRequest, ImportTargetsRequest, PreviewTargetsRequest, TARGET_IMPORTS } from './application/targets.handler';
export { TargetsModule } from './application/targets.module';
export { targetAcceptanceDecider } from './domain/target-import.decider';
export { createTargetStore } from './read/target-store.query';
export type { TargetStore } from './read/target-store.query';
export { createTargetsReader } from './read/targets.query';
export type { TargetsReaderParts } from './read/targets.query';
export { targetImportsBefore } from './read/import-history.query';
export type { TargetImportView } from './read/import-history.query';
export { listTargets, targetPeriods } from './read/target-list.query';
export type { ListedTarget, TargetCursor, TargetListQuery } from './read/target-list.query';
export { targetsProjections } from './read/targets.projection';
export { targetOrigins } from './read/target-origins.query';
export type { TargetOrigin } from './read/target-origins.query';
