import { builtPages, startApi } from '#apps/api';
import { assembleFeatures, type Core, type Features, PRODUCT_PROJECTIONS } from '#apps/assembly';
import { productRoutes, startProjector, temporalWorkflows } from '#apps/projector';
import { startWorker } from '#apps/worker';
import { projectorHealth } from '#libs/projections';
import type { Closers } from './closers';
import { openTemporal } from './temporal-client';

export interface RunningPart {
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

export type PartName = 'api' | 'worker' | 'projector';

/** What a part is made of; `failed` is called when it ends by itself. */
export interface PartContext {
  readonly core: Core;
  readonly features: Features;
  readonly failed: (what: string) => void;
}

/** In the order in which they start: what answers people comes last. */
const ORDER: readonly PartName[] = ['projector', 'worker', 'api'];

const PARTS: Readonly<Record<PartName, (context: PartContext) => Promise<RunningPart>>> = {
  projector: runProjector,
  worker: runWorker,
  api: runApi,
};

export function startPart(name: PartName, core: Core, failed: (what: string) => void): Promise<RunningPart> {
  return PARTS[name]({ core, features: assembleFeatures(core), failed });
}

/** All parts in this process, on one set of features. */
export async function startParts(context: PartContext, closers: Closers): Promise<void> {
  for (const name of ORDER) {
    const running = await PARTS[name](context);
    closers.add(name, () => running.stop());
  }
}

async function runProjector({ core, features }: PartContext): Promise<RunningPart> {
  const { configuration, log, registry, runner, clock, pool, logger } = core;
  const temporal = await openTemporal(configuration.temporal);
  const projector = startProjector({
    log,
    registry,
    runner,
    clock,
    pool,
    logger,
    projections: PRODUCT_PROJECTIONS,
    reactors: features.reactors,
    routes: productRoutes,
    workflows: temporalWorkflows(temporal.client),
  });
  return {
    stop: async () => {
      await projector.stop();
      await temporal.close();
    },
  };
}

function runWorker({ core, features, failed }: PartContext): Promise<RunningPart> {
  const { runner, log, clock, logger, configuration } = core;
  const { readers, services } = features;
  return startWorker({
    temporal: configuration.temporal,
    failed,
    services: {
      runner,
      log,
      clock,
      logger,
      organisation: readers.organisation,
      cyclePhases: services.cyclePhases,
      sweeps: services.sweeps,
      appeals: readers.appeals,
      appealWork: services.appealWork,
      payouts: readers.payouts,
      payoutWork: services.payoutWork,
      coachingWork: services.coachingWork,
    },
  });
}

async function runApi({ core, features }: PartContext): Promise<RunningPart> {
  const { http } = core.configuration;
  await core.identity.forgetExpired();
  return startApi({
    core,
    features,
    settings: {
      host: http.host,
      port: http.port,
      secureCookies: http.publicUrl.startsWith('https:'),
      rateLimitPerMinute: http.ratePerMinute,
      trustedProxies: http.trustedProxies,
      webDir: builtPages(),
    },
    health: { report: async () => projectorHealth(core.pool, await core.log.head()) },
  });
}
