export { createActivities, startWorker } from './start-worker';
export type { RunningWorker, WorkerOptions } from './start-worker';
export type { WorkerLogger, WorkerServices } from './services';
