import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { assembleFeatures, type Core, type Features, migrateDatabase, openCore, PRODUCT_PROJECTIONS } from '#apps/assembly';
import { Closers, createLogger } from '#apps/cli/up';
import { productRoutes, startProjector, temporalWorkflows } from '#apps/projector';
import { createActivities } from '#apps/worker';
import { type ActorId, type Clock, type Instant, instant, type Period, type SubjectId } from '#kernel';
import type { CommandContext } from '#libs/event-store';
import { templateText } from '#libs/scheme';
import { createTestDatabase, eventually } from '#libs/testing';
import { TASK_QUEUE } from '#workflows/contracts';
import { bringInForce } from '../scheme-life';
import { quietRuntime, testBundle, timeSkippingServer } from '../workflows/temporal-world';

const DATA = path.resolve(__dirname, '../../apps/assembly/demo/data');
const WAIT_MS = 60_000;

/** Runs on the time of the server: real time plus what it has jumped. */
class ServerClock implements Clock {
  private ahead = 0;
  constructor(private readonly environment: TestWorkflowEnvironment) {}

  async sync(): Promise<void> {
    this.ahead = (await this.environment.currentTimeMs()) - Date.now();
  }
  now(): Instant {
    return instant(new Date(Date.now() + this.ahead).toISOString());
  }
}

export interface SkippingCompany {
  readonly core: Core;
  readonly features: Features;
  as(actor: ActorId | SubjectId): CommandContext;
  /** Jumps to a moment after that instant, then lets everything that follows be seen. */
  passTo(at: string): Promise<void>;
  /** Everything that is recorded is seen by every read model. */
  seen(): Promise<number>;
  until<T>(check: () => Promise<T>): Promise<T>;
  person(employeeNo: string): Promise<SubjectId>;
  stop(): Promise<void>;
}

/** The whole product but its HTTP edge: real log, keys, read models, reactors and bridge, on Temporal's time-skipping server. */
export async function openSkippingCompany(): Promise<SkippingCompany> {
  const closers = new Closers();
  try {
    return await open(closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function open(closers: Closers): Promise<SkippingCompany> {
  quietRuntime();
  const folder = mkdtempSync(path.join(tmpdir(), 'centum-skipping-'));
  closers.add('folder', () => rmSync(folder, { recursive: true, force: true }));
  const database = await createTestDatabase();
  closers.add('database', () => database.drop());
  await migrateDatabase(database.ownerUrl);
  const environment = await timeSkippingServer();
  closers.add('Temporal', () => environment.teardown());
  const clock = new ServerClock(environment);
  await clock.sync();
  const core = await openCore(
    {
      mode: 'embedded',
      dataDir: folder,
      vaultDir: path.join(folder, 'vault'),
      http: { host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1', ratePerMinute: 1_000_000 },
      postgres: { url: database.applicationUrl, ownerUrl: database.ownerUrl, poolSize: 10 },
      temporal: { address: environment.address, namespace: 'default', taskQueue: TASK_QUEUE },
      keys: { kind: 'file', path: path.join(folder, 'keys', 'subject-keys') },
      secrets: { tenantKey: randomBytes(32), sessionKey: randomBytes(32) },
      logLevel: 'info',
    },
    createLogger('info', path.join(folder, 'centum.log')),
    clock,
  );
  closers.add('core', () => core.close());
  const features = assembleFeatures(core);
  const projector = startProjector({
    ...core,
    projections: PRODUCT_PROJECTIONS,
    reactors: features.reactors,
    routes: productRoutes,
    workflows: temporalWorkflows(environment.client),
  });
  closers.add('projector', () => projector.stop());
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: testBundle() },
    activities: onServerTime(createActivities({ ...core, ...features.readers, ...features.services }), clock),
    shutdownGraceTime: 100,
    shutdownForceTime: 2_000,
  });
  const running = worker.run();
  closers.add('worker', async () => {
    worker.shutdown();
    await running;
  });
  return company(core, features, { environment, clock, closers, logFile: path.join(folder, 'centum.log') });
}

/** Activities see the server's time at their start, as they do where time is not skipped. */
function onServerTime(activities: object, clock: ServerClock): object {
  const wrapped = Object.entries(activities).map(([name, run]: [string, (...input: unknown[]) => Promise<unknown>]) => [
    name,
    async (...input: unknown[]) => {
      await clock.sync();
      return run(...input);
    },
  ]);
  return Object.fromEntries(wrapped) as object;
}

interface Stage {
  readonly environment: TestWorkflowEnvironment;
  readonly clock: ServerClock;
  readonly closers: Closers;
  readonly logFile: string;
}

function company(core: Core, features: Features, { environment, clock, closers, logFile }: Stage): SkippingCompany {
  let requests = 0;
  const seen = async (): Promise<number> => {
    const { position } = await core.log.head();
    for (const { name } of PRODUCT_PROJECTIONS) await core.readDb.waitForProjection(name, position, WAIT_MS);
    return position;
  };
  return {
    core,
    features,
    seen,
    as: (actor) => ({ now: clock.now(), actor, requestKey: `company/${(requests += 1)}` }),
    async passTo(at) {
      const left = Date.parse(at) - (await environment.currentTimeMs());
      if (left > 0) await environment.sleep(left + 5_000);
      await clock.sync();
      await seen();
    },
    until: (check) => eventually(check, { timeoutMs: WAIT_MS, intervalMs: 100 }),
    async person(employeeNo) {
      const found = await features.readers.organisation.findByEmployeeNo(core.privacy.lookupKey('employee-no', employeeNo));
      if (!found) throw new Error(`nobody has the number ${employeeNo}`);
      return found;
    },
    async stop() {
      const left = await closers.closeAll();
      if (left.length > 0) throw new Error(`these did not stop cleanly: ${left.join(', ')}; see ${logFile}`);
    },
  };
}

/** The sample company's own files for that month. */
export async function importSample({ features, as, seen }: SkippingCompany, by: ActorId | SubjectId, month: Period): Promise<void> {
  const { people, targetImports, factImports } = features.services;
  const file = (name: string): Uint8Array => readFileSync(path.join(DATA, name));
  await people.import({ source: file('people.csv') }, as(by));
  await seen();
  await targetImports.import({ source: file(`targets-${month}.csv`) }, as(by));
  const completeFor = { period: month, metrics: ['customers.new', 'complaints.filed', 'absences.days'] };
  await factImports.importFile({ source: file(`facts-${month}.csv`), completeFor }, as(by));
  await seen();
}

export async function putSchemeInForce(
  { core, as, seen, person }: SkippingCompany,
  drafter: SubjectId,
  approver: SubjectId,
): Promise<string> {
  const schemeId = 'weighted-70-20-10';
  const rep = await person('R222');
  await bringInForce(
    { runner: core.runner, texts: core.privacy, as },
    { hr: drafter, generalManager: approver, rep },
    {
      schemeId,
      yaml: templateText(schemeId),
    },
  );
  await seen();
  return schemeId;
}
