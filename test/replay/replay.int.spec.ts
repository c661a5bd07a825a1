import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { WORKFLOW_TYPES } from '#workflows/contracts';
import { quietRuntime, testBundle } from '../workflows/temporal-world';

const HISTORIES = path.join(__dirname, 'histories');
/** As much of a history's shape as these tests touch. */
interface History {
  readonly events: readonly { readonly startChildWorkflowExecutionInitiatedEventAttributes?: { workflowId: string } }[];
}

/** Each of `<workflow>/<version>.json` was recorded by `scripts/record-histories.mjs` with the code of that version. */
const recorded = readdirSync(HISTORIES).flatMap((workflow) =>
  readdirSync(path.join(HISTORIES, workflow)).map((file) => ({
    workflow,
    version: path.basename(file, '.json'),
    file: path.join(HISTORIES, workflow, file),
  })),
);

function read(file: string): History {
  const revive = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && '$bytes' in value && typeof value.$bytes === 'string'
      ? Buffer.from(value.$bytes, 'base64')
      : value;
  const history: unknown = JSON.parse(readFileSync(file, 'utf8'), revive);
  return history as History;
}

describe('workflow histories replayed against the present bundle', () => {
  let workflowBundle: { readonly codePath: string };
  beforeAll(() => {
    quietRuntime();
    workflowBundle = { codePath: testBundle() };
  });

  it('there is one of every workflow', () => {
    expect(new Set(recorded.map(({ workflow }) => workflow))).toEqual(new Set(Object.values(WORKFLOW_TYPES)));
  });

  it.each(recorded)('$workflow $version', async ({ file, workflow }) => {
    const history = read(file);
    await Worker.runReplayHistory({ workflowBundle }, history, `replay-${workflow}`);
  });

  it('a history of other steps is refused', async () => {
    const [cycle] = recorded.filter(({ workflow }) => workflow === WORKFLOW_TYPES.appraisalCycle);
    if (!cycle) throw new Error('no history of a cycle');
    const history = read(cycle.file);
    const child = history.events.find(
      (event) => event.startChildWorkflowExecutionInitiatedEventAttributes,
    )?.startChildWorkflowExecutionInitiatedEventAttributes;
    if (!child) throw new Error('no child workflow in the history of a cycle');
    child.workflowId = 'another';
    await expect(Worker.runReplayHistory({ workflowBundle }, history, 'replay-changed')).rejects.toThrow(DeterminismViolationError);
  });
});
