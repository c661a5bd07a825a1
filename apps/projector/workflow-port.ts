import type { RecordedSignal } from '#workflows/contracts';

export interface WorkflowStart {
  readonly workflowId: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly args: readonly unknown[];
  readonly searchAttributes: Readonly<Record<string, string>>;
}

/** All that the bridge asks of Temporal. Thrown by each when the server can't be asked: errors that `isTransient` knows. */
export interface WorkflowPort {
  /** `exists` when a workflow of that id runs or has ended; it is never started a second time. */
  start(request: WorkflowStart): Promise<'started' | 'exists'>;
  /** `not-running` when it ended or never was. */
  signal(workflowId: string, payload: RecordedSignal): Promise<'delivered' | 'not-running'>;
  status(workflowId: string): Promise<'running' | 'ended' | 'missing'>;
}
