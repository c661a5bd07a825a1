import { createHash } from 'node:crypto';
import { type ActorId, actorId, type Clock, type Decider, type Instant, type Message, Rejection } from '#kernel';
import { type CommandContext, type CommandRunner, EVENT_LOG_LIMITS, type RecordedEvent, streamIdOf } from '#libs/event-store';
import type { Consumer } from './consumer';
import type { ConsumerParts } from './consumer-host';
import { countRejection } from './consumer-store';
import type { AnyProjection } from './definition';
import { effectConsumer } from './effect-consumer';
import { ProjectionError } from './errors';
import { PROJECTION_LIMITS } from './limits';
import { openReadDb, type ReadDb } from './read-db';

/** A command for one stream, made by `dispatch`, which keeps the types of decider and command in step. */
export interface ReactorCommand {
  /** With the event it is the request key: the same event may lead to one command per target. */
  readonly target: string;
  send(runner: CommandRunner, context: CommandContext): Promise<unknown>;
}

export interface ReactorContext {
  /** The projections named in `reads` have reached the event's position at least. */
  readonly read: ReadDb;
  /** For folding a stream: `runner.load`. Commands are returned, never run here. */
  readonly load: CommandRunner['load'];
  readonly now: Instant;
  readonly actor: ActorId;
}

/**
 * Turns recorded state into commands. Checkpointed, at least once with request keys `<reactor>/<event id>/<target>`, so
 * an effect happens once; starts at position 0 when it first runs and is never part of a rebuild.
 * A Rejection is a result: it is counted and logged by code. Any other failure is tried again, then parks the reactor.
 */
export interface Reactor<E extends Message = Message> {
  /** kebab-case; acts as `system:<name>`. */
  readonly name: string;
  readonly version: number;
  /** Events of different streams handled at the same time, 1 when absent: then strictly in the order of the log. */
  readonly concurrency?: number;
  /** Projections that the handlers query. */
  readonly reads?: readonly AnyProjection[];
  readonly on: { readonly [T in E['type']]: ReactorHandler<Extract<E, { readonly type: T }>> };
}

/** A plain function; declared through a method so that a reactor of certain events is a reactor. */
export type ReactorHandler<E extends Message> = {
  handle(event: RecordedEvent<E>, context: ReactorContext): Promise<readonly ReactorCommand[]>;
}['handle'];

export type AnyReactor = Reactor;

/** Keeps the types of events and handlers in step; the value is used as it is. */
export function defineReactor<E extends Message>(reactor: Reactor<E>): Reactor<E> {
  return reactor;
}

/** One command for the decider's stream of that id. `target` tells several commands to one stream apart. */
export function dispatch<C extends Message, S, E extends Message>(
  decider: Decider<C, S, E>,
  id: string,
  command: C,
  target?: string,
): ReactorCommand {
  return { target: target ?? streamIdOf(decider.category, id), send: (runner, context) => runner.run(decider, id, command, context) };
}

/** `<reactor>/<event id>/<target>`; a chain of reactors makes long event ids, which are shortened to their hash. */
export function reactorRequestKey(reactor: string, eventId: string, target: string): string {
  const key = `${reactor}/${eventId}/${target}`;
  if (Buffer.byteLength(key) <= EVENT_LOG_LIMITS.keyBytes / 2) return key;
  return `${reactor}/sha256:${createHash('sha256').update(eventId).digest('base64url')}/${target}`;
}

export interface ReactorParts {
  readonly runner: CommandRunner;
  readonly clock: Clock;
}

/** How long a handler's projections may take to reach the event before the turn is tried again. */
const READS_TIMEOUT_MS = 10_000;

export function reactorConsumer(reactor: AnyReactor, { runner, clock }: ReactorParts, parts: ConsumerParts): Consumer {
  const read = openReadDb(parts.pool);
  const actor = actorId(`system:${reactor.name}`);
  const handle = async (event: RecordedEvent): Promise<void> => {
    const handler = reactor.on[event.type];
    if (!handler) return;
    const now = clock.now();
    const commands = await handler(event, { read, load: runner.load.bind(runner), now, actor });
    if (commands.length > PROJECTION_LIMITS.reactorCommands) throw new ProjectionError('too-many-commands', { commands: commands.length });
    for (const command of commands) {
      const requestKey = reactorRequestKey(reactor.name, event.eventId, command.target);
      try {
        await command.send(runner, { now, actor, requestKey, causationId: event.eventId, correlationId: event.metadata.correlationId });
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        parts.logger.info(
          { reactor: reactor.name, position: event.position, target: command.target, code: error.code },
          'command of a reactor refused',
        );
        await countRejection(parts.pool, reactor.name, error.code);
      }
    }
  };
  return effectConsumer(
    {
      name: reactor.name,
      kind: 'reactor',
      version: reactor.version,
      concurrency: reactor.concurrency ?? 1,
      handles: ({ type }) => reactor.on[type] !== undefined,
      before: async (lastPosition) => {
        for (const projection of reactor.reads ?? []) await read.waitForProjection(projection, lastPosition, READS_TIMEOUT_MS);
      },
      handle,
    },
    parts,
  );
}
