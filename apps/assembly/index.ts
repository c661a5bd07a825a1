export { EVENT_CONTRACTS, productRegistry } from './contracts';
export { migrateDatabase, openCore } from './core';
export type { Core } from './core';
