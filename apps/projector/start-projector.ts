import type { Pool } from 'pg';
import type { Clock } from '#kernel';
import type { CommandRunner, EventLog } from '#libs/event-store';
import {
  type AnyProjection,
  type AnyReactor,
  type AnyWorkflowRoute,
  type ConsumerLogger,
  createConsumerHost,
  type EventDecoder,
  projectionConsumer,
  type ProjectorHealth,
  projectorHealth,
  reactorConsumer,
} from '#libs/projections';
import { bridgeConsumer } from './bridge';
import { bridgeStreamProjection } from './bridge-stream.projection';
import type { WorkflowPort } from './workflow-port';

export interface ProjectorOptions {
  readonly log: EventLog;
  /** Decodes every event type of the product. */
  readonly registry: EventDecoder;
  readonly runner: CommandRunner;
  readonly clock: Clock;
  readonly pool: Pool;
  readonly projections: readonly AnyProjection[];
  readonly reactors: readonly AnyReactor[];
  readonly routes: readonly AnyWorkflowRoute[];
  /** Absent: nothing is started or signalled, and the bridge's marks stay where they are. */
  readonly workflows?: WorkflowPort;
  readonly logger: ConsumerLogger;
}

export interface Projector {
  /** Lets what is under way finish. */
  stop(): Promise<void>;
  /** Of all processes: read from the store. */
  health(): Promise<ProjectorHealth>;
  /** Names of the consumers that this process owns. */
  owned(): readonly string[];
}

/** Every projection that a rebuild or a replay covers, the bridge's own list of streams included. */
export function allProjections(projections: readonly AnyProjection[], routes: readonly AnyWorkflowRoute[]): readonly AnyProjection[] {
  return routes.length > 0 ? [...projections, bridgeStreamProjection(routes)] : projections;
}

/** Returns at once; consumers catch up by themselves. Thrown when names clash or a definition is wrong: ProjectionError. */
export function startProjector(options: ProjectorOptions): Projector {
  const { log, registry, runner, clock, pool, reactors, routes, workflows, logger } = options;
  const host = createConsumerHost({
    pool,
    log,
    decoder: registry,
    logger,
    consumers: (parts) => [
      ...allProjections(options.projections, routes).map((projection) => projectionConsumer(projection, parts)),
      ...reactors.map((reactor) => reactorConsumer(reactor, { runner, clock }, parts)),
      ...(workflows
        ? routes.map((route) =>
            bridgeConsumer(
              route,
              { workflows, load: runner.load.bind(runner), log, decoder: registry, elapsedMs: () => performance.now() },
              parts,
            ),
          )
        : []),
    ],
  });
  host.start();
  return {
    stop: () => host.stop(),
    health: async () => projectorHealth(pool, await log.head()),
    owned: () => host.owned(),
  };
}
