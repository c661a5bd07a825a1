import { type Core, PRODUCT_PROJECTIONS } from '#apps/assembly';
import { productRoutes, startProjector, temporalWorkflows } from '#apps/projector';
import type { Closers } from './closers';
import { openTemporal } from './temporal-client';

export interface RunningPart {
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

export type PartName = 'api' | 'worker' | 'projector';

/** In the order in which they start: what answers people comes last. */
const ORDER: readonly PartName[] = ['projector', 'worker', 'api'];

/** Starts one part; `failed` is called when it ends by itself. */
export async function startPart(name: PartName, core: Core, failed: (what: string) => void): Promise<RunningPart> {
  switch (name) {
    case 'projector':
      return runProjector(core);
    case 'worker':
    case 'api':
      core.logger.info({ name, failed: failed.name }, 'not wired yet');
      return { stop: async () => undefined };
  }
}

export async function startParts(core: Core, closers: Closers, failed: (what: string) => void): Promise<void> {
  for (const name of ORDER) {
    const running = await startPart(name, core, failed);
    closers.add(name, () => running.stop());
  }
}

async function runProjector({ configuration, log, registry, runner, clock, pool, logger }: Core): Promise<RunningPart> {
  const temporal = await openTemporal(configuration.temporal);
  const projector = startProjector({
    log,
    registry,
    runner,
    clock,
    pool,
    logger,
    projections: PRODUCT_PROJECTIONS,
    reactors: [],
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
