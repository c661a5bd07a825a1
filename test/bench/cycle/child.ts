import path from 'node:path';
import { type ActorId, actorId, period, subjectId } from '#kernel';
import { assembleFeatures, type Core, type Features, openCore } from '#apps/assembly';
import { Closers, createLogger, startParts } from '#apps/cli/up';
import { productRoutes, startProjector } from '#apps/projector';
import type { Configuration } from '#libs/config';
import { EventStoreError } from '#libs/event-store';
import { templateText } from '#libs/scheme';
import { bringInForce } from '../../scheme-life';
import { companyFile } from './company-file';
import type { FromChild, ToChild } from './messages';

/*
 * A process of the product, as the bench's parent tells it: one that imports the company and ends, or one that runs
 * projector, worker and API until it is stopped or killed.
 */

const SCHEME = 'weighted-70-20-10';
const PERIOD = period('2026-10');
const HR = actorId('system:bench-hr');
/** Whoever speaks about a scheme is a person. */
const BENCH_HR = subjectId('00000000-0000-7000-8000-0000000000a1');
const BENCH_REP = subjectId('00000000-0000-7000-8000-0000000000a2');
const GENERAL_MANAGER = actorId('system:bench-general-manager');
const CATCH_UP_MS = 115_000;
const IMPORT_ATTEMPTS = 10;

const closers = new Closers();
let cpuBefore = process.cpuUsage();
let product: { readonly core: Core; readonly features: Features } | undefined;

function tell(message: FromChild): void {
  process.send?.(message);
}

async function open(configuration: Configuration): Promise<{ readonly core: Core; readonly features: Features }> {
  const core = await openCore(configuration, createLogger('warn', path.join(configuration.dataDir, 'centum.log')));
  closers.add('core', () => core.close());
  return { core, features: assembleFeatures(core) };
}

async function importCompany(configuration: Configuration, people: number): Promise<void> {
  const { core, features } = await open(configuration);
  const { log, registry, runner, clock, pool, logger, readDb } = core;
  const { projections, reactors } = features;
  const projector = startProjector({ log, registry, runner, clock, pool, logger, projections, reactors, routes: productRoutes });
  closers.add('projector', () => projector.stop());
  const as = (actor: ActorId, requestKey: string) => ({ now: clock.now(), actor, requestKey: `bench/${requestKey}` });
  for (const { name } of projections) await readDb.waitForProjection(name, 0, CATCH_UP_MS);
  const result = await resumed(() => features.services.people.import({ source: companyFile(people) }, as(HR, 'people')));
  if (result.kind === 'refused') throw new Error(`the people were refused: ${JSON.stringify(result.problems)}`);
  const deciders = { hr: BENCH_HR, generalManager: GENERAL_MANAGER, rep: BENCH_REP };
  await bringInForce({ runner, texts: core.privacy, as }, deciders, { schemeId: SCHEME, yaml: templateText(SCHEME) });
  const { position } = await log.head();
  for (const { name } of projections) await readDb.waitForProjection(name, position, CATCH_UP_MS);
  tell({ kind: 'imported', head: position });
  await end();
}

/** An import that a busy machine cut off goes on where it stopped when it is asked for again with its key. */
async function resumed<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EventStoreError) || error.code !== 'store-unavailable' || attempt === IMPORT_ATTEMPTS) throw error;
    }
  }
}

async function run(configuration: Configuration): Promise<void> {
  product = await open(configuration);
  await startParts({ ...product, failed: (what) => tell({ kind: 'failed', problem: what }) }, closers);
  tell({ kind: 'running' });
}

async function startCycle(): Promise<void> {
  if (!product) throw new Error('the product does not run yet');
  cpuBefore = process.cpuUsage();
  const { core, features } = product;
  const { cycleId } = await features.services.cycleStart.start(
    {
      name: 'Bench',
      period: PERIOD,
      schemeId: SCHEME,
      scope: {},
      setAside: [],
      calendarRegion: 'CN',
      zone: 'Asia/Shanghai',
      // Phases as long as a day each, so that nothing but the opening happens while it is measured.
      dayLengthMs: 86_400_000,
    },
    { now: core.clock.now(), actor: HR, requestKey: 'bench/cycle' },
  );
  const view = await core.log.readStream(`cycle-${cycleId}`);
  const first = view.events[0];
  const data: unknown = first ? core.registry.decode(first).data : undefined;
  const members = typeof data === 'object' && data !== null && 'members' in data ? Number(data.members) : 0;
  tell({ kind: 'started', cycleId, members });
}

async function end(): Promise<void> {
  await closers.closeAll();
  const { user, system } = process.cpuUsage(cpuBefore);
  tell({ kind: 'stopped', cpuSeconds: (user + system) / 1_000_000 });
  process.disconnect();
}

function handle(message: ToChild): Promise<void> {
  switch (message.kind) {
    case 'import':
      return importCompany(message.configuration, message.people);
    case 'run':
      return run(message.configuration);
    case 'start-cycle':
      return startCycle();
    case 'stop':
      return end();
  }
}

process.on('message', (message: ToChild) => {
  handle(message).catch((error: unknown) => {
    tell({ kind: 'failed', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    process.exitCode = 1;
  });
});
