export { authorise, isAllowed, OPERATIONS, RELATIONS } from './domain/permissions.policy';
export type { Operation, Relation } from './domain/permissions.policy';
export { accountDecider } from './domain/account.decider';
export type { AccountStanding } from './application/identity-store';
export { IdentityStore, migrateIdentity } from './application/identity-store';
export { createIdentityService, IDENTITY_LIMITS } from './application/identity.service';
export type { AccountRecord, IdentityService, Session } from './application/identity.service';
