export { EVENT_CONTRACTS, productRegistry } from './contracts';
export { migrateDatabase, openCore } from './core';
export type { Core } from './core';
export { PRODUCT_PROJECTIONS } from './projections';
export { assembleFeatures } from './features';
export type { Features, Readers, Services } from './features';
