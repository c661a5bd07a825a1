export { EmbeddedError } from './errors';
export { freePort, isPortFree } from './ports';
export { startPostgres } from './postgres';
export type { PostgresOptions, RunningPostgres } from './postgres';
export { findTemporalBinary, findTemporalTestServer } from './temporal-binaries';
export type { FindOptions } from './temporal-binaries';
export { SEARCH_ATTRIBUTES, startTemporal } from './temporal';
export type { RunningTemporal, TemporalOptions } from './temporal';
export { isAlive, processStamp } from './processes';
