import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { type NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '#infra/embedded';
import { STICKY_TIMEOUT_MS } from '#workflows/contracts';

const ROOT = path.resolve(__dirname, '../..');
const BUNDLE = path.join(ROOT, '.cache', 'test-workflow-bundle.js');
/** Generous: the machine may be busy with other tests; an idle one needs a second or two. */
export const LIMIT_MS = 50_000;

/** Bundled in a process of its own: jest would transform the whole bundler first. */
export function testBundle(): string {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts', 'bundle-workflows.mjs'), BUNDLE], { stdio: 'inherit' });
  return BUNDLE;
}

export function quietRuntime(): void {
  const nothing = (): void => {};
  Runtime.install({
    logger: { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing },
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
}

/** A server whose time jumps over what nobody works at. */
export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const server = process.env['CENTUM_TEST_TEMPORAL_SERVER'];
  if (server === undefined)
    throw new Error('CENTUM_TEST_TEMPORAL_SERVER is not set: integration tests get it from the global set-up in test/servers');
  const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path: server } } });
  await environment.connection.operatorService.addSearchAttributes({
    namespace: environment.namespace ?? 'default',
    searchAttributes: Object.fromEntries(Object.keys(SEARCH_ATTRIBUTES).map((name) => [name, 2])),
  });
  return environment;
}

/** Runs `work` while a worker with these activities is up. Each test has a task queue of its own: what one leaves behind doesn't reach the next. */
export async function withWorker<T>(
  connection: NativeConnection,
  taskQueue: string,
  activities: object,
  work: () => Promise<T>,
): Promise<T> {
  const worker = await Worker.create({
    connection,
    namespace: 'default',
    taskQueue,
    workflowBundle: { codePath: testBundle() },
    activities,
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT_MS,
    workflowThreadPoolSize: 1,
    shutdownGraceTime: 100,
    shutdownForceTime: 2_000,
  });
  return worker.runUntil(() => within(work(), LIMIT_MS));
}

/** A workflow that waits for ever would keep the worker, and with it every later test. */
async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the workflow did not end within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** For the message of a test that failed. */
export async function lastEvents(environment: TestWorkflowEnvironment, workflowId: string): Promise<string> {
  const { events } = await environment.client.workflow.getHandle(workflowId).fetchHistory();
  return `its history ends ${(events ?? [])
    .slice(-12)
    .map(({ eventId, eventType }) => `${String(eventId)}:${String(eventType)}`)
    .join(' ')}`;
}
