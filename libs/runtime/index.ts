import type { Clock, IdSource } from '#kernel';
import type { CommandRunner, EventLog } from '#libs/event-store';
import type { Pool } from 'pg';

/** Injection tokens of what every feature's handlers and queries share; bound once per process in apps. */
export const COMMAND_RUNNER = Symbol('CommandRunner');
export const EVENT_LOG = Symbol('EventLog');
export const READ_POOL = Symbol('ReadPool');
export const CLOCK = Symbol('Clock');
export const IDS = Symbol('IdSource');

/** The same things by name, for what is wired without Nest: reactors, sweeps, activities, the command line. */
export interface Runtime {
  readonly runner: CommandRunner;
  readonly log: EventLog;
  readonly readPool: Pool;
  readonly clock: Clock;
  readonly ids: IdSource;
}
