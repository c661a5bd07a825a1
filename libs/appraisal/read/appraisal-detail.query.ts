import type { CommandRunner } from '#libs/event-store';
import type { AppraisalState } from '../domain/appraisal.state';
import { appraisalDecider } from '../domain/appraisal.decider';

/**
 * The whole of one appraisal from its own stream: ratings, comments (sealed) and every version that was sent back. For whoever
 * may see it; which steps a viewer may see is decided at the edge. Undefined when it does not exist.
 */
export async function appraisalDetail(
  runner: Pick<CommandRunner, 'load'>,
  appraisalId: string,
  asOf?: number,
): Promise<{ readonly appraisal: Exclude<AppraisalState, { readonly status: 'none' }>; readonly version: number } | undefined> {
  const { state, version } = await runner.load(appraisalDecider, appraisalId, asOf === undefined ? {} : { toPosition: asOf });
  return state.status === 'none' ? undefined : { appraisal: state, version };
}
