import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { RECORDED_SIGNAL, WORKFLOW_TASK_TIMEOUT_MS } from '#workflows/contracts';
import type { WorkflowPort } from './workflow-port';

/** Temporal as the bridge needs it. Starting and signalling stay two calls: one call would start finished workflows again. */
export function temporalWorkflows({ workflow }: Pick<Client, 'workflow'>): WorkflowPort {
  return {
    async start({ workflowId, workflowType, taskQueue, args, searchAttributes }) {
      try {
        await workflow.start(workflowType, {
          workflowId,
          taskQueue,
          args: [...args],
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
          typedSearchAttributes: Object.entries(searchAttributes).map(([name, value]) => ({
            key: { name, type: 'KEYWORD' as const },
            value,
          })),
        });
        return 'started';
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'exists';
        throw error;
      }
    },
    async signal(workflowId, payload) {
      try {
        await workflow.getHandle(workflowId).signal(RECORDED_SIGNAL, payload);
        return 'delivered';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'not-running';
        throw error;
      }
    },
    async status(workflowId) {
      try {
        const { status } = await workflow.getHandle(workflowId).describe();
        return status.name === 'RUNNING' || status.name === 'PAUSED' ? 'running' : 'ended';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'missing';
        throw error;
      }
    },
  };
}
