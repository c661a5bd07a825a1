import path from 'node:path';
import { IllegalStateError } from '@temporalio/common';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { type CentumActivities, STICKY_TIMEOUT_MS, TASK_QUEUE } from '#workflows/contracts';
import { appealActivities, coachingActivities, payoutActivities } from './case.activities';
import { cycleActivities } from './cycle.activities';
import type { WorkerLogger, WorkerServices } from './services';

/** How long work under way may take to end when the worker is told to stop, and how long before it is cut off. */
const DRAIN_MS = 5_000;
const CUT_OFF_MS = 15_000;

/** Activities at work at once in a process: each of a cohort holds a connection now and then. */
const WORKER_LIMITS = { activities: 20, localActivities: 50, workflowTasks: 40, cachedWorkflows: 500 } as const;

export interface WorkerOptions {
  readonly temporal: { readonly address: string; readonly namespace?: string; readonly taskQueue?: string; readonly apiKey?: string };
  readonly services: WorkerServices;
  /** Where `npm run build` put the workflows; the default is beside the compiled sources. */
  readonly bundlePath?: string;
  /** Called when the worker ends by itself. */
  readonly failed?: (what: string) => void;
}

export interface RunningWorker {
  /** Takes nothing new, lets what is under way end, and closes the connection. */
  stop(): Promise<void>;
}

export function createActivities(services: WorkerServices): CentumActivities {
  return { ...cycleActivities(services), ...appealActivities(services), ...payoutActivities(services), ...coachingActivities(services) };
}

/**
 * Returns when the worker polls. Thrown when Temporal does not answer or the bundle is missing.
 * Stopping is the caller's business (`stop()` on SIGTERM): Temporal's own signal handlers would end the whole process.
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { temporal, services, failed } = options;
  const { logger } = services;
  installRuntime(logger);
  const { address, namespace = 'default', taskQueue = TASK_QUEUE, apiKey } = temporal;
  const connection = await NativeConnection.connect({ address, ...(apiKey !== undefined && { apiKey, tls: true }) });
  const worker = await createWorker();
  let stopping = false;
  const ended = worker
    .run()
    .catch((error: unknown) => logger.error({ err: error }, 'the workflow worker failed'))
    .then(() => {
      if (!stopping) failed?.('workflow worker');
    });
  return {
    async stop() {
      stopping = true;
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
      await connection.close();
    },
  };

  async function createWorker(): Promise<Worker> {
    try {
      return await Worker.create({
        connection,
        namespace,
        taskQueue,
        workflowBundle: { codePath: options.bundlePath ?? builtBundle() },
        activities: createActivities(services),
        stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT_MS,
        maxConcurrentActivityTaskExecutions: WORKER_LIMITS.activities,
        maxConcurrentLocalActivityExecutions: WORKER_LIMITS.localActivities,
        maxConcurrentWorkflowTaskExecutions: WORKER_LIMITS.workflowTasks,
        maxCachedWorkflows: WORKER_LIMITS.cachedWorkflows,
        shutdownGraceTime: DRAIN_MS,
        shutdownForceTime: CUT_OFF_MS,
      });
    } catch (error) {
      await connection.close();
      throw error;
    }
  }
}

function builtBundle(): string {
  // From dist/apps/worker and from apps/worker alike.
  const root = path.resolve(__dirname, '..', '..');
  return path.join(path.basename(root) === 'dist' ? root : path.join(root, 'dist'), 'workflow-bundle.js');
}

/** Once a process: Temporal's core writes through the product's logger, and leaves the process's signals alone. */
function installRuntime(logger: WorkerLogger): void {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, meta: object = {}): void =>
      logger[level]({ temporal: meta }, message);
  try {
    Runtime.install({
      logger: {
        log: (level, message, meta = {}) => {
          if (level === 'ERROR') write('error')(message, meta);
          else if (level === 'WARN') write('warn')(message, meta);
          else write('debug')(message, meta);
        },
        trace: () => undefined,
        debug: write('debug'),
        info: write('debug'),
        warn: write('warn'),
        error: write('error'),
      },
      shutdownSignals: [],
      telemetryOptions: { logging: { filter: 'temporalio_sdk_core=WARN,temporalio_client=WARN', forward: {} } },
    });
  } catch (error) {
    // The process has one already, from an earlier worker or a test's server: it stays as it is.
    if (!(error instanceof IllegalStateError)) throw error;
  }
}
