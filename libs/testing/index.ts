export { createTestDatabase, withClient } from './database';
export type { TestDatabase, TestMigration } from './database';
export { given, SPEC_ACTOR, SPEC_NOW } from './decider-spec';
export type { DecisionOutcome, DecisionSpec } from './decider-spec';
export { eventually, eventuallyTrue } from './eventually';
export type { EventuallyOptions } from './eventually';
export { goldenProblems } from './golden';
export { createHarness, openTestText, testText, trivialSealer } from './harness';
export type { Harness, HarnessOptions } from './harness';
