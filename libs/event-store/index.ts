export { EVENT_LOG_LIMITS, EventStoreError } from './port';
export type {
  AppendOutcome,
  AppendRequest,
  EncodedEvent,
  EventLog,
  EventLogCapabilities,
  EventStoreErrorCode,
  EventStreams,
  KnownRequest,
  LogHead,
  Receipt,
  SequencedLog,
  StoredEvent,
  StreamAppend,
  StreamSlice,
} from './port';
export type { CommandContext, CommandResult, EventContract, EventMetadata, EventsOf, RecordedEvent } from './contract-types';
export type { CommandRunner, ManyItem, ManyOutcome, TogetherPart } from './runner-types';
export { defineEvent, encodeMetadata, EventRegistry } from './registry';
export type { EventDefinition, EventToEncode } from './registry';
export { createInMemoryLog } from './in-memory/in-memory-log';
export type { InMemoryLogOptions } from './in-memory/in-memory-log';
export { createRunner, RUNNER_LIMITS, streamIdOf, together } from './runner';
export type { RunnerLogger, RunnerParts } from './runner';
export { eventEntry, eventLeaf, LEAF_FORMAT } from './leaf';
export { personalText } from './personal-field';
export type { PersonalTextSealer, TextToSeal } from './personal-field';
export { applyMigrations, migrateEventLog } from './postgres/migrate';
export type { Migration, MigrationSet } from './postgres/migrate';
export { openPostgresLog, pruneRequests } from './postgres/postgres-log';
export type { PostgresLogOptions } from './postgres/postgres-log';
export { ensureLogRoles, LOG_ROLES } from './postgres/roles';
export type { RolePasswords } from './postgres/roles';
export { formatToken, parseToken } from './token';
export type { LogToken } from './token';
