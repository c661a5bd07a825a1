import type { Client } from '@temporalio/client';

/** What Temporal has kept of a cycle's opening. */
export interface CycleHistory {
  readonly workflows: number;
  readonly events: number;
  readonly transitions: number;
}

export async function cycleHistory(client: Client, cycleId: string): Promise<CycleHistory> {
  const parent = `cycle-${cycleId}`;
  const ids = new Set([parent]);
  for await (const { workflowId } of client.workflow.list({ query: `WorkflowId STARTS_WITH "${parent}"` })) ids.add(workflowId);
  let [events, transitions] = [0, 0];
  for (const id of ids) {
    const { historyLength, raw } = await client.workflow.getHandle(id).describe();
    events += historyLength;
    transitions += Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0);
  }
  return { workflows: ids.size, events, transitions };
}
